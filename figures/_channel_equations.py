"""A step with several channels: a row each, patch ⊙ kernel = products and their sum, then all sums and the bias."""

from __future__ import annotations

from itertools import pairwise

from core import Step
from figures._cell_digits import least_cell
from figures._matrix import (
    Matrix,
    draw_heading,
    draw_matrix,
    draw_window,
    draw_zoom,
)
from figures._page import SMALL, Box, Page
from figures._patch_equation import draw_patch, draw_value
from figures._products import draw_products
from figures._reading import draw_reading
from figures._source_plane import draw_source, kernel_name, source_name
from look.drawing import whole_side
from look.extents import AnyScan, extents_in
from look.numbers import number
from look.phrases import bracketed, sized
from look.shade import shading
from look.typesetting import typeset

MOST_ROWS = 3
BETWEEN = 14.0  # between rows
HEADING, MORE = 36.0, 34.0  # room over the rows, and under them for a line that counts the channels left out
NAMES = 92.0  # the column of channel names
GAPS = (40.0, 38.0, 38.0, 48.0, 118.0)  # input > patch ⊙ kernel = products > sum > output
SUM, SUM_SIZES = 62.0, (24.0, 17.0)  # the least width of a channel's sum; its type size, and where that is too wide
PLANE, OUTPUT = 150.0, 140.0  # the most that input and output may take of the width
PICTURE, NARROW = 6.0, 112.0  # cells smaller than this hold nothing to read: these planes leave more to the equation
LARGEST = (44.0, 58.0)


def missing_height(step: Step, height: float) -> float:
    """How much more than `height` the rows need for their products to be read; 0 where no height would do."""
    shown, rows = min(MOST_ROWS, len(step.patch)), step.patch.shape[1]
    needed = least_cell(step.products)
    rest = height - HEADING - (MORE if len(step.patch) > shown else 0) - BETWEEN * (shown - 1)
    return max(0.0, shown * rows * (needed + 1) - rest) if needed <= LARGEST[1] else 0.0


def draw_channels(page: Page, step: Step, trace: AnyScan, box: Box) -> None:
    """Draw the first channels' rows and, right of them, how their sums make the output value."""
    look = page.look
    left, top, right, bottom = box
    shown = min(MOST_ROWS, len(step.patch))
    more = len(step.patch) - shown
    tall, wide = trace.padded.shape[-2:]
    rows, columns = step.patch.shape[-2:]
    high, across = trace.output_size
    row_height = (bottom - top - HEADING - (MORE if more else 0) - BETWEEN * (shown - 1)) / shown
    plane = whole_side(min(LARGEST[0], PLANE / wide, row_height / tall))
    output_cell = whole_side(min(LARGEST[0], OUTPUT / across, 300 / high))
    if max(plane, output_cell) < PICTURE:
        plane, output_cell = min(plane, NARROW / wide), min(output_cell, NARROW / across)
    sum_width = _sum_width(step)
    rest = right - left - NAMES - sum(GAPS) - sum_width - plane * wide - output_cell * across
    cell = min(LARGEST[1], rest / (3.3 * columns), row_height / rows)
    read = max(least_cell(step.patch), least_cell(step.weights))
    cell = whole_side(max(min(cell, (rest / columns - least_cell(step.products)) / 2), min(cell, read)))
    product = whole_side(min(LARGEST[1], rest / columns - 2 * cell, row_height / rows))
    widths = (plane * wide, cell * columns, cell * columns, product * columns, sum_width, output_cell * across)
    slack = (right - left - NAMES - sum(widths) - sum(GAPS)) / len(GAPS)
    gaps = [gap + min(slack, 36.0) for gap in GAPS]
    start = (left + right - NAMES - sum(widths) - sum(gaps)) / 2
    starts = [start + NAMES + sum(widths[:k]) + sum(gaps[:k]) for k in range(len(widths))]
    pitch = row_height + BETWEEN
    middles = [top + HEADING + row_height / 2 + k * pitch for k in range(shown)]
    if more:
        text = look.say("hand-calculation.more_channels", count=more)
        page.text(starts[1], middles[-1] + row_height / 2 + MORE * 0.7, text, SMALL, "muted", anchor="left")

    sums = [
        _draw_row(page, step, trace, channel, middle, start, starts, (plane, cell, product), sum_width)
        for channel, middle in enumerate(middles)
    ]
    middle = (middles[0] + middles[-1]) / 2
    output = draw_value(page, step, trace, starts[5], middle, output_cell)
    _draw_across(page, step, sums, output, middle)
    highest = middles[0] - max(tall * plane, rows * cell) / 2
    for x, width, text, role in (
        (starts[0], widths[0], source_name(trace, look, whole=True), "input"),
        (starts[1], widths[1], look.say("hand-calculation.patch"), "input"),
        (starts[2], widths[2], kernel_name(trace, look, rows, columns), "kernel"),
        (starts[3], widths[3], look.say("common.products"), "ink"),
        (starts[4], widths[4], look.say("hand-calculation.channel_sum"), "product"),
    ):
        draw_heading(page, (x, highest, x + width, highest), text, role, slack=max(24, (140 - width) / 2))
    draw_heading(page, output.box, sized("feature_map", look, *extents_in(trace, high, across)), "output")


