"""The window on the input, its patch ⊙ the kernel = the products, and the cell that their sum goes to."""

from __future__ import annotations

from dataclasses import dataclass

from core import Step
from core.window import Window
from figures._cell_digits import FEWEST, MOST_CELLS, least_cell, type_size
from figures._matrix import (
    Matrix,
    draw_corner,
    draw_heading,
    draw_matrix,
    draw_padding_cell,
    draw_window,
    draw_zoom,
)
from figures._page import BODY, MARGIN, SMALL, Box, Page
from figures._products import draw_products
from figures._reading import draw_reading
from figures._source_plane import draw_source, kernel_name, source_name
from look.drawing import whole_side
from look.extents import AnyScan, extents_in
from look.numbers import number
from look.phrases import bracketed, sized
from look.shade import shading

GAPS = (54.0, 46.0, 46.0, 84.0)  # input > patch ⊙ kernel = products > output
SHARES = (204.0, 150.0)  # the most that input and output may take of the width
SHORT = 100.0  # the input's share where decimals find no room otherwise
READABLE = 38.0  # a cell of the output is at least this large where there is room: it holds a value
PRODUCT = 56.0  # products leave room to an input whose numbers could not be read otherwise, down to this side
LARGEST = (60.0, 66.0, 100.0)  # cell of the input, of patch and kernel, of the products


@dataclass(frozen=True)
class Cells:
    """Sides of the cells: of the input, of the output, of patch and kernel, of the products."""

    plane: float
    output: float
    patch: float
    product: float


def plane_cell(step: Step, trace: AnyScan, box: Box) -> float:
    """The side of the input's cells in `draw_one_channel`; 0 where its numbers cannot be read."""
    cell = _cells(box, step, trace).plane
    return cell if trace.padded[0].size <= MOST_CELLS and type_size(trace.padded, cell) else 0.0


def draw_one_channel(page: Page, step: Step, trace: AnyScan, box: Box) -> None:
    """Draw all of it into `box`, for the first channel of `step`."""
    look = page.look
    rows, columns = step.patch.shape[-2:]
    tall, wide = trace.padded.shape[-2:]
    across = trace.output_size[1]
    cells = _cells(box, step, trace)
    widths = (
        wide * cells.plane,
        columns * cells.patch,
        columns * cells.patch,
        columns * cells.product,
        across * cells.output,
    )
    slack = box[2] - box[0] - sum(widths) - sum(GAPS)
    gaps = [gap + slack / len(GAPS) * min(1.0, 40 / max(slack / len(GAPS), 1)) for gap in GAPS]
    x = (box[0] + box[2] - sum(widths) - sum(gaps)) / 2
    starts = [x + sum(widths[:k]) + sum(gaps[:k]) for k in range(len(widths))]
    middle = (box[1] + box[3]) / 2 + 10

    def over(height: float) -> float:
        return round(middle - height / 2)

    corner = (starts[0], over(tall * cells.plane))
    source = trace.windowed.channels(step.channel).start
    plane = draw_source(page, trace, source, corner, cells.plane, shading(look, "input", trace.input, faint=0.6))
    whole = Matrix(*corner, cells.plane, tall, wide).box
    patch = draw_patch(page, step, 0, starts[1], over(rows * cells.patch), cells.patch, trace)
    window = draw_reading(page, plane, step)
    draw_zoom(page, window, patch.box)
    draw_window(page, patch.box)
    kernel = draw_matrix(
        page,
        step.weights[0],
        starts[2],
        over(rows * cells.patch),
        cells.patch,
        shading(look, "kernel", step.convolution.kernel),
    )
    products = draw_products(page, step, 0, starts[3], over(rows * cells.product), cells.product)
    output = draw_value(page, step, trace, starts[4], middle, cells.output)

    page.text((patch.box[2] + kernel.box[0]) / 2, middle, "⊙", 34)
    page.text((kernel.box[2] + products.box[0]) / 2, middle, "=", 34)
    _draw_arrow(page, step, products, output, middle)
    left, top, right, bottom = output.box
    above = (left, min(top, middle - 34), right, bottom)  # a low map's heading stands over the words at the arrow
    headings = (
        (whole, source_name(trace, look, whole=True), "input"),
        (patch.box, look.say("hand-calculation.patch"), "input"),
        (kernel.box, kernel_name(trace, look, rows, columns), "kernel"),
        (products.box, look.say("common.products"), "ink"),
        (above, sized("feature_map", look, *extents_in(trace, *trace.output_size)), "output"),
    )
    beside = (page.width - MARGIN - products.box[2] - 12 - (right - left)) / 2  # as far as the products
    for under, text, role in headings:
        slack = min(50.0, beside) if role == "output" else max(22.0, 70 - (under[2] - under[0]) / 2)
        draw_heading(page, under, text, role, slack=slack)


