"""Signals below each other over the whole page: the input's channels, then each filter with the map it makes."""

from __future__ import annotations

from dataclasses import dataclass

from core import Step
from figures._cell_digits import type_size
from figures._map_pair import draw_map, draw_operator
from figures._matrix import LEAST_CELL, Matrix, draw_corner, draw_matrix, draw_window, visible
from figures._page import BODY, LABEL, LEAST, SMALL, Box, Page
from figures._picture import draw_picture
from figures._reading import draw_reading
from figures._source_plane import draw_source, kernel_name, ring, source_name
from look.drawing import whole_side
from look.extents import AnyScan, extents_in
from look.numbers import number
from look.phrases import bracketed, sized
from look.shade import shading
from look.typesetting import Run, typeset

NAMES, MOST_NAMES = 290.0, 560.0  # the column of names and kernels at the left, at least and at most
NAMES_LINE = 26.0  # from a name to the kernel under it
VALUE = 56.0  # at the right of a map without digits, for the highlighted value
ARROW = 44.0  # from a kernel to its map, at least
APART = 54.0  # from the inputs down to the maps
BETWEEN = 0.16  # of the way from row to row: between two, at least
LARGEST, LARGEST_TAP, LEAST_TAP = 70.0, 40.0, 12.0
STRIP = 34.0  # height of a signal whose cells are too small to be drawn
MOST_SIGNALS, MOST_SLICES, SLICE_GAP = 3, 4, 8.0
STRETCH = 1.9  # rows are at most so many times as far apart as they are high


@dataclass(frozen=True)
class Rows:
    """Where signals stand: the left end of their area and its width, the names' before it, a cell's side, and from row
    to row.
    """

    names: float
    left: float
    width: float
    cell: float
    pitch: float

    @property
    def high(self) -> float:
        """A row's height: a cell's, or a strip's."""
        return self.cell if self.cell >= LEAST_CELL else STRIP


def draw_signals(page: Page, trace: AnyScan, maps: int, box: Box) -> bool:
    """Draw the input's signals and the first `maps` maps into `box`; returns whether they are drawn as pictures."""
    left, top, right, bottom = box
    inputs = min(len(trace.input), MOST_SIGNALS)
    more = len(trace.input) > inputs
    room = right - left - NAMES
    widest = max(trace.padded.shape[-1], trace.output_size[1] * room / (room - VALUE))
    pitch = (bottom - top - APART - (NAMES_LINE if more else 0.0)) / (inputs + maps)
    cell = whole_side(min(LARGEST, room / widest, pitch * (1 - BETWEEN)))
    names = max(NAMES, min(MOST_NAMES, right - left - widest * cell - VALUE)) if cell >= LEAST_CELL else NAMES
    room = right - left - names
    high = cell if cell >= LEAST_CELL else STRIP
    pitch = min(pitch, max(STRETCH * high, 2 * NAMES_LINE + LARGEST_TAP / 2))
    rows = Rows(names, left + names, room, cell, pitch)
    spare = bottom - top - APART - (inputs + maps) * rows.pitch - (NAMES_LINE if more else 0.0)
    y = top + max(0.0, spare) / 2
    for channel in range(inputs):
        draw_input(page, trace, channel, rows, y + (channel + 0.5) * rows.pitch)
    y += inputs * rows.pitch
    if more:
        text = page.look.say("feature-map.more_channels", count=len(trace.input) - inputs)
        page.text(left, y + NAMES_LINE / 2, text, SMALL, "muted", anchor="left", max_width=names)
        y += NAMES_LINE
    x = rows.left + room / 2
    edge = (rows.pitch - rows.high) / 2
    page.arrow((x, y - edge + 12), (x, y + APART + edge - 12), "output")
    y += APART
    for channel in range(maps):
        _draw_output(page, trace, channel, rows, left, y + (channel + 0.5) * rows.pitch, alone=maps == 1)
    return cell < LEAST_CELL


def draw_input(page: Page, trace: AnyScan, channel: int, rows: Rows, middle: float) -> None:
    """A channel of the input in its border, with what the highlighted window reads of it."""
    look, step, cell = page.look, trace.highlight, rows.cell
    x, y = rows.left, middle - rows.high / 2
    wide = trace.padded.shape[-1] * cell
    x += (rows.width - wide) / 2
    shade = shading(look, "input", trace.input)
    reads = channel in range(len(trace.input))[trace.windowed.channels(step.channel)]
    if cell >= LEAST_CELL:
        plane = draw_source(page, trace, channel, (round(x), round(y)), cell, shade)
        if reads:
            draw_reading(page, plane, step)
    else:
        _draw_strip(page, trace, channel, (x, y, x + wide, y + STRIP), reads=reads)
    named, role = source_name(trace, look, whole=True), "input"
    if len(trace.input) > 1:
        text = look.say("common.channel", index=channel)
        if channel:
            named, role = text, "muted"
        elif rows.pitch >= 2 * NAMES_LINE:
            page.text(rows.left - rows.names, middle + 13, text, SMALL, "muted", anchor="left")
            middle -= 13
    page.text(rows.left - rows.names, middle, named, LABEL if role == "input" else SMALL, role, anchor="left")


