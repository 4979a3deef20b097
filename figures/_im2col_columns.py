"""The im2col matrix with a patch per column, as `torch.nn.functional.unfold` gives it, with its indices written on."""

from __future__ import annotations

from dataclasses import dataclass

from core import Trace
from figures._im2col_matrix import LARGEST, LINE, cell_names, draw_gaps, tap_names
from figures._page import LABEL, LEAST, Box, Page
from figures._tinted_cells import draw_cell, fitting_size
from look.grid import Grid, extent
from look.numbers import number
from look.patch_columns import column_excerpt
from look.patch_row import MARGIN, MatrixExcerpt
from look.phrases import sized
from look.tints import Tints
from look.typesetting import typeset

HEADING = 34.0
BESIDE = (26.0, 26.0)  # the columns of i and of j at the left
CHANNELS = 96.0  # and of the channels' names


@dataclass(frozen=True)
class ColumnPanel:
    """A matrix to be drawn: what is shown, its cell's width and height, and the room of its indices at the left."""

    trace: Trace
    excerpt: MatrixExcerpt
    cell: tuple[float, float]

    @property
    def beside(self) -> tuple[float, ...]:
        """Widths of what stands at the left."""
        return (*([CHANNELS] if len(self.trace.input) > 1 else []), *BESIDE)

    @property
    def above(self) -> float:
        """Room for the heading and the patches' indices."""
        return HEADING + 2 * LINE + 4

    @property
    def width(self) -> float:
        """The whole panel's, indices included."""
        return sum(self.beside) + extent(self.excerpt.rows) * self.cell[0]

    @property
    def height(self) -> float:
        """The whole panel's, heading and indices included."""
        return self.above + extent(self.excerpt.columns, self.trace.im2col.taps) * self.cell[1]

    def entry(self, grid: Grid, patch: int, tap: int) -> Box:
        """The box of an entry that is shown."""
        return grid.cell(tap, patch)

    def patch_box(self, grid: Grid, patch: int) -> Box:
        """The box of a whole patch."""
        left, right = grid.across[patch]
        return (left, grid.y, right, grid.bottom)


def column_panel(trace: Trace, width: float, height: float) -> ColumnPanel:
    """As much of the matrix as fits width × height with its indices, in cells as large as may be."""
    bare = ColumnPanel(trace, MatrixExcerpt((), (), (), False, 0.0), (0.0, 0.0))
    room, tall = width - sum(bare.beside), height - bare.above
    excerpt = column_excerpt(trace, room - 1, tall, LEAST)
    needed = excerpt.widest * LEAST / (1 - 2 * MARGIN) + 0.01
    high = min(LARGEST[1], tall / extent(excerpt.columns, trace.im2col.taps))
    wide = min(max(min(LARGEST[0], high * 1.5), needed), room / extent(excerpt.rows))
    return ColumnPanel(trace, excerpt, (wide, min(high, wide * 1.5)))


def draw_column_panel(page: Page, panel: ColumnPanel, tints: Tints, x: float, y: float) -> Grid:
    """Draw the panel with its top left corner at (x, y); the highlighted patch's indices are bold."""
    trace, excerpt, (wide, tall) = panel.trace, panel.excerpt, panel.cell
    taps = trace.im2col.taps
    corner = x + sum(panel.beside), y + panel.above
    grid = Grid(*corner, wide, tall, excerpt.columns, excerpt.rows, row_block=taps)
    heading = sized("matrix", page.look, *trace.im2col.shape[::-1])
    page.text(grid.x, y + 10, heading, LABEL, anchor="left")
    _draw_patch_indices(page, panel, grid)
    _draw_tap_indices(page, panel, grid)
    size = fitting_size(excerpt.widest, wide, tall) if excerpt.digits else None
    for patch in excerpt.patches:
        for tap in grid.down:
            padding = not patch.inside[tap]
            box = grid.cell(tap, patch.index)
            draw_cell(page, tints, box, patch.sources[tap], patch.values[tap], size, padding=padding)
    draw_gaps(page, grid)
    return grid


def _draw_patch_indices(page: Page, panel: ColumnPanel, grid: Grid) -> None:
    """Above each patch the output cell that it makes: r over c, of a signal n alone."""
    lit, top = panel.trace.highlight, grid.y - 2 * LINE - 2 + LINE / 2
    for axis, name in cell_names(panel.trace):
        y = top + axis * LINE
        page.text(grid.x - 8, y, name, LEAST, "output", anchor="right")
        for patch in panel.excerpt.patches:
            left, right = grid.across[patch.index]
            text = number(patch.cell[axis])
            if typeset(text).width * LEAST > right - left:
                continue
            bold = patch.cell == (lit.row, lit.col)
            page.text((left + right) / 2, y, text, LEAST, "ink" if bold else "muted", bold=bold)


def _draw_tap_indices(page: Page, panel: ColumnPanel, grid: Grid) -> None:
    """At the left of each line the kernel cell (i, j), of a signal k, and the channel of each block."""
    trace, header = panel.trace, grid.y - 2 * LINE - 2 + 1.5 * LINE
    for axis, name in tap_names(trace):
        right = grid.x - 8 - (1 - axis) * BESIDE[1]
        page.text(right - 14, header, name, LEAST, "kernel", anchor="right")
        for tap, (top, bottom) in grid.down.items():
            index = trace.im2col.column[tap][1 + axis]
            page.text(right - 14, (top + bottom) / 2, number(index), LEAST, "muted", anchor="right")
    if len(trace.input) == 1:
        return
    tops: dict[int, list[float]] = {}
    for tap, (top, bottom) in grid.down.items():
        tops.setdefault(trace.im2col.column[tap][0], []).extend((top, bottom))
    for channel, edges in tops.items():
        text = page.look.say("common.channel", index=channel)
        page.text(grid.x - sum(BESIDE) - 18, (min(edges) + max(edges)) / 2, text, LEAST, "input", anchor="right")
