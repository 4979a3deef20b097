"""How im2col lays an image out: every patch becomes a row, every input cell is copied where it is read."""

from __future__ import annotations

import math

from matplotlib.figure import Figure

from core import Trace
from figures._im2col_input import InputPlanes, draw_input_panel, input_panel
from figures._im2col_matrix import draw_matrix_panel, matrix_panel
from figures._matrix import draw_padding_cell, draw_window, visible
from figures._page import LEAST, MARGIN, SMALL, Box, Page
from figures._tinted_cells import draw_copy_mark
from look import Look
from look.grid import Grid
from look.numbers import number, size
from look.patch_row import MatrixExcerpt, matrix_excerpt, most_copied
from look.phrases import conventions
from look.tints import Tints
from look.typeset import typeset

NAME = "im2col-layout"
TOP, BOTTOM = 140.0, 600.0
WIDTH = 1200.0 - 2 * MARGIN
BETWEEN = 150.0  # from input to matrix, at least
KEY = 30.0  # from one line of the key to the next


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """The input at the left, the matrix at the right, one patch followed from one to the other, and a key to the marks."""
    page, tints = Page(fig, look), Tints(trace, look)
    page.header(trace.lesson.title[look.lang], look.say(f"{NAME}.message"))
    stacked = len(trace.input) > 1  # planes below each other leave no room for the key under them
    lines = 3 + any(trace.convolution.padding)
    key = 22 + lines * KEY
    height = BOTTOM - TOP
    left = input_panel(trace, 320.0, height - (0 if stacked else key))
    room = WIDTH - max(left.width, 0 if stacked else 250) - BETWEEN
    tall = height - (key if stacked else 0)
    excerpt = matrix_excerpt(trace, room - 60, tall - 100, LEAST)
    right = matrix_panel(trace, excerpt, room, tall)
    used = max(left.height + (0 if stacked else key), right.height + (key if stacked else 0))
    top = TOP + max(0.0, height - used) / 2
    between = min(WIDTH - left.width - right.width, 330.0)
    start = MARGIN + max(0.0, (WIDTH - left.width - between - right.width) / 2)
    planes = draw_input_panel(page, left, tints, start, top)
    grid = draw_matrix_panel(page, right, tints, start + left.width + between, top)
    copies = _mark_copies(page, trace, excerpt, planes, grid)
    _follow_patch(page, trace, planes, grid, start + left.width, grid.x - sum(right.beside))
    x, y = (grid.x, grid.bottom + 22) if stacked else (start + left.beside, planes.bottom + 22)
    _draw_key(
        page, trace, excerpt, copies, x, y, 1200 - MARGIN - x if stacked else start + left.width + between - x - 90
    )
    page.footer(look.say(f"{NAME}.order"), conventions(trace, look))


def _mark_copies(page: Page, trace: Trace, excerpt: MatrixExcerpt, planes: InputPlanes, grid: Grid) -> int:
    """Outline the most copied cell in the input and all its shown copies; their number."""
    channel, row, column = source = most_copied(trace)
    if channel in planes.corners:
        draw_copy_mark(page, visible(planes.box(channel, row, column, row + 1, column + 1)))
    copies = excerpt.copies(source)
    for entry in copies:
        draw_copy_mark(page, grid.cell(*entry))
    return len(copies)


def _follow_patch(page: Page, trace: Trace, planes: InputPlanes, grid: Grid, edge: float, indices: float) -> None:
    """Outline the highlighted patch and its row, and lead from one to the other."""
    step = trace.highlight
    row = step.row * trace.output_size[1] + step.col
    boxes = [visible(planes.window(channel, step)) for channel in planes.corners]
    for box in boxes:
        draw_window(page, box)
    if planes.lens:
        draw_window(page, planes.lens)
        (left, _, right, bottom), (x0, y0, x1, _) = boxes[0], planes.lens
        page.line([(left, bottom), (x0, y0)], "window", 1.5, dashed=True)
        page.line([(right, bottom), (x1, y0)], "window", 1.5, dashed=True)
    draw_window(page, grid.row_box(row))
    target = (indices - 14, sum(grid.down[row]) / 2)
    for left, top, right, bottom in [planes.lens] if planes.lens else boxes:
        along = min(top, bottom, key=lambda y: abs(y - target[1]))  # between two rows, where no digits stand
        _draw_lead(page, (right, along), edge, target)
    x, y = target
    page.polygon([(x, y), (x - 14, y - 8), (x - 14, y + 8)], "window", zorder=4.6)


