"""The lesson's share card: the window on the input and the one output value it makes."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import Step
from figures._card import ART, LEAST, draw_card, written_sum
from figures._matrix import (
    Matrix,
    draw_corner,
    draw_matrix,
    draw_planes_behind,
    draw_weights,
    draw_window,
)
from figures._page import Page
from figures._reading import draw_reading
from figures._source_plane import draw_source, source_name
from look import Look
from look.drawing import cell_side
from look.extents import AnyScan, extents_in, place
from look.numbers import size
from look.phrases import DOT, conventions, extents, sized
from look.shade import shading

NEEDS: Final = ("convolution|transposed|pooling",)

NAME = "share-card"


def draw(trace: AnyScan, fig: Figure, look: Look) -> None:
    """Title and tagline; the input with the highlighted window, and lines of sight to its output cell."""
    lesson = trace.lesson
    tagline = lesson.card.tagline[look.lang] or look.say(
        f"{NAME}.tagline",
        input=size(*extents(trace.input, trace)),
        output=size(*extents(trace.output, trace)),
    )
    said = conventions(trace, look)
    page = draw_card(trace, fig, look, facts(trace, look), lesson.title[look.lang], tagline, said)
    _draw_scan(page, trace)


def _draw_scan(page: Page, trace: AnyScan) -> None:
    """Input, window with its weights, lines of sight, output; the sum beneath, where one channel makes all of it."""
    look, step = page.look, trace.highlight
    _, rows, columns = trace.padded.shape
    out_rows, out_columns = trace.output_size
    x0, y0, x1, y1 = ART
    gap = 66.0 if columns + out_columns > 5 else 150.0  # the labels of small matrices need room side by side
    cell = cell_side(max(rows, out_rows), columns + out_columns, x1 - x0 - gap, y1 - y0 - 116, largest=66)
    x = (x0 + x1 - (columns + out_columns) * cell - gap) / 2
    middle = (y0 + y1) / 2
    first = middle - rows * cell / 2
    channel = trace.windowed.channels(step.channel).start
    source = draw_source(page, trace, channel, (x, first), cell, shading(look, "input", trace.input), least=5.0)
    target = draw_matrix(
        page,
        trace.output[step.channel],
        x + columns * cell + gap,
        middle - out_rows * cell / 2,
        cell,
        shading(look, "output", trace.output),
        bold=lambda row, column: (row, column) == (step.row, step.col),
    )
    window = draw_reading(page, source, step, thickness=5)
    value = target.at(step.row, step.col)
    sight = [(window[2], window[1]), (value[0], value[1]), (value[0], value[3]), (window[2], window[3])]
    page.polygon(sight, "window", alpha=0.16, zorder=0.5)  # under the cells, whose colours mean something
    page.line(sight[:2], "window", zorder=0.6)
    page.line(sight[2:], "window", zorder=0.6)
    if isinstance(step, Step):
        draw_weights(page, source, step)
    draw_window(page, value, role="output")
    draw_corner(page, value)
    whole = Matrix(x, first, cell, rows, columns)
    behind = draw_planes_behind(page, whole, len(trace.input) - 1)
    _label(page, source, source_name(trace, look, whole=True), "input", first - 28 - behind)
    behind = draw_planes_behind(page, target, len(trace.output) - 1)
    named = sized("feature_map", look, *extents(trace.output, trace))
    _label(page, target, named, "output", target.y - 28 - behind)
    page.text((x0 + x1) / 2, y1 - 8, written_sum(step, look, x1 - x0), 24, max_width=x1 - x0, least=LEAST)


def facts(trace: AnyScan, look: Look) -> str:
    """The lesson in one line: its input, kernel (of a pool, its window) and feature map."""
    step = trace.highlight
    return DOT.join(
        (
            sized("input", look, *extents(trace.input, trace)),
            sized("kernel" if isinstance(step, Step) else "window", look, *extents_in(trace, *step.patch.shape[-2:])),
            sized("feature_map", look, *extents(trace.output, trace)),
        )
    )


def _label(page: Page, matrix: Matrix, named: str, role: str, y: float) -> None:
    page.text(matrix.middle[0], y, named, 21, role)


def alt(trace: AnyScan, look: Look) -> str:
    """What the card shows, with its numbers."""
    step = trace.highlight
    return look.say(
        f"{NAME}.alt",
        title=trace.lesson.title[look.lang],
        input=size(*extents(trace.input, trace)),
        kernel=size(*extents_in(trace, *step.patch.shape[-2:])),
        output=size(*extents(trace.output, trace)),
        place=place(step, look),
        value=step.value,
    )
