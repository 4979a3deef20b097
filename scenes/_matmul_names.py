"""The names and indices around the matrices of the film of filters times patches."""

from __future__ import annotations

from manim import VGroup

from core import Trace
from look import Look
from look.grid import Box
from look.numbers import number, size
from look.phrases import extents, sized
from look.typesetting import typeset
from scenes._im2col_names import hidden_filters
from scenes._im2col_places import APART, HEADS, LEFT, RIGHT, head_type
from scenes._ink import LABEL, LEAST, Lettering, lettering, strokes
from scenes._matmul_places import BOTTOM, INDEX, SIGN, Places

NAME = "im2col-matmul"
SMALLER = 28.0
ABOVE = 26.0  # from a name down to what it names
UNDER = 34.0  # from the last row down to its name
PAIRS = 24.0  # from the pairs of indices down to the columns


def names(trace: Trace, places: Places, look: Look) -> VGroup:
    """What each matrix is and how large."""
    matrix, weights, product = places.matrix.grid, places.weights.grid, places.product.grid
    count, depth = trace.im2col.shape
    filters = len(trace.kernel)
    rows = look.say(f"{NAME}.filters", size=size(filters, depth))
    if filters == 1:
        rows = look.say(f"{NAME}.filter_row", size=size(filters, depth))
    named = VGroup(
        _middled(matrix.box, matrix.y - PAIRS - 40, look.say(f"{NAME}.columns", size=size(depth, count)), look, "ink"),
        _middled(weights.box, BOTTOM + UNDER, rows, look, "kernel"),
        _middled(product.box, BOTTOM + UNDER, look.say(f"{NAME}.maps", size=size(filters, count)), look, "output"),
    )
    named.add(*_input_names(trace, places, look), *_filter_names(trace, places, look))
    if places.bias:
        grid = places.bias.grid
        y = (grid.y + grid.bottom) / 2
        named.add(
            lettering("+", grid.x - SIGN / 2, y, LABEL, look),
            lettering("=", grid.right + SIGN / 2, y, LABEL, look),
            lettering("b", (grid.x + grid.right) / 2, BOTTOM + UNDER, SMALLER, look, "accent"),
        )
    for filter_, squares in places.maps.items():
        box = squares.place.span(0, 0, squares.place.rows, squares.place.columns)
        name = look.say("im2col-build.map", index=filter_)
        if len(trace.kernel) == 1:
            name = sized("feature_map", look, *trace.output_size)
        named.add(_middled(box, box[1] - ABOVE, name, look, "output"))
    return named


def _input_names(trace: Trace, places: Places, look: Look) -> list[Lettering]:
    """The input over its planes, and each channel over its plane."""
    rows, cols = trace.axes
    boxes = {
        channel: squares.place.span(-rows.before, -cols.before, rows.input + rows.after, cols.input + cols.after)
        for channel, squares in places.planes.items()
    }
    label = sized("input", look, *extents(trace.input, trace))
    lefts, tops, rights, bottoms = zip(*boxes.values(), strict=True)
    whole = (min(lefts), min(tops), max(rights), max(bottoms))
    if len(trace.input) == 1:
        return [_middled(whole, whole[1] - ABOVE - 4, label, look, "input", LABEL)]
    named = [_middled(whole, whole[1] - ABOVE - 40, label, look, "input", LABEL)]
    for channel, box in boxes.items():
        named.append(_middled(box, box[1] - 20, look.say("common.channel", index=channel), look, "input", LEAST))
    return named


def _filter_names(trace: Trace, places: Places, look: Look) -> list[Lettering]:
    """Each kernel over its slices: by name where there is room, else by number; and the number of each row."""
    boxes = {
        key: squares.place.span(0, 0, squares.place.rows, squares.place.columns)
        for key, squares in places.slices.items()
    }
    only = len(trace.kernel) == 1
    said = {f: look.say("common.kernel") if only else look.say("common.filter", index=f) for f, _ in boxes}
    room = min((box[2] - box[0] for box in boxes.values()), default=0.0) + APART - 8
    if not only and any(typeset(text).width * LEAST > room for text in said.values()):
        said = {f: number(f) for f in said}
    named = [
        _middled(box, box[1] - 22, said[f], look, "kernel", SMALLER if only else LEAST) for (f, _), box in boxes.items()
    ]
    grid = places.weights.grid
    if hidden := hidden_filters(trace, places.slices, look):
        named.append(_middled(grid.box, grid.y - 22, hidden, look, "muted", LEAST))
    if not only:
        for f, (top, bottom) in grid.down.items():
            named.append(lettering(number(f), grid.x - 14, (top + bottom) / 2, LEAST, look, "kernel", anchor="right"))
    return named


def _middled(box: Box, y: float, text: str, look: Look, role: str, size: float = SMALLER) -> Lettering:
    """A name at the middle of a box, kept between the page's margins."""
    half = typeset(text).width * size / 2
    x = min(max((box[0] + box[2]) / 2, LEFT + half), RIGHT - half)
    return lettering(text, x, y, size, look, role)


def indices(trace: Trace, places: Places, look: Look) -> VGroup:
    """The output cell over each column, the highlighted one's in bold; channel, i and j beside each row."""
    grid = places.matrix.grid
    drawn = VGroup()
    pairs = {
        patch.index: (look.say(f"{NAME}.pair", row=patch.cell[0], col=patch.cell[1]), patch.cell)
        for patch in places.excerpt.patches
    }
    size = head_type([text for text, _ in pairs.values()], grid.width - 6)
    widest = max(typeset(text).width for text, _ in pairs.values()) * LEAST
    for index, (text, cell) in pairs.items():
        bold = cell == (trace.highlight.row, trace.highlight.col)
        if size or (bold and grid.width * 2 > widest):
            x, role = sum(grid.across[index]) / 2, "ink" if bold else "muted"
            drawn.add(lettering(text, x, grid.y - PAIRS + 4, size or LEAST, look, role, bold=bold))
    taps = min(HEADS, max(LEAST, grid.height / 1.12))
    for axis, name in enumerate(("i", "j")):
        right = grid.x - 14 - (1 - axis) * INDEX
        drawn.add(lettering(name, right, grid.y - PAIRS + 4, HEADS, look, "kernel", anchor="right"))
        for tap, (top, bottom) in grid.down.items():
            index = number(trace.im2col.column[tap][1 + axis])
            drawn.add(lettering(index, right, (top + bottom) / 2, taps, look, "muted", anchor="right"))
    if len(trace.input) > 1:
        drawn.add(*_channels(trace, places, look))
    return drawn


def _channels(trace: Trace, places: Places, look: Look) -> list[VGroup]:
    """Each channel beside its rows, with a line along them."""
    grid, taps = places.matrix.grid, trace.im2col.taps
    spans: dict[int, tuple[float, float]] = {}
    for tap, (top, bottom) in grid.down.items():
        spans[tap // taps] = (spans.get(tap // taps, (top, bottom))[0], bottom)
    drawn: list[VGroup] = []
    x = places.channels_right
    for channel, (top, bottom) in spans.items():
        drawn.append(strokes([((x, top + 3), (x, bottom - 3))], look, "input", line=2.5))
        name = look.say("common.channel", index=channel)
        drawn.append(lettering(name, x - 12, (top + bottom) / 2, LEAST, look, "input", anchor="right", max_width=116))
    return drawn