def _draw_strip(page: Page, trace: AnyScan, channel: int, box: Box, *, reads: bool) -> None:
    """A long signal as a strip, its border hatched, the whole of the window outlined."""
    left, top, right, bottom = box
    values = trace.padded[channel]
    cell = (right - left) / values.shape[-1]
    draw_picture(page, values, box, shading(page.look, "input", trace.input))
    _, before, _, after = ring(trace)
    for x0, x1 in ((left, left + before * cell), (right - after * cell, right)):
        if x1 > x0:
            page.hatch(x0, top, x1 - x0, bottom - top, gap=6.0)
    if reads:
        taps = trace.highlight.cols
        draw_window(page, visible((left + taps[0] * cell, top, left + (taps[-1] + 1) * cell, bottom)))


def _draw_output(
    page: Page, trace: AnyScan, channel: int, rows: Rows, left: float, middle: float, *, alone: bool
) -> None:
    """At the left what makes a map, then the map, its highlighted value beside it where it has no digits."""
    look, step, cell = page.look, trace.highlight, rows.cell
    columns, across = step.patch.shape[-1], trace.output_size[1]
    edge = left + rows.names - ARROW
    runs: list[Run] = [(look.say("common.filter", index=channel), "kernel")]
    if alone:
        runs = [(kernel_name(trace, look, 1, columns), "kernel")]
    if not isinstance(step, Step):
        runs = [(sized("window", look, *extents_in(trace, 1, columns)), "kernel")]
        if len(trace.output) > 1:
            runs = [(look.say("common.channel", index=channel), "muted")]
    elif bias := trace.bias[channel].item():
        runs += [("  ", "kernel"), (look.say("hand-calculation.bias", bias=bracketed(bias)), "accent")]
    end = _draw_kernel(page, trace, channel, (left, middle, edge, rows.pitch), runs)
    wide = across * cell
    x, y = rows.left + (rows.width - VALUE - wide) / 2, middle - rows.high / 2
    if type_size(trace.output[channel], cell):
        x = rows.left + (rows.width - wide) / 2
    page.arrow((end + 16, middle), (x - 16, middle), "output")
    if cell >= LEAST_CELL:
        draw_map(page, trace, channel, round(x), round(y), cell, beside=True)
    else:
        box = (x, y, x + wide, y + STRIP)
        draw_picture(page, trace.output[channel], box, shading(look, "output", trace.output))
        target = visible((x + step.col * cell, y, x + (step.col + 1) * cell, y + STRIP))
        draw_window(page, target, role="output", thickness=3.5)
        draw_corner(page, target, share=0.5)
        value = trace.output[channel, 0, step.col].item()
        role = "negative" if value < 0 else "positive"
        page.text(x + wide + 12, middle, number(value), BODY, role, bold=True, anchor="left")
    if alone:
        named = sized("feature_map", look, *extents_in(trace, 1, across))
        page.text(rows.left + rows.width / 2, y + rows.high + 22, named, LABEL, "output")


def _draw_kernel(
    page: Page, trace: AnyScan, channel: int, place: tuple[float, float, float, float], runs: list[Run]
) -> float:
    """The name of a filter, its slices (of a pool, the window and what it does) under or beside it; their right end."""
    left, middle, right, pitch = place
    step = trace.highlight
    columns = step.patch.shape[-1]
    weights = trace.weights if isinstance(step, Step) else None
    slices = 1 if weights is None else min(weights.shape[1], MOST_SLICES)
    above = pitch >= 2 * NAMES_LINE
    start = left if above else left + typeset(runs).width * BODY + 14
    room = right - start - SLICE_GAP * (slices - 1) - (24 if slices < step.patch.shape[0] else 8)
    room -= 0 if weights is not None else 90  # what a pool does stands beside its window
    tap = min(LARGEST_TAP, room / (slices * columns), pitch - 8 - (NAMES_LINE if above else 0))
    if tap < LEAST_TAP:  # no room for a kernel that could be seen: the name stands for it
        return page.text(left, middle, runs, BODY, anchor="left", max_width=right - left - 16, least=LEAST)[2]
    name = middle - tap / 2 - NAMES_LINE / 2 - 2 if above else middle
    page.text(left, name, runs, BODY, anchor="left", max_width=right - left - 16, least=LEAST)
    for index in range(slices):
        x = start + index * (columns * tap + SLICE_GAP)
        if weights is None:
            word = draw_operator(page, Matrix(x, middle - tap / 2, tap, 1, columns), step, beside=True)
            return word[2]
        shade = shading(page.look, "kernel", weights)
        draw_matrix(page, weights[channel, index], x, middle - tap / 2, tap, shade, size=type_size(weights, tap))
    end = start + slices * (columns * tap + SLICE_GAP) - SLICE_GAP
    if slices < step.patch.shape[0]:
        end = page.text(end + 12, middle, "…", SMALL, "muted", anchor="left")[2]
    return end
