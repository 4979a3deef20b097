"""One position of a sliding window, and the lazy sequence of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar, overload

from core.arrays import Array, finished
from core.windowed import Windowed


@dataclass(frozen=True)
class Window:
    """The window stands at output cell (``channel``, ``row``, ``col``); ``index`` counts in the order (o, r, c).

    Shapes: Cg input channels are read (C/groups of a convolution, 1 of a pool) through kh x kw cells. Arrays are
    read-only.
    """

    operation: Windowed = field(repr=False)
    padded: Array = field(repr=False, compare=False)
    index: int
    channel: int
    row: int
    col: int

    def _repr_html_(self) -> str:
        from core.trace_display import step_html

        return step_html(self)

    @property
    def cell(self) -> tuple[int, ...]:
        """The output cell as the author counts: (row, col), or (channel, row, col) with channels; 1-D has no row."""
        place = (self.col,) if self.operation.line else (self.row, self.col)
        return place if self.operation.plain else (self.channel, *place)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """(kh,) rows of the padded input that the window reads."""
        return self.operation.axes[0].taps(self.row)

    @cached_property
    def cols(self) -> tuple[int, ...]:
        """(kw,) columns of the padded input that the window reads."""
        return self.operation.axes[1].taps(self.col)

    @property
    def input_rows(self) -> tuple[int, ...]:
        """(kh,) rows read, in input coordinates: negative, or at least H, in the padding."""
        return tuple(row - self.operation.axes[0].before for row in self.rows)

    @property
    def input_cols(self) -> tuple[int, ...]:
        """(kw,) columns read, in input coordinates: negative, or at least W, in the padding."""
        return tuple(col - self.operation.axes[1].before for col in self.cols)

    @property
    def source_rows(self) -> tuple[int, ...]:
        """(kh,) the input row whose values are read, also where padding repeats it; -1 where padding is none."""
        return tuple(self.operation.sources[0][list(self.rows)].tolist())

    @property
    def source_cols(self) -> tuple[int, ...]:
        """(kw,) the input column whose values are read, likewise."""
        return tuple(self.operation.sources[1][list(self.cols)].tolist())

    @property
    def window(self) -> tuple[slice, slice, slice]:
        """Index of the patch: ``trace.padded[step.window]`` is ``step.patch``, a view, also under dilation."""
        rows, cols = (
            slice(at * axis.stride, at * axis.stride + axis.span, axis.dilation)
            for at, axis in zip((self.row, self.col), self.operation.axes, strict=True)
        )
        return self.operation.channels(self.channel), rows, cols

    @cached_property
    def inside(self) -> Array:
        """(kh, kw) bool: False where the patch reads padding."""
        rows, cols = self.operation.inner
        inside: Array = rows[list(self.rows)][:, None] & cols[list(self.cols)]
        return finished(inside)

    @property
    def patch(self) -> Array:
        """(Cg, kh, kw) what the window reads, a view of the padded input."""
        patch: Array = self.padded[self.window]
        return patch


S = TypeVar("S", bound=Window)


@dataclass(frozen=True)
class Steps(Sequence[S], Generic[S]):
    """Windows made on demand, channel-major: (0,0,0), (0,0,1), …. Slicing stays lazy."""

    kind: type[S] = field(repr=False)
    operation: Windowed = field(repr=False)
    padded: Array = field(repr=False, compare=False)
    indices: range

    def __len__(self) -> int:
        return len(self.indices)

    @overload
    def __getitem__(self, at: int) -> S: ...
    @overload
    def __getitem__(self, at: slice) -> Steps[S]: ...
    def __getitem__(self, at: int | slice) -> S | Steps[S]:
        if isinstance(at, slice):
            return Steps(self.kind, self.operation, self.padded, self.indices[at])
        index = self.indices[at]
        height, width = self.operation.output_size
        channel, cell = divmod(index, height * width)
        return self.kind(self.operation, self.padded, index, channel, *divmod(cell, width))
