"""Pooling as a value: a window that keeps each channel to itself and has no weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.arrays import Array, Pair, Sides, finished
from core.windowed import Windowed


def most_pool_padding(window: int) -> int:
    """The widest border, in cells, on one side of an axis that a pool's ``window`` cells take: PyTorch's bound."""
    return window // 2


@dataclass(frozen=True, eq=False)
class Pool(Windowed):
    """A window of ``kernel_size`` (rows, cols) over each channel of ``input`` (C,H,W), so O = C.

    ``ceil_mode`` rounds the output size up by PyTorch's rule: the last window must start inside the input or the
    padding before it. PyTorch's meanings hold where ONNX differs: ``stride`` is by default the window's own size (ONNX:
    1), ``padding`` in cells is at most half a window (ONNX has no bound). From ONNX alone come padding per side, the
    names ``same`` and ``same_lower`` at any stride, and ``dilation`` for averages.
    """

    input: Array
    kernel_size: Pair
    stride: Pair
    dilation: Pair = (1, 1)
    padding: Sides = (0, 0, 0, 0)
    ceil_mode: bool = False
    rank: int = 2
    highlight: Pair = (0, 0)
    line: bool = False

    @property
    def window_size(self) -> Pair:
        """The ``kernel_size``."""
        return self.kernel_size

    @property
    def output_channels(self) -> int:
        """O = C."""
        return len(self.input)

    @property
    def rounds_up(self) -> bool:
        """The ``ceil_mode``."""
        return self.ceil_mode

    def admits(self, window: Pair) -> bool:
        """Whether no side's padding is wider than PyTorch lets a ``window`` (rows, cols) have."""
        return all(cells <= most_pool_padding(window[side % 2]) for side, cells in enumerate(self.padding))

    @property
    def is_global(self) -> bool:
        """Whether one window holds the whole input and nothing else."""
        return self.kernel_size == self.input.shape[1:] and self.output_size == (1, 1) and not any(self.padding)

    def channels(self, output_channel: int) -> slice:
        """The one input channel: the same."""
        return slice(output_channel, output_channel + 1)

    @cached_property
    def counted(self) -> tuple[Array, Array]:
        """(Hp,) and (Wp,) bool: the padded indices that count: here the input's own."""
        return self.inner

    @cached_property
    def tallies(self) -> tuple[Array, Array]:
        """(h,) and (w,): how many counted rows and columns each window reads."""
        tallies = []
        for axis, counted in zip(self.axes, self.counted, strict=True):
            tally = np.zeros(axis.output, np.int64)
            for tap in range(axis.kernel):
                first = tap * axis.dilation
                tally += counted[first : first + (axis.output - 1) * axis.stride + 1 : axis.stride]
            tallies.append(finished(tally))
        return tallies[0], tallies[1]


@dataclass(frozen=True, eq=False)
class MaxPool(Pool):
    """Each output cell is the largest that its window reads; padding never wins. The output is of the input's type."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """The input's."""
        return self.input.dtype

    @property
    def fill(self) -> int | float:
        """The type's least value: PyTorch's minus infinity."""
        return int(np.iinfo(self.dtype).min) if self.dtype.kind == "i" else -np.inf


@dataclass(frozen=True, eq=False)
class AveragePool(Pool):
    """Each output cell is the sum of its window divided by the number of cells that count. The output is float64.

    With ``count_include_pad`` the padding counts, as zeros: PyTorch's default (ONNX's is without). What only
    ``ceil_mode`` reaches, beyond the padding, never counts.
    """

    count_include_pad: bool = True

    @property
    def dtype(self) -> np.dtype[Any]:
        """float64, also for integers."""
        return np.dtype(np.float64)

    @cached_property
    def counted(self) -> tuple[Array, Array]:
        """(Hp,) and (Wp,) bool: the padded indices that count: the input's own, and the border's if it is included."""
        if not self.count_include_pad:
            return self.inner
        rows, cols = (np.arange(axis.padded + axis.overhang) < axis.padded for axis in self.axes)
        return finished(rows), finished(cols)

    @cached_property
    def divisors(self) -> Array:
        """(h, w): the number of cells that count in each window. Read-only."""
        return finished(np.outer(*self.tallies))
