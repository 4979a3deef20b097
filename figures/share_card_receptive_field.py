"""The receptive-field share card: how far one deep unit sees."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from core import Trace
from figures._card import ART, LEAST, draw_card
from figures._cell_digits import type_size
from figures._matrix import draw_matrix, draw_padding, draw_window
from figures._page import Box, Page
from look import Look
from look.drawing import cell_side
from look.extents import extents_in
from look.field_phrases import equal_paths, extent, layer_settings, path_range, reading, rounds_up
from look.numbers import number
from look.phrases import DOT, sized
from look.shade import shading

NEEDS: Final = ("convolution|pooling", "not wrapped")

NAME = "share-card-receptive-field"
Pair = tuple[int, int]
Span = tuple[int, int, int, int]  # row0, column0, row1, column1; half-open
MOST = 11  # cells of a field that are drawn along an axis
GAP, ROW_GAP = 60.0, 78.0  # from plane to plane; from a signal down to the next
NAMES = 180.0  # before signals: what they are
READABLE = 16.0  # the type size of paths that is large enough
SOME = 5  # of them, where the field is mostly padding: cells of the plane


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """The input and the last plane, the cone between them, and the paths counted in the input cells."""
    field = trace.field
    shown = [0, len(field.rows) - 1] if len(field.rows) > 4 else list(range(len(field.rows)))
    views, cell = _views(trace, shown)
    page = draw_card(
        trace,
        fig,
        look,
        trace.lesson.title[look.lang],
        look.say(f"{NAME}.title"),
        _tagline(trace, look),
        _stated(trace, look, views),
    )
    line = trace.windowed.line
    x0, y0, x1, y1 = ART
    spans = [views[depth][3] - views[depth][1] for depth in shown]
    x = (x0 + x1 - sum(spans) * cell - GAP * (len(shown) - 1)) / 2
    y = (y0 + y1 - len(shown) * cell - ROW_GAP * (len(shown) - 1)) / 2
    middle = (y0 + y1) / 2 + 8
    before: Box | None = None
    for depth, span in zip(shown, spans, strict=True):
        if line:
            left, middle = (x0 + NAMES + x1 - span * cell) / 2, y + cell / 2
        else:
            left = x
        box = _draw_plane(page, trace, depth, views[depth], left, middle, cell)
        if before is not None:
            _draw_cone(page, before, box, down=line)
        before = box
        x += span * cell + GAP
        y += cell + ROW_GAP


def _views(trace: Trace, shown: list[int]) -> tuple[dict[int, Span], float]:
    """What is drawn of each plane, and the side of a cell: as many cells around as leave the paths large enough."""
    field = trace.field
    found: tuple[float, dict[int, Span], float] = (-1.0, {}, 0.0)
    x0, y0, x1, y1 = ART
    for around in range(MOST, 0, -1):
        views = {depth: _view(field.region(depth), field.rows[depth].plane, around) for depth in shown}
        high = max(views[depth][2] - views[depth][0] for depth in shown)
        spans = [views[depth][3] - views[depth][1] for depth in shown]
        if trace.windowed.line:
            rows = len(shown)
            cell = cell_side(rows, max(spans), x1 - x0 - NAMES, y1 - y0 - ROW_GAP * (rows - 1) - 40, largest=64)
        else:
            room = x1 - x0 - GAP * (len(shown) - 1)
            cell = cell_side(high, sum(spans), room, y1 - y0 - 90, largest=64)
        top, left, bottom, right = field.region(0)
        size = min(READABLE, type_size(field.paths[max(0, top) : max(0, bottom), max(0, left) : max(0, right)], cell))
        found = (size, views, cell) if size > found[0] else found
    return found[1:]


def _draw_plane(page: Page, trace: Trace, depth: int, view: Span, x: float, middle: float, cell: float) -> Box:
    """One plane, what the unit reads of it lit; cells outside are its padding. Returns the field's box."""
    look, field = page.look, trace.field
    rows, columns = field.rows[depth].plane
    top, left, bottom, right = max(0, view[0]), max(0, view[1]), min(rows, view[2]), min(columns, view[3])
    lit = field.mask(depth)[top:bottom, left:right]
    values = field.paths[top:bottom, left:right] if depth == 0 else lit.astype(np.int64)
    role = "output" if depth == len(field.layers) else "window" if depth else "input"
    y = middle - (view[2] - view[0]) * cell / 2
    matrix = draw_matrix(
        page,
        values,
        x + (left - view[1]) * cell,
        y + (top - view[0]) * cell,
        cell,
        shading(look, "input" if not depth else "product" if depth == len(field.layers) else "kernel", values),
        digits=depth == 0,
    )
    ring = _ring(view, (rows, columns))
    if any(ring):
        draw_padding(page, matrix, ring)
    seen = field.region(depth)
    box = matrix.span(
        max(seen[0], view[0]) - top,
        max(seen[1], view[1]) - left,
        min(seen[2], view[2]) - top,
        min(seen[3], view[3]) - left,
    )
    draw_window(page, box, role=role)
    label = look.say(f"{NAME}.layer", depth=depth)
    if not depth:
        label = sized("input", look, *extents_in(trace, rows, columns))
        if bottom - top < rows or right - left < columns:
            label = look.say("share-card-im2col.part", whole=label)
    tone, line = "muted" if depth else "input", trace.windowed.line
    told, whole = (extent(cells, line=line) for cells in ((seen[2] - seen[0], seen[3] - seen[1]), (rows, columns)))
    if line:
        page.text(ART[0], middle - 13, label, 20, tone, anchor="left", max_width=NAMES - 14, least=LEAST)
        told = look.say(f"{NAME}.in_line", size=told)
        page.text(ART[0], middle + 13, told, 20, anchor="left", max_width=NAMES - 14, least=LEAST)
        return box
    wide = (view[3] - view[1]) * cell
    page.text(x + wide / 2, y - 26, label, 20, tone, max_width=wide + GAP - 12, least=LEAST)
    foot = y + (view[2] - view[0]) * cell + 26
    page.text(x + wide / 2, foot, told, 20)
    if depth and told != whole:
        page.text(x + wide / 2, foot + 22, look.say(f"{NAME}.whole", size=whole), 16, "muted")
    return box


