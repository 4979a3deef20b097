"""What every operation has in common that slides a window over a padded input."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any

import numpy as np

from core.arrays import Array, Pair, ReadOnlyArrays, Sides, finished
from core.axis_size import AxisSize
from core.padding import border_sources, lay_out
from core.receptive_field import Layer


class Windowed(ReadOnlyArrays, ABC):
    """The geometry of a scan: where each window stands and what it reads. Arrays and sizes, no arithmetic on values.

    ``input`` (C,H,W) is read-only, int64 or float64. ``stride`` and ``dilation`` are (rows, cols); ``padding`` is
    (top, left, bottom, right) in cells. ``rank`` counts the axes of the input as the author wrote it. ``line`` marks a
    1-D operation, which is computed as one row: H = 1. ``highlight`` is the (row, col) that films dwell on.
    """

    input: Array
    stride: Pair
    dilation: Pair
    padding: Sides
    rank: int
    highlight: Pair
    line: bool

    @property
    @abstractmethod
    def window_size(self) -> Pair:
        """(kh, kw) cells that one window reads of one channel."""

    @property
    @abstractmethod
    def output_channels(self) -> int:
        """O, the number of output channels."""

    @abstractmethod
    def channels(self, output_channel: int) -> slice:
        """The input channels that ``output_channel`` reads."""

    @property
    @abstractmethod
    def dtype(self) -> np.dtype[Any]:
        """Type of the output."""

    @property
    def fill(self) -> int | float:
        """What padding holds where it is not made of input cells."""
        return 0

    @property
    def border_mode(self) -> str:
        """One of ``PADDING_MODES``."""
        return "zeros"

    @property
    def rounds_up(self) -> bool:
        """Whether the output size is rounded up (``ceil_mode``)."""
        return False

    def admits(self, window: Pair) -> bool:
        """Whether a lesson could have a ``window`` (rows, cols) with this padding, be it that it fits."""
        return True

    @property
    def layer(self) -> Layer:
        """The settings without the arrays."""
        return Layer(self.window_size, self.stride, self.padding, self.dilation, self.rounds_up)

    @cached_property
    def axes(self) -> tuple[AxisSize, AxisSize]:
        """The output-size formula for rows and for columns."""
        return self.layer.axes((self.input.shape[1], self.input.shape[2]))

    @property
    def skipped(self) -> int:
        """Cells of one channel that a window spans and, being dilated, does not read."""
        (rows, cols), (height, width) = self.axes, self.window_size
        return rows.span * cols.span - height * width

    @property
    def output_size(self) -> Pair:
        """(h, w) of the feature map."""
        return self.axes[0].output, self.axes[1].output

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(O, h, w)."""
        return (self.output_channels, *self.output_size)

    @property
    def plain(self) -> bool:
        """Whether the author wrote no channels: an image as [H, W], or a signal as [W]."""
        return self.rank == (1 if self.line else 2)

    @cached_property
    def sources(self) -> tuple[Array, Array]:
        """(Hp,) and (Wp,): the input row and column that each padded index shows; -1 where it shows none.

        The border and what only ``ceil_mode`` reaches are in it. Every (row, col) pair of the two is a padded cell.
        """
        rows, cols = (
            np.append(border_sources(self.border_mode, axis.input, axis.before, axis.after), np.full(axis.overhang, -1))
            for axis in self.axes
        )
        return finished(rows), finished(cols)

    @cached_property
    def inner(self) -> tuple[Array, Array]:
        """(Hp,) and (Wp,) bool: False in the border, also where the border repeats input cells."""
        rows, cols = (
            (np.arange(axis.padded + axis.overhang) >= axis.before)
            & (np.arange(axis.padded + axis.overhang) < axis.before + axis.input)
            for axis in self.axes
        )
        return finished(rows), finished(cols)

    def padded(self) -> Array:
        """(C, Hp, Wp) read-only: the input with its border, made anew each time; the input itself without one."""
        return lay_out(self.input, *self.sources, self.fill)

    def seen(self, plane: Array, i: int, j: int) -> Array:
        """(…, h, w) view of padded planes (…, Hp, Wp): what kernel cell (i, j) reads over the whole scan."""
        rows, cols = self.axes
        top, left = i * rows.dilation, j * cols.dilation
        return plane[
            ...,
            top : top + (rows.output - 1) * rows.stride + 1 : rows.stride,
            left : left + (cols.output - 1) * cols.stride + 1 : cols.stride,
        ]

    def patches(self, planes: Array) -> Array:
        """(C, kh, kw, h, w) read-only view of padded ``planes`` (C, Hp, Wp): what kernel cells read in each window."""
        channel, down, right = planes.strides
        (rows, cols), (height, width) = self.axes, self.window_size
        strides = channel, rows.dilation * down, cols.dilation * right, rows.stride * down, cols.stride * right
        shape = len(planes), height, width, *self.output_size
        return np.lib.stride_tricks.as_strided(planes, shape, strides, writeable=False)
