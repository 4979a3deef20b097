"""The input's planes, and for one filter the whole way: input, kernel, feature map, cells of one size."""

from __future__ import annotations

from core import Trace
from figures._matrix import (
    LEAST_CELL,
    Matrix,
    draw_corner,
    draw_heading,
    draw_matrix,
    draw_padding,
    draw_reading,
    draw_window,
    least_cell,
    place,
    type_size,
)
from figures._page import BODY, SMALL, Box, Page
from look.numbers import number
from look.phrases import bracketed, sized
from look.shade import shading

HEADING = 44.0
VALUE = 32.0  # room under a map without digits, for the highlighted value
BETWEEN = 70.0  # from the input to the kernel, and from the kernel to the map
LARGEST = 78.0
KERNEL = (132.0, 44.0, 180.0)  # the kernel's usual width, its largest cell, and its width at most
MOST_PLANES = 3


def draw_pair(page: Page, trace: Trace, box: Box) -> bool:
    """Draw input, kernel and map of a lesson with one of each; returns whether the map is drawn as a picture."""
    look, step = page.look, trace.highlight
    left, top, right, bottom = box
    (tall, wide), (rows, columns), (high, across) = trace.padded.shape[-2:], step.weights.shape[-2:], trace.output_size
    needed = min(least_cell(step.weights), KERNEL[2] / columns)
    tap = min(max(min(KERNEL[1], KERNEL[0] / columns), needed), (bottom - top - 160) / rows)
    kernel_width = max(tap * columns, 96.0)
    room = right - left - kernel_width - 2 * BETWEEN
    cell = min(
        LARGEST, room / (wide + across), (bottom - top - HEADING) / tall, (bottom - top - HEADING - VALUE) / high
    )
    cell = int(cell) if cell > 3 else cell
    spare = (room - cell * (wide + across)) / 4
    gap = BETWEEN + min(spare, 40.0)
    start = (left + right - cell * (wide + across) - kernel_width - 2 * gap) / 2
    middle = (top + HEADING + bottom) / 2
    before_rows, before_columns, _, _ = trace.convolution.padding

    plane = draw_matrix(
        page,
        trace.input[0],
        start + before_columns * cell,
        round(middle - tall * cell / 2) + before_rows * cell,
        cell,
        shading(look, "input", trace.input),
    )
    whole = draw_padding(page, plane, trace.convolution.padding)
    draw_reading(page, plane, step)
    x = start + wide * cell + gap
    kernel = draw_matrix(
        page,
        step.weights[0],
        x + (kernel_width - tap * columns) / 2,
        round(middle - rows * tap / 2),
        tap,
        shading(look, "kernel", trace.kernel),
    )
    output = draw_map(page, trace, 0, x + kernel_width + gap, round(middle - high * cell / 2), cell)
    page.arrow((whole[2] + 14, middle), (kernel.box[0] - 12, middle))
    page.arrow((kernel.box[2] + 12, middle), (output.box[0] - 14, middle), "output")
    draw_heading(page, whole, sized("input", look, *trace.input.shape[-2:]), "input", slack=40)
    draw_heading(page, kernel.box, sized("kernel", look, rows, columns), "kernel", slack=40)
    draw_heading(page, output.box, sized("feature_map", look, high, across), "output", slack=60)
    if step.bias:
        text = look.say("hand-calculation.bias", bias=bracketed(step.bias))
        page.text(kernel.middle[0], kernel.box[3] + 26, text, SMALL, "accent")
    return cell < LEAST_CELL


def draw_map(
    page: Page, trace: Trace, channel: int, x: float, y: float, cell: float, *, beside: bool = False
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


def draw_planes(page: Page, trace: Trace, box: Box) -> None:
    """The input's channels below each other, each with the window at the highlight."""
    look, step = page.look, trace.highlight
    left, top, right, bottom = box
    shown = trace.input[:MOST_PLANES]
    more = len(trace.input) - len(shown)
    foot = 30.0 if more else 0.0
    names = 92.0 if len(trace.input) > 1 else 0.0
    height = (bottom - top - HEADING - foot) / len(shown)
    padding = trace.convolution.padding
    for channel, values in enumerate(shown):
        y = top + HEADING + channel * height
        x, origin, cell = place((left + names, y + 5, right, y + height - 5), *values.shape, padding, largest=60.0)
        plane = draw_matrix(page, values, x, origin, cell, shading(look, "input", trace.input))
        whole = draw_padding(page, plane, padding, gap=7)
        if channel in range(len(trace.input))[trace.convolution.channels(step.channel)]:
            draw_reading(page, plane, step, thickness=3)
        if names:
            text = look.say("common.channel", index=channel)
            page.text(left, (whole[1] + whole[3]) / 2, text, SMALL, "muted", anchor="left", max_width=names - 12)
        if channel == 0:
            draw_heading(page, whole, sized("input", look, *values.shape), "input", slack=60)
    if more:
        text = look.say("feature-map.more_channels", count=more)
        page.text(left + names, bottom - 8, text, SMALL, "muted", anchor="left", max_width=right - left - names + 30)
