"""The receptive-field share card: how far one deep unit sees."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from core import Trace
from figures._card import ART, LEAST, draw_card
from figures._matrix import draw_matrix, draw_padding, draw_window
from figures._page import Box, Page
from look import Look
from look.field_phrases import equal_paths, extent, layer_settings, path_range
from look.shade import shading

NEEDS: Final = ("convolution|pooling", "not wrapped")

NAME = "share-card-receptive-field"
Span = tuple[int, int, int, int]  # row0, column0, row1, column1; half-open
MOST = 11  # cells of a field that are drawn along an axis
SOME = 5  # of them, where the field is mostly padding: cells of the plane


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """The input and the last plane, the cone between them, and the paths counted in the input cells."""
    field = trace.field
    page = draw_card(
        trace,
        fig,
        look,
        trace.lesson.title[look.lang],
        look.say(f"{NAME}.title"),
        _tagline(trace, look),
        layer_settings(trace, look),
    )
    x0, y0, x1, y1 = ART
    windows = [_view(field.region(row.depth), row.plane) for row in field.rows]
    shown = [0, len(windows) - 1] if len(windows) > 4 else list(range(len(windows)))
    gap = 60.0
    columns = sum(windows[depth][3] - windows[depth][1] for depth in shown)
    rows = max(windows[depth][2] - windows[depth][0] for depth in shown)
    cell = min(64.0, (x1 - x0 - gap * (len(shown) - 1)) / columns, (y1 - y0 - 90) / rows)
    x = (x0 + x1 - columns * cell - gap * (len(shown) - 1)) / 2
    middle = (y0 + y1) / 2 + 8
    before: Box | None = None
    for depth in shown:
        box = _draw_plane(page, trace, depth, windows[depth], x, middle, cell)
        if before is not None:
            _draw_cone(page, before, box)
        before = box
        x += (windows[depth][3] - windows[depth][1]) * cell + gap


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
    ring = (top - view[0], left - view[1], view[2] - bottom, view[3] - right)
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
    label = look.say(f"{NAME}.layer", depth=depth) if depth else look.say("common.input")
    centre = x + (view[3] - view[1]) * cell / 2
    page.text(centre, y - 26, label, 20, "muted" if depth else "input", least=LEAST)
    told = extent((seen[2] - seen[0], seen[3] - seen[1]), line=trace.windowed.line)
    page.text(centre, y + (view[2] - view[0]) * cell + 26, told, 20)
    return box


def _draw_cone(page: Page, near: Box, far: Box) -> None:
    page.polygon([(near[2], near[1]), (far[0], far[1]), (far[0], far[3]), (near[2], near[3])], "window", alpha=0.14)
    page.line([(near[2], near[1]), (far[0], far[1])], "window", 1.8)
    page.line([(near[2], near[3]), (far[0], far[3])], "window", 1.8)


def _view(region: Span, plane: tuple[int, int]) -> Span:
    """The part of a plane to draw: the field with its padding and, where there is room, cells around it.

    A large field is cut about its middle; where that is padding, about where it meets the plane.
    """
    bounds = []
    for axis, cells in enumerate(plane):
        first, last = region[axis], region[axis + 2]
        if last - first > MOST:
            middle = max(SOME - MOST, min((first + last - MOST) // 2, cells - SOME))
            first = max(first, min(middle, last - MOST))
            last = first + MOST
        spare = (min(MOST, cells) - (last - first)) // 2
        if spare > 0:
            first, last = max(min(first, 0), first - spare), min(max(last, cells), last + spare)
        bounds.append((min(first, cells - 1), max(last, 1)))  # some of the plane, whatever is read
    return bounds[0][0], bounds[1][0], bounds[0][1], bounds[1][1]


def _tagline(trace: Trace, look: Look) -> str:
    """How far the unit sees, and whether all that it reads counts the same."""
    field = trace.field
    form = "none" if not field.mask(0).any() else "equal" if equal_paths(field) else "range"
    return look.say(
        f"{NAME}.tagline.{form}", after=_after(trace, look), size=extent(field.rows[-1].size, line=trace.windowed.line)
    )


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
