"""The im2col matrix on a page, with its two indices written on: (r, c) down the side, (channel, i, j) along the top."""

from __future__ import annotations

from dataclasses import dataclass

from core import Trace
from figures._page import LABEL, LEAST, Box, Page
from figures._tinted_cells import draw_cell, fitting_size
from look.grid import Grid, extent
from look.numbers import number
from look.patch_row import MARGIN, MatrixExcerpt, matrix_excerpt
from look.phrases import sized
from look.tints import Tints
from look.typesetting import typeset

LARGEST = (64.0, 52.0)  # a cell's width and height
LINE = 20.0  # from one line of column indices to the next
HEADING = 34.0
AFTER = 16.0  # at the right, for the names of the column indices


@dataclass(frozen=True)
class MatrixPanel:
    """A matrix to be drawn: what is shown, and the room that its indices take above and at the left."""

    trace: Trace
    excerpt: MatrixExcerpt
    cell: tuple[float, float]
    above: float
    beside: tuple[float, float]  # widths of the columns of r and of c
    taps_fit: bool  # whether i and j fit over each column

    @property
    def width(self) -> float:
        """The whole panel's, indices included."""
        return sum(self.beside) + extent(self.excerpt.columns, self.taps) * self.cell[0] + AFTER

    @property
    def height(self) -> float:
        """The whole panel's, heading and indices included."""
        return self.above + extent(self.excerpt.rows) * self.cell[1]

    @property
    def taps(self) -> int:
        """Columns of one channel."""
        return self.trace.im2col.taps

    def entry(self, grid: Grid, patch: int, tap: int) -> Box:
        """The box of an entry that is shown."""
        return grid.cell(patch, tap)

    def patch_box(self, grid: Grid, patch: int) -> Box:
        """The box of a whole patch."""
        return grid.row_box(patch)


def matrix_panel(trace: Trace, width: float, height: float) -> MatrixPanel:
    """As much of the matrix as fits width × height with its indices, in cells as large as may be."""
    channels = len(trace.input)
    taps = trace.im2col.taps
    above = HEADING + (LINE + 6 if channels > 1 else 0) + 2 * LINE + 4
    places = [patch.cell for patch in matrix_excerpt(trace, width, height - above, LEAST).patches]
    beside = tuple(max(typeset(number(place[axis])).width for place in places) * LEAST + 12 for axis in (0, 1))
    room = width - sum(beside) - AFTER
    excerpt = matrix_excerpt(trace, room - 1, height - above, LEAST)
    needed = excerpt.widest * LEAST / (1 - 2 * MARGIN) + 0.01
    wide = min(max(LARGEST[0], needed), room / extent(excerpt.columns, taps))
    tall = min(LARGEST[1], (height - above) / extent(excerpt.rows), wide * 1.7)
    widest = max(typeset(number(side - 1)).width for side in trace.kernel.shape[2:])
    taps_fit = widest * LEAST + 3 <= wide
    wide = min(wide, max(tall * 1.7, needed))
    return MatrixPanel(trace, excerpt, (wide, tall), above, (beside[0], beside[1]), taps_fit)


def draw_matrix_panel(page: Page, panel: MatrixPanel, tints: Tints, x: float, y: float) -> Grid:
    """Draw the panel with its top left corner at (x, y); the highlighted row's indices are bold."""
    trace, excerpt, (wide, tall) = panel.trace, panel.excerpt, panel.cell
    grid = Grid(x + sum(panel.beside), y + panel.above, wide, tall, excerpt.rows, excerpt.columns, panel.taps)
    heading = sized("matrix", page.look, *trace.im2col.shape)
    page.text(grid.x, y + 10, heading, LABEL, anchor="left")
    _draw_row_indices(page, panel, grid)
    _draw_column_indices(page, panel, grid, y + HEADING + LINE / 2)
    size = fitting_size(excerpt.widest, wide, tall) if excerpt.digits else None
    for patch in excerpt.patches:
        for column in grid.across:
            padding = not patch.inside[column]
            box = grid.cell(patch.index, column)
            draw_cell(page, tints, box, patch.sources[column], patch.values[column], size, padding=padding)
    draw_gaps(page, grid)
    return grid


def cell_names(trace: Trace) -> list[tuple[int, str]]:
    """The axes along which output cells are counted, and their letters."""
    return [(1, "n")] if trace.convolution.line else [(0, "r"), (1, "c")]


def tap_names(trace: Trace) -> list[tuple[int, str]]:
    """The same of the kernel's cells."""
    return [(1, "k")] if trace.convolution.line else [(0, "i"), (1, "j")]


def _draw_row_indices(page: Page, panel: MatrixPanel, grid: Grid) -> None:
    lit = panel.trace.highlight
    right_c, right_r = grid.x - 8, grid.x - 8 - panel.beside[1]
    header = grid.y - 4 - LINE / 2
    names = dict(cell_names(panel.trace))
    for axis, name in names.items():
        page.text((right_r, right_c)[axis], header, name, LEAST, "output", anchor="right")
    for patch in panel.excerpt.patches:
        middle = sum(grid.down[patch.index]) / 2
        bold = patch.cell == (lit.row, lit.col)
        for axis in names:
            right, index = (right_r, right_c)[axis], number(patch.cell[axis])
            page.text(right, middle, index, LEAST, "ink" if bold else "muted", anchor="right", bold=bold)


def _draw_column_indices(page: Page, panel: MatrixPanel, grid: Grid, y: float) -> None:
    trace, look = panel.trace, page.look
    if len(trace.input) > 1:
        for index, left, right in grid.spans:
            label = look.say("common.channel", index=index)
            if typeset(label).width * LEAST > right - left - 4:
                label = number(index)
            page.text((left + right) / 2, y, label, LEAST, "input", max_width=max(right - left - 4, LEAST))
            page.line([(left + 2, y + 12), (right - 2, y + 12)], "input", 1.5)
        y += LINE + 6
    if not panel.taps_fit:
        return
    for axis, name in tap_names(trace):
        page.text(grid.right + AFTER, y + axis * LINE, name, LEAST, "kernel", anchor="right")
        for column, (left, right) in grid.across.items():
            tap = trace.im2col.column[column][1 + axis]
            page.text((left + right) / 2, y + axis * LINE, number(tap), LEAST, "muted")


def draw_gaps(page: Page, grid: Grid) -> None:
    """Three dots wherever rows or columns are left out."""
    for y in grid.row_gaps:
        for _, left, right in grid.spans:
            _draw_dots(page, (left + right) / 2, y, (0.0, 1.0))
    for x in grid.column_gaps:
        for top, bottom in grid.down.values():
            _draw_dots(page, x, (top + bottom) / 2, (1.0, 0.0))


def _draw_dots(page: Page, x: float, y: float, along: tuple[float, float]) -> None:
    step = 5.0
    for k in (-1, 0, 1):
        page.rect(x + k * step * along[0] - 1.25, y + k * step * along[1] - 1.25, 2.5, 2.5, fill="muted", radius=1.25)
