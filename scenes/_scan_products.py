"""The grid of products: what the window's cells and the kernel's weights make, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from manim import Group, VGroup, VMobject

from look import Look
from look.numbers import number
from look.phrases import factors
from look.shade import Shade
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import lettering, rectangle
from scenes._lattice import Place
from scenes._matrix import Matrix
from scenes._motion import Slot
from scenes._scan_type import MOST_TAPS, Factors, Read, factor_texts


class Arrangement(Protocol):
    """What products need of a layout."""

    @property
    def grids(self) -> tuple[Place, ...]:
        """Where they stand, one for each lane."""

    @property
    def factors(self) -> Factors | None:
        """Type of the factors above a product, and in how many lines."""

    @property
    def products(self) -> float | None:
        """Type of the products."""

    @property
    def precision(self) -> int:
        """Significant digits of the products."""


class Products(Group):
    """A lane's empty cells, which fill with products; type sizes as the layout has them."""

    def __init__(self, layout: Arrangement, lane: int, shade: Shade, look: Look) -> None:
        super().__init__()
        self.layout, self.place = layout, layout.grids[lane]
        self.shade, self.look = shade, look
        self.filled = Slot()
        if self.place.rows * self.place.columns <= MOST_TAPS:
            for row in range(self.place.rows):
                for column in range(self.place.columns):
                    self.add(self._cell(row, column, look.surface))
        else:
            width, height = self.place.right - self.place.x, self.place.bottom - self.place.y
            self.add(rectangle(self.place.x, self.place.y, width, height, look, fill="surface", stroke="grid"))
        self.add(self.filled)

    def clear(self) -> None:
        """Empty every cell."""
        self.filled.show()

    def light(self, step: Read, channel: int, taps: Iterable[int]) -> None:
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
        role = "muted" if product == 0 else self.look.ink_role(fill)
        drawn = VGroup(self._cell(row, column, fill))
        down = 0.0
        if self.layout.factors:
            size, lines = self.layout.factors
            texts = (factors(value, weight),) if lines == 1 else factor_texts(value, weight)
            ups, down = ((0.23,), 0.15) if lines == 1 else ((0.32, 0.09), 0.23)
            for text, up in zip(texts, ups, strict=True):
                drawn.add(lettering(text, x, y - side * up, size, self.look, role))
        if self.layout.products:
            bold = self.layout.factors is not None and self.layout.factors[1] == 2
            drawn.add(
                lettering(
                    number(product, self.layout.precision),
                    x,
                    y + side * down,
                    self.layout.products,
                    self.look,
                    role,
                    bold=bold,
                )
            )
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
