"""The grid of products: what the window's cells and the kernel's weights make, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Group, VGroup, VMobject

from core import Step
from look import Look
from look.numbers import number
from look.shading import Shade
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import lettering, rectangle
from scenes._lattice import Place
from scenes._matrix import Matrix, ink_role
from scenes._motion import Slot
from scenes._scan_layout import MOST_TAPS, factors_text


class Products(Group):
    """Empty cells at `place` that fill with products; factors and digits in their type sizes, None for none."""

    def __init__(self, place: Place, factors: float | None, digits: float | None, shade: Shade, look: Look) -> None:
        super().__init__()
        self.place, self.factors, self.digits = place, factors, digits
        self.shade, self.look = shade, look
        self.filled = Slot()
        if place.rows * place.columns <= MOST_TAPS:
            for row in range(place.rows):
                for column in range(place.columns):
                    self.add(self._cell(row, column, look.surface))
        self.add(self.filled)

    def clear(self) -> None:
        """Empty every cell."""
        self.filled.show()

    def light(self, step: Step, channel: int, taps: Iterable[int]) -> None:
        """Show the products of these taps (indices in reading order) as well."""
        products = step.products[channel]
        if products.size > MOST_TAPS:
            kind = HeatMatrix if products.size > MOST_CELLS else Matrix
            self.filled.show(kind(products, self.place.x, self.place.y, self.place.cell, self.shade, self.look))
            return
        for tap in taps:
            row, column = divmod(tap, self.place.columns)
            value, weight = step.patch[channel, row, column].item(), step.weights[channel, row, column].item()
            self.filled.also(self._product(row, column, value, weight, products[row, column].item()))

    def _product(self, row: int, column: int, value: float, weight: float, product: float) -> VGroup:
        x, y = self.place.center(row, column)
        side, fill = self.place.cell, self.shade(product)
        role = "muted" if product == 0 else ink_role(self.look, fill)
        drawn = VGroup(self._cell(row, column, fill))
        if self.factors:
            drawn.add(lettering(factors_text(value, weight), x, y - side * 0.23, self.factors, self.look, role))
        if self.digits:
            down = side * 0.15 if self.factors else 0.0
            drawn.add(lettering(number(product), x, y + down, self.digits, self.look, role))
        return drawn

    def _cell(self, row: int, column: int, fill: str) -> VMobject:
        left, top, _, _ = self.place.at(row, column)
        side = self.place.cell - 2.5
        return rectangle(
            left + 1.25,
            top + 1.25,
            side,
            side,
            self.look,
            fill=fill,
            stroke="grid",
            line=1.5,
            radius=min(6.0, side * 0.06),
        )
