"""The scale of path counts: how many paths lead from a cell to the unit, and which shade stands for how many."""

from __future__ import annotations

from core import Trace
from figures._page import LEAST, SMALL, Page
from look.field_phrases import path_range
from look.sheet_stack import count_strength
from look.typesetting import typeset

SCALE = 152.0  # page units, with the note
SWATCHES = 6


def draw_scale(page: Page, trace: Trace, x: float, y: float, width: float, note: str) -> None:
    """Draw it below (x, y): the sentence about the counts, swatches from the least to the most, and a note."""
    look, paths = page.look, trace.field.paths
    page.text(x, y + 34, path_range(trace, look), SMALL + 1, anchor="left", max_width=width, max_lines=2)
    counts = sorted(set(paths[paths > 0].tolist()))
    widest = max((typeset(look.number(count)).width for count in counts[-60:]), default=1.0)
    most = max(2, min(SWATCHES, int(width / (widest * SMALL + 14))))
    shown = counts if len(counts) <= most else [counts[round(k * (len(counts) - 1) / (most - 1))] for k in range(most)]
    side = width / most
    for k, count in enumerate(shown):
        fill = look.cell("input", count_strength(count, counts[-1]))
        left = x + k * side
        page.rect(left, y + 74, side - 3, 34, fill=fill, stroke="grid", thickness=1, radius=3)
        page.text(left + side / 2 - 1.5, y + 91, look.number(count), SMALL, look.ink_role(fill), max_width=side - 8)
    if note:
        page.text(x, y + 134, note, LEAST, "muted", anchor="left", max_width=width)
