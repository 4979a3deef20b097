"""The lesson's share card: the window on the input and the one output value it makes."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import Step
from figures._card import ART, LEAST, draw_card, left_out, written_sum
from figures._cell_digits import as_in_cell, shown_places
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
from figures._source_plane import draw_source, source_name, stated_conventions
from look import Look
from look.drawing import cell_side
from look.extents import AnyScan, extents_in, place
from look.numbers import size
from look.phrases import DOT, extents, sized
from look.shade import shading

NEEDS: Final = ("convolution|transposed|pooling",)

NAME = "share-card"
APART, NEAR = 110.0, 62.0  # from a signal to its map, and from a plane to a map under it
LABELS, BEHIND = 142.0, 48.0  # height for labels and the sum; room for the edges of the planes behind
MUCH = 1.2


def draw(trace: AnyScan, fig: Figure, look: Look) -> None:
    """Title and tagline; the input with the highlighted window, and lines of sight to its output cell."""
    lesson = trace.lesson
    tagline = lesson.card.tagline[look.lang] or look.say(
        f"{NAME}.{'tagline_in_line' if len(extents(trace.input, trace)) == 1 else 'tagline'}",
        input=size(*extents(trace.input, trace)),
        output=size(*extents(trace.output, trace)),
    )
    said = stated_conventions(trace, look)
    page = draw_card(trace, fig, look, facts(trace, look), lesson.title[look.lang], tagline, said)
    _draw_scan(page, trace)


def _draw_scan(page: Page, trace: AnyScan) -> None:
    """Input, window with its weights, lines of sight, output; what the window comes to beneath."""
    look, step = page.look, trace.highlight
    _, rows, columns = trace.padded.shape
    out_rows, out_columns = trace.output_size
    x0, _, x1, y1 = ART
    whole, goal, above = _places(trace, (rows, columns), (out_rows, out_columns))
    cell, channel = whole.cell, trace.windowed.channels(step.channel).start
    corner, shade = (whole.x, whole.y), shading(look, "input", trace.input)
    source = draw_source(page, trace, channel, corner, cell, shade, least=5.0)
    target = draw_matrix(
        page,
        trace.output[step.channel],
        goal.x,
        goal.y,
        cell,
        shading(look, "output", trace.output),
        bold=lambda row, column: (row, column) == (step.row, step.col),
    )
    window = draw_reading(page, source, step, thickness=5)
    value = target.at(step.row, step.col)
    sight = [(window[2], window[1]), (value[0], value[1]), (value[0], value[3]), (window[2], window[3])]
    if above:
        sight = [(window[0], window[3]), (value[0], value[1]), (value[2], value[1]), (window[2], window[3])]
    page.polygon(sight, "window", alpha=0.16, zorder=0.5)  # under the cells, whose colours mean something
    page.line(sight[:2], "window", zorder=0.6)
    page.line(sight[2:], "window", zorder=0.6)
    if isinstance(step, Step):
        draw_weights(page, source, step)
    draw_window(page, value, role="output")
    draw_corner(page, value)
    behind = draw_planes_behind(page, whole, len(trace.input) - 1)
    page.text(source.middle[0], whole.y - 28 - behind, source_name(trace, look, whole=True), 21, "input")
    behind = draw_planes_behind(page, target, len(trace.output) - 1)
    named = sized("feature_map", look, *extents(trace.output, trace))
    page.text(target.middle[0], target.box[3] + 30 if above else target.y - 28 - behind, named, 21, "output")
    written = written_sum(step, look, x1 - x0)
    written = as_in_cell(written, step.value, shown_places(trace.output[step.channel], cell))
    note = left_out(step, look)
    page.text((x0 + x1) / 2, y1 - (16 if note else 8), written, 24, max_width=x1 - x0, least=LEAST)
    if note:
        page.text((x0 + x1) / 2, y1 + 10, note, LEAST, "muted", max_width=x1 - x0, least=LEAST)


def _places(trace: AnyScan, source: tuple[int, int], target: tuple[int, int]) -> tuple[Matrix, Matrix, bool]:
    """Where the padded input and the map stand, both of (rows, columns), and whether the map stands under the input.

    It does where both are so wide that cells come out much larger.
    """
    beside, below = _side_by_side(source, target), _one_above_the_other(trace, source, target)
    above = trace.windowed.line or below[0].cell > MUCH * beside[0].cell
    return *(below if above else beside), above


def _side_by_side(source: tuple[int, int], target: tuple[int, int]) -> tuple[Matrix, Matrix]:
    """Input and map with the map at the right."""
    (rows, columns), (out_rows, out_columns), (x0, y0, x1, y1) = source, target, ART
    gap = 66.0 if columns + out_columns > 5 else 150.0  # the labels of small matrices need room side by side
    cell = cell_side(max(rows, out_rows), columns + out_columns, x1 - x0 - gap, y1 - y0 - 116, largest=66)
    x, middle = (x0 + x1 - (columns + out_columns) * cell - gap) / 2, (y0 + y1) / 2
    whole = Matrix(x, middle - rows * cell / 2, cell, rows, columns)
    return whole, Matrix(whole.box[2] + gap, middle - out_rows * cell / 2, cell, out_rows, out_columns)


def _one_above_the_other(trace: AnyScan, source: tuple[int, int], target: tuple[int, int]) -> tuple[Matrix, Matrix]:
    """The same with the map under the input, as a signal's always stands."""
    (rows, columns), (out_rows, out_columns), (x0, y0, x1, y1) = source, target, ART
    line = trace.windowed.line
    apart = APART if line else NEAR
    labels = 66.0 if line else LABELS
    height = y1 - y0 - labels - apart
    behind = BEHIND if max(len(trace.input), len(trace.output)) > 1 else 0.0
    cell = cell_side(rows + out_rows, max(columns, out_columns), x1 - x0 - behind, height - behind, largest=66)
    middle, centre = (y0 + y1) / 2 - 20, (x0 + x1 - behind) / 2
    top = middle - ((rows + out_rows) * cell + apart - behind) / 2
    whole = Matrix(centre - columns * cell / 2, top, cell, rows, columns)
    return whole, Matrix(centre - out_columns * cell / 2, whole.box[3] + apart, cell, out_rows, out_columns)


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
