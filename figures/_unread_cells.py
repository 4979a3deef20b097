"""What no window reads: strips at the end of an axis, and the holes that stride and dilation leave."""

from __future__ import annotations

from core import AxisSize
from figures._matrix import Matrix
from figures._page import Page, Point
from look.drawing import runs

LEAST_STRIP = 3.0
LEAST_HOLE = 5.0  # holes are shown in cells of this side or more


def draw_unread(page: Page, whole: Matrix, axes: tuple[AxisSize, AxisSize]) -> None:
    """Pale and hatch the cells of the padded input that no window reads, and outline them as one area."""
    row_runs, column_runs = (_shown(axis, whole.cell) for axis in axes)
    if not row_runs and not column_runs:
        return
    blocks = [(first, 0, last, whole.columns) for first, last in row_runs]
    for top, bottom in _between(row_runs, whole.rows):
        blocks += [(top, first, bottom, last) for first, last in column_runs]
    for block in blocks:
        left, high, right, low = whole.span(*block)
        left, high = min(left, right - LEAST_STRIP), min(high, low - LEAST_STRIP)
        page.rect(left, high, right - left, low - high, fill="background", zorder=1.6)
        page.hatch(left, high, right - left, low - high, role="accent", gap=5, falling=True, zorder=1.7)
    if whole.cell >= LEAST_HOLE:
        for line in _borders(whole, _indices(row_runs), _indices(column_runs)):
            page.line(line, "accent", 1.5, zorder=1.8)
        return
    for block in blocks:
        left, high, right, low = whole.span(*block)
        left, high = min(left, right - LEAST_STRIP), min(high, low - LEAST_STRIP)
        page.rect(left, high, right - left, low - high, stroke="accent", thickness=1.5, zorder=1.8)


def _shown(axis: AxisSize, cell: float) -> list[tuple[int, int]]:
    """The runs of unread indices; of cells too fine to tell holes, only the one at the end."""
    found = list(runs(axis.unread))
    return found if cell >= LEAST_HOLE else [run for run in found if run[1] == axis.padded]


def _between(taken: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """What of 0 .. count - 1 the runs leave."""
    edges = [0, *(edge for run in taken for edge in run), count]
    return [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last]


def _indices(taken: list[tuple[int, int]]) -> set[int]:
    return {index for first, last in taken for index in range(first, last)}


def _borders(whole: Matrix, rows: set[int], columns: set[int]) -> list[list[Point]]:
    """The lines between what is read and what is not, and those around what is not."""

    def unread(row: int, column: int) -> bool:
        within = 0 <= row < whole.rows and 0 <= column < whole.columns
        return within and (row in rows or column in columns)

    lines: list[list[Point]] = []
    for row in range(whole.rows + 1):
        edges = [unread(row, column) != unread(row - 1, column) for column in range(whole.columns)]
        for first, last in runs(column for column, edge in enumerate(edges) if edge):
            left, y, right, _ = whole.span(row, first, row, last)
            lines.append([(left, y), (right, y)])
    for column in range(whole.columns + 1):
        edges = [unread(row, column) != unread(row, column - 1) for row in range(whole.rows)]
        for first, last in runs(row for row, edge in enumerate(edges) if edge):
            x, top, _, bottom = whole.span(first, column, last, column)
            lines.append([(x, top), (x, bottom)])
    return lines
