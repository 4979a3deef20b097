"""How im2col lays an image out: every patch becomes a row, every input cell is copied wherever it is read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure

from core import Trace
from figures._im2col_columns import ColumnPanel, column_panel, draw_column_panel
from figures._im2col_input import InputPanel, InputPlanes, draw_input_panel, input_panel
from figures._im2col_key import NAME, Key, by_rows, copies, cost, laid_out, make_key
from figures._im2col_matrix import MatrixPanel, draw_matrix_panel, matrix_panel
from figures._matrix import draw_window, visible
from figures._page import HEIGHT, LEAST, MARGIN, WIDTH, Box, Page, Point, header_bottom
from figures._reading import draw_reading
from figures._tinted_cells import draw_copy_mark
from look import Look
from look.extents import extents_in
from look.grid import Grid
from look.numbers import size
from look.patch_columns import column_excerpt
from look.patch_row import matrix_excerpt
from look.phrases import DOT, conventions
from look.tints import Tints

NEEDS: Final = ("convolution",)

BOTTOM = 604.0
ROOM = WIDTH - 2 * MARGIN
BETWEEN, FARTHEST = 110.0, 320.0  # from the input to the matrix
ABOVE_KEY = 20.0
BELOW, APART = 30.0, 70.0  # from a signal down to the matrix under it, and from that to the key
HIGHER = (0.0, 60.0, 120.0, 180.0)  # how much higher a page may be for that
COMFORTABLE = 32.0  # height of a cell of the matrix, if a higher page allows it


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """The input at the left, the matrix at the right, one patch followed from one to the other, and a key to the marks.

    The key stands under a single plane; under the matrix where planes are stacked below each other.
    """
    tints, line, plan = Tints(trace, look), trace.convolution.line, _plan(trace, look)
    page = Page(fig, look, height=HEIGHT + plan.more)
    page.header(*_header(trace, look))
    if plan.over:
        _draw_over(page, trace, plan, tints)
    else:
        _draw_beside(page, trace, plan, tints)
    tints_mean = "tints"
    if len(trace.input) > 1:
        tints_mean = "tints_signals" if line else "tints_many"
    page.footer(
        look.say(f"{NAME}.indices{'_in_line' if line else ''}_{trace.lesson.im2col_layout}"),
        DOT.join(
            [
                look.say(f"{NAME}.order_{trace.lesson.im2col_layout}"),
                look.say(f"{NAME}.{tints_mean}"),
            ]
        ),
    )


def _draw_over(page: Page, trace: Trace, plan: Plan, tints: Tints) -> None:
    """A signal over the matrix and, beside that, the key: each as wide as the page allows."""
    left, right, key = plan.left, plan.right, plan.key
    used = left.height + BELOW + max(right.height, right.above + key.height)
    top = plan.top + max(0.0, BOTTOM + plan.more - plan.top - used) / 2
    apart = right.width + APART + key.width
    start = MARGIN + (ROOM - max(left.width - left.beside, apart)) / 2
    planes = draw_input_panel(page, left, tints, start - left.beside, top)
    grid = _draw_panel(page, right, tints, start, planes.bottom + BELOW)
    if copies(trace, right.excerpt.most_copied(trace)) > 1:
        _mark_copies(page, trace, right, planes, grid)
    _mark_patch(page, trace, right, planes, grid)
    key.draw(page, start + right.width + APART, grid.y)


def _draw_panel(page: Page, panel: MatrixPanel | ColumnPanel, tints: Tints, x: float, y: float) -> Grid:
    if isinstance(panel, MatrixPanel):
        return draw_matrix_panel(page, panel, tints, x, y)
    return draw_column_panel(page, panel, tints, x, y)


def _draw_beside(page: Page, trace: Trace, plan: Plan, tints: Tints) -> None:
    """The input at the left of the matrix."""
    top = plan.top
    left, right, key, stacked = plan.left, plan.right, plan.key, plan.stacked
    spare = key.height + ABOVE_KEY
    used = max(left.height + (0 if stacked else spare), right.height + (spare if stacked else 0))
    top += max(0.0, BOTTOM - top - used) / 2
    between = min(ROOM - plan.block - right.width, FARTHEST)
    start = MARGIN + max(0.0, ROOM - plan.block - between - right.width) / 2
    planes = draw_input_panel(page, left, tints, start, top)
    grid = _draw_panel(page, right, tints, start + plan.block + between, top)
    if copies(trace, right.excerpt.most_copied(trace)) > 1:
        _mark_copies(page, trace, right, planes, grid)
    _follow_patch(page, trace, right, planes, grid, start + plan.block)
    x, y = (min(grid.x, WIDTH - MARGIN - key.width), grid.bottom) if stacked else (start + left.beside, planes.bottom)
    key.draw(page, x, y + ABOVE_KEY)


@dataclass(frozen=True)
class Plan:
    """The panels and the key, as large as they fit below `top`; `block`: the width of the input or the key under it.

    With `over` the input stands over the matrix, on a page that may be so much `more` high.
    """

    top: float
    left: InputPanel
    right: MatrixPanel | ColumnPanel
    key: Key
    block: float
    stacked: bool
    over: bool = False
    more: float = 0.0


def _header(trace: Trace, look: Look) -> tuple[str, str, str]:
    line = trace.convolution.line
    return (
        look.say(f"{NAME}.title{'_in_line' if line else ''}_{trace.lesson.im2col_layout}"),
        conventions(trace, look),
        trace.lesson.title[look.lang],
    )


def _plan(trace: Trace, look: Look) -> Plan:
    top = header_bottom(*_header(trace, look)) + 14
    height = BOTTOM - top
    stacked = len(trace.input) > 1
    excerpt = (matrix_excerpt if by_rows(trace) else column_excerpt)(trace, ROOM, height, LEAST)
    key = make_key(trace, look, excerpt, 620.0 if stacked else 340.0)
    spare = key.height + ABOVE_KEY
    left = input_panel(trace, 330.0, height - (0 if stacked else spare))
    key = make_key(trace, look, excerpt, max(key.room, left.width - left.beside))
    block = left.width if stacked else max(left.width, left.beside + key.width)
    size = ROOM - block - BETWEEN, height - (spare if stacked else 0)
    right = _matrix(trace, *size)
    key = make_key(trace, look, right.excerpt, key.room)
    plan = Plan(top, left, right, key, block, stacked)
    return (_plan_over(plan, trace, look) if trace.convolution.line else None) or plan


def _plan_over(beside: Plan, trace: Trace, look: Look) -> Plan | None:
    """A signal over its matrix, if its digits can be read so and as much of the matrix is shown as `beside` it."""
    key, found = beside.key, None
    for more in HIGHER:
        height = BOTTOM + more - beside.top
        left = input_panel(trace, ROOM, height / 2)
        right = _matrix(trace, ROOM - APART - key.width, height - left.height - BELOW)
        shown = len(right.excerpt.rows) * len(right.excerpt.columns)
        if left.size and shown >= len(beside.right.excerpt.rows) * len(beside.right.excerpt.columns):
            key = make_key(trace, look, right.excerpt, key.room)
            found = Plan(beside.top, left, right, key, left.width, True, over=True, more=more)
            if right.cell[1] >= COMFORTABLE:
                break
    return found


def _matrix(trace: Trace, width: float, height: float) -> MatrixPanel | ColumnPanel:
    return matrix_panel(trace, width, height) if by_rows(trace) else column_panel(trace, width, height)


def _mark_copies(page: Page, trace: Trace, panel: MatrixPanel | ColumnPanel, planes: InputPlanes, grid: Grid) -> None:
    """Outline the cell that is followed in the input and all its shown copies."""
    channel, row, column = source = panel.excerpt.most_copied(trace)
    if channel in planes.corners and not planes.lens:
        draw_copy_mark(page, planes.plane(channel).at(row, column))
    for entry in panel.excerpt.copies(source):
        draw_copy_mark(page, panel.entry(grid, *entry))
    if planes.lens and (cell := planes.enlarged(trace, source)):
        draw_copy_mark(page, cell)


def _follow_patch(
    page: Page, trace: Trace, panel: MatrixPanel | ColumnPanel, planes: InputPlanes, grid: Grid, edge: float
) -> None:
    """Outline the highlighted patch and its row or column, and lead from one to the other."""
    boxes = _mark_patch(page, trace, panel, planes, grid)
    if planes.lens:
        draw_window(page, planes.lens)
        x, y0, _, y1 = planes.lens
        _, top, right, bottom = boxes[0]
        page.line([(right, top), (x, y0)], "window", 1.5, dashed=True)
        page.line([(right, bottom), (x, y1)], "window", 1.5, dashed=True)
    if isinstance(panel, ColumnPanel):
        return
    row = trace.im2col.row_of(trace.highlight.row, trace.highlight.col)
    target = (grid.x - sum(panel.beside) - 14, sum(grid.down[row]) / 2)
    for _, top, right, bottom in [planes.lens] if planes.lens else boxes:
        along = min(top, bottom, key=lambda y: abs(y - target[1]))  # between two rows, where no digits stand
        _draw_lead(page, (right, along), edge, target)
    x, y = target
    page.polygon([(x, y), (x - 14, y - 8), (x - 14, y + 8)], "window", zorder=4.6)


def _mark_patch(
    page: Page, trace: Trace, panel: MatrixPanel | ColumnPanel, planes: InputPlanes, grid: Grid
) -> list[Box]:
    """Outline the highlighted patch in each plane, and its row or column; returns the boxes in the planes."""
    step = trace.highlight
    draw_window(page, panel.patch_box(grid, trace.im2col.row_of(step.row, step.col)))
    return [visible(draw_reading(page, planes.plane(channel), step, thickness=4)) for channel in planes.corners]


def _draw_lead(page: Page, start: Point, edge: float, end: Point) -> None:
    """A line from a window along the cells to the panel's edge, then a curve to where an arrow's head will be."""
    (x0, y0), (x1, y1) = start, end
    points = [(x0, y0)]
    first, last = max(x0, edge), x1 - 12
    for k in range(41):
        ease = (1 - math.cos(math.pi * k / 40)) / 2
        points.append((first + (last - first) * k / 40, y0 + (y1 - y0) * ease))
    page.line(points, "window", 3.0, zorder=4.6)


def alt(trace: Trace, look: Look) -> str:
    """The matrix's size, its order, and what it costs, with the lesson's numbers."""
    step, line = trace.highlight, trace.convolution.line
    source = _plan(trace, look).right.excerpt.most_copied(trace)
    count, (_, row, column) = copies(trace, source), source
    copied = {"index": column} if line else {"row": row, "col": column}
    said = [
        look.say(
            f"{NAME}.alt.matrix{'_in_line' if line else ''}_{trace.lesson.im2col_layout}",
            matrix=size(*laid_out(trace)),
            kernel=size(*extents_in(trace, *trace.kernel.shape[-2:])),
            index=trace.im2col.row_of(step.row, step.col),
            **({"cell": step.col} if line else {"row": step.row, "col": step.col}),
        ),
        look.say(f"{NAME}.alt.copied{'_in_line' if line else ''}", **copied, count=count)
        if count > 1
        else look.say(f"{NAME}.alt.once"),
        look.say(f"{NAME}.alt.cost", cost=cost(trace, look)),
    ]
    if trace.convolution.groups > 1:
        uses = "own_columns" if by_rows(trace) else "own_rows"
        said.insert(1, look.say(f"{NAME}.alt.{uses}", count=trace.convolution.groups))
    return (" " if look.lang == "en" else "").join(said)
