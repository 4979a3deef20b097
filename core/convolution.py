"""A convolution as a value: arrays and geometry, no scanning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from core.axis_size import AxisSize

Array: TypeAlias = npt.NDArray[Any]  # int64 or float64
Pair: TypeAlias = tuple[int, int]
Sides: TypeAlias = tuple[int, int, int, int]


def freeze(array: Array) -> Array:
    """A read-only array with the same values: ``array`` itself if it is read-only already, else a copy."""
    if array.flags.writeable:
        array = array.copy()
        array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class Convolution:
    """Everything a scan needs. Cross-correlation: the kernel is not flipped.

    ``input`` (C,H,W), ``kernel`` (O,C/groups,kh,kw) and ``bias`` (O,) are read-only; each is int64 or float64.
    ``stride`` and ``dilation`` are (rows, cols); ``padding`` is (top, left, bottom, right) in cells of zeros.
    ``rank`` is 2 when the author wrote a plain image and kernel, 3 when the input has channels.
    ``highlight`` is the (row, col) of the output that films dwell on.

    Two convolutions are equal only if they are the same object; compare ``Lesson.digest`` for equal content.
    """

    input: Array
    kernel: Array
    bias: Array
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    padding: Sides = (0, 0, 0, 0)
    groups: int = 1
    rank: int = 2
    highlight: Pair = (0, 0)

    def __post_init__(self) -> None:
        for name in ("input", "kernel", "bias"):
            object.__setattr__(self, name, freeze(getattr(self, name)))

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        for name in ("input", "kernel", "bias"):
            state[name].setflags(write=False)  # NumPy forgets this when pickling

    @cached_property
    def axes(self) -> tuple[AxisSize, AxisSize]:
        """The output-size formula for rows and for columns."""
        top, left, bottom, right = self.padding
        (_, height, width), (_, _, kernel_height, kernel_width) = self.input.shape, self.kernel.shape
        return (
            AxisSize(height, top, bottom, kernel_height, self.dilation[0], self.stride[0]),
            AxisSize(width, left, right, kernel_width, self.dilation[1], self.stride[1]),
        )

    @property
    def output_size(self) -> Pair:
        """(h, w) of the feature map."""
        return self.axes[0].output, self.axes[1].output

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(O, h, w)."""
        return (self.kernel.shape[0], *self.output_size)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the sums: int64 if input, kernel and bias all are, else float64."""
        return np.result_type(self.input, self.kernel, self.bias)

    def seen(self, plane: Array, i: int, j: int) -> Array:
        """(h, w) view of a padded ``plane`` (Hp, Wp): what kernel cell (i, j) reads over the whole scan."""
        rows, cols = self.axes
        top, left = i * rows.dilation, j * cols.dilation
        return plane[
            top : top + rows.quotient * rows.stride + 1 : rows.stride,
            left : left + cols.quotient * cols.stride + 1 : cols.stride,
        ]

    def channels(self, output_channel: int) -> slice:
        """The input channels that ``output_channel`` reads: its group's."""
        depth = self.kernel.shape[1]
        group = output_channel // (self.kernel.shape[0] // self.groups)
        return slice(group * depth, (group + 1) * depth)
