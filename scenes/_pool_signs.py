"""The words and arrows of the pooling film: what is done with the window, and what is kept of it."""

from __future__ import annotations

from manim import Group

from core import AveragePoolTrace, MaxPoolTrace
from look import Look
from look.numbers import size
from look.phrases import sized
from scenes._ink import UNIT, arrow, lettering
from scenes._lattice import Place
from scenes._pool_layout import PoolLayout
from scenes._pool_plane import border

PoolTrace = MaxPoolTrace | AveragePoolTrace
HEADING, WORD = 34.0, 30.0
CLEAR = 26.0  # px between an arrow and what it points at
APART = 0.14  # of the way to their ends: where two arrows begin, on either side of the window's middle


def pool_signs(trace: PoolTrace, look: Look, layout: PoolLayout, maps: int) -> Group:
    """Headings over window and `maps`, and the arrows between them."""
    shown = layout.maps[:maps]
    signs = _downwards(trace, look, layout, shown) if layout.stacked else _across(trace, look, layout, shown)
    largest = isinstance(trace, MaxPoolTrace)
    names = [sized("feature_map", look, *trace.output_size[trace.windowed.line :])]
    names.append(look.say("pooling-scan.winners" if largest else "pooling-scan.divisors"))
    for role, name, place in zip(("output", "kernel"), names, shown, strict=False):
        room = max(320.0, place.right - place.x)
        signs.add(lettering(name, place.middle[0], place.y - 32, HEADING, look, role, max_width=room))
    return signs


def _word(trace: PoolTrace, look: Look) -> str:
    return look.say("pooling-scan.largest" if isinstance(trace, MaxPoolTrace) else "pooling-scan.mean")


def _across(trace: PoolTrace, look: Look, layout: PoolLayout, maps: tuple[Place, ...]) -> Group:
    """From left to right."""
    panel = layout.panel
    _, _, right, _ = border(trace, layout.plane)
    heading = look.say("common.conventions.window", size=size(*trace.windowed.window_size))
    y, room = panel.middle[1], max(300.0, panel.right - panel.x)
    x, end = panel.right + 24, maps[0].x - 24
    word = lettering(_word(trace, look), x, y, WORD, look, "output", anchor="left", max_width=(end - x) * 0.6)
    x += word.width / UNIT + 14
    return Group(
        lettering(heading, panel.middle[0], panel.y - 32, HEADING, look, "kernel", max_width=room),
        arrow((right + CLEAR, y), (panel.x - CLEAR, y), look),
        word,
        *(arrow((x, y), (end, place.middle[1]), look) for place in maps),
    )


def _downwards(trace: PoolTrace, look: Look, layout: PoolLayout, maps: tuple[Place, ...]) -> Group:
    """From top to bottom: the arrows end over the headings of the maps."""
    panel = layout.panel
    (x, _), top = panel.middle, layout.plane.bottom + 12
    heading = sized("window", look, *trace.windowed.window_size[1:])
    start, end = panel.bottom + 12, maps[0].y - HEADING - CLEAR
    aside = 20.0 if len(maps) == 1 else 0.0  # between two arrows there is room for a word
    anchor = "left" if aside else "center"
    return Group(
        arrow((x, top), (x, panel.y - 12), look),
        lettering(heading, x + 20, (top + panel.y - 12) / 2, WORD, look, "kernel", anchor="left"),
        lettering(_word(trace, look), x + aside, (start + end) / 2 + 8, WORD, look, "output", anchor=anchor),
        *(arrow((x + (place.middle[0] - x) * APART, start), (place.middle[0], end), look) for place in maps),
    )
