"""The im2col share card: every patch becomes a row, and copies keep their colour."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import Trace
from figures._card import ART, LEAST, draw_card
from figures._matrix import MOST_BEHIND, PLANE_SHIFT, Matrix, draw_planes_behind, draw_window
from figures._page import Page
from figures._reading import draw_reading
from figures._tinted_cells import draw_cell, fitting_size, widest
from figures._tinted_plane import draw_tinted_plane
from look import Look
from look.grid import Grid, extent
from look.numbers import size
from look.patch_row import MatrixExcerpt, matrix_excerpt
from look.phrases import DOT, blow_up, conventions, extents, sized
from look.tints import Tints

NEEDS: Final = ("convolution", "not columns")

NAME = "share-card-im2col"
GAP, SOURCE = 58.0, 216.0  # between the two matrices; the input's room
READABLE = 21.0  # type size below which columns are left out instead


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """The input in tints with the highlighted patch outlined, and the matrix with that patch's row outlined."""
    shape = size(*trace.im2col.shape)
    tagline = look.say(f"{NAME}.tagline", shape=shape)
    said = DOT.join([conventions(trace, look), look.say("im2col-layout.order_rows")])
    page = draw_card(trace, fig, look, trace.lesson.title[look.lang], look.say(f"{NAME}.title"), tagline, said)
    tints = Tints(trace, look)
    x0, y0, x1, y1 = ART
    shown = matrix_excerpt(trace, x1 - x0 - GAP - SOURCE, y1 - y0 - 40, READABLE)
    grid = _grid(trace, shown, x1)
    part, behind = _draw_input(page, trace, tints, x0)
    digits = fitting_size(shown.widest, grid.width, grid.height) if shown.digits else None
    for patch in shown.patches:
        for column in grid.across:
            padding = not patch.inside[column]
            box = grid.cell(patch.index, column)
            draw_cell(page, tints, box, patch.sources[column], patch.values[column], digits, padding=padding)
    _draw_ellipses(page, grid)
    _tell_left_out(page, grid)
    step = trace.highlight
    row = trace.im2col.row_of(step.row, step.col)
    if row in grid.down:
        top, bottom = grid.down[row]
        left, right = grid.spans[0][1], grid.spans[-1][2]
        draw_window(page, (left, top, right, bottom), thickness=3.5)
        middle = (top + bottom) / 2
        start = min(max(middle, part.y + part.cell / 2), part.box[3] - part.cell / 2)
        page.arrow((part.box[2] + behind + 8, start), (left - 8, middle), "window", 2.5)
    above = min(grid.down.values())[0]
    middle = (grid.spans[0][1] + grid.spans[-1][2]) / 2
    page.text(middle, above - 26, sized("matrix", look, *trace.im2col.shape), 21, "muted")


def _grid(trace: Trace, shown: MatrixExcerpt, right: float) -> Grid:
    """The matrix at the card's right edge, its cells no taller than they are wide."""
    taps = trace.im2col.taps
    _, y0, _, y1 = ART
    columns, rows = extent(shown.columns, taps), extent(shown.rows)
    wide = min(max(42.0, shown.widest * READABLE / 0.8), (right - ART[0] - GAP - SOURCE) / columns)
    tall = min(38.0, wide * 1.5, (y1 - y0 - 40) / rows)
    wide = min(wide, max(tall * 1.6, shown.widest * READABLE / 0.8))
    return Grid(right - columns * wide, (y0 + y1 - rows * tall) / 2 + 14, wide, tall, shown.rows, shown.columns, taps)


def _draw_input(page: Page, trace: Trace, tints: Tints, x: float) -> tuple[Matrix, float]:
    """The input's first plane in tints and the window; a large input is cut to the window's surroundings.

    The border is drawn at the edges that are shown. Returns where what is drawn stands, and
    how far the planes behind it stick out.
    """
    look, step = page.look, trace.highlight
    channel = trace.convolution.channels(step.channel).start
    rows, columns = _around(trace, 0), _around(trace, 1)
    cell = min(48.0, SOURCE / (max(len(columns), len(rows)) + PLANE_SHIFT * min(len(trace.input) - 1, MOST_BEHIND)))
    y = (ART[1] + ART[3] - len(rows) * cell) / 2 + 14
    (down, across), (_, high, wide) = trace.axes, trace.input.shape
    values = trace.padded[channel, rows.start + down.before : rows.stop + down.before]
    values = values[:, columns.start + across.before : columns.stop + across.before]
    digits = fitting_size(widest(values.ravel().tolist()), cell, cell)
    whole = Matrix(x - columns.start * cell, y - rows.start * cell, cell, high, wide)
    corner, size_ = (whole.x, whole.y), digits if digits >= LEAST else None
    draw_tinted_plane(page, trace, tints, channel, corner, cell, rows, columns, size_)
    part = Matrix(x, y, cell, len(rows), len(columns))
    behind = draw_planes_behind(page, part, len(trace.input) - 1)
    if behind:  # else they would show through the padding's hatching
        page.rect(x, y, part.box[2] - x, part.box[3] - y, fill="background", zorder=0.9)
    draw_reading(page, whole, step, thickness=4)
    label = sized("input", look, *extents(trace.input, trace))
    if len(rows) < high or len(columns) < wide:
        label = look.say(f"{NAME}.part", whole=label)
    page.text(part.middle[0], y - 26 - behind, label, 21, "input", max_width=SOURCE + GAP)
    return part, behind


def _around(trace: Trace, axis: int, most: int = 8) -> range:
    """The input's rows (axis 0) or columns (1): all of them, or at most `most` around the window.

    Where they reach an edge of the input, its border is among them.
    """
    cells, border = trace.axes[axis].input, trace.axes[axis]
    shown = range(cells)
    if cells > most:
        reads = trace.highlight.input_rows if axis == 0 else trace.highlight.input_cols
        span = min(cells, max(most, reads[-1] + 1 - reads[0]))
        first = max(0, min(cells - span, (reads[0] + reads[-1] + 1 - span) // 2))
        shown = range(first, first + span)
    before, after = border.before if shown.start == 0 else 0, border.after if shown.stop == cells else 0
    return range(shown.start - before, shown.stop + after)


def _draw_ellipses(page: Page, grid: Grid) -> None:
    """Dots where rows or columns of the matrix are left out."""
    for x in grid.column_gaps:
        for top, bottom in grid.down.values():
            page.rect(x - 1.5, (top + bottom) / 2 - 1.5, 3, 3, fill="muted", radius=1.5)
    for y in grid.row_gaps:
        for _, left, right in grid.spans:
            for k in (-1, 0, 1):
                page.rect((left + right) / 2 - 1.5, y + 6 * k - 1.5, 3, 3, fill="muted", radius=1.5)


def _tell_left_out(page: Page, grid: Grid) -> None:
    """Under the matrix, how many of its rows and columns are shown, where that is not all."""
    said = []
    if grid.row_gaps:
        said.append(page.look.say(f"{NAME}.rows_shown", count=len(grid.down)))
    if grid.column_gaps:
        said.append(page.look.say(f"{NAME}.columns_shown", count=len(grid.across)))
    if said:
        middle = (grid.spans[0][1] + grid.spans[-1][2]) / 2
        page.text(middle, grid.bottom + 14, DOT.join(said), LEAST, "muted")


def alt(trace: Trace, look: Look) -> str:
    """What the card shows, with its numbers."""
    return look.say(
        f"{NAME}.alt",
        input=size(*extents(trace.input, trace)),
        shape=size(*trace.im2col.shape),
        factor=blow_up(trace),
    )
