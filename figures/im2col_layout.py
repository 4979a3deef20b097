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
from figures._page import LEAST, MARGIN, WIDTH, Page, Point, header_bottom
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


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """The input at the left, the matrix at the right, one patch followed from one to the other, and a key to the marks.

    The key stands under a single plane; under the matrix where planes are stacked below each other.
    """
    page, tints, line = Page(fig, look), Tints(trace, look), trace.convolution.line
    page.header(*_header(trace, look))
    plan = _plan(trace, look)
    top = plan.top
    left, right, key, stacked = plan.left, plan.right, plan.key, plan.stacked
    spare = key.height + ABOVE_KEY
    used = max(left.height + (0 if stacked else spare), right.height + (spare if stacked else 0))
    top += max(0.0, BOTTOM - top - used) / 2
    between = min(ROOM - plan.block - right.width, FARTHEST)
    start = MARGIN + max(0.0, ROOM - plan.block - between - right.width) / 2
    planes = draw_input_panel(page, left, tints, start, top)
    place = start + plan.block + between, top
    if isinstance(right, MatrixPanel):
        grid = draw_matrix_panel(page, right, tints, *place)
    else:
        grid = draw_column_panel(page, right, tints, *place)
    if copies(trace, right.excerpt.most_copied(trace)) > 1:
        _mark_copies(page, trace, right, planes, grid)
    _follow_patch(page, trace, right, planes, grid, start + plan.block)
    x, y = (min(grid.x, WIDTH - MARGIN - key.width), grid.bottom) if stacked else (start + left.beside, planes.bottom)
    key.draw(page, x, y + ABOVE_KEY)
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


@dataclass(frozen=True)
class Plan:
    """The panels and the key, as large as they fit below `top`; `block`: the width of the input or the key under it."""

    top: float
    left: InputPanel
    right: MatrixPanel | ColumnPanel
    key: Key
    block: float
    stacked: bool


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
    right = matrix_panel(trace, *size) if by_rows(trace) else column_panel(trace, *size)
    key = make_key(trace, look, right.excerpt, key.room)
    return Plan(top, left, right, key, block, stacked)


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
    step = trace.highlight
    row = trace.im2col.row_of(step.row, step.col)
    boxes = [visible(draw_reading(page, planes.plane(channel), step, thickness=4)) for channel in planes.corners]
    if planes.lens:
        draw_window(page, planes.lens)
        x, y0, _, y1 = planes.lens
        _, top, right, bottom = boxes[0]
        page.line([(right, top), (x, y0)], "window", 1.5, dashed=True)
        page.line([(right, bottom), (x, y1)], "window", 1.5, dashed=True)
    draw_window(page, panel.patch_box(grid, row))
    if isinstance(panel, ColumnPanel):
        return
    target = (grid.x - sum(panel.beside) - 14, sum(grid.down[row]) / 2)
    for _, top, right, bottom in [planes.lens] if planes.lens else boxes:
        along = min(top, bottom, key=lambda y: abs(y - target[1]))  # between two rows, where no digits stand
        _draw_lead(page, (right, along), edge, target)
    x, y = target
    page.polygon([(x, y), (x - 14, y - 8), (x - 14, y + 8)], "window", zorder=4.6)


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
