"""The input's planes, and for one filter the whole way: input, kernel, feature map, cells of one size."""

from __future__ import annotations

import numpy as np

from core import MaxStep, Step
from core.window import Window
from figures._cell_digits import least_cell, type_size
from figures._matrix import LEAST_CELL, Matrix, draw_corner, draw_heading, draw_matrix, draw_window, place
from figures._page import BODY, SMALL, Box, Page
from figures._reading import draw_reading
from figures._source_plane import draw_source, kernel_name, source_name
from look.drawing import whole_side
from look.extents import AnyScan, extents_in
from look.numbers import number
from look.phrases import bracketed, sized
from look.shade import shading

HEADING = 44.0
VALUE = 32.0  # room under a map without digits, for the highlighted value
BETWEEN = 70.0  # from the input to the kernel, and from the kernel to the map
LARGEST = 78.0
KERNEL = (132.0, 44.0, 180.0)  # the kernel's usual width, its largest cell, and its width at most
MOST_PLANES = 3


def draw_pair(page: Page, trace: AnyScan, box: Box) -> bool:
    """Draw input, kernel (of a pool, its window) and map of a lesson with one of each; returns whether as pictures."""
    look, step = page.look, trace.highlight
    left, top, right, bottom = box
    (tall, wide), (rows, columns), (high, across) = trace.padded.shape[-2:], step.patch.shape[-2:], trace.output_size
    needed = min(least_cell(step.weights), KERNEL[2] / columns) if isinstance(step, Step) else 0.0
    tap = min(max(min(KERNEL[1], KERNEL[0] / columns), needed), (bottom - top - 160) / rows)
    kernel_width = max(tap * columns, 96.0)
    room = right - left - kernel_width - 2 * BETWEEN
    cell = min(
        LARGEST, room / (wide + across), (bottom - top - HEADING) / tall, (bottom - top - HEADING - VALUE) / high
    )
    cell = whole_side(cell)
    spare = (room - cell * (wide + across)) / 4
    gap = BETWEEN + min(spare, 40.0)
    start = (left + right - cell * (wide + across) - kernel_width - 2 * gap) / 2
    middle = (top + HEADING + bottom) / 2
    corner = (start, round(middle - tall * cell / 2))
    plane = draw_source(page, trace, 0, corner, cell, shading(look, "input", trace.input))
    whole = Matrix(*corner, cell, tall, wide).box
    draw_reading(page, plane, step)
    x = start + wide * cell + gap
    left_of_kernel, over_kernel = x + (kernel_width - tap * columns) / 2, round(middle - rows * tap / 2)
    if isinstance(step, Step):
        shade = shading(look, "kernel", step.convolution.kernel)
        kernel = draw_matrix(page, step.weights[0], left_of_kernel, over_kernel, tap, shade)
        named = kernel_name(trace, look, rows, columns)
    else:
        kernel = Matrix(left_of_kernel, over_kernel, tap, rows, columns)
        draw_operator(page, kernel, step)
        named = sized("window", look, *extents_in(trace, rows, columns))
    output = draw_map(page, trace, 0, x + kernel_width + gap, round(middle - high * cell / 2), cell)
    page.arrow((whole[2] + 14, middle), (kernel.box[0] - 12, middle))
    page.arrow((kernel.box[2] + 12, middle), (output.box[0] - 14, middle), "output")
    draw_heading(page, whole, source_name(trace, look), "input", slack=40)
    draw_heading(page, kernel.box, named, "kernel", slack=40)
    draw_heading(page, output.box, sized("feature_map", look, *extents_in(trace, high, across)), "output", slack=60)
    if isinstance(step, Step) and step.bias:
        text = look.say("hand-calculation.bias", bias=bracketed(step.bias))
        page.text(kernel.middle[0], kernel.box[3] + 26, text, SMALL, "accent")
    return cell < LEAST_CELL


def draw_operator(page: Page, window: Matrix, step: Window, *, beside: bool = False) -> Box:
    """In place of a kernel, the window of a pool, and under or `beside` it the word for what it does: its box."""
    left, top, right, bottom = window.box
    fill = page.look.cell("kernel", 0.35)
    if window.cell < LEAST_CELL:
        page.rect(left, top, right - left, bottom - top, fill=fill)
    else:
        for row, column in np.ndindex(window.rows, window.columns):
            x, y, _, _ = window.at(row, column)
            page.rect(x + 1, y + 1, window.cell - 2, window.cell - 2, fill=fill, radius=3)
    draw_window(page, window.box)
    word = page.look.say("common.largest" if isinstance(step, MaxStep) else "common.mean")
    if beside:
        return page.text(right + 14, (top + bottom) / 2, word, BODY, "kernel", bold=True, anchor="left")
    return page.text((left + right) / 2, bottom + 26, word, BODY, "kernel", bold=True)


def draw_map(
    page: Page, trace: AnyScan, channel: int, x: float, y: float, cell: float, *, beside: bool = False
) -> Matrix:
    """One feature map with the highlighted cell marked; without digits, that value stands under or `beside` it."""
    step = trace.highlight
    shade = shading(page.look, "output", trace.output)
    output = draw_matrix(
        page,
        trace.output[channel],
        x,
        y,
        cell,
        shade,
        bold=lambda row, column: (row, column) == (step.row, step.col),
    )
    target = output.at(step.row, step.col)
    draw_window(page, target, role="output", thickness=3.5)
    draw_corner(page, target)
    if not type_size(trace.output[channel], cell):
        value = trace.output[channel, step.row, step.col].item()
        role = "negative" if value < 0 else "positive"
        if beside:
            page.text(output.box[2] + 12, output.middle[1], number(value), BODY, role, bold=True, anchor="left")
        else:
            page.text(output.middle[0], output.box[3] + VALUE * 0.55, number(value), BODY, role, bold=True)
    return output


def draw_planes(page: Page, trace: AnyScan, box: Box) -> None:
    """The input's channels below each other, each with the window at the highlight."""
    look, step = page.look, trace.highlight
    left, top, right, bottom = box
    shown = trace.input[:MOST_PLANES]
    more = len(trace.input) - len(shown)
    foot = 30.0 if more else 0.0
    names = 92.0 if len(trace.input) > 1 else 0.0
    height = (bottom - top - HEADING - foot) / len(shown)
    _, tall, wide = trace.padded.shape
    for channel in range(len(shown)):
        y = top + HEADING + channel * height
        x, origin, cell = place((left + names, y + 5, right, y + height - 5), tall, wide, largest=60.0)
        plane = draw_source(page, trace, channel, (x, origin), cell, shading(look, "input", trace.input), gap=7)
        whole = Matrix(x, origin, cell, tall, wide).box
        if channel in range(len(trace.input))[trace.windowed.channels(step.channel)]:
            draw_reading(page, plane, step, thickness=3)
        if names:
            text = look.say("common.channel", index=channel)
            page.text(left, (whole[1] + whole[3]) / 2, text, SMALL, "muted", anchor="left", max_width=names - 12)
        if channel == 0:
            draw_heading(page, whole, source_name(trace, look, whole=True), "input", slack=60)
    if more:
        text = look.say("feature-map.more_channels", count=more)
        page.text(left + names, bottom - 8, text, SMALL, "muted", anchor="left", max_width=right - left - names + 30)
