"""The patches of a scan as one matrix, in both layouts, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from core.arrays import Array, finished
from core.limits import INT64
from core.padding import take_back
from core.windowed import Windowed

LAYOUTS = ("rows", "columns")
"""A patch per row, as in the article; or a patch per column, as ``torch.nn.functional.unfold`` gives it."""

Tap = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class PatchMatrix:
    """One patch per row, rows in output order (r, c), columns channel-major (channel, i, j).

    ``columns`` is the other layout. Padding is copied as it stands in the padded input. Arrays are read-only and
    computed on first use.
    """

    operation: Windowed = field(repr=False)
    padded: Array = field(repr=False)

    def _repr_html_(self) -> str:
        from core.trace_display import matrix_html

        return matrix_html(self)

    @property
    def shape(self) -> tuple[int, int]:
        """(h*w, C*kh*kw)."""
        height, width = self.operation.output_size
        return height * width, len(self.operation.input) * self.taps

    @property
    def taps(self) -> int:
        """kh*kw, the columns of one input channel."""
        height, width = self.operation.window_size
        return height * width

    @property
    def entries(self) -> int:
        """h*w * C*kh*kw, the cells of the matrix."""
        rows, columns = self.shape
        return rows * columns

    @cached_property
    def columns(self) -> Array:
        """(C*kh*kw, h*w): column r*w + c is the patch of output cell (r, c). Kept in this order, row after row."""
        return self._gather(self.padded)

    @property
    def matrix(self) -> Array:
        """(h*w, C*kh*kw): row r*w + c is the patch of output cell (r, c); a view of ``columns``."""
        return self.columns.T

    @cached_property
    def origin(self) -> Array:
        """Same shape as ``matrix``: the input cell each entry copies, as ``c*H*W + row*W + col``; -1 is padding.

        Padding that repeats input cells (reflect, replicate, circular) has the origin of the cell it repeats.
        """
        channels, height, width = self.operation.input.shape
        rows, cols = self.operation.sources
        plane = np.where((rows >= 0)[:, None] & (cols >= 0), rows[:, None] * width + cols, -1).astype(np.int32)
        planes = np.where(plane >= 0, plane + np.arange(channels, dtype=np.int32)[:, None, None] * (height * width), -1)
        return self._gather(planes).T

    def _gather(self, planes: Array) -> Array:
        columns = np.empty(self.shape[::-1], planes.dtype)
        patches = self.operation.patches(planes)
        np.copyto(columns.reshape(patches.shape), patches)
        return finished(columns)

    @cached_property
    def column(self) -> tuple[Tap, ...]:
        """(channel, i, j) of each column of ``matrix``: input channel and kernel cell."""
        channels, (height, width) = len(self.operation.input), self.operation.window_size
        return tuple((c, i, j) for c in range(channels) for i in range(height) for j in range(width))

    def cell(self, row: int) -> tuple[int, int]:
        """The output cell (r, c) of a row of ``matrix``."""
        return divmod(range(self.shape[0])[row], self.operation.output_size[1])

    def row_of(self, row: int, col: int) -> int:
        """The row of ``matrix`` that is the patch of output cell (``row``, ``col``); the inverse of ``cell``."""
        height, width = self.operation.output_size
        return range(height)[row] * width + range(width)[col]

    @cached_property
    def count_factors(self) -> tuple[Array, Array]:
        """(H,) and (W,): how many windows read each row and each column; ``counts`` is their outer product."""
        reads: list[Array] = []
        for axis, sources in zip(self.operation.axes, self.operation.sources, strict=True):
            sources = sources[: axis.padded]
            reads.append(np.zeros(self.operation.input.shape[1 + len(reads)], np.int64))
            np.add.at(reads[-1], sources[sources >= 0], axis.reads[sources >= 0])
        return finished(reads[0]), finished(reads[1])

    @cached_property
    def counts(self) -> Array:
        """(C, H, W): how often each input cell is copied into the matrix: the overlap that col2im adds up."""
        return np.broadcast_to(np.outer(*self.count_factors), self.operation.input.shape)

    @property
    def blow_up(self) -> float:
        """Matrix cells per input cell."""
        return self.entries / self.operation.input.size

    def fold(self, matrix: Array, first: int | None = None) -> Array:
        """(C, H, W): every entry of a ``matrix`` of this shape added back to its input cell; see ``col2im``.

        With ``first``, only so many patches are added as yet.
        """
        if matrix.shape != self.shape:
            raise ValueError(f"col2im needs a matrix of shape {self.shape}, not {matrix.shape}")
        if matrix.dtype.kind in "iu":
            largest = max(abs(int(matrix.max())), abs(int(matrix.min())))
            if largest * int(self.counts.max()) > INT64:
                raise OverflowError("col2im sums could leave 64-bit integers: pass a float matrix")
        if first is not None:
            matrix = np.where(np.arange(len(matrix))[:, None] < first, matrix, 0)
        padded = np.zeros(self.padded.shape, matrix.dtype)
        grid = matrix.reshape(*self.operation.output_size, -1)
        for column, (channel, i, j) in enumerate(self.column):
            self.operation.seen(padded[channel], i, j)[...] += grid[:, :, column]
        return take_back(padded, *self.operation.sources, *self.operation.input.shape[1:])
