"""A lesson scanned: the immutable record that every film, figure, card and table reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from core.convolution import Array, Convolution, Pair
from core.im2col import Im2col
from core.receptive_field import ReceptiveField
from core.step import Step, Steps

if TYPE_CHECKING:
    from core.axis_size import AxisSize
    from core.lesson import Lesson


@dataclass(frozen=True, eq=False)
class Trace:
    """Everything that happens when the lesson's kernel scans its input.

    Computed on first use, then kept; arrays are read-only.
    ``trace.steps`` makes each step on demand, so a trace costs little more than the padded input and the output.
    The operation is cross-correlation (the kernel is not flipped), as in PyTorch and ONNX.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning".
    """

    lesson: Lesson

    def __reduce__(self) -> tuple[Any, ...]:
        # Results are cheaper to compute again than to send to another process.
        return Trace, (self.lesson,)

    @property
    def convolution(self) -> Convolution:
        """The lesson's arrays and geometry."""
        return self.lesson.convolution

    @property
    def rank(self) -> int:
        """2 or 3: as the author wrote the input."""
        return self.convolution.rank

    @property
    def input(self) -> Array:
        """(C, H, W)."""
        return self.convolution.input

    @property
    def kernel(self) -> Array:
        """(O, C/groups, kh, kw)."""
        return self.convolution.kernel

    @property
    def bias(self) -> Array:
        """(O,)."""
        return self.convolution.bias

    @property
    def output_size(self) -> Pair:
        """(h, w) of the feature map, in cells."""
        return self.convolution.output_size

    @property
    def axes(self) -> tuple[AxisSize, AxisSize]:
        """The output-size formula's steps for rows and for columns."""
        return self.convolution.axes

    @cached_property
    def padded(self) -> Array:
        """(C, Hp, Wp): the input with its border of zeros; the input itself when there is no padding."""
        if not any(self.convolution.padding):
            return self.input
        top, left, _, _ = self.convolution.padding
        channels, height, width = self.input.shape
        padded = np.zeros((channels, *(axis.padded for axis in self.axes)), self.input.dtype)
        padded[:, top : top + height, left : left + width] = self.input
        padded.setflags(write=False)
        return padded

    @cached_property
    def output(self) -> Array:
        """(O, h, w): the feature maps; integers stay integers.

        One kernel cell at a time over the whole plane, in the order in which a step adds its products: so decimals are
        rounded exactly as in ``step.value``, on every machine.
        """
        convolution = self.convolution
        output = np.zeros(convolution.output_shape, convolution.dtype)
        product = np.empty_like(output[0])
        for channel, sums in enumerate(output):
            planes = self.padded[convolution.channels(channel)]
            for (depth, i, j), weight in np.ndenumerate(self.kernel[channel]):
                np.multiply(convolution.seen(planes[depth], i, j), weight, out=product, dtype=product.dtype)
                sums += product
            sums += self.bias[channel]
        output.setflags(write=False)
        return output

    def channel_maps(self, channel: int) -> Array:
        """(Cg, h, w): what each input channel alone adds to output channel ``channel``; as ``step.channel_sums``.

        Their sum plus the bias is the feature map.
        """
        convolution, weights = self.convolution, self.kernel[channel]
        maps = np.zeros((len(weights), *self.output_size), convolution.dtype)
        product = np.empty_like(maps[0])
        planes = self.padded[convolution.channels(channel)]
        for (depth, i, j), weight in np.ndenumerate(weights):
            np.multiply(convolution.seen(planes[depth], i, j), weight, out=product, dtype=product.dtype)
            maps[depth] += product
        maps.setflags(write=False)
        return maps

    @cached_property
    def steps(self) -> Steps:
        """Every step, channel-major (o, r, c), made on demand."""
        return Steps(self.convolution, self.padded, range(int(np.prod(self.convolution.output_shape))))

    def step_at(self, row: int, col: int, channel: int = 0) -> Step:
        """The step whose output cell is (channel, row, col); IndexError outside the output."""
        shape = self.convolution.output_shape
        if not all(0 <= at < size for at, size in zip((channel, row, col), shape, strict=True)):
            raise IndexError(f"cell ({channel}, {row}, {col}) is outside the output of shape {shape}")
        return self.steps[(channel * shape[1] + row) * shape[2] + col]

    @property
    def highlight(self) -> Step:
        """The step at the lesson's ``highlight``, in the first output channel."""
        return self.step_at(*self.convolution.highlight)

    @cached_property
    def im2col(self) -> Im2col:
        """The scan as one matrix product."""
        return Im2col(self.convolution, self.padded)

    @cached_property
    def field(self) -> ReceptiveField:
        """The receptive field of the lesson's layers."""
        return ReceptiveField(self.lesson.layers, self.lesson.plane, self.lesson.unit)
