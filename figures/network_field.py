"""What one unit deep in a network sees of the picture, and the table of its layers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from matplotlib.figure import Figure

from core import LessonField, NetworkCone
from figures._field_stack import draw_stack
from figures._node_table import draw_node_table, node_table, nodes_shown
from figures._page import LABEL, LEAST, MARGIN, SMALL, WIDTH, Page
from look import Look
from look.field_phrases import text_role
from look.network_phrases import (
    SECTION,
    alternative,
    drawing_notes,
    facts,
    plane,
    seen_briefly,
    shading_rule,
    station_name,
    title,
    unit_and_planes,
)
from look.network_stations import STATIONS, fitting_stations
from look.phrases import DOT
from look.sheet import Sheet
from look.sheet_stack import stack
from look.typesetting import typeset

NEEDS: Final = ("network",)

WORDS = 0.65  # of the width: what the words under the planes may take
STACK_TOP, STACK_BOTTOM = 126.0, 532.0
LEFT = 50.0
NARROW = 0.26  # of the width: the table at least
TABLE_TOP, TABLE_BOTTOM = 132.0, 610.0
SHRINKING = (0.75, 0.68, 0.6, 0.54)  # from plane to plane: the less room, the more
GAP, PANEL_GAP = 20.0, 46.0  # between planes, and between them and the table
LINES = (556.0, 580.0, 604.0)  # heights of the words under the planes


def draw(field: LessonField, fig: Figure, look: Look) -> None:
    """The planes with the unit's cone at the left, the table of nodes at the right."""
    page = Page(fig, look)
    said = DOT.join([facts(field, look), shading_rule(field, look)])
    beneath = page.header(title(field, look), said, field.lesson.title[look.lang])
    whole = field.weighed_cone
    rows = nodes_shown(field, whole)
    top = max(TABLE_TOP, beneath)
    table = node_table(rows, look, TABLE_BOTTOM - top)
    width = min(WIDTH * 0.46, max(table.width, WIDTH * NARROW))
    left = WIDTH - MARGIN - width
    area = (LEFT, max(STACK_TOP, beneath), left - PANEL_GAP, STACK_BOTTOM)
    cone, widths = fitting_stations(whole, partial(_width, look=look), area[2] - area[0], GAP, WORDS)
    drawn = cone.clipped()
    depths = range(len(drawn.rows))
    layout = {"largest": 74.0, "smallest": 34.0, "gaps": (GAP, 120.0), "band": 38.0, "shrinking": SHRINKING}
    sheets = stack(drawn, depths, area, labels=widths, **layout)
    draw_stack(page, drawn, sheets)
    _label(page, cone, sheets, widths, look)
    draw_node_table(page, table, rows, left, top + max(0.0, TABLE_BOTTOM - top - table.height) / 2, width)
    count = len(field.rows)
    said = look.say(f"{SECTION}.shown", shown=len(rows), count=count) if len(rows) < count else ""
    notes = [said, drawing_notes(cone, sheets, look)]
    page.footer(unit_and_planes(field, cone, look), DOT.join(filter(None, notes)))


def alt(field: LessonField, look: Look) -> str:
    """What the figure shows, with its numbers."""
    told = alternative(field, field.focus_cone.abridged(STATIONS[0]), look)
    joint = " " if look.lang == "en" else ""
    return joint.join([told, look.say(f"{SECTION}.alt_shade", rule=shading_rule(field, look))])


def _width(cone: NetworkCone, depth: int, look: Look) -> float:
    """The width that the three lines under a plane take."""
    station = cone.rows[depth]
    lines = ((station_name(station, look), LEAST, False), (seen_briefly(station, look), SMALL + 1, True))
    lines += ((plane(station, look), LEAST, False),)
    return max(typeset(text, bold=bold).width * size for text, size, bold in lines)


def _label(page: Page, cone: NetworkCone, sheets: Sequence[Sheet], widths: Sequence[float], look: Look) -> None:
    """Under each plane its node, what the unit sees there, and how large the plane is."""
    for station, sheet, width in zip(cone.rows, sheets, widths, strict=True):
        left, _, right, _ = sheet.box
        x, role, room = (left + right) / 2, text_role(cone, sheet.depth), max(width, right - left)
        page.text(x, LINES[0], station_name(station, look), SMALL, role, max_width=room)
        page.text(x, LINES[1], seen_briefly(station, look), LABEL - 3, role, max_width=room, bold=True)
        page.text(x, LINES[2], plane(station, look), LEAST, "muted", max_width=room)
