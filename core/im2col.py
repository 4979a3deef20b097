"""Convolution as one matrix product: patches become rows, the kernel becomes a column."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.convolution import Array, Convolution
from core.limits import INT64

if TYPE_CHECKING:
    from core.trace import Trace

Tap = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Im2col:
    """One patch per row, rows in output order (r, c), columns channel-major (channel, i, j).

    With groups the matrix still holds every channel, and the weights are zero where a group does not look.
    Arrays are read-only and computed on first use.
    """

    convolution: Convolution = field(repr=False)
    padded: Array = field(repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """(h*w, C*kh*kw)."""
        height, width = self.convolution.output_size
        channels, (kernel_height, kernel_width) = self.convolution.input.shape[0], self.convolution.kernel.shape[2:]
        return height * width, channels * kernel_height * kernel_width

    @cached_property
    def matrix(self) -> Array:
        """(h*w, C*kh*kw): row r*w + c is the patch of output cell (r, c)."""
        return self._gather(self.padded)

    @cached_property
    def origin(self) -> Array:
        """Same shape as ``matrix``: the input cell each entry copies, as ``c*H*W + row*W + col``; -1 is padding."""
        top, left, _, _ = self.convolution.padding
        source = np.full(self.padded.shape, -1, np.int32)
        _, height, width = shape = self.convolution.input.shape
        source[:, top : top + height, left : left + width] = np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
        return self._gather(source)

    def _gather(self, planes: Array) -> Array:
        matrix = np.empty(self.shape, planes.dtype)
        grid = matrix.reshape(*self.convolution.output_size, -1)
        for column, (channel, i, j) in enumerate(self.column):
            grid[:, :, column] = self.convolution.seen(planes[channel], i, j)
        matrix.setflags(write=False)
        return matrix

    @cached_property
    def column(self) -> tuple[Tap, ...]:
        """(channel, i, j) of each column: input channel and kernel cell."""
        channels, (height, width) = self.convolution.input.shape[0], self.convolution.kernel.shape[2:]
        return tuple((c, i, j) for c in range(channels) for i in range(height) for j in range(width))

    def cell(self, row: int) -> tuple[int, int]:
        """The output cell (r, c) of a matrix row."""
        return divmod(range(self.shape[0])[row], self.convolution.output_size[1])

    @cached_property
    def weights(self) -> Array:
        """(C*kh*kw, O): each output channel's kernel as a column."""
        kernel = self.convolution.kernel
        weights = np.zeros((kernel.shape[0], self.convolution.input.shape[0], *kernel.shape[2:]), kernel.dtype)
        for channel, taps in enumerate(kernel):
            weights[channel, self.convolution.channels(channel)] = taps
        weights = weights.reshape(len(kernel), -1).T
        weights.setflags(write=False)
        return weights

    @cached_property
    def result(self) -> Array:
        """(h*w, O): ``matrix @ weights + bias``; column o is output channel o, flattened.

        Added column by column in order, so that decimals are rounded exactly as in ``trace.output``.
        """
        result = np.zeros((self.shape[0], self.weights.shape[1]), self.convolution.dtype)
        for column, weights in zip(self.matrix.T, self.weights, strict=True):
            result += np.multiply(column[:, None], weights, dtype=result.dtype)
        result += self.convolution.bias
        result.setflags(write=False)
        return result

    @cached_property
    def counts(self) -> Array:
        """(C, H, W): how often each input cell is copied into the matrix."""
        (rows, cols), (channels, height, width) = self.convolution.axes, self.convolution.input.shape
        plane = np.outer(rows.reads[rows.before : rows.before + height], cols.reads[cols.before : cols.before + width])
        return np.broadcast_to(plane, (channels, height, width))

    @property
    def blow_up(self) -> float:
        """Matrix cells per input cell."""
        return self.shape[0] * self.shape[1] / self.convolution.input.size


def col2im(matrix: Array, trace: Trace) -> Array:
    """(C, H, W): every entry of an im2col-shaped ``matrix`` added back to its input cell; padding is dropped.

    ``col2im(trace.im2col.matrix, trace) == trace.im2col.counts * trace.input``.
    ValueError for another shape; OverflowError when integer sums could leave 64 bits.
    """
    convolution = trace.convolution
    if matrix.shape != trace.im2col.shape:
        raise ValueError(f"col2im needs a matrix of shape {trace.im2col.shape}, not {matrix.shape}")
    if matrix.dtype.kind in "iu":
        largest = max(abs(int(matrix.max())), abs(int(matrix.min())))
        if largest * int(trace.im2col.counts.max()) > INT64:
            raise OverflowError("col2im sums could leave 64-bit integers: pass a float matrix")
    padded = np.zeros(trace.padded.shape, matrix.dtype)
    grid = matrix.reshape(*convolution.output_size, -1)
    for column, (channel, i, j) in enumerate(trace.im2col.column):
        convolution.seen(padded[channel], i, j)[...] += grid[:, :, column]
    top, left, _, _ = convolution.padding
    _, height, width = convolution.input.shape
    return padded[:, top : top + height, left : left + width]
