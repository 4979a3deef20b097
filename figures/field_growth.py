"""How the receptive field grows with depth, beside other networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.figure import Figure

from core import LessonField
from core.network_growth import Growth, strides_of
from figures._curve_names import Curve, places_of_names
from figures._log_axes import LogAxis, draw_axes
from figures._page import LEAST, MARGIN, SMALL, WIDTH, Box, Page
from look import Look
from look.network_phrases import growth_alternative, growth_title, short
from look.numbers import size
from look.phrases import DOT
from look.typesetting import typeset

NEEDS: Final = ("network",)

PLOT = (112.0, 566.0, 848.0)  # left, bottom, right
NAMES = 884.0  # where the networks' names begin
APART = 27.0  # page units between two names
MOST_NAMED = 8  # layers of the lesson's own network: of so many each has its name and field beside the curve
OWN, OTHER = 4.0, 1.8  # thickness of the curves


def draw(field: LessonField, fig: Figure, look: Look) -> None:
    """A curve for each network, both axes logarithmic; this lesson's own with a dot at every stride."""
    page = Page(fig, look)
    strides = list(strides_of(field.growth))
    said = look.say("field-growth.subtitle" if strides else "field-growth.subtitle_plain")
    beneath = page.header(growth_title(field, look), said, field.lesson.title[look.lang])
    shown = [field, *field.compared]
    deepest = max(each.growth[-1].depth for each in shown)
    largest = max(max(step.size) for each in shown for step in each.growth)
    left, bottom, right = PLOT
    across, up = LogAxis(left, right, deepest), LogAxis(bottom, beneath + 34, largest)
    oblong = any(rows != cols for each in shown for rows, cols in [step.size for step in each.growth])
    size_named = look.say("field-growth.longer" if oblong else "field-growth.size")
    draw_axes(page, across, up, (look.say("field-growth.depth"), size_named))
    curves = []
    for each in shown:
        points = [(across(step.depth), up(max(step.size))) for step in each.growth if step.depth]
        own = each is field
        role, thickness = ("output", OWN) if own else ("muted", OTHER)
        points = points or [(across(1), up(1))]  # nothing but activations
        page.line(points, role if own else look.faint("muted", 0.35), thickness, zorder=3 if own else 2)
        curves.append(points)
    named = _named(field, curves, (left, beneath + 34, right, bottom), look)
    for _, box, words in named:
        page.text(box[0], (box[1] + box[3]) / 2, words, LEAST, "output", anchor="left")
    ends = [points[-1] for points in curves]
    dots = [(across(step.depth), up(max(step.size))) for step in strides or [step for step, _, _ in named]]
    for x, y in dots if strides else [*dots, ends[0]]:
        page.dot(x, y, 8, "background", zorder=3.5)
        page.dot(x, y, 6, "output", zorder=4)
    _name(page, shown, ends, look)
    notes = [look.say("field-growth.strides")] if strides else []
    page.footer(look.say("field-growth.layers"), DOT.join([*notes, look.say("field-growth.logarithmic")]))


def alt(field: LessonField, look: Look) -> str:
    """What the figure shows, with its numbers."""
    return growth_alternative(field, look)


def _named(field: LessonField, curves: Sequence[Curve], area: Box, look: Look) -> list[tuple[Growth, Box, str]]:
    """Of a short network each layer but the last, the box of its name and field, and both in words.

    They stand on no curve, the first of which is the network's own; none does where there is no room for all.
    """
    layers = [step for step in field.growth if step.depth][:-1]
    if len(layers) >= MOST_NAMED:
        return []
    said = [look.say("field-growth.name", title=short(step.node), size=size(*step.size)) for step in layers]
    widths = [typeset(words).width * LEAST for words in said]
    boxes = places_of_names(curves[0][: len(layers)], widths, curves, area)
    return list(zip(layers, boxes, said, strict=True)) if boxes else []


def _name(page: Page, shown: Sequence[LessonField], ends: Sequence[tuple[float, float]], look: Look) -> None:
    """Beside the plot every network's name and last field, as near to its curve's end as they stand apart."""
    order = sorted(range(len(shown)), key=lambda at: (ends[at][1], -ends[at][0]))
    places = spread_out([ends[at][1] for at in order], APART, PLOT[1])
    for at, y in zip(order, places, strict=True):
        own = at == 0
        x_end, y_end = ends[at]
        page.line([(x_end, y_end), (NAMES - 30, y), (NAMES - 8, y)], "output" if own else "grid", 1.0, zorder=1)
        last = shown[at].growth[-1]
        words = look.say("field-growth.name", title=shown[at].lesson.title[look.lang], size=size(*last.size))
        role = "output" if own else "muted"
        page.text(NAMES, y, words, SMALL, role, anchor="left", bold=own, max_width=WIDTH - MARGIN + 36 - NAMES)


def spread_out(places: Sequence[float], apart: float, lowest: float) -> list[float]:
    """Places in ascending order, moved as little down, and then up from ``lowest``, as they must to stand apart."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + apart) if moved else place)
    limit = lowest
    for at in range(len(moved) - 1, -1, -1):
        moved[at] = min(moved[at], limit)
        limit = moved[at] - apart
    return moved