def _cells(box: Box, step: Step, trace: AnyScan) -> Cells:
    """The largest cells that fit: first input and output as context, then what is left goes to the equation."""
    cells = _shared(box, step, trace, SHARES[0])
    if trace.padded[0].size <= MOST_CELLS and not type_size(trace.padded, cells.plane):
        wider = _shared(box, step, trace, (least_cell(trace.padded) + 1) * trace.padded.shape[-1])
        read = max(least_cell(step.patch), least_cell(step.weights))
        if type_size(trace.padded, wider.plane) and wider.patch >= read and wider.product >= PRODUCT:
            return wider
    if cells.patch < max(least_cell(step.patch, places=FEWEST), least_cell(step.weights, places=FEWEST)):
        cells = _shared(box, step, trace, SHORT)
    return cells


def _shared(box: Box, step: Step, trace: AnyScan, share: float) -> Cells:
    """The cells with at most `share` of the width for the input."""
    (tall, wide), (rows, columns), (high, across) = trace.padded.shape[-2:], step.patch.shape[-2:], trace.output_size
    height = box[3] - box[1] - 60
    plane = min(LARGEST[0], share / wide, height / tall)
    output = min(max(plane, READABLE), SHARES[1] / across, height / high)
    rest = box[2] - box[0] - sum(GAPS) - plane * wide - output * across
    # A little more for patch and kernel where their numbers need it, but the products stay the largest.
    needed = max(least_cell(step.patch), least_cell(step.weights))
    patch = max(rest / (columns * 3.6), min(needed, rest / (columns * 3.1)))
    patch = min(LARGEST[1], patch, height / rows)
    product = min(LARGEST[2], rest / columns - 2 * patch, height / rows)
    return Cells(*map(whole_side, (plane, output, patch, product)))


def draw_patch(page: Page, step: Window, channel: int, x: float, y: float, cell: float, trace: AnyScan) -> Matrix:
    """One channel of what the window reads; cells of padding are hatched."""
    patch = draw_matrix(page, step.patch[channel], x, y, cell, shading(page.look, "input", trace.input))
    for row, line in enumerate(step.inside):
        for column, inside in enumerate(line):
            if not inside:
                draw_padding_cell(page, patch.at(row, column))
    return patch


def draw_value(page: Page, step: Step, trace: AnyScan, x: float, middle: float, cell: float) -> Matrix:
    """The feature map with the step's value in its cell, or under the map where the cell is too small for it."""
    values = trace.output[step.channel]
    at = (slice(step.row, step.row + 1), slice(step.col, step.col + 1))
    size = type_size(values[at], cell)
    output = draw_matrix(
        page,
        values,
        x,
        round(middle - len(values) * cell / 2),
        cell,
        shading(page.look, "output", trace.output),
        digits=size > 0,
        size=size,
        only=lambda row, column: (row, column) == (step.row, step.col),
        bold=lambda row, column: True,
    )
    target = output.at(step.row, step.col)
    draw_window(page, target, role="output", thickness=3.5)
    draw_corner(page, target)
    if not size:
        sign = "negative" if step.value < 0 else "positive"
        page.text(output.middle[0], output.box[3] + 28, number(step.value), BODY, sign, bold=True)
    return output


def _draw_arrow(page: Page, step: Step, products: Matrix, output: Matrix, y: float) -> None:
    """From the products to the output, saying that they are added up, and the bias to them where there is one."""
    start, end = products.box[2] + 14, output.box[0] - 14
    page.arrow((start, y), (end, y), "output", 2.5)
    room = output.box[0] - products.box[2] - 12
    page.text((start + end) / 2, y - 18, page.look.say("common.add_up"), SMALL, "output", max_width=room)
    if step.bias:
        text = page.look.say("hand-calculation.bias", bias=bracketed(step.bias))
        page.text((start + end) / 2, y + 20, text, SMALL, "accent", max_width=room)