def _draw_lead(page: Page, start: tuple[float, float], edge: float, end: tuple[float, float]) -> None:
    """A line from a window along the cells to the panel's edge, then a smooth curve to where an arrow's head will be."""
    (x0, y0), (x1, y1) = start, end
    points = [(x0, y0)]
    first, last = max(x0, edge), x1 - 12
    for k in range(41):
        ease = (1 - math.cos(math.pi * k / 40)) / 2
        points.append((first + (last - first) * k / 40, y0 + (y1 - y0) * ease))
    page.line(points, "window", 3.0, zorder=4.6)


def _draw_key(page: Page, trace: Trace, excerpt: MatrixExcerpt, copies: int, x: float, y: float, width: float) -> None:
    """What the marks mean, and what the layout costs."""
    look, step = page.look, trace.highlight
    row = step.row * trace.output_size[1] + step.col
    y += KEY / 2
    swatch = (x, y - 10, x + 20, y + 10)
    draw_window(page, swatch, thickness=3, radius=3)
    _say(page, look.say(f"{NAME}.patch", index=row, row=step.row, col=step.col), x + 32, y, width - 32)
    draw_copy_mark(page, _down(swatch, KEY))
    _say(page, copies_text(trace, look, copies), x + 32, y + KEY, width - 32)
    line = 2
    if any(trace.convolution.padding):
        draw_padding_cell(page, _down(swatch, line * KEY))
        _say(page, look.say(f"{NAME}.padding"), x + 32, y + line * KEY, width - 32)
        line += 1
    _say(page, cost(trace, look), x, y + line * KEY, width, role="ink", bold=True)


def _say(page: Page, text: str, x: float, y: float, width: float, role: str = "ink", *, bold: bool = False) -> None:
    page.text(x, y, text, 18, role, anchor="left", bold=bold, max_width=width)


def _down(box: Box, by: float) -> Box:
    return (box[0], box[1] + by, box[2], box[3] + by)


def copies_text(trace: Trace, look: Look, shown: int) -> str:
    """How often the marked cell is copied, and how many of the copies are shown."""
    channel, row, column = most_copied(trace)
    count = int(trace.im2col.counts[channel, row, column])
    if count <= 1:
        return look.say(f"{NAME}.copied_once")
    if shown < count:
        return look.say(f"{NAME}.copies_shown", count=count, shown=shown)
    return look.say(f"{NAME}.copies", count=count)


def cost(trace: Trace, look: Look) -> str:
    """Entries of the matrix against cells of the input: 9×9 = 81 entries from 25 cells (×3.24)."""
    rows, columns = trace.im2col.shape
    return look.say(
        f"{NAME}.cost",
        size=size(rows, columns),
        entries=rows * columns,
        cells=trace.input.size,
        ratio=number(round(trace.im2col.blow_up, 2)),
    )


def alt(trace: Trace, look: Look) -> str:
    """The matrix's size, its order, and what it costs, with the lesson's numbers."""
    step = trace.highlight
    channel, row, column = most_copied(trace)
    return look.say(
        f"{NAME}.alt",
        matrix=size(*trace.im2col.shape),
        kernel=size(*trace.kernel.shape[-2:]),
        index=step.row * trace.output_size[1] + step.col,
        row=step.row,
        col=step.col,
        cell_row=row,
        cell_col=column,
        count=int(trace.im2col.counts[channel, row, column]),
        cost=cost(trace, look),
    )