def _draw_cone(page: Page, near: Box, far: Box, *, down: bool) -> None:
    """From what is seen of a plane to the next one, at its right or under it."""
    sides = [((near[2], near[1]), (far[0], far[1])), ((near[2], near[3]), (far[0], far[3]))]
    if down:
        sides = [((near[0], near[3]), (far[0], far[1])), ((near[2], near[3]), (far[2], far[1]))]
    page.polygon([*sides[0], *sides[1][::-1]], "window", alpha=0.14, zorder=0.5 if down else 1)
    for start, end in sides:
        page.line([start, end], "window", 1.8)


def _view(region: Span, plane: tuple[int, int], around: int = MOST) -> Span:
    """The part of a plane to draw: all of it with the field's padding where that has `around` cells or less, else the
    field and, where there is room, cells around it.

    A large field is cut about its middle; where that is padding, about where it meets the plane.
    """
    bounds = []
    for axis, cells in enumerate(plane):
        first, last = region[axis], region[axis + 2]
        if last - first > MOST:
            middle = max(SOME - MOST, min((first + last - MOST) // 2, cells - SOME))
            first = max(first, min(middle, last - MOST))
            last = first + MOST
        low, high = min(first, 0), max(last, cells)
        if high - low <= around:
            first, last = low, high
        spare = (min(around, cells) - (last - first)) // 2
        if spare > 0:
            first, last = max(low, first - spare), min(high, last + spare)
        bounds.append((min(first, cells - 1), max(last, 1)))  # some of the plane, whatever is read
    return bounds[0][0], bounds[1][0], bounds[0][1], bounds[1][1]


def _ring(view: Span, plane: Pair) -> Span:
    """Cells drawn outside a plane: above it, at its left, under it, at its right."""
    return max(0, -view[0]), max(0, -view[1]), max(0, view[2] - plane[0]), max(0, view[3] - plane[1])


def _tagline(trace: Trace, look: Look) -> str:
    """How far the unit sees, and whether all that it reads counts the same."""
    field = trace.field
    if not field.cells_read:
        form = "none"
    elif equal_paths(field):
        form = "equal"
    else:
        form = "range" if field.cells_read == prod(field.rows[-1].size) else "part"
    said = {"after": _after(trace, look), "size": extent(field.rows[-1].size, line=trace.windowed.line)}
    if form == "part":
        said["count"] = number(field.cells_read)
    return look.say(f"{NAME}.tagline.{form}", **said)


def _stated(trace: Trace, look: Look, views: Mapping[int, Span]) -> str:
    """The layers' settings; how much of the field is read if not all; what hatching means where there is some."""
    field = trace.field
    said = [layer_settings(trace, look)]
    if rounds_up(field):
        said.append(look.say("common.conventions.rounded_up"))
    if field.cells_read < prod(field.rows[-1].size):
        said.append(reading(trace, look))
    if any(any(_ring(view, field.rows[depth].plane)) for depth, view in views.items()):
        said.append(look.say("receptive-field.hatched"))
    return DOT.join(said)


def _after(trace: Trace, look: Look) -> str:
    """After how many layers."""
    layers = len(trace.field.layers)
    return look.say(f"{NAME}.after_one") if layers == 1 else look.say(f"{NAME}.after", layers=layers)


def alt(trace: Trace, look: Look) -> str:
    """What the card shows, with its numbers."""
    field = trace.field
    return look.say(
        f"{NAME}.alt",
        after=_after(trace, look),
        size=extent(field.rows[-1].size, line=trace.windowed.line),
        cells=field.cells_read,
        paths=path_range(trace, look),
    )
