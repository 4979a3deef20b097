"""Stacked layers, and the cone of input cells that one unit sees."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from matplotlib.figure import Figure

from core import ReceptiveField, Trace
from figures._field_scale import SCALE, draw_scale
from figures._field_stack import draw_stack
from figures._field_table import draw_table, set_table
from figures._page import LABEL, LEAST, MARGIN, SMALL, WIDTH, Page
from look import Look
from look.field_phrases import (
    SECTION,
    alternative,
    arithmetic,
    drawing_notes,
    name,
    padding_order,
    plane,
    reader,
    seen,
    text_role,
    title,
    unit_place,
)
from look.phrases import DOT
from look.sheet import Sheet
from look.sheet_stack import fit_depths, stack
from look.typesetting import typeset

NEEDS: Final = ("convolution|pooling", "not wrapped")

PLANES = (5, 4, 3)  # at most, the first of these that fits; the layers between are left out
STACK = (50.0, 126.0, 748.0, 540.0)
PANEL = (800.0, 126.0, WIDTH - MARGIN, 608.0)  # what stands beside the stack
WIDEST = 480.0  # of the panel, when the table needs it
GAP = 22.0  # at least, between planes
LINES = (562.0, 585.0, 608.0)  # heights of the words under the planes


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """The stack with its cone at the left; its arithmetic and the scale of path counts at the right."""
    field = trace.field
    page = Page(fig, look)
    beneath = page.header(title(trace, look), arithmetic(trace, look), trace.lesson.title[look.lang])
    left, top, right, bottom = PANEL  # the subtitle ends well before it
    line = trace.windowed.line
    table = set_table(field, look, bottom - top - SCALE, line=line, thing=reader(trace))
    left = max(right - WIDEST, min(left, right - table.width))
    area = (STACK[0], max(STACK[1], beneath), left - (PANEL[0] - STACK[2]), STACK[3])
    width = partial(_label_width, field, look=look, line=line)
    depths, widths = fit_depths(len(field.layers), PLANES, width, area, GAP)
    sheets = stack(field, depths, area, largest=74, smallest=24, gaps=(GAP, 170), band=38, labels=widths)
    digits = draw_stack(page, field, sheets)
    _label(page, field, sheets, widths, line=line)
    note = look.say(f"{SECTION}.product") if digits and not line else ""
    y = top + max(0.0, bottom - top - table.height - SCALE) / 2
    draw_table(page, table, field, left, y, right - left)
    draw_scale(page, trace, left, y + table.height, right - left, note if y > top else "")
    said = [unit_place(trace, look), padding_order(trace, look)]
    page.footer(DOT.join(filter(None, said)), drawing_notes(field, sheets, look))


def alt(trace: Trace, look: Look) -> str:
    """What the figure shows, with its numbers."""
    return alternative(trace, look)


def _label_width(field: ReceptiveField, depth: int, look: Look, *, line: bool) -> float:
    """The width that the three lines under a plane take."""
    told = seen(field, depth, look, line=line), plane(field, depth, look, line=line)
    lines = ((told[0], LABEL - 2, True), (told[1], LEAST, False))
    return max(typeset(text, bold=bold).width * size for text, size, bold in lines)


def _label(page: Page, field: ReceptiveField, sheets: Sequence[Sheet], widths: Sequence[float], *, line: bool) -> None:
    """Under each plane its name, what the unit sees there, and how large the plane is."""
    look = page.look
    for k, (sheet, width) in enumerate(zip(sheets, widths, strict=True)):
        left, top, right, bottom = sheet.box
        x, role, room = (left + right) / 2, text_role(field, sheet.depth), max(width, right - left)
        page.text(x, LINES[0], name(sheet.depth, look), SMALL + 1, role, max_width=room)
        page.text(x, LINES[1], seen(field, sheet.depth, look, line=line), LABEL - 2, role, max_width=room, bold=True)
        page.text(x, LINES[2], plane(field, sheet.depth, look, line=line), LEAST, "muted", max_width=room)
        if k + 1 < len(sheets) and sheets[k + 1].depth > sheet.depth + 1:
            page.text((right + sheets[k + 1].box[0]) / 2, (top + bottom) / 2, "⋯", LABEL, "muted")