def _sum_width(step: Step) -> float:
    widest = max(typeset(number(value)).width for value in step.channel_sums.tolist())
    return max(SUM, min(widest * SUM_SIZES[0], max(90.0, widest * SUM_SIZES[1])) + 16)


def _draw_row(
    page: Page,
    step: Step,
    trace: AnyScan,
    channel: int,
    middle: float,
    start: float,
    starts: list[float],
    cells: tuple[float, float, float],
    sum_width: float,
) -> Box:
    """One channel, from its input to its sum; returns the sum's box."""
    look, (plane, cell, product) = page.look, cells
    rows, _ = step.patch.shape[-2:]
    source = trace.windowed.channels(step.channel).start + channel
    shaded = shading(look, "input", trace.input, faint=0.6)
    high = trace.padded.shape[-2] * plane
    image = draw_source(page, trace, source, (starts[0], round(middle - high / 2)), plane, shaded, gap=7.0)
    name = look.say("common.channel", index=source)
    page.text(start, middle, name, SMALL, "muted", anchor="left", max_width=NAMES - 12)
    y = round(middle - rows * cell / 2)
    patch = draw_patch(page, step, channel, starts[1], y, cell, trace)
    window = draw_reading(page, image, step, thickness=3)
    draw_zoom(page, window, patch.box)
    draw_window(page, patch.box, thickness=3)
    kernel = draw_matrix(
        page, step.weights[channel], starts[2], y, cell, shading(look, "kernel", step.convolution.kernel)
    )
    products = draw_products(page, step, channel, starts[3], round(middle - rows * product / 2), product)
    page.text((patch.box[2] + kernel.box[0]) / 2, middle, "⊙", 26)
    page.text((kernel.box[2] + products.box[0]) / 2, middle, "=", 26)
    page.arrow((products.box[2] + 10, middle), (starts[4] - 8, middle), "product")
    side = 46.0
    total = (starts[4], middle - side / 2, starts[4] + sum_width, middle + side / 2)
    page.rect(*total[:2], sum_width, side, fill="surface", stroke="product", radius=6)
    value = number(step.channel_sums[channel].item())
    page.text(starts[4] + sum_width / 2, middle, value, SUM_SIZES[0], "ink", max_width=sum_width - 12, within=total)
    return total


def _draw_across(page: Page, step: Step, sums: list[Box], output: Matrix, middle: float) -> None:
    """Plus signs between the channels' sums, and a bracket that gathers them, with the bias, into the output."""
    look = page.look
    for above, below in pairwise(sums):
        page.text((above[0] + above[2]) / 2, (above[3] + below[1]) / 2, "+", 24, "muted")
    right, top, bottom = sums[0][2] + 12, sums[0][1], sums[-1][3]
    page.line([(right, top), (right + 8, top), (right + 8, bottom), (right, bottom)], "muted", 2)
    page.arrow((right + 8, middle), (output.box[0] - 12, middle), "output", 2.5)
    x, room = (right + 8 + output.box[0] - 6) / 2, output.box[0] - right - 18
    page.text(x, middle - 18, look.say("common.add_up"), SMALL, "output", max_width=room)
    if step.bias:
        text = look.say("hand-calculation.bias", bias=bracketed(step.bias))
        page.text(x, middle + 20, text, SMALL, "accent", max_width=room)
