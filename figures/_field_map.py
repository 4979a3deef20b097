"""The picture as a heat map of what its cells count for one unit, the receptive and the effective field around it."""

from __future__ import annotations

from dataclasses import dataclass

from core import EffectiveField
from core.arrays import Box
from core.network_cone import nearby
from figures._page import Page
from figures._picture import draw_picture
from look.shade import Shade, magnitude

FIELD, CORE = "input", "window"
"""The roles of the two outlines."""

LEAST_MARGIN = 4  # cells of the picture that are shown around a field, where there are more


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


def cells_shown(seen: EffectiveField) -> Box:
    """The picture and what is seen of its surroundings; of a large picture the field and as much around it."""
    tall, wide = seen.weights.shape
    if seen.box is None:
        return 0, 0, tall, wide
    row0, col0, row1, col1 = nearby(seen.box, (tall, wide))
    margin = max(LEAST_MARGIN, row1 - row0, col1 - col0)
    return (
        min(row0, max(0, row0 - margin)),
        min(col0, max(0, col0 - margin)),
        max(row1, min(tall, row1 + margin)),
        max(col1, min(wide, col1 + margin)),
    )


def is_part(seen: EffectiveField) -> bool:
    """Whether only a part of the picture is shown."""
    row0, col0, row1, col1 = cells_shown(seen)
    return row0 > 0 or col0 > 0 or row1 < seen.weights.shape[0] or col1 < seen.weights.shape[1]


def is_clipped(seen: EffectiveField) -> bool:
    """Whether the field goes on in the padding, further than it is drawn."""
    return seen.box is not None and nearby(seen.box, seen.weights.shape) != seen.box


def view_of(seen: EffectiveField, x: float, y: float, width: float, height: float) -> View:
    """What is shown, as large as fits and in the middle of the given room."""
    cells = cells_shown(seen)
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
    row0, col0, row1, col1 = view.cells
    part = max(row0, 0), max(col0, 0), min(row1, tall), min(col1, wide)
    left, top, width, height = view.place(part)
    page.rect(left, top, width, height, fill="surface", zorder=0.8)
    shade = Shade(page.look, FIELD, magnitude(seen.weights))
    weights = seen.weights[part[0] : part[2], part[1] : part[3]]
    draw_picture(page, weights, (left, top, left + width, top + height), shade)
    if seen.box:
        left, top, width, height = view.place(clipped)
        if clipped == seen.core:  # both outlines are to be seen
            left, top, width, height = left - 3, top - 3, width + 6, height + 6
        page.rect(left, top, width, height, stroke=FIELD, thickness=3.0, dashed=is_clipped(seen), zorder=2)
    if seen.core:
        page.rect(*view.place(seen.core), stroke=CORE, thickness=3.0, zorder=2.5)
