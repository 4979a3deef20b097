"""Every channel is scanned by its own kernel slice; the results are added across channels."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from core import Trace, TransposeTrace
from figures._cell_digits import type_size
from figures._matrix import Matrix, draw_corner, draw_matrix, draw_window
from figures._page import HEIGHT, LABEL, MARGIN, SMALL, WIDTH, Page
from figures._reading import draw_reading
from figures._signal_mixing import LINE, draw_signal_mixing, lines_of
from figures._source_plane import draw_source, kernel_name, source_name
from look import Look
from look.extents import counting, extents_in, place_in_output
from look.numbers import number, size
from look.phrases import DOT, fitting_sum, leaves_out_zero_weights, meaning, settings, sized, spoken_sum
from look.shade import shading

NEEDS: Final = ("convolution|transposed",)

Mixing = Trace | TransposeTrace
NAME = "channel-mixing"
MOST_CHANNELS, MOST_MAPS = 4, 4
TOP, FOOT, GAP, ROW_GAP = 190.0, 130.0, 64.0, 34.0
TALLEST = (860.0, 1000.0, 1140.0)  # a page: the first of these on which the numbers can be read
MAPS = 1000.0  # and one that is higher for the sake of other filters' maps, which stand BELOW each other
BELOW = 58.0
TOP_LINES = 146.0  # where signals begin, which have no headings


def draw(trace: Mixing, fig: Figure, look: Look) -> None:
    """A row for each channel: plane, kernel slice, map; at the right their sum, and the other filters' maps."""
    step = trace.highlight
    if trace.windowed.line:
        _draw_signals(trace, fig, look)
        return
    planes = range(len(trace.input))[trace.windowed.channels(step.channel)][:MOST_CHANNELS]
    maps = trace.channel_maps(step.channel)[:MOST_CHANNELS]
    weights = step.weights[:MOST_CHANNELS]
    numbers = np.concatenate([trace.padded[planes].ravel(), maps.ravel(), trace.output.ravel()])
    cells = [_cell(trace, len(planes), tallest) for tallest in TALLEST]
    cell = next((cell for cell in cells if type_size(numbers, cell)), cells[0])
    tall = max(trace.padded.shape[1], weights.shape[1], maps.shape[1]) * cell
    body = len(planes) * tall + (len(planes) - 1) * ROW_GAP
    page = Page(fig, look, WIDTH, max(HEIGHT, TOP + body + FOOT, _height_with_others(trace, cell)))
    page.header(look.say(f"{NAME}.title"), _subtitle(trace, look), trace.lesson.title[look.lang])
    starts = _columns(trace, cell)
    top = TOP + (page.height - TOP - FOOT - body) / 2
    limit = maps if len(maps) > 1 else trace.output[step.channel]
    middles = []
    for channel, (plane, kernel, part) in enumerate(zip(planes, weights, maps, strict=True)):
        middle = top + tall / 2 + channel * (tall + ROW_GAP)
        middles.append(middle)
        corner = (starts[0], middle - trace.padded.shape[1] * cell / 2)
        source = draw_source(page, trace, plane, corner, cell, shading(look, "input", trace.input), least=5.0)
        taps = _centred(page, kernel, starts[1], middle, _tap(cell), "kernel", trace.kernel)
        result = _centred(page, part, starts[2], middle, cell, "product", limit)
        draw_reading(page, source, step)
        draw_window(page, result.at(step.row, step.col), role="product", thickness=3.0)
        page.text((corner[0] + trace.padded.shape[2] * cell + taps.x) / 2, middle + 9, "*", 44, "muted")
        page.text((taps.box[2] + result.x) / 2, middle, "=", 30, "muted")
        if len(trace.input) > 1:
            page.text(MARGIN, middle, number(plane), LABEL, "muted", anchor="left")
    _label(page, trace, starts, cell, top - 30)
    _draw_sum(page, trace, starts[3], starts[2] + trace.output_size[1] * cell + 10, middles, cell)
    _draw_foot(page, trace, len(trace.output) - 1 - len(_others(page, trace, cell)))


