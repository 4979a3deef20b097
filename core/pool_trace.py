"""Pooling scanned: the immutable records of max and average pools."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.arrays import Array, finished
from core.pool_matrix import AverageMatrix, MaxMatrix
from core.pool_step import AverageStep, MaxStep
from core.pooling import AveragePool, MaxPool
from core.scan import Scan
from core.window import Steps


@dataclass(frozen=True, eq=False)
class MaxPoolTrace(Scan[MaxStep]):
    """Everything that happens when the window of a max pool scans the input. Arrays are read-only."""

    @property
    def windowed(self) -> MaxPool:
        """The max pool. TypeError for a lesson of another operation."""
        operation = self.lesson.convolution
        if not isinstance(operation, MaxPool):
            raise TypeError(f"{self.lesson.name} is a {type(operation).__name__}: trace_of(lesson) gives its trace")
        return operation

    @cached_property
    def _won(self) -> tuple[Array, Array]:
        """The largest values, and which tap gave each: tap by tap over the whole plane, or by window."""
        pool, (height, width) = self.windowed, self.windowed.kernel_size
        if height * width > len(self.steps):  # fewer windows than taps: each by itself
            won = [(step.value, step.winner_tap[0] * width + step.winner_tap[1]) for step in self.steps]
            values, winners = (np.array(column).reshape(pool.output_shape) for column in zip(*won, strict=True))
            return finished(values.astype(pool.dtype)), finished(winners)
        rows, cols = pool.inner
        inner = rows[:, None] & cols
        output = np.full(pool.output_shape, pool.fill, pool.dtype)
        taps = np.full(pool.output_shape, -1, np.int64)
        for tap, (i, j) in enumerate(np.ndindex(height, width)):
            seen = pool.seen(self.padded, i, j)
            better = pool.seen(inner, i, j) & ((seen > output) | (taps < 0))
            np.copyto(output, seen, where=better)
            np.copyto(taps, tap, where=better)
        return finished(output), finished(taps)

    @property
    def output(self) -> Array:
        """(C, h, w): the largest cell of each window, of the input's type."""
        return self._won[0]

    @cached_property
    def winners(self) -> Array:
        """(C, h, w) int64: ``row * W + col`` of each winner in its own channel, as PyTorch's ``return_indices``.

        ONNX's ``Indices`` count through the whole tensor: add ``channel * H * W``. Of equals the first in reading
        order.
        """
        (rows, cols), (_, width) = self.axes, self.windowed.kernel_size
        i, j = np.divmod(self._won[1], width)
        row = np.arange(rows.output)[:, None] * rows.stride + i * rows.dilation - rows.before
        col = np.arange(cols.output) * cols.stride + j * cols.dilation - cols.before
        return finished(row * cols.input + col)

    @cached_property
    def steps(self) -> Steps[MaxStep]:
        """Every step, channel-major (o, r, c), made on demand."""
        return self._steps(MaxStep)

    @cached_property
    def im2col(self) -> MaxMatrix:
        """The patches as one matrix."""
        return MaxMatrix(self.windowed, self.padded)


@dataclass(frozen=True, eq=False)
class AveragePoolTrace(Scan[AverageStep]):
    """Everything that happens when the window of an average pool scans the input. Arrays are read-only."""

    @property
    def windowed(self) -> AveragePool:
        """The average pool. TypeError for a lesson of another operation."""
        operation = self.lesson.convolution
        if not isinstance(operation, AveragePool):
            raise TypeError(f"{self.lesson.name} is a {type(operation).__name__}: trace_of(lesson) gives its trace")
        return operation

    @cached_property
    def sums(self) -> Array:
        """(C, h, w): each window added up, in reading order; integers stay integers."""
        pool, (height, width) = self.windowed, self.windowed.kernel_size
        if height * width > len(self.steps):  # fewer windows than taps: each by itself
            return finished(np.array([step.sum for step in self.steps], pool.input.dtype).reshape(pool.output_shape))
        sums = np.zeros(pool.output_shape, pool.input.dtype)
        for i, j in np.ndindex(height, width):
            sums += pool.seen(self.padded, i, j)
        return finished(sums)

    @property
    def divisors(self) -> Array:
        """(h, w): the number of cells that count in each window."""
        return self.windowed.divisors

    @cached_property
    def output(self) -> Array:
        """(C, h, w) float64: the sums, divided."""
        return finished(self.sums / self.divisors)

    @cached_property
    def steps(self) -> Steps[AverageStep]:
        """Every step, channel-major (o, r, c), made on demand."""
        return self._steps(AverageStep)

    @cached_property
    def im2col(self) -> AverageMatrix:
        """The patches as one matrix, and the product with ones."""
        return AverageMatrix(self.windowed, self.padded)
