"""Rows of the im2col matrix one at a time, so that a large lesson never needs the whole matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Trace
from look.drawing import widest_number
from look.excerpt import Shown, abridge, blocks
from look.grid import extent

Source = tuple[int, int, int]  # (channel, row, column) of an input cell

MARGIN = 0.09  # of a cell, kept free at either side of its digits
WIDE = 1.25  # a cell is at least this many times as wide as its digits' type size
TALL = 1.5  # a cell is at least this many times as high as its digits' type size


@dataclass(frozen=True)
class PatchRow:
    """Row `index` of the matrix: its output cell (r, c), C·kh·kw values, and the input cell that each one is.

    Padding has the input cell that it repeats, or None where it repeats none; `inside` is False for both.
    """

    index: int
    cell: tuple[int, int]
    values: tuple[int | float, ...]
    sources: tuple[Source | None, ...]
    inside: tuple[bool, ...]


def read_row(trace: Trace, index: int) -> PatchRow:
    """Row `index` of `trace.im2col.matrix` and of its origin, read from the padded input through the step's window."""
    cell = trace.im2col.cell(index)
    step = trace.step_at(*cell)
    patch = trace.padded[(slice(None), *step.window[1:])]
    sources = [
        (channel, row, column) if row >= 0 and column >= 0 else None
        for channel in range(len(patch))
        for row in step.source_rows
        for column in step.source_cols
    ]
    inside = step.inside.ravel().tolist() * len(patch)
    return PatchRow(index, cell, tuple(patch.ravel().tolist()), tuple(sources), tuple(inside))


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

    def most_copied(self, trace: Trace, *, nonzero: bool = False) -> Source:
        """The input cell with the most copies; with `nonzero`, one that is not zero if there is.

        One that the highlighted patch reads comes before others, if it has copies: a dilated window passes over cells
        that look as if they were its own. Of several, one with as many copies shown as any, as near the middle of the
        patch as possible.
        """
        counts, step = trace.im2col.counts, trace.highlight
        channel = trace.convolution.channels(step.channel).start
        most = counts[channel].max()
        shown: dict[Source, int] = {}
        for patch in self.patches:
            for column in self.columns:
                source = None if column is None else patch.sources[column]
                if source and source[0] == channel and counts[source] >= min(most, 2):
                    shown[source] = shown.get(source, 0) + 1
        if nonzero:
            shown = {source: count for source, count in shown.items() if trace.input[source]} or shown
        if not shown:
            row, col = np.unravel_index(int(counts[channel].argmax()), counts[channel].shape)
            return channel, int(row), int(col)
        middle = [(reads[0] + reads[-1]) / 2 for reads in (step.input_rows, step.input_cols)]
        return min(
            shown,
            key=lambda source: (
                source[1] not in step.source_rows or source[2] not in step.source_cols,
                shown[source] < 2,
                -counts[source],
                -shown[source],
                (source[1] - middle[0]) ** 2 + (source[2] - middle[1]) ** 2,
                source,
            ),
        )


def matrix_excerpt(trace: Trace, width: float, height: float, least: float, *, most_channels: int = 4) -> MatrixExcerpt:
    """As much of the matrix as fits width × height with digits of at least size `least`; without digits if need be.

    Beyond `most_channels` channels (at least 3) some are left out.
    """
    count, channels, taps = trace.im2col.shape[0], len(trace.input), trace.im2col.taps
    lit = trace.im2col.row_of(trace.highlight.row, trace.highlight.col)
    rows = abridge(count, int(height / (least * TALL)), around=lit)
    patches = tuple(read_row(trace, index) for index in rows if index is not None)
    candidates = range(min(taps, max(3, int(width / (least * WIDE)) + 1)), min(taps, 3) - 1, -1)
    for most_blocks in sorted({min(channels, most_channels), min(channels, 3)}, reverse=True):
        for most in candidates:
            shown = blocks(channels, taps, most_blocks, most)
            widest = widest_number(patch.values[column] for patch in patches for column in shown if column is not None)
            if extent(shown, taps) * max(widest * least / (1 - 2 * MARGIN), least * WIDE) <= width:
                return MatrixExcerpt(rows, shown, patches, True, widest)
    for most in candidates:
        shown = blocks(channels, taps, 3, most)
        if extent(shown, taps) * least * WIDE <= width:
            return MatrixExcerpt(rows, shown, patches, False, 0.0)
    return MatrixExcerpt(rows, blocks(channels, taps, 3, 3), patches, False, 0.0)
