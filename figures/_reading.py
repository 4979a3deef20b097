"""Which cells of a plane a window reads: one outline, or under dilation one for each run of them, the rest veiled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.window import Window
from figures._matrix import Matrix, draw_window
from figures._page import Box, Page
from look.drawing import runs

LEAST_CELL = 6.0  # smaller cells have no outline each, but what is skipped is veiled
LEAST_VEIL = 2.0  # in even smaller ones it cannot be told from what is read
VEIL = 0.6  # how much of a skipped cell's fill is taken away
DIM = 0.34  # and then of all of it: its digit can still be read
SPAN = 1.5  # thickness of the outline around all of a dilated window
FINE = 14.0  # in smaller cells the taps are too fine to be seen at once: the whole window is outlined clearly
THINNEST, SHARE = 1.8, 0.14  # a read cell's outline: at least this, and of its side at most this

Run = tuple[int, int]  # half-open


def draw_reading(page: Page, plane: Matrix, step: Window, *, thickness: float = 3.5) -> Box:
    """Outline what `step` reads of the input's `plane`, whose cell (0, 0) is the input's; returns the whole window."""
    return draw_taps(page, plane, step.input_rows, step.input_cols, thickness=thickness)


def draw_taps(page: Page, plane: Matrix, rows: Sequence[int], cols: Sequence[int], *, thickness: float = 3.5) -> Box:
    """Outline the cells of `plane` in `rows` and `cols`, which rise; returns the box from the first to the last.

    What a dilated window skips is veiled, and its whole span has but a thin, dashed outline where cells are large.
    """
    box = plane.span(rows[0], cols[0], rows[-1] + 1, cols[-1] + 1)
    row_runs, col_runs = list(runs(rows)), list(runs(cols))
    dense = len(row_runs) == len(col_runs) == 1
    if dense or plane.cell < LEAST_CELL:
        draw_window(page, box, thickness=thickness)
    if dense or plane.cell < LEAST_VEIL:
        return box
    for row0, col0, row1, col1 in skipped(row_runs, col_runs):
        left, top, right, bottom = plane.span(row0, col0, row1, col1)
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        page.polygon(corners, "background", alpha=VEIL, zorder=1.9)
        page.polygon(corners, "background", alpha=DIM, zorder=5.5)
    if plane.cell < LEAST_CELL:
        return box
    left, top, right, bottom = box
    if plane.cell < FINE:
        draw_window(page, box, thickness=2 * SPAN)
    else:
        page.rect(left, top, right - left, bottom - top, stroke="window", thickness=SPAN, dashed=True, zorder=3.8)
    line = min(thickness, max(THINNEST, plane.cell * SHARE))
    for row0, row1 in row_runs:
        for col0, col1 in col_runs:
            left, top, right, bottom = plane.span(row0, col0, row1, col1)
            inset = line / 2
            within = (left + inset, top + inset, right - inset, bottom - inset)
            draw_window(page, within, thickness=line, radius=min(5.0, plane.cell * 0.15), grown=False)
    return box


def skipped(row_runs: Sequence[Run], col_runs: Sequence[Run]) -> Iterator[tuple[int, int, int, int]]:
    """The blocks (row0, col0, row1, col1) between what is read: whole rows, then in the rows read the columns between.

    >>> list(skipped([(0, 1), (2, 3)], [(0, 1), (3, 4)]))
    [(1, 0, 2, 4), (0, 1, 1, 3), (2, 1, 3, 3)]
    """
    first, last = col_runs[0][0], col_runs[-1][1]
    for (_, above), (below, _) in pairwise(row_runs):
        yield above, first, below, last
    for row0, row1 in row_runs:
        for (_, before), (after, _) in pairwise(col_runs):
            yield row0, before, row1, after
