"""A transposed convolution traced both ways it is taught: as stamps, and as a scan over a stuffed input."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.arrays import Array, finished
from core.channel_maps import maps_of_channels
from core.im2col import Im2col
from core.scan import Scan
from core.scatter_matrix import ScatterMatrix
from core.stamp import Stamp, Stamps
from core.step import Step
from core.transposed_convolution import Gather, TransposedConvolution
from core.window import Steps


@dataclass(frozen=True, eq=False)
class TransposeTrace(Scan[Step]):
    """Everything that happens when a transposed convolution spreads its input. Arrays are read-only.

    Gather: ``padded`` is the stuffed input, ``steps`` and ``im2col`` scan it with the kernel turned round.
    Scatter: each of ``stamps`` adds one input cell times the kernel to the ``canvas``, whose middle is the output.
    Both add the same products to an output cell in the same order, so they agree to the last bit.
    """

    @property
    def transposed(self) -> TransposedConvolution:
        """The lesson's arrays and geometry. TypeError for a lesson of another operation."""
        operation = self.lesson.convolution
        if not isinstance(operation, TransposedConvolution):
            raise TypeError(f"{self.lesson.name} is a {type(operation).__name__}: trace_of(lesson) gives its trace")
        return operation

    @property
    def windowed(self) -> Gather:
        """The transposed convolution as a scan over the stuffed input."""
        return self.transposed.gather

    @property
    def kernel(self) -> Array:
        """(C, O/groups, kh, kw), as the author wrote it."""
        return self.transposed.kernel

    @property
    def weights(self) -> Array:
        """(O, C/groups, kh, kw): the kernel of the gather, turned by 180°."""
        return self.windowed.weights

    @property
    def bias(self) -> Array:
        """(O,)."""
        return self.transposed.bias

    @cached_property
    def output(self) -> Array:
        """(O, h, w): the feature maps; integers stay integers. Rounded exactly as in ``step.value``."""
        rows, cols = self.transposed.axes
        inner = self.canvas[:, rows.before : rows.before + rows.output, cols.before : cols.before + cols.output]
        return finished(inner + self.bias[:, None, None])

    @cached_property
    def stuffed(self) -> Array:
        """(C, stuffed rows, stuffed cols): the input with ``stride - 1`` zeros between its cells, without a border."""
        rows, cols = self.transposed.axes
        stuffed = np.zeros((len(self.input), rows.stuffed, cols.stuffed), self.input.dtype)
        stuffed[:, :: rows.stride, :: cols.stride] = self.input
        return finished(stuffed)

    def channel_maps(self, channel: int) -> Array:
        """(Cg, h, w): what each input channel alone adds to output channel ``channel``; as ``step.channel_sums``."""
        return maps_of_channels(self.windowed, self.padded, channel)

    @cached_property
    def canvas(self) -> Array:
        """(O, canvas rows, canvas cols): the sum of all stamps, before padding cuts its ends off; without bias."""
        return self._stamped(self.input)

    def canvas_after(self, stamps: int) -> Array:
        """The canvas after the first ``stamps`` of the ``stamps``; IndexError beyond them."""
        if not 0 <= stamps <= self.input.size:
            raise IndexError(f"{stamps} is outside 0 to {self.input.size} stamps")
        pressed = np.zeros(self.input.size, self.input.dtype)
        pressed[:stamps] = self.input.ravel()[:stamps]
        return self._stamped(pressed.reshape(self.input.shape))

    def _stamped(self, image: Array) -> Array:
        """One kernel cell at a time, in the order in which a gather step adds: last cell of the kernel first."""
        transposed = self.transposed
        rows, cols = transposed.axes
        canvas = np.zeros((len(self.bias), rows.canvas, cols.canvas), transposed.dtype)
        for channel, plane in enumerate(image):
            outputs = canvas[transposed.outputs(channel)]
            for i in reversed(range(rows.kernel)):
                for j in reversed(range(cols.kernel)):
                    top, left = i * rows.dilation, j * cols.dilation
                    outputs[:, top : top + rows.stuffed : rows.stride, left : left + cols.stuffed : cols.stride] += (
                        np.multiply(plane, self.kernel[channel, :, i, j, None, None], dtype=canvas.dtype)
                    )
        return finished(canvas)

    @cached_property
    def stamps(self) -> Stamps:
        """Every stamp, channel-major over the input (c, r, c), made on demand."""
        return Stamps(self.transposed, range(self.input.size))

    def stamp_at(self, row: int, col: int, channel: int = 0) -> Stamp:
        """The stamp of input cell (channel, row, col); IndexError outside the input."""
        shape: tuple[int, ...] = self.input.shape
        if not all(0 <= at < size for at, size in zip((channel, row, col), shape, strict=True)):
            raise IndexError(f"cell ({channel}, {row}, {col}) is outside the input of shape {shape}")
        return self.stamps[(channel * shape[1] + row) * shape[2] + col]

    @cached_property
    def steps(self) -> Steps[Step]:
        """Every step of the gather, channel-major (o, r, c), made on demand."""
        return self._steps(Step)

    @cached_property
    def im2col(self) -> Im2col:
        """The gather as one matrix product; ``origin`` names cells of the input, -1 the zeros."""
        return Im2col(self.windowed, self.padded)

    @cached_property
    def scatter(self) -> ScatterMatrix:
        """The scatter as a matrix product and col2im, with the overlaps."""
        return ScatterMatrix(self.transposed)

    @property
    def overlaps(self) -> Array:
        """(h, w): how many input cells stamp each output cell, per channel."""
        return self.scatter.overlaps
