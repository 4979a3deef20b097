"""How little of its receptive field a unit really uses: what each cell of the picture counts for it."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import LessonField
from figures._field_map import CORE, FIELD, draw_field_map, is_clipped, is_part, view_of
from figures._field_profile import draw_profile
from figures._page import LABEL, LEAST, MARGIN, WIDTH, Page
from look import Look
from look.network_phrases import (
    effective_alternative,
    effective_conventions,
    effective_facts,
    effective_title,
    percent,
    seen_outside,
    unit_place,
)
from look.numbers import size
from look.phrases import DOT

NEEDS: Final = ("network",)

MAP = (60.0, 466.0)  # left edge and side
BOTTOM = 606.0
PANEL = 590.0  # where what stands beside the map begins
KEY = 40.0  # height of a line of the key


def draw(field: LessonField, fig: Figure, look: Look) -> None:
    """The heat map at the left; at the right both sizes and the weight along the columns."""
    page, seen = Page(fig, look), field.effective_field
    beneath = page.header(effective_title(field, look), effective_facts(field, look), field.lesson.title[look.lang])
    top = beneath + 12
    side = min(MAP[1], BOTTOM - top)
    draw_field_map(page, seen, view_of(seen, MAP[0], top, MAP[1], side))
    right = WIDTH - MARGIN
    lines = [
        (FIELD, look.say("effective-field.field", size=size(*seen.size))),
        (CORE, look.say("effective-field.core", share=percent(seen.held), size=size(*seen.core_size))),
    ]
    outside = seen_outside(seen, look)
    for at, (role, words) in enumerate([*lines, *([("padding", outside)] if outside else [])]):
        y = top + 16 + at * KEY
        if role == "padding":
            page.hatch(PANEL, y - 10, 20, 20, gap=6.0)
        dashed = role == FIELD and is_clipped(seen)  # as on the map
        page.rect(PANEL, y - 10, 20, 20, stroke=role, thickness=1.0 if role == "padding" else 3.0, dashed=dashed)
        page.text(PANEL + 36, y, words, LABEL, anchor="left", max_width=right - PANEL - 36)
    under = top + 16 + (len(lines) + bool(outside)) * KEY
    half = (right - PANEL) / 2
    page.text(PANEL, under + 12, look.say("effective-field.profile"), LEAST, "muted", anchor="left", max_width=half)
    even = page.text(
        right, under + 12, look.say("effective-field.even"), LEAST, "muted", anchor="right", max_width=half
    )
    page.line([(even[0] - 46, under + 12), (even[0] - 10, under + 12)], "muted", 1.4, dashed=True)
    draw_profile(page, seen, PANEL, under + 34, right - PANEL, top + side - under - 34)
    place = unit_place(field, look)
    if is_part(seen):
        place += DOT + look.say("effective-field.part")
    page.footer(place, effective_conventions(field, look))


def alt(field: LessonField, look: Look) -> str:
    """What the figure shows, with its numbers."""
    return effective_alternative(field, look)
