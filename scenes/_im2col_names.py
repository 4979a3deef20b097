"""The names, indices and signs around the matrices of the im2col film."""

from __future__ import annotations

from collections.abc import Mapping

from manim import VGroup

from core import Trace
from look import Look
from look.grid import Box
from look.numbers import TIMES, number
from look.phrases import extents, sized
from look.typesetting import Content, typeset
from scenes._im2col_places import BRACKET, HEADING, HEADS, INDEX, LEFT, RIGHT, UNDER, Places, Squares
from scenes._ink import LABEL, LEAST, Lettering, lettering, strokes

NAME = "im2col-build"
SMALLER, SIGNS = 28.0, 40.0  # type of the names over the smaller matrices, and of × and =
ABOVE = 27.0  # from a name down to its matrix
NOTE = 23.0  # from what is shown down to the note how much of it is


def names(trace: Trace, places: Places, look: Look) -> VGroup:
    """What each matrix is and how large."""
    grid = places.matrix.grid
    named = VGroup(
        lettering(sized("matrix", look, *trace.im2col.shape), grid.x, HEADING, LABEL, look, anchor="left"),
        _over(places.column.grid.box, look.say(f"{NAME}.kernel_name"), look, "kernel"),
        _over(places.results.grid.box, look.say(f"{NAME}.output_name"), look, "output"),
    )
    named.add(*_input_names(trace, places, look))
    only = len(trace.kernel) == 1
    for (filter_, _), squares in places.slices.items():
        box = squares.place.span(0, 0, squares.place.rows, squares.place.columns)
        if only and len(trace.input) == 1:
            named.add(_over(box, sized("kernel", look, *trace.kernel.shape[2:]), look, "kernel"))
        else:
            name = look.say("common.kernel") if only else look.say("common.filter", index=filter_)
            named.add(_over(box, name, look, "kernel", size=LEAST))
    if hidden := hidden_filters(trace, places.slices, look):
        boxes = [
            squares.place.span(0, 0, squares.place.rows, squares.place.columns) for squares in places.slices.values()
        ]
        middle = grid.box if len(trace.input) > 1 else boxes[0]
        named.add(_under(middle, max(box[3] for box in boxes), hidden, look))
    for filter_, squares in places.maps.items():
        box = squares.place.span(0, 0, squares.place.rows, squares.place.columns)
        name = sized("feature_map", look, *trace.output_size) if only else look.say(f"{NAME}.map", index=filter_)
        named.add(_over(box, name, look, "output"))
    if len(places.maps) < len(trace.kernel):
        text = look.say(f"{NAME}.maps_shown", shown=len(places.maps), count=len(trace.kernel))
        named.add(_under(box, box[3], text, look))
    return named


def hidden_filters(trace: Trace, slices: Mapping[tuple[int, int], Squares], look: Look) -> str:
    """How many of the filters are drawn beside the channels that they read, where not all of them are; else nothing."""
    shown, count = len({filter_ for filter_, _ in slices}), len(trace.kernel)
    return look.say(f"{NAME}.filters_shown", shown=shown, count=count) if shown < count else ""


def _read_by(trace: Trace, filter_: int) -> range:
    return range(len(trace.input))[trace.convolution.channels(filter_)]


def _input_names(trace: Trace, places: Places, look: Look) -> list[Lettering]:
    """The input over its only plane; over several the input at the left, and each channel over its plane."""
    label = sized("input", look, *extents(trace.input, trace))
    rows, cols = trace.axes
    boxes = {
        channel: squares.place.span(-rows.before, -cols.before, rows.input + rows.after, cols.input + cols.after)
        for channel, squares in places.planes.items()
    }
    if len(trace.input) == 1:
        return [_over(boxes[0], label, look, "input", size=LABEL, above=30)]
    first = next(iter(boxes.values()))
    named = [lettering(label, first[0], HEADING, LABEL, look, "input", anchor="left")]
    for channel, (left, top, _, _) in boxes.items():
        name = look.say("common.channel", index=channel)
        named.append(lettering(name, left, top - 18, LEAST, look, "input", anchor="left"))
    return named


def _over(box: Box, text: str, look: Look, role: str, *, size: float = SMALLER, above: float = ABOVE) -> Lettering:
    """A name over the middle of a box, kept between the page's margins."""
    half = typeset(text).width * size / 2
    x = min(max((box[0] + box[2]) / 2, LEFT + half), RIGHT - half)
    return lettering(text, x, box[1] - above, size, look, role)


def _under(box: Box, bottom: float, text: str, look: Look) -> Lettering:
    """A note under the middle of a box, kept between the page's margins."""
    half = typeset(text).width * LEAST / 2
    x = min(max((box[0] + box[2]) / 2, LEFT + half), RIGHT - half)
    return lettering(text, x, bottom + NOTE, LEAST, look, "muted")


def indices(trace: Trace, places: Places, look: Look) -> VGroup:
    """(r, c) beside each row of the matrix, the highlighted one's in bold; channel, i and j over each column."""
    grid = places.matrix.grid
    drawn = VGroup()
    for name, right in zip(("r", "c"), places.indices, strict=True):
        drawn.add(lettering(name, right, grid.y - 8 - INDEX / 2, HEADS, look, "output", anchor="right"))
    for patch in places.excerpt.patches:
        middle = sum(grid.down[patch.index]) / 2
        bold = patch.cell == (trace.highlight.row, trace.highlight.col)
        role = "ink" if bold else "muted"
        for index, right in zip(patch.cell, places.indices, strict=True):
            drawn.add(lettering(number(index), right, middle, HEADS, look, role, anchor="right", bold=bold))
    y = HEADING + UNDER + INDEX / 2
    if len(trace.input) > 1:
        for channel, left, right in grid.spans:
            label = look.say("common.channel", index=channel)
            if typeset(label).width * LEAST > right - left:
                label = number(channel)
            drawn.add(lettering(label, (left + right) / 2, y, LEAST, look, "input"))
            drawn.add(strokes([((left + 2, y + 17), (right - 2, y + 17))], look, "input", line=2.5))
        y += BRACKET
    if places.heads:
        for axis, name in enumerate(("i", "j")):
            drawn.add(lettering(name, grid.right + 22, y + axis * INDEX, places.heads, look, "kernel", anchor="right"))
            for column, (left, right) in grid.across.items():
                tap = trace.im2col.column[column][1 + axis]
                drawn.add(lettering(number(tap), (left + right) / 2, y + axis * INDEX, places.heads, look, "muted"))
    return drawn


def signs(trace: Trace, places: Places, look: Look) -> VGroup:
    """The × before the kernel's column and the = before the output's, with + b if there is a bias."""
    matrix, column, results = places.matrix.grid, places.column.grid, places.results.grid
    equals: Content = [("+ ", "ink"), ("b", "accent"), (" =", "ink")] if trace.bias.any() else "="
    middle = (matrix.y + matrix.bottom) / 2
    return VGroup(
        lettering(TIMES, (matrix.right + column.x) / 2, middle, SIGNS, look),
        lettering(equals, (column.right + results.x) / 2, middle, SIGNS, look),
    )