def _draw_signals(trace: Mixing, fig: Figure, look: Look) -> None:
    """The same of signals, in lines."""
    step = trace.highlight
    maps = trace.channel_maps(step.channel)[:MOST_CHANNELS]
    most = int((MAPS - TOP - FOOT) / LINE) - lines_of(len(maps), 0)
    others = [channel for channel in range(len(trace.output)) if channel != step.channel]
    others = others[: min(MOST_MAPS - 1, max(0, most))]
    height = TOP_LINES + FOOT + LINE * lines_of(len(maps), len(others))
    page = Page(fig, look, WIDTH, max(HEIGHT, height))
    page.header(look.say(f"{NAME}.title"), _subtitle(trace, look), trace.lesson.title[look.lang])
    box = (MARGIN, TOP_LINES, WIDTH - MARGIN, page.height - FOOT)
    draw_signal_mixing(page, trace, maps, others, box)
    runs = fitting_sum(step, look, WIDTH - 2 * MARGIN, 20)
    page.text(WIDTH / 2, page.height - 88, runs, 30, max_width=WIDTH - 2 * MARGIN)
    _draw_foot(page, trace, len(trace.output) - 1 - len(others))


def _draw_foot(page: Page, trace: Mixing, hidden: int) -> None:
    """Where the sum goes, the bias, how many maps are `hidden`; what the sum leaves out and whether kernels flip."""
    look, step = page.look, trace.highlight
    where = place_in_output(step, look)
    notes = [f"{look.say('common.bias')} {number(step.bias)}"] if step.bias else []
    if hidden:
        notes.append(look.say(f"{NAME}.hidden", count=hidden))
    said = meaning(trace, look) or [counting(trace, look)]
    if len(step.patch) == 1 and leaves_out_zero_weights(step):
        said = [look.say("common.conventions.zero_weights"), *said]
    page.footer(DOT.join([where, *notes]), DOT.join(said))


def _cell(trace: Mixing, channels: int, tallest: float) -> float:
    """Side of a cell, the same for every matrix, so that the rows of channels and the four columns fit."""
    rows = max(trace.padded.shape[1], trace.kernel.shape[2], trace.output_size[0])
    widest = trace.padded.shape[2] + trace.kernel.shape[3] + 2 * trace.output_size[1]
    height = ((tallest - TOP - FOOT + ROW_GAP) / channels - ROW_GAP) / rows
    return min(60.0, height, (WIDTH - 2 * MARGIN - 40 - 3 * GAP) / widest)


def _tap(cell: float) -> float:
    """Side of a kernel's cell: as everything else, but never so small that its digits vanish."""
    return max(cell, 38.0) if cell < 2 * SMALL else cell


def _columns(trace: Mixing, cell: float) -> tuple[float, float, float, float]:
    """Left edges of planes, kernels, maps and sum, spread over the page's width."""
    out = trace.output_size[1] * cell
    widths = [trace.padded.shape[2] * cell, trace.kernel.shape[3] * _tap(cell), out, out]
    first = MARGIN + 40
    gap = min(max(110.0, 170.0 - min(widths)), (WIDTH - MARGIN - first - sum(widths)) / 3)
    first += (WIDTH - MARGIN - first - sum(widths) - 3 * gap) / 2
    starts = [first]
    for width in widths[:-1]:
        starts.append(starts[-1] + width + gap)
    return starts[0], starts[1], starts[2], starts[3]


def _centred(
    page: Page,
    values: NDArray[np.generic],
    x: float,
    middle: float,
    cell: float,
    role: str,
    scale: NDArray[np.generic],
) -> Matrix:
    """A matrix whose left edge is at `x` and whose middle is at height `middle`."""
    return draw_matrix(page, values, x, middle - len(values) * cell / 2, cell, shading(page.look, role, scale))


def _label(page: Page, trace: Mixing, starts: tuple[float, ...], cell: float, y: float) -> None:
    """What each column holds, in the colour of its kind."""
    look, (high, wide) = page.look, trace.kernel.shape[-2:]
    columns = (
        (starts[0], trace.padded.shape[2] * cell, source_name(trace, look, whole=True), "input"),
        (starts[1], wide * _tap(cell), kernel_name(trace, look, high, wide), "kernel"),
        (starts[2], trace.output_size[1] * cell, look.say(f"{NAME}.map"), "product"),
    )
    for x, width, text, role in columns:
        page.text(x + width / 2, y, text, LABEL, role, max_width=width + 90)
    if len(trace.input) > 1:
        page.text(MARGIN, y, look.say(f"{NAME}.channel"), SMALL, "muted", anchor="left", max_width=90)


