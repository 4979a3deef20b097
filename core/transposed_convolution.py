"""A transposed convolution as a value, and the convolution over a stuffed input that gives the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.arrays import Array, Pair, ReadOnlyArrays, Sides, finished
from core.axis_size import AxisSize
from core.convolution import Convolution


@dataclass(frozen=True)
class TransposedAxis:
    """``output = (input - 1) * stride + span - before - after + output_padding`` for rows or for columns, in cells.

    The ``canvas`` holds every stamp; ``before`` and ``after`` are what the padding cuts off its ends, and
    ``output_padding`` is what it is extended by, at its end, before the cut.

    >>> TransposedAxis(input=3, before=1, after=1, kernel=3, dilation=1, stride=2, output_padding=1).output
    6

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", relationships 13 and 14.
    """

    input: int
    before: int
    after: int
    kernel: int
    dilation: int
    stride: int
    output_padding: int

    @property
    def span(self) -> int:
        """Cells from the kernel's first to its last, holes included: how wide one stamp is."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def stuffed(self) -> int:
        """Cells of the input once ``stride - 1`` zeros stand between neighbours."""
        return (self.input - 1) * self.stride + 1

    @property
    def canvas(self) -> int:
        """Cells that the stamps cover, with the output padding."""
        return (self.input - 1) * self.stride + self.span + self.output_padding

    @property
    def output(self) -> int:
        """Output cells along this axis."""
        return self.canvas - self.before - self.after

    def landings(self, at: int) -> tuple[int, ...]:
        """(kernel,) the output indices that input cell ``at`` stamps; outside 0 to output - 1 they are cut off."""
        return tuple(at * self.stride + tap * self.dilation - self.before for tap in range(self.kernel))


@dataclass(frozen=True, eq=False)
class Gather(Convolution):
    """A transposed convolution as a convolution with stride 1 over the stuffed input, its kernel turned round.

    ``zeros`` (rows, cols) stand between neighbouring input cells; ``padding`` is the border, span - 1 less the padding
    of the transposed convolution: where it is negative, cells are taken away. ``kernel`` is (O, C/groups, kh, kw),
    already turned. A step's ``input_rows`` count in the stuffed plane, its ``source_rows`` in the input; ``inside`` is
    False at every zero, between cells as around them.
    """

    zeros: Pair = (0, 0)

    @cached_property
    def axes(self) -> tuple[AxisSize, AxisSize]:
        """The output-size formula over the stuffed input."""
        top, left, bottom, right = self.padding
        height, width = (
            (cells - 1) * (zeros + 1) + 1 for cells, zeros in zip(self.input.shape[1:], self.zeros, strict=True)
        )
        return (
            AxisSize(height, top, bottom, self.kernel.shape[2], self.dilation[0], 1),
            AxisSize(width, left, right, self.kernel.shape[3], self.dilation[1], 1),
        )

    @cached_property
    def sources(self) -> tuple[Array, Array]:
        """(Hp,) and (Wp,): the input row and column at each stuffed index; -1 at a zero."""
        found = []
        for axis, zeros in zip(self.axes, self.zeros, strict=True):
            at = np.arange(axis.padded, dtype=np.int64) - axis.before
            source, rest = np.divmod(at, zeros + 1)
            found.append(finished(np.where((rest == 0) & (at >= 0) & (at < axis.input), source, -1)))
        return found[0], found[1]

    @cached_property
    def inner(self) -> tuple[Array, Array]:
        """(Hp,) and (Wp,) bool: False at every zero."""
        rows, cols = self.sources
        return finished(rows >= 0), finished(cols >= 0)


@dataclass(frozen=True, eq=False)
class TransposedConvolution(ReadOnlyArrays):
    """What a convolution with the same settings would undo in shape: its gradient, turned into a layer.

    ``input`` (C,H,W), ``kernel`` (C,O/groups,kh,kw), as PyTorch and ONNX write it, and ``bias`` (O,) are read-only.
    ``padding`` (top, left, bottom, right) is taken away from the output, ``output_padding`` (rows, cols) extends it at
    the bottom and right. PyTorch's bound holds: ``output_padding`` is smaller than the stride or the dilation (ONNX
    says the stride). Padding per side is ONNX's, and so is ``same``, at any stride: the output is stride times as large
    as the input.
    """

    input: Array
    kernel: Array
    bias: Array
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    padding: Sides = (0, 0, 0, 0)
    output_padding: Pair = (0, 0)
    groups: int = 1
    rank: int = 2
    highlight: Pair = (0, 0)
    line: bool = False

    @cached_property
    def axes(self) -> tuple[TransposedAxis, TransposedAxis]:
        """The output-size formula for rows and for columns."""
        rows, cols = (
            TransposedAxis(
                self.input.shape[1 + axis],
                self.padding[axis],
                self.padding[axis + 2],
                self.kernel.shape[2 + axis],
                self.dilation[axis],
                self.stride[axis],
                self.output_padding[axis],
            )
            for axis in (0, 1)
        )
        return rows, cols

    @property
    def output_size(self) -> Pair:
        """(h, w) of the feature map."""
        return self.axes[0].output, self.axes[1].output

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(O, h, w)."""
        return (len(self.bias), *self.output_size)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the sums: int64 if input, kernel and bias all are, else float64."""
        return np.result_type(self.input, self.kernel, self.bias)

    def outputs(self, channel: int) -> slice:
        """The output channels that input ``channel`` stamps: its group's."""
        wide = self.kernel.shape[1]
        group = channel // (len(self.input) // self.groups)
        return slice(group * wide, (group + 1) * wide)

    @cached_property
    def gather(self) -> Gather:
        """The same numbers as a scan: zeros inserted, kernel turned round."""
        channels, wide, height, width = self.kernel.shape
        grouped = self.kernel[..., ::-1, ::-1].reshape(self.groups, channels // self.groups, wide, height, width)
        kernel = grouped.swapaxes(1, 2).reshape(self.groups * wide, channels // self.groups, height, width)
        rows, cols = self.axes
        return Gather(
            self.input,
            finished(np.ascontiguousarray(kernel)),
            self.bias,
            dilation=self.dilation,
            padding=(
                rows.span - 1 - rows.before,
                cols.span - 1 - cols.before,
                rows.span - 1 - rows.after + rows.output_padding,
                cols.span - 1 - cols.after + cols.output_padding,
            ),
            groups=self.groups,
            rank=self.rank,
            highlight=self.highlight,
            line=self.line,
            zeros=(self.stride[0] - 1, self.stride[1] - 1),
        )
