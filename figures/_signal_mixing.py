"""Signals mixed in lines over the whole page: each channel over what its kernel slice makes of it, then their sum.

The maps stand one under the other, so that the sum across channels is read down a column, as one adds on paper.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core import Trace, TransposeTrace
from figures._cell_digits import type_size
from figures._matrix import LEAST_CELL, Matrix, draw_corner, draw_matrix, draw_window, visible
from figures._page import BODY, LABEL, LEAST, SMALL, Box, Page
from figures._picture import draw_picture
from figures._signal_rows import LARGEST_TAP, LEAST_TAP, NAMES_LINE, STRIP, Rows, draw_input
from figures._source_plane import kernel_name
from look.drawing import whole_side
from look.extents import extents_in
from look.phrases import bracketed, sized
from look.shade import Shade, shading
from look.typesetting import Run

Mixing = Trace | TransposeTrace
NAMES, SIGN = 250.0, 40.0  # the column of names and kernels, and right of it the one of signs
LINE, HIGHEST = 66.0, 108.0  # from line to line, at least where the page may grow, and at most
LARGEST = 62.0
FILL = 0.76  # of the way from line to line, a cell's height at most


def lines_of(channels: int, others: int) -> int:
    """Lines of so many channels, their sum, and other filters' maps."""
    return 2 * channels + 1 + others


def draw_signal_mixing(page: Page, trace: Mixing, maps: NDArray[np.generic], others: list[int], box: Box) -> None:
    """Draw the channels that the highlighted filter reads and makes `maps` (channels, 1, w) of, into `box`."""
    look, step = page.look, trace.highlight
    left, top, right, bottom = box
    count = lines_of(len(maps), len(others))
    pitch = min(HIGHEST, (bottom - top) / count)
    room = right - left - NAMES - SIGN
    wide = trace.output_size[1]
    cell = whole_side(min(LARGEST, room / max(trace.padded.shape[-1], wide), pitch * FILL))
    rows = Rows(NAMES + SIGN, left + NAMES + SIGN, room, cell, pitch)
    y = top + (bottom - top - count * pitch) / 2 + pitch / 2
    first = trace.windowed.channels(step.channel).start
    product = shading(look, "product", maps if len(maps) > 1 else trace.output[step.channel])
    for index, part in enumerate(maps):
        draw_input(page, trace, first + index, rows, y)
        _draw_kernel(page, trace, index, (left, y + pitch))
        box_of = _draw_values(page, part, rows, y + pitch, product)
        draw_window(page, _cell_of(box_of, step.col, wide, cell), role="product", thickness=3.0)
        page.text(_sign(rows, wide), y + pitch, "=", 30, "muted")
        y += 2 * pitch
    page.line([(_sign(rows, wide) - 14, y - pitch / 2), (_end(rows, wide), y - pitch / 2)], "muted", 2.0)
    shade = shading(look, "output", trace.output)
    named = sized("feature_map", look, *extents_in(trace, 1, wide))
    for index, channel in enumerate([step.channel, *others]):
        runs: list[Run] = [(named, "output")]
        if len(trace.output) > 1:
            runs = [(look.say("common.filter", index=channel), "muted" if index else "output")]
        if bias := trace.bias[channel].item():
            said = look.say("hand-calculation.bias", bias=bracketed(bias))
            runs += [("  ", "ink"), (said, "muted" if index else "accent")]
        page.text(left, y, runs, BODY if index else LABEL, anchor="left", max_width=NAMES)
        box_of = _draw_values(page, trace.output[channel], rows, y, shade, bold=None if index else step.col)
        if not index:
            page.text(_sign(rows, wide), y, "Σ" if len(maps) > 1 else "=", 30, "muted")
            target = _cell_of(box_of, step.col, wide, cell)
            draw_window(page, target, role="output")
            draw_corner(page, target)
        y += pitch


def _sign(rows: Rows, wide: int) -> float:
    """Where the signs before maps `wide` cells wide stand."""
    return rows.left + (rows.width - wide * rows.cell) / 2 - SIGN * 0.7


def _end(rows: Rows, wide: int) -> float:
    return rows.left + (rows.width + wide * rows.cell) / 2


def _draw_values(
    page: Page, values: NDArray[np.generic], rows: Rows, middle: float, shade: Shade, *, bold: int | None = None
) -> Box:
    """A map (1, w) in the middle of its line: in cells, or as a strip where they would be too small."""
    cell, wide = rows.cell, values.shape[-1]
    x, y = _end(rows, wide) - wide * cell, middle - rows.high / 2
    if cell < LEAST_CELL:
        box = (x, y, x + wide * cell, y + STRIP)
        draw_picture(page, values, box, shade)
        return box
    return draw_matrix(page, values, round(x), round(y), cell, shade, bold=lambda row, column: column == bold).box


def _cell_of(box: Box, column: int, wide: int, cell: float) -> Box:
    left, top, _, bottom = box
    return visible((left + column * cell, top, left + (column + 1) * cell, bottom))


def _draw_kernel(page: Page, trace: Mixing, index: int, place: tuple[float, float]) -> None:
    """At the left of a map's line the slice that makes it, under its name; its name alone where it is too long."""
    look, step, (left, middle) = page.look, trace.highlight, place
    columns = step.weights.shape[-1]
    named = kernel_name(trace, look, 1, columns)
    tap = min(LARGEST_TAP, (NAMES - 40) / columns)
    page.text(left, middle, "*", 40, "muted", anchor="left")
    x = left + 30
    if tap < LEAST_TAP:
        page.text(x, middle, named, BODY, "kernel", anchor="left", max_width=NAMES - 40, least=LEAST)
        return
    size = type_size(step.weights, tap)
    kernel = Matrix(x, middle - tap / 2 + NAMES_LINE * 0.4, tap, 1, columns)
    draw_matrix(page, step.weights[index], kernel.x, kernel.y, tap, shading(look, "kernel", trace.kernel), size=size)
    page.text(x, kernel.y - 12, named, SMALL, "kernel", anchor="left", max_width=NAMES - 30)
