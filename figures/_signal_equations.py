"""Signals of several channels by hand, in lines: each channel over its patch ⊙ kernel = products and their sum.

The sums stand one under the other; the map that their sum goes to stands below them, as wide as the page.
"""

from __future__ import annotations

from core import Step
from figures._cell_digits import least_cell
from figures._channel_equations import MOST_ROWS
from figures._matrix import LEAST_CELL, Matrix, draw_matrix, draw_window
from figures._page import BODY, LABEL, SMALL, Box, Page
from figures._patch_equation import draw_patch, draw_value
from figures._products import draw_products
from figures._signal_rows import Rows, draw_input
from figures._source_plane import kernel_name
from look.drawing import whole_side
from look.extents import AnyScan, extents_in
from look.numbers import number
from look.phrases import bracketed, sized
from look.shade import shading

LINE, HEADS, TURN = 74.0, 24.0, 26.0  # from line to line; of the first equation's headings; for the way to the map
NAMES, OPERATOR, SUM = 200.0, 44.0, 84.0  # the names at the left; room for a sign; a channel's sum
LARGEST, PRODUCT = 54.0, 58.0
FILL = 0.74  # of the way from line to line, a cell's height at most


def lines_height(step: Step) -> float:
    """Height of the lines of the channels shown, and of their sum's."""
    shown = min(MOST_ROWS, len(step.patch))
    return LINE * (2 * shown + 1) + HEADS + TURN + (LINE / 2 if len(step.patch) > shown else 0.0)


def signals_fit(step: Step, trace: AnyScan, box: Box) -> bool:
    """Whether cells can be seen in `box`, and the digits of the equations be read."""
    cell, tap, product = _sides(step, trace, box)
    read = max(least_cell(step.patch), least_cell(step.weights))
    return cell >= LEAST_CELL and tap >= read and product >= least_cell(step.products)


def _sides(step: Step, trace: AnyScan, box: Box) -> tuple[float, float, float]:
    """Sides of the cells of inputs and map, of patch and kernel, and of the products."""
    columns, room = step.patch.shape[-1], box[2] - box[0] - NAMES
    cell = min(LARGEST, LINE * FILL, room / max(trace.padded.shape[-1], trace.output_size[1]))
    product = min(PRODUCT, (room - 3 * OPERATOR - SUM) / (columns * 2.8))
    return whole_side(cell), whole_side(min(LARGEST, product * 0.9)), whole_side(product)


def draw_signal_channels(page: Page, step: Step, trace: AnyScan, box: Box) -> None:
    """Draw all of it into `box`, which is at least `lines_height` high."""
    look, (left, top, right, bottom) = page.look, box
    shown, columns = min(MOST_ROWS, len(step.patch)), step.patch.shape[-1]
    cell, tap, product = _sides(step, trace, box)
    equation = columns * (2 * tap + product) + 3 * OPERATOR + SUM
    area = max(equation, trace.padded.shape[-1] * cell)
    start = left + NAMES + (right - left - NAMES - area) / 2
    rows = Rows(start - left, start, area, cell, LINE)
    y = top + max(0.0, bottom - top - lines_height(step)) / 2 + LINE / 2
    first = trace.windowed.channels(step.channel).start
    x = start + (area - equation) / 2
    sums: list[Box] = []
    for channel in range(shown):
        draw_input(page, trace, first + channel, rows, y)
        y += LINE + (0.0 if channel else HEADS)
        sums.append(_draw_equation(page, step, trace, channel, (x, y), (tap, product)))
        y += LINE
    if len(step.patch) > shown:
        text = look.say("hand-calculation.more_channels", count=len(step.patch) - shown)
        page.text(x, y - LINE / 4, text, SMALL, "muted", anchor="left")
        y += LINE / 2
    _draw_map(page, step, trace, rows, y + TURN, sums)


def _draw_equation(
    page: Page, step: Step, trace: AnyScan, channel: int, place: tuple[float, float], sides: tuple[float, float]
) -> Box:
    """One channel's line, with headings over the first; returns the box of its sum."""
    look, (x, middle), (tap, product) = page.look, place, sides
    columns = step.patch.shape[-1]
    patch = draw_patch(page, step, channel, round(x), round(middle - tap / 2), tap, trace)
    draw_window(page, patch.box, thickness=3)
    weights = shading(look, "kernel", trace.kernel)
    kernel = draw_matrix(page, step.weights[channel], patch.box[2] + OPERATOR, patch.y, tap, weights)
    start = kernel.box[2] + OPERATOR
    products = draw_products(page, step, channel, start, round(middle - product / 2), product)
    page.text((patch.box[2] + kernel.x) / 2, middle, "⊙", 26)
    page.text((kernel.box[2] + products.x) / 2, middle, "=", 26)
    left = products.box[2] + OPERATOR
    page.arrow((products.box[2] + 10, middle), (left - 8, middle), "product")
    total = page.rect(left, middle - 23, SUM, 46.0, fill="surface", stroke="product", radius=6)
    value = number(step.channel_sums[channel].item())
    page.text(left + SUM / 2, middle, value, 24, max_width=SUM - 12, within=total)
    if not channel:
        for matrix, text, role in (
            (patch, look.say("hand-calculation.patch"), "input"),
            (kernel, kernel_name(trace, look, 1, columns), "kernel"),
            (products, look.say("common.products"), "ink"),
            (Matrix(left, products.y, SUM, 1, 1), look.say("hand-calculation.channel_sum"), "product"),
        ):
            room = matrix.box[2] - matrix.x + OPERATOR - 8
            page.text(matrix.middle[0], middle - product / 2 - 18, text, BODY, role, max_width=room)
    return total


def _draw_map(page: Page, step: Step, trace: AnyScan, rows: Rows, middle: float, sums: list[Box]) -> None:
    """The map with the value in its cell, to which the sums lead at the right."""
    look, wide = page.look, trace.output_size[1]
    output = draw_value(page, step, trace, rows.left + (rows.width - wide * rows.cell) / 2, middle, rows.cell)
    named = sized("feature_map", look, *extents_in(trace, 1, wide))
    page.text(rows.left - rows.names, middle, named, LABEL, "output", anchor="left", max_width=rows.names - 10)
    right, low = max(sums[0][2], rows.left + rows.width) + 14, sums[-1][3]  # past the inputs, which may be wider
    middles = [(top + bottom) / 2 for _, top, _, bottom in sums]
    for at in middles:
        page.line([(sums[0][2] + 6, at), (right, at)], "output", 2.5)
    target = output.at(step.row, step.col)
    x, turn = (target[0] + target[2]) / 2, low + (target[1] - low) * 0.4
    page.line([(right, middles[0]), (right, turn), (x, turn)], "output", 2.5)
    page.arrow((x, turn), (x, target[1] - 8), "output", 2.5)
    words = look.say("common.add_up")
    if step.bias:
        words += "  " + look.say("hand-calculation.bias", bias=bracketed(step.bias))
    page.text(right, turn + 18, words, SMALL, "output", anchor="right", max_width=right - x - 20)
