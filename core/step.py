"""One position of the window, and the lazy sequence of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import numpy as np

from core.convolution import Array, Convolution


@dataclass(frozen=True)
class Step:
    """The window stands at output cell (``channel``, ``row``, ``col``); ``index`` counts steps in the order (o, r, c).

    Shapes: Cg = C/groups input channels, kh x kw kernel. Arrays are read-only.
    """

    convolution: Convolution = field(repr=False)
    padded: Array = field(repr=False, compare=False)
    index: int
    channel: int
    row: int
    col: int

    @property
    def cell(self) -> tuple[int, ...]:
        """The output cell as the author counts: (row, col), or (channel, row, col) for rank 3."""
        return (self.row, self.col) if self.convolution.rank == 2 else (self.channel, self.row, self.col)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """(kh,) rows of the padded input that the window reads."""
        axis = self.convolution.axes[0]
        return tuple(self.row * axis.stride + tap * axis.dilation for tap in range(axis.kernel))

    @cached_property
    def cols(self) -> tuple[int, ...]:
        """(kw,) columns of the padded input that the window reads."""
        axis = self.convolution.axes[1]
        return tuple(self.col * axis.stride + tap * axis.dilation for tap in range(axis.kernel))

    @property
    def input_rows(self) -> tuple[int, ...]:
        """(kh,) rows read, in input coordinates: negative, or at least H, in the padding."""
        return tuple(row - self.convolution.padding[0] for row in self.rows)

    @property
    def input_cols(self) -> tuple[int, ...]:
        """(kw,) columns read, in input coordinates: negative, or at least W, in the padding."""
        return tuple(col - self.convolution.padding[1] for col in self.cols)

    @property
    def window(self) -> tuple[slice, slice, slice]:
        """Index of the patch: ``trace.padded[step.window]`` is ``step.patch``, a view, also under dilation."""
        rows, cols = (
            slice(at * axis.stride, at * axis.stride + axis.span, axis.dilation)
            for at, axis in zip((self.row, self.col), self.convolution.axes, strict=True)
        )
        return self.convolution.channels(self.channel), rows, cols

    @cached_property
    def inside(self) -> Array:
        """(kh, kw) bool: False where the patch reads padding."""
        _, height, width = self.convolution.input.shape
        rows, cols = np.array(self.input_rows), np.array(self.input_cols)
        inside: Array = ((rows >= 0) & (rows < height))[:, None] & ((cols >= 0) & (cols < width))
        inside.setflags(write=False)
        return inside

    @property
    def patch(self) -> Array:
        """(Cg, kh, kw) what the window reads, a view of the padded input."""
        patch: Array = self.padded[self.window]
        return patch

    @property
    def weights(self) -> Array:
        """(Cg, kh, kw) the kernel of this output channel."""
        weights: Array = self.convolution.kernel[self.channel]
        return weights

    @cached_property
    def products(self) -> Array:
        """(Cg, kh, kw) patch times weights, cell by cell; never a negative zero."""
        products: Array = self.patch.astype(self.convolution.dtype) * self.weights + 0
        products.setflags(write=False)
        return products

    @cached_property
    def running(self) -> Array:
        """(Cg*kh*kw,) cumulative sums of the products in reading order (channel, row, column), without bias."""
        running: Array = np.cumsum(self.products)
        running.setflags(write=False)
        return running

    @cached_property
    def channel_sums(self) -> Array:
        """(Cg,) sum of the products of each input channel."""
        sums: Array = np.cumsum(self.products.reshape(len(self.products), -1), axis=1)[:, -1]
        sums.setflags(write=False)
        return sums

    @property
    def bias(self) -> int | float:
        """The bias of this output channel."""
        bias: int | float = self.convolution.bias[self.channel].item()
        return bias

    @property
    def value(self) -> int | float:
        """The output cell: the last running sum plus the bias; exactly ``trace.output[channel, row, col]``."""
        value: int | float = (self.running[-1] + self.convolution.bias[self.channel]).item()
        return value


@dataclass(frozen=True)
class Steps(Sequence[Step]):
    """Steps made on demand, channel-major: (0,0,0), (0,0,1), …. Slicing stays lazy."""

    convolution: Convolution = field(repr=False)
    padded: Array = field(repr=False, compare=False)
    indices: range

    def __len__(self) -> int:
        return len(self.indices)

    @overload
    def __getitem__(self, at: int) -> Step: ...
    @overload
    def __getitem__(self, at: slice) -> Steps: ...
    def __getitem__(self, at: int | slice) -> Step | Steps:
        if isinstance(at, slice):
            return Steps(self.convolution, self.padded, self.indices[at])
        index = self.indices[at]
        height, width = self.convolution.output_size
        channel, cell = divmod(index, height * width)
        return Step(self.convolution, self.padded, index, channel, *divmod(cell, width))
