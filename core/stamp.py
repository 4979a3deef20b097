"""One input cell of a transposed convolution, pressing the kernel onto the output; and the lazy sequence of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import numpy as np

from core.arrays import Array, finished
from core.transposed_convolution import TransposedConvolution


@dataclass(frozen=True)
class Stamp:
    """Input cell (``channel``, ``row``, ``col``) times its kernel; ``index`` counts stamps in the order (c, r, c).

    Shapes: Og = O/groups output channels are stamped through kh x kw cells. Arrays are read-only.
    """

    operation: TransposedConvolution = field(repr=False)
    index: int
    channel: int
    row: int
    col: int

    def _repr_html_(self) -> str:
        from core.trace_display import stamp_html

        return stamp_html(self)

    @property
    def cell(self) -> tuple[int, ...]:
        """The input cell as the author counts: (row, col), or (channel, row, col) with channels; 1-D has no row."""
        place = (self.col,) if self.operation.line else (self.row, self.col)
        return place if self.operation.gather.plain else (self.channel, *place)

    @property
    def value(self) -> int | float:
        """The input cell."""
        value: int | float = self.operation.input[self.channel, self.row, self.col].item()
        return value

    @property
    def weights(self) -> Array:
        """(Og, kh, kw): the kernel of this input channel, not flipped."""
        weights: Array = self.operation.kernel[self.channel]
        return weights

    @cached_property
    def products(self) -> Array:
        """(Og, kh, kw): what is added to the output, cell by cell; never a negative zero."""
        dtype = self.operation.dtype
        products: Array = self.weights.astype(dtype) * self.operation.input[self.channel, self.row, self.col] + 0
        return finished(products)

    @property
    def outputs(self) -> slice:
        """The output channels that are stamped."""
        return self.operation.outputs(self.channel)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """(kh,) the output rows that the stamp lands on; outside the output where padding cuts it off."""
        return self.operation.axes[0].landings(self.row)

    @cached_property
    def cols(self) -> tuple[int, ...]:
        """(kw,) the output columns that the stamp lands on, likewise."""
        return self.operation.axes[1].landings(self.col)

    @cached_property
    def inside(self) -> Array:
        """(kh, kw) bool: False where the stamp is cut off."""
        height, width = self.operation.output_size
        rows, cols = np.array(self.rows), np.array(self.cols)
        inside: Array = ((rows >= 0) & (rows < height))[:, None] & ((cols >= 0) & (cols < width))
        return finished(inside)

    @property
    def window(self) -> tuple[slice, slice, slice]:
        """Index of the stamped cells of the canvas: ``trace.canvas[stamp.window]`` is (Og, kh, kw), a view."""
        rows, cols = (
            slice(at * axis.stride, at * axis.stride + axis.span, axis.dilation)
            for at, axis in zip((self.row, self.col), self.operation.axes, strict=True)
        )
        return self.outputs, rows, cols


@dataclass(frozen=True)
class Stamps(Sequence[Stamp]):
    """Stamps made on demand, channel-major over the input: (0,0,0), (0,0,1), …. Slicing stays lazy."""

    operation: TransposedConvolution = field(repr=False)
    indices: range

    def __len__(self) -> int:
        return len(self.indices)

    @overload
    def __getitem__(self, at: int) -> Stamp: ...
    @overload
    def __getitem__(self, at: slice) -> Stamps: ...
    def __getitem__(self, at: int | slice) -> Stamp | Stamps:
        if isinstance(at, slice):
            return Stamps(self.operation, self.indices[at])
        index = self.indices[at]
        _, height, width = self.operation.input.shape
        channel, cell = divmod(index, height * width)
        return Stamp(self.operation, index, channel, *divmod(cell, width))
