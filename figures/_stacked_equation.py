"""The calculation in bands, for what is wider than high: input over patch ⊙ kernel = products, and the map beside it.

Of a signal the map stands under the equation, so that each of the three has the page's width.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Step
from figures._cell_digits import MOST_CELLS, least_cell, type_size
from figures._matrix import Matrix, draw_heading, draw_matrix, draw_window, visible
from figures._page import LABEL, SMALL, Box, Page
from figures._patch_equation import draw_patch, draw_value
from figures._products import draw_products
from figures._reading import draw_reading
from figures._source_plane import draw_source, kernel_name, source_name
from look.drawing import whole_side
from look.extents import AnyScan, extents_in
from look.phrases import bracketed, sized
from look.shade import shading

HEADING, BETWEEN = 36.0, 78.0  # height of a heading; from a band down to the next, with its heading
OPERATORS, ASIDE, BESIDE = 46.0, 120.0, 90.0  # room for ⊙ and =; from the products to the map's middle; input to map
LARGEST, PATCH, PRODUCT = 58.0, 60.0, 84.0
COMFORTABLE = (34.0, 48.0)  # a cell of the input, and of a signal, is so large if a higher page allows it


@dataclass(frozen=True)
class Stack:
    """Sides of the cells of input and map, of patch and kernel, and of the products; whether they are large enough."""

    plane: float
    patch: float
    product: float
    comfortable: bool


def fitting_stack(step: Step, trace: AnyScan, box: Box) -> Stack | None:
    """The largest cells with which the bands fit into `box`; None where the numbers of input or equation cannot be
    read.
    """
    if trace.padded[0].size > MOST_CELLS:
        return None
    (tall, wide), (rows, columns), (high, across) = trace.padded.shape[-2:], step.patch.shape[-2:], trace.output_size
    width, height, line = box[2] - box[0], box[3] - box[1], trace.windowed.line
    room = height - HEADING - (2 * BETWEEN + HEADING if line else BETWEEN)
    planes, least = 2 if line else max(tall, high), least_cell(step.products)
    plane = min(LARGEST, width / max(wide, across) if line else (width - BESIDE) / (wide + across))
    easy = min(plane, COMFORTABLE[line])
    product = min(PRODUCT, (width - 2 * OPERATORS - ASIDE) / (columns * 2.4))
    product = min(product, max(least, (room - planes * easy) / rows, room / 3 / rows))
    plane = whole_side(min(plane, (room - rows * product) / planes))
    patch = whole_side(min(PATCH, product))
    readable = plane > 0 and type_size(np.append(trace.padded, 0), plane) > 0
    if not readable or product < least or patch < max(least_cell(step.patch), least_cell(step.weights)):
        return None
    return Stack(plane, patch, whole_side(product), plane >= int(easy))


def draw_stacked(page: Page, step: Step, trace: AnyScan, box: Box, cells: Stack) -> None:
    """Draw all of it into `box`, for the first channel of `step`."""
    line, look = trace.windowed.line, page.look
    (tall, wide), (high, across) = trace.padded.shape[-2:], trace.output_size
    rows, columns = step.patch.shape[-2:]
    equation = columns * (2 * cells.patch + cells.product) + 2 * OPERATORS
    band, map_width = max(tall, 0 if line else high) * cells.plane, across * cells.plane
    bottom = rows * cells.product
    needed = HEADING + band + BETWEEN + bottom + (BETWEEN + cells.plane + HEADING if line else 0.0)
    top = box[1] + max(0.0, box[3] - box[1] - needed) / 2 + HEADING
    width = wide * cells.plane
    whole = max(width, equation) if line else max(width + BESIDE + map_width, equation + ASIDE + map_width / 2)
    left = (box[0] + box[2] - whole) / 2
    corner = (round(left + (whole - width) / 2 if line else left), round(top + (band - tall * cells.plane) / 2))
    shade = shading(look, "input", trace.input, faint=0.6)
    plane = draw_source(page, trace, trace.windowed.channels(step.channel).start, corner, cells.plane, shade)
    source = Matrix(*corner, cells.plane, tall, wide)
    middle = top + band + BETWEEN + bottom / 2
    space = whole if line else whole - map_width / 2 - ASIDE
    patch, products = _draw_equation(page, step, trace, left + (space - equation) / 2, middle, cells)
    reading = visible(draw_reading(page, plane, step))
    (x0, y0, x1, _) = patch.box
    page.polygon(
        [(reading[0], reading[3]), (reading[2], reading[3]), (x1, y0), (x0, y0)], "window", alpha=0.16, zorder=0.5
    )
    if line:
        x, y = (box[0] + box[2] - map_width) / 2, products.box[3] + BETWEEN + cells.plane / 2
        output = draw_value(page, step, trace, x, y, cells.plane)
        _draw_down(page, step, products, output)
    else:
        output = draw_value(page, step, trace, left + whole - map_width, top + band / 2, cells.plane)
        _draw_aside(page, step, products, output)
    draw_heading(page, source.box, source_name(trace, look, whole=True), "input", slack=80)
    named = sized("feature_map", look, *extents_in(trace, high, across))
    if line:
        digits = type_size(np.array([step.value]), cells.plane)
        page.text(output.middle[0], output.box[3] + (26 if digits else 56), named, LABEL, "output")
    else:
        draw_heading(page, output.box, named, "output", slack=60)


def _draw_equation(
    page: Page, step: Step, trace: AnyScan, x: float, middle: float, cells: Stack
) -> tuple[Matrix, Matrix]:
    """Patch ⊙ kernel = products from `x` on; returns the patch and the products."""
    look, (rows, columns) = page.look, step.patch.shape[-2:]
    y = round(middle - rows * cells.patch / 2)
    patch = draw_patch(page, step, 0, round(x), y, cells.patch, trace)
    draw_window(page, patch.box)
    shade = shading(look, "kernel", trace.kernel)
    kernel = draw_matrix(page, step.weights[0], patch.box[2] + OPERATORS, y, cells.patch, shade)
    start = kernel.box[2] + OPERATORS
    products = draw_products(page, step, 0, start, round(middle - rows * cells.product / 2), cells.product)
    page.text((patch.box[2] + kernel.x) / 2, middle, "⊙", 30)
    page.text((kernel.box[2] + products.x) / 2, middle, "=", 30)
    for matrix, text, role in (
        (patch, look.say("hand-calculation.patch"), "input"),
        (kernel, kernel_name(trace, look, rows, columns), "kernel"),
        (products, look.say("common.products"), "ink"),
    ):
        draw_heading(page, matrix.box, text, role, slack=max(22.0, 62 - columns * cells.patch / 2))
    return patch, products


def _words(page: Page, step: Step, x: float, y: float, room: float, anchor: str) -> None:
    """At the arrow: that the products are added up, and under it the bias, where there is one."""
    page.text(x, y, page.look.say("common.add_up"), SMALL, "output", anchor=anchor, max_width=room)
    if step.bias:
        text = page.look.say("hand-calculation.bias", bias=bracketed(step.bias))
        page.text(x, y + 24, text, SMALL, "accent", anchor=anchor, max_width=room)


def _draw_down(page: Page, step: Step, products: Matrix, output: Matrix) -> None:
    """From the products down to the value's cell in a signal's map."""
    left, top, right, _ = output.at(step.row, step.col)
    start, end = (products.middle[0], products.box[3] + 10), ((left + right) / 2, top - 9)
    page.arrow(start, end, "output", 2.5)
    x = max(start[0], (start[0] + end[0]) / 2) + 22
    _words(page, step, x, (start[1] + end[1]) / 2 - (12 if step.bias else 0), page.width - x - 60, "left")


def _draw_aside(page: Page, step: Step, products: Matrix, output: Matrix) -> None:
    """From the products to the right and up to the map."""
    (x0, y), x1 = (products.box[2] + 14, products.middle[1]), output.middle[0]
    page.line([(x0, y), (x1, y)], "output", 2.5)
    bottom = output.box[3] + (48 if not type_size(np.array([step.value]), output.cell) else 0)
    page.arrow((x1, y), (x1, bottom + 10), "output", 2.5)
    _words(page, step, (x0 + x1) / 2, y - 18 if not step.bias else y + 22, x1 - x0 - 8, "center")
