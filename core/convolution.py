"""A convolution as a value: arrays and geometry, no scanning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.arrays import Array, Pair, Sides, freeze
from core.windowed import Windowed

__all__ = ["Array", "Convolution", "Pair", "Sides", "freeze"]


@dataclass(frozen=True, eq=False)
class Convolution(Windowed):
    """Everything a scan needs. Cross-correlation unless ``flip``: the kernel is not flipped.

    ``input`` (C,H,W), ``kernel`` (O,C/groups,kh,kw) and ``bias`` (O,) are read-only; each is int64 or float64.
    ``stride`` and ``dilation`` are (rows, cols); ``padding`` is (top, left, bottom, right) in cells of zeros, or of
    what ``padding_mode`` says. ``rank`` is 2 when the author wrote a plain image and kernel, 3 when the input has
    channels; a batch of one is read as its picture. ``line`` marks a 1-D convolution, computed as one row: then
    ``rank`` is 1 or, with channels, 2. ``highlight`` is the (row, col) of the output that films dwell on.

    ``groups`` = C makes it depthwise (O = C, or a multiple of it: the multiplier), a 1x1 kernel pointwise.
    As in PyTorch and ONNX, where they agree. They disagree on two things: padding per side is ONNX's ``pads`` (PyTorch
    has one number per axis), and the bounds of ``padding_mode`` are PyTorch's (ONNX's ``Pad`` has none). ``flip`` is in
    neither: with it the kernel is turned by 180° and the result is what signal processing calls convolution.

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
    padding_mode: str = "zeros"
    flip: bool = False
    line: bool = False

    @property
    def weights(self) -> Array:
        """(O, C/groups, kh, kw): what the patch is multiplied with: the kernel, turned round if ``flip``."""
        return self.kernel[..., ::-1, ::-1] if self.flip else self.kernel

    @property
    def window_size(self) -> Pair:
        """(kh, kw) of the kernel."""
        return self.kernel.shape[2], self.kernel.shape[3]

    @property
    def output_channels(self) -> int:
        """O: one for each filter."""
        return len(self.kernel)

    @property
    def border_mode(self) -> str:
        """The ``padding_mode``."""
        return self.padding_mode

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the sums: int64 if input, kernel and bias all are, else float64."""
        return np.result_type(self.input, self.kernel, self.bias)

    def channels(self, output_channel: int) -> slice:
        """The input channels that ``output_channel`` reads: its group's."""
        depth = self.kernel.shape[1]
        group = output_channel // (self.kernel.shape[0] // self.groups)
        return slice(group * depth, (group + 1) * depth)