def _draw_sum(page: Page, trace: Mixing, x: float, left: float, middles: list[float], cell: float) -> None:
    """The channel maps run together into the feature map; other filters' maps stand below it, paler."""
    look, step = page.look, trace.highlight
    rows, columns = trace.output_size
    tall = rows * cell
    others = _others(page, trace, cell)
    block = (1 + len(others)) * tall + len(others) * BELOW
    middle = (middles[0] + middles[-1]) / 2
    y = middle - block / 2
    output = draw_matrix(
        page,
        trace.output[step.channel],
        x,
        y,
        cell,
        shading(look, "output", trace.output),
        bold=lambda row, column: (row, column) == (step.row, step.col),
    )
    cell_box = output.at(step.row, step.col)
    draw_window(page, cell_box, role="output")
    draw_corner(page, cell_box)
    for source in middles:
        page.line([(left, source), (x - 34, output.middle[1])], "muted", 2.0)
    page.arrow((x - 34, output.middle[1]), (x - 8, output.middle[1]), "muted")
    several = len(trace.output) > 1
    label = (
        look.say("common.filter", index=step.channel)
        if several
        else sized("feature_map", look, *extents_in(trace, rows, columns))
    )
    page.text(x + columns * cell / 2, y - 30, label, LABEL, "output")
    for place, channel in enumerate(others, 1):
        top = y + place * (tall + BELOW)
        draw_matrix(page, trace.output[channel], x, top, cell, shading(look, "output", trace.output))
        page.text(x + columns * cell / 2, top - 24, look.say("common.filter", index=channel), LABEL, "muted")
    runs = fitting_sum(step, look, WIDTH - 2 * MARGIN, 20)
    page.text(WIDTH / 2, page.height - 88, runs, 30, max_width=WIDTH - 2 * MARGIN)


def _height_with_others(trace: Mixing, cell: float) -> float:
    """The height of a page that has room for the maps of as many filters as are shown at most; 0 if it is too high."""
    maps = min(MOST_MAPS, len(trace.output))
    height = TOP + FOOT + maps * trace.output_size[0] * cell + (maps - 1) * BELOW
    return height if height <= MAPS else 0.0


def _others(page: Page, trace: Mixing, cell: float) -> list[int]:
    """The other filters whose maps the page has room for."""
    tall = trace.output_size[0] * cell
    below = int((page.height - TOP - FOOT - tall) // (tall + BELOW))
    others = [channel for channel in range(len(trace.output)) if channel != trace.highlight.channel]
    return others[: min(MOST_MAPS - 1, max(0, below))]


def _subtitle(trace: Mixing, look: Look) -> str:
    channels, whole = len(trace.highlight.patch), len(trace.input)
    if channels < whole:
        said = [look.say(f"{NAME}.group", read=channels, channels=whole, filters=len(trace.output))]
    elif channels > 1:
        said = [look.say(f"{NAME}.many", channels=channels, filters=len(trace.output))]
    else:
        said = [look.say(f"{NAME}.one")]
    if channels > MOST_CHANNELS:
        said.append(look.say(f"{NAME}.shown", shown=MOST_CHANNELS, channels=channels))
    return DOT.join([*said, *settings(trace, look)])


def alt(trace: Mixing, look: Look) -> str:
    """What is added across channels at the highlight, with its numbers."""
    step, form = trace.highlight, "one"
    values: dict[str, float] = {}
    if len(step.patch) < len(trace.input):
        form, values = "group", {"filter": step.channel, "read": len(step.patch), "channels": len(trace.input)}
    elif len(step.patch) > 1:
        form, values = "many", {"channels": len(step.patch)}
    return look.say(
        f"{NAME}.alt.{form}",
        kernel=size(*extents_in(trace, *trace.kernel.shape[-2:])),
        place=place_in_output(step, look),
        sum=spoken_sum(step, look),
        **values,
    )
