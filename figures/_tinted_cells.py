"""Cells in the tint of the input cell they come from: digits on top, padding hatched, copies marked in the corner."""

from __future__ import annotations

from collections.abc import Sequence

from figures._page import LEAST, Box, Page
from look.drawing import widest_number
from look.numbers import number
from look.patch_row import MARGIN, Source
from look.tints import Tints

TALLEST = 0.5  # of a cell's height: the type size of its digits


def fitting_size(widest: float, width: float, height: float) -> float:
    """The type size at which `widest` em fit cells of width × height; LEAST or more if they fit at all."""
    across = width * (1 - 2 * MARGIN) / widest if widest else height
    return min(across, max(height * TALLEST, min(LEAST, height / 1.3)))


def widest(values: Sequence[int | float]) -> float:
    """The width in em of the widest of these numbers."""
    return widest_number(values)


def draw_cell(
    page: Page,
    tints: Tints,
    box: Box,
    source: Source | None,
    value: float,
    size: float | None,
    *,
    padding: bool = False,
) -> None:
    """One cell: its tint, hatched for padding (also where it repeats a cell), and its value where `size` is given."""
    left, top, right, bottom = box
    fill = tints(source)
    side = min(right - left, bottom - top)
    gap = min(1.5, side * 0.06)
    page.rect(
        left + gap / 2,
        top + gap / 2,
        right - left - gap,
        bottom - top - gap,
        fill=fill,
        stroke="grid" if side >= 10 else None,
        thickness=0.8,
        radius=min(4.0, side * 0.08) if side >= 14 else 0.0,
    )
    if (source is None or padding) and side >= 5:
        page.hatch(
            left + gap, top + gap, right - left - 2 * gap, bottom - top - 2 * gap, gap=max(5.0, min(9.0, side / 3))
        )
    if size is not None:
        ink = page.look.ink_role(fill)
        page.text((left + right) / 2, (top + bottom) / 2, number(value), size, ink, within=box)


def draw_copy_mark(page: Page, box: Box) -> None:
    """The outline and corner of a cell that is one of several copies."""
    left, top, right, bottom = box
    page.rect(left + 1, top + 1, right - left - 2, bottom - top - 2, stroke="accent", thickness=3, radius=3, zorder=5.6)
    side = min(right - left, bottom - top) * 0.28
    page.polygon([(left + 1, top + 1), (left + 1 + side, top + 1), (left + 1, top + 1 + side)], "accent", zorder=5.6)
