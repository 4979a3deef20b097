"""One filter among several: the slices of its kernel, its bias, and the feature map it makes."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from figures._cell_digits import least_cell, type_size
from figures._map_pair import VALUE, draw_map
from figures._matrix import LEAST_CELL, draw_matrix
from figures._page import BODY, LEAST, SMALL, Box, Page
from look import Look
from look.drawing import whole_side
from look.extents import AnyScan
from look.phrases import bracketed
from look.shade import shading
from look.typesetting import Run

HEADING = 34.0
ARROW = 40.0  # from the kernel down to the map
MOST_SLICES = 4
SLICE_GAP = 8.0
BESIDE = 20.0  # the map of a short panel makes room for a value at its right
KERNEL_SHARE, SHORT_SHARE = 0.36, 0.22  # of the panel's height, at most; of a short one's
SHORT = 300.0  # a panel lower than this gives its height to the map
LARGEST_TAP, WIDEST_TAP = 34.0, 52.0  # usually, and for weights that need it
LARGEST_CELL = 72.0


def draw_filter(page: Page, trace: AnyScan, channel: int, weights: NDArray[Any], bias: float, box: Box) -> bool:
    """Draw filter `channel` into `box`: its slice of all `weights` (O,Cg,kh,kw) and what it makes.

    Returns whether its map is drawn as a picture.
    """
    look = page.look
    left, top, right, bottom = box
    middle = (left + right) / 2
    kernel = weights[channel]
    slices, more = kernel[:MOST_SLICES], len(kernel) > MOST_SLICES
    _, rows, columns = kernel.shape
    short = bottom - top < SHORT
    share, arrow, foot = (SHORT_SHARE, 30.0, 0.0) if short else (KERNEL_SHARE, ARROW, VALUE)
    room = right - left - SLICE_GAP * (len(slices) - 1) - (24 if more else 0)
    largest = max(LARGEST_TAP, min(least_cell(weights), WIDEST_TAP))
    tap = min(largest, room / (len(slices) * columns), (bottom - top) * share / rows)
    if tap < least_cell(weights):
        tap = min(tap, 18.0)  # without digits there is no need for large cells
    wide = len(slices) * columns * tap + SLICE_GAP * (len(slices) - 1)
    high, across = trace.output_size
    cell = min(LARGEST_CELL, (right - left) / across, (bottom - top - HEADING - rows * tap - arrow - foot) / high)
    cell = whole_side(cell)
    y = top + max(0.0, (bottom - top - HEADING - rows * tap - arrow - foot - high * cell) / 2)

    text = look.say("common.filter", index=channel)
    runs = [(text, "kernel"), *_channels_read(trace, channel, look)]
    if bias:
        runs += [("  ", "kernel"), (look.say("hand-calculation.bias", bias=bracketed(bias)), "accent")]
    page.text(middle, y + 12, runs, BODY, max_width=right - left, least=LEAST)
    y += HEADING
    for index, taps in enumerate(slices):
        x = middle - wide / 2 + index * (columns * tap + SLICE_GAP)
        draw_matrix(page, taps, x, y, tap, shading(look, "kernel", weights), size=type_size(weights, tap))
    if more:
        page.text(middle + wide / 2 + 14, y + rows * tap / 2, "…", SMALL, "muted")
    y += rows * tap
    page.arrow((middle, y + 6), (middle, y + arrow - 6), "output")
    draw_map(
        page,
        trace,
        channel,
        round(middle - across * cell / 2 - (BESIDE if short else 0)),
        round(y + arrow),
        cell,
        beside=short,
    )
    return cell < LEAST_CELL


def _channels_read(trace: AnyScan, channel: int, look: Look) -> list[Run]:
    """Which channels of the input a filter reads, where that is not all of them."""
    count = len(trace.input)
    read = range(count)[trace.windowed.channels(channel)]
    if len(read) == count:
        return []
    if len(read) == 1:
        said = look.say("feature-map.reads_one", index=read[0])
    else:
        said = look.say("feature-map.reads_some", first=read[0], last=read[-1])
    return [("  ", "input"), (said, "input")]


def draw_pooled(page: Page, trace: AnyScan, channel: int, box: Box) -> bool:
    """Draw the map of a channel that is pooled by itself; returns whether it is drawn as a picture."""
    left, top, right, bottom = box
    high, across = trace.output_size
    cell = min(LARGEST_CELL, (right - left) / across, (bottom - top - HEADING - VALUE) / high)
    cell = whole_side(cell)
    y = top + HEADING + (bottom - top - HEADING - VALUE - high * cell) / 2
    text = page.look.say("common.channel", index=channel)
    page.text((left + right) / 2, y - HEADING + 12, text, BODY, "output", max_width=right - left, least=LEAST)
    draw_map(page, trace, channel, round((left + right - across * cell) / 2), round(y), cell)
    return cell < LEAST_CELL
