"""Rows of the im2col matrix one at a time, so that a large lesson never needs the whole matrix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from core import Trace
from look.excerpt import Shown, blocks, excerpt
from look.grid import extent
from look.numbers import number
from look.typeset import typeset

Source = tuple[int, int, int]  # (channel, row, column) of an input cell

MARGIN = 0.09  # of a cell, kept free at either side of its digits
WIDE = 1.25  # a cell is at least this many times as wide as its digits' type size
TALL = 1.5  # a cell is at least this many times as high as its digits' type size


@dataclass(frozen=True)
class PatchRow:
    """Row `index` of the matrix: its output cell (r, c), its C·kh·kw values, and the input cell of each (None: padding)."""

    index: int
    cell: tuple[int, int]
    values: tuple[int | float, ...]
    sources: tuple[Source | None, ...]


@lru_cache(maxsize=512)
def patch_row(trace: Trace, index: int) -> PatchRow:
    """Row `index` of `trace.im2col.matrix` and of its origin, read from the padded input through the step's window."""
    cell = trace.im2col.cell(index)
    step = trace.step_at(*cell)
    patch = trace.padded[(slice(None), *step.window[1:])]
    inside = step.inside.tolist()
    sources = [
        (channel, row, column) if inside[i][j] else None
        for channel in range(len(patch))
        for i, row in enumerate(step.input_rows)
        for j, column in enumerate(step.input_cols)
    ]
    return PatchRow(index, cell, tuple(patch.ravel().tolist()), tuple(sources))


def most_copied(trace: Trace) -> Source:
    """The input cell with the most copies in the matrix; of several the one nearest the highlighted patch's middle."""
    step, counts = trace.highlight, trace.im2col.counts
    channel = trace.convolution.channels(step.channel).start
    most = int(counts[channel].max())
    middle = (
        (step.input_rows[0] + step.input_rows[-1]) / 2,
        (step.input_cols[0] + step.input_cols[-1]) / 2,
    )
    rows, columns = (counts[channel] == most).nonzero()
    distance = (rows - middle[0]) ** 2 + (columns - middle[1]) ** 2
    nearest = int(distance.argmin())
    return channel, int(rows[nearest]), int(columns[nearest])


@dataclass(frozen=True)
class MatrixExcerpt:
    """The rows and columns of the im2col matrix that are shown, and whether their digits fit."""

    rows: Shown
    columns: Shown
    patches: tuple[PatchRow, ...]
    digits: bool
    widest: float  # em; the widest number shown

    @property
    def whole(self) -> bool:
        """Whether every row and column is shown."""
        return None not in self.rows and None not in self.columns

    def copies(self, source: Source) -> list[tuple[int, int]]:
        """(row, column) of each shown entry that copies `source`."""
        return [
            (patch.index, column)
            for patch in self.patches
            for column in self.columns
            if column is not None and patch.sources[column] == source
        ]


def matrix_excerpt(trace: Trace, width: float, height: float, least: float) -> MatrixExcerpt:
    """As much of the matrix as fits width × height with digits of at least size `least`; without digits if need be."""
    count, columns = trace.im2col.shape
    channels = len(trace.input)
    taps = columns // channels
    row, col = trace.highlight.row, trace.highlight.col
    rows = excerpt(count, int(height / (least * TALL)), around=row * trace.output_size[1] + col)
    patches = tuple(patch_row(trace, index) for index in rows if index is not None)
    for most_channels in sorted({min(channels, 4), min(channels, 3)}, reverse=True):
        for most in range(taps, 2, -1) if taps > 2 else (taps,):
            shown = blocks(channels, taps, most_channels, most)
            widest = widest_number(patches, shown)
            if extent(shown, taps) * max(widest * least / (1 - 2 * MARGIN), least * WIDE) <= width:
                return MatrixExcerpt(rows, shown, patches, True, widest)
    for most in range(taps, 2, -1):
        shown = blocks(channels, taps, 3, most)
        if extent(shown, taps) * least * WIDE <= width:
            return MatrixExcerpt(rows, shown, patches, False, 0.0)
    return MatrixExcerpt(rows, blocks(channels, taps, 3, 3), patches, False, 0.0)


def widest_number(patches: tuple[PatchRow, ...], columns: Shown) -> float:
    """The width in em of the widest number among these entries."""
    values = {patch.values[column] for patch in patches for column in columns if column is not None}
    return max(typeset(number(value)).width for value in values)
