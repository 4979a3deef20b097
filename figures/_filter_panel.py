"""One filter among several: the slices of its kernel, its bias, and the feature map it makes."""

from __future__ import annotations

from core import Trace
from figures._map_pair import VALUE, draw_map
from figures._matrix import LEAST_CELL, draw_matrix, least_cell, type_size
from figures._page import BODY, LEAST, SMALL, Box, Page
from look.phrases import bracketed
from look.shade import shading

HEADING = 34.0
ARROW = 40.0  # from the kernel down to the map
MOST_SLICES = 4
SLICE_GAP = 8.0
BESIDE = 20.0  # the map of a short panel makes room for a value at its right
KERNEL_SHARE, SHORT_SHARE = 0.36, 0.22  # of the panel's height, at most; of a short one's
SHORT = 300.0  # a panel lower than this gives its height to the map
LARGEST_TAP, WIDEST_TAP = 34.0, 52.0  # usually, and for weights that need it
LARGEST_CELL = 72.0


def draw_filter(page: Page, trace: Trace, channel: int, box: Box) -> bool:
    """Draw filter `channel` into `box`; returns whether its map is drawn as a picture."""
    look = page.look
    left, top, right, bottom = box
    middle = (left + right) / 2
    kernel = trace.kernel[channel]
    slices, more = kernel[:MOST_SLICES], len(kernel) > MOST_SLICES
    _, rows, columns = kernel.shape
    short = bottom - top < SHORT
    share, arrow, foot = (SHORT_SHARE, 30.0, 0.0) if short else (KERNEL_SHARE, ARROW, VALUE)
    room = right - left - SLICE_GAP * (len(slices) - 1) - (24 if more else 0)
    largest = max(LARGEST_TAP, min(least_cell(trace.kernel), WIDEST_TAP))
    tap = min(largest, room / (len(slices) * columns), (bottom - top) * share / rows)
    if tap < least_cell(trace.kernel):
        tap = min(tap, 18.0)  # without digits there is no need for large cells
    wide = len(slices) * columns * tap + SLICE_GAP * (len(slices) - 1)
    high, across = trace.output_size
    cell = min(LARGEST_CELL, (right - left) / across, (bottom - top - HEADING - rows * tap - arrow - foot) / high)
    cell = int(cell) if cell > 3 else cell
    y = top + max(0.0, (bottom - top - HEADING - rows * tap - arrow - foot - high * cell) / 2)

    text = look.say("common.filter", index=channel)
    runs = [(text, "kernel")]
    bias = trace.bias[channel].item()
    if bias:
        runs += [("  ", "kernel"), (look.say("hand-calculation.bias", bias=bracketed(bias)), "accent")]
    page.text(middle, y + 12, runs, BODY, max_width=right - left, least=LEAST)
    y += HEADING
    for index, weights in enumerate(slices):
        x = middle - wide / 2 + index * (columns * tap + SLICE_GAP)
        draw_matrix(page, weights, x, y, tap, shading(look, "kernel", trace.kernel), size=_same_size(trace, tap))
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


def _same_size(trace: Trace, tap: float) -> float:
    """Weights of all filters share one type size, or go without digits together."""
    return type_size(trace.kernel, tap)
