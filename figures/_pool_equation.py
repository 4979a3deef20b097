"""A pool's window on the input, its cells enlarged, what is taken of them, and the cell that it goes to."""

from __future__ import annotations

import numpy as np

from core import AverageStep, MaxStep
from figures._cell_digits import least_cell
from figures._matrix import (
    Matrix,
    draw_corner,
    draw_heading,
    draw_matrix,
    draw_padding_cell,
    draw_window,
    draw_zoom,
)
from figures._page import BODY, SMALL, Box, Page
from figures._patch_equation import draw_value
from figures._reading import draw_reading
from figures._source_plane import draw_beyond_cell, draw_source, source_name
from look.drawing import whole_side
from look.extents import AnyScan, extents_in
from look.phrases import sized
from look.pool_phrases import PoolStep, cell_text
from look.shade import shading

GAPS = (70.0, 190.0)  # input > window > output
SHARES = (430.0, 240.0)  # the most that input and output may take of the width
READABLE = 38.0
LARGEST = (60.0, 96.0)  # cell of the input, of the window


def draw_pooling(page: Page, step: PoolStep, trace: AnyScan, box: Box) -> None:
    """Draw all of it into `box`, for the channel of `step`."""
    look = page.look
    left, top, right, bottom = box
    (tall, wide), (rows, columns), (high, across) = trace.padded.shape[-2:], step.patch.shape[-2:], trace.output_size
    height = bottom - top - 60
    plane_cell = whole_side(min(LARGEST[0], SHARES[0] / wide, height / tall))
    output_cell = whole_side(min(max(plane_cell, READABLE), SHARES[1] / across, height / high))
    rest = right - left - sum(GAPS) - wide * plane_cell - across * output_cell
    cell = whole_side(min(LARGEST[1], rest / columns, height / rows))
    widths = (wide * plane_cell, columns * cell, across * output_cell)
    x = (left + right - sum(widths) - sum(GAPS)) / 2
    starts = (x, x + widths[0] + GAPS[0], right - (x - left) - widths[2])
    middle = (top + bottom) / 2 + 10

    corner = (starts[0], round(middle - tall * plane_cell / 2))
    shade = shading(look, "input", trace.input, faint=0.6)
    plane = draw_source(page, trace, step.channel, corner, plane_cell, shade)
    whole = Matrix(*corner, plane_cell, tall, wide).box
    patch = _draw_patch(page, step, trace, starts[1], round(middle - rows * cell / 2), cell)
    draw_zoom(page, draw_reading(page, plane, step), patch.box)
    draw_window(page, patch.box)
    output = draw_value(page, step, trace, starts[2], middle, output_cell)
    _draw_arrow(page, step, patch, output, middle)
    draw_heading(page, whole, source_name(trace, look, whole=True), "input", slack=40)
    draw_heading(page, patch.box, sized("window", look, *extents_in(trace, rows, columns)), "kernel", slack=40)
    out_left, out_top, out_right, out_bottom = output.box
    above = (out_left, min(out_top, middle - 34), out_right, out_bottom)
    draw_heading(page, above, sized("feature_map", look, *extents_in(trace, high, across)), "output", slack=50)


def _draw_patch(page: Page, step: PoolStep, trace: AnyScan, x: float, y: float, cell: float) -> Matrix:
    """What the window reads: padding is hatched, and the winner of a max pool has a thick outline and a corner."""
    rows, columns = step.patch.shape[-2:]
    patch = Matrix(x, y, cell, rows, columns)
    shade = shading(page.look, "input", trace.input)
    digits = cell >= least_cell(step.patch[:, step.inside] if step.inside.any() else trace.input)
    if not digits:  # thousands of cells, perhaps: as one picture
        read = np.where(step.inside, step.patch[0], trace.input.dtype.type(0))
        draw_matrix(page, read, x, y, cell, shade, digits=False)
    for row, column in np.ndindex(rows, columns) if digits else np.argwhere(~step.inside).tolist():
        left, top, right, bottom = patch.at(row, column)
        if step.inside[row, column]:
            at = step.patch[0, row : row + 1, column : column + 1]
            draw_matrix(page, at, left, top, cell, shade, digits=digits, size=_size(cell))
            continue
        reach = step.rows[row] < trace.axes[0].padded and step.cols[column] < trace.axes[1].padded
        (draw_padding_cell if reach else draw_beyond_cell)(page, patch.at(row, column))
        if digits and (text := cell_text(step, row, column)):
            page.text(*patch.center(row, column), text, _size(cell) * 0.8, "muted", within=(left, top, right, bottom))
    if isinstance(step, MaxStep):
        left, top, right, bottom = patch.at(*step.winner_tap)
        inset = min(5.0, cell * 0.08)  # clear of the window's outline
        winner = (left + inset, top + inset, right - inset, bottom - inset)
        draw_window(page, winner, role="output", thickness=3.5)
        draw_corner(page, winner)
    return patch


def _size(cell: float) -> float:
    return min(34.0, cell * 0.4)


def _draw_arrow(page: Page, step: PoolStep, patch: Matrix, output: Matrix, y: float) -> None:
    """From the window to the output: the largest, or the sum and what it is divided by."""
    start, end = patch.box[2] + 16, output.box[0] - 14
    page.arrow((start, y), (end, y), "output", 2.5)
    look, room, x = page.look, end - start, (start + end) / 2
    if isinstance(step, AverageStep):
        text = look.say("hand-calculation.mean", sum=step.sum, divisor=step.divisor)
        page.text(x, y - 22, text, BODY, "output", bold=True, max_width=room)
        page.text(x, y + 22, look.say("common.mean"), SMALL, "output", max_width=room)
    else:
        page.text(x, y - 22, look.say("hand-calculation.largest"), BODY, "output", bold=True, max_width=room)
