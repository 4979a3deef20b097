"""The picture as a heat map of what its cells count for one unit, the receptive and the effective field around it."""

from __future__ import annotations

from dataclasses import dataclass

from core import EffectiveField
from core.network_cone import nearby
from core.network_paths import Box
from figures._page import Page
from figures._picture import draw_picture
from look.shade import Shade, magnitude

FIELD, CORE = "input", "window"
"""The roles of the two outlines."""


@dataclass(frozen=True)
class View:
    """The cells that are shown, (row0, col0, row1, col1), half-open, and where: one cell is ``cell`` page units."""

    cells: Box
    x: float
    y: float
    cell: float

    def place(self, box: Box) -> tuple[float, float, float, float]:
        """Left, top, width and height of a block of cells on the page."""
        row0, col0, row1, col1 = box
        left, top = self.x + (col0 - self.cells[1]) * self.cell, self.y + (row0 - self.cells[0]) * self.cell
        return left, top, (col1 - col0) * self.cell, (row1 - row0) * self.cell


def view_of(seen: EffectiveField, x: float, y: float, width: float, height: float) -> View:
    """The picture and what is seen of its surroundings, as large as fits and in the middle of the given room."""
    tall, wide = seen.weights.shape
    row0, col0, row1, col1 = nearby(seen.box, (tall, wide)) if seen.box else (0, 0, tall, wide)
    cells = min(row0, 0), min(col0, 0), max(row1, tall), max(col1, wide)
    rows, cols = cells[2] - cells[0], cells[3] - cells[1]
    cell = min(width / cols, height / rows)
    return View(cells, x + (width - cols * cell) / 2, y + (height - rows * cell) / 2, cell)


def draw_field_map(page: Page, seen: EffectiveField, view: View) -> None:
    """The heat map; around it, hatched, the padding that is seen; the field outlined, and the effective one."""
    tall, wide = seen.weights.shape
    if seen.box:
        clipped = nearby(seen.box, (tall, wide))
        left, top, width, height = view.place(clipped)
        page.hatch(left, top, width, height, gap=8.0, zorder=0.5)
    left, top, width, height = view.place((0, 0, tall, wide))
    page.rect(left, top, width, height, fill="surface", zorder=0.8)
    shade = Shade(page.look, FIELD, magnitude(seen.weights))
    draw_picture(page, seen.weights, (left, top, left + width, top + height), shade)
    if seen.box:
        page.rect(*view.place(clipped), stroke=FIELD, thickness=3.0, dashed=clipped != seen.box, zorder=2)
    if seen.core:
        page.rect(*view.place(seen.core), stroke=CORE, thickness=3.0, zorder=2.5)
