"""How the weight of a picture's cells runs along its columns, over the extents of the receptive and effective field."""

from __future__ import annotations

from core import EffectiveField
from core.network_cone import nearby
from figures._field_map import CORE, FIELD, cells_shown
from figures._page import SMALL, Page
from look.numbers import number
from look.typesetting import typeset

BARS = 76.0  # page units under the curve, for the two extents
TICK = 7.0


def draw_profile(page: Page, seen: EffectiveField, x: float, y: float, width: float, height: float) -> None:
    """Draw it in the given room, with the level if all columns that are read weighed the same."""
    look = page.look
    tall, wide = seen.weights.shape
    box = seen.box or (0, 0, tall, wide)
    shown = nearby(box, (tall, wide))
    _, first, _, last = cells_shown(seen)
    unit = width / (last - first)

    def across(column: float) -> float:
        return x + (column - first) * unit

    profile = seen.profiles[1].tolist()
    highest = max([*profile, seen.even[1]]) or 1.0
    ground, room = y + height - BARS, height - BARS - 12.0
    outside = [(shown[1], min(shown[3], 0)), (max(shown[1], wide), shown[3])]
    for start, end in outside:
        if end > start:
            page.hatch(across(start), ground - room, (end - start) * unit, room, gap=9.0, zorder=0.6)
    columns = range(max(first, 0), min(last, wide))
    curve = [(across(columns[0]), ground)]
    for column in columns:
        level = ground - room * profile[column] / highest
        curve += [(across(column), level), (across(column + 1), level)]
    curve.append((across(columns[-1] + 1), ground))
    page.polygon(curve, look.cell(FIELD, 0.7), zorder=1)
    page.line(curve, FIELD, min(1.6, unit * 0.3), zorder=1.2)  # columns that take turns must not run together
    page.line([(x, ground), (x + width, ground)], "muted", 1.4)
    if seen.even[1]:
        level = ground - room * seen.even[1] / highest
        page.line([(x, level), (x + width, level)], "muted", 1.4, dashed=True, zorder=1.4)
    for row, (start, end, role) in enumerate(_extents(seen, shown)):
        height_of = ground + 22 + row * 34
        _draw_extent(
            page,
            across(start),
            across(end),
            height_of,
            end - start,
            role,
            open_ended=role == FIELD and shown != box,
            full=seen.size[1],
        )


def _extents(seen: EffectiveField, shown: tuple[int, int, int, int]) -> list[tuple[int, int, str]]:
    extents = [(seen.core[1], seen.core[3], CORE)] if seen.core else []
    return [*extents, (shown[1], shown[3], FIELD)] if seen.box else extents


def _draw_extent(
    page: Page, left: float, right: float, y: float, length: int, role: str, *, open_ended: bool, full: int
) -> None:
    """A bar with its length in cells on it; one that is `open_ended` goes on, and is `full` cells long."""
    text = number(full if open_ended else length)
    half = typeset(text, bold=True).width * SMALL / 2 + 10
    middle = (left + right) / 2
    if right - left < 2 * half + 2 * TICK:  # too short for its number, which stands beside it
        page.line([(left, y), (right, y)], role, 3.0)
        middle = right + TICK + half
    else:
        page.line([(left, y), (middle - half, y)], role, 3.0)
        page.line([(middle + half, y), (right, y)], role, 3.0)
    for end, way in ((left, 1), (right, -1)):
        if open_ended:
            page.polygon([(end - way * 2, y), (end + way * 9, y - TICK), (end + way * 9, y + TICK)], role, zorder=3)
        else:
            page.line([(end, y - TICK), (end, y + TICK)], role, 3.0)
    page.text(middle, y, text, SMALL, "kernel" if role == "window" else role, bold=True)
