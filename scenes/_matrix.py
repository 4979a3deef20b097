"""A matrix on the stage: cells that can be filled, lit and read one by one."""

from __future__ import annotations

from manim import VGroup, VMobject
import numpy as np
from numpy.typing import NDArray

from look import Look
from look.drawing import digits_size
from look.shading import Shade
from scenes._ink import LEAST, Lettering, hatching, lettering, rectangle


class Matrix(VGroup):
    """Cells of a 2-D array with the top left corner at page pixel (x, y).

    `cells[row, column]` is the cell's rectangle and `digits[row, column]` its Lettering (None where nothing is shown).
    Blank matrices (`known=False`) have empty cells to be filled later by `value`.
    """

    def __init__(
        self,
        values: NDArray[np.generic],
        x: float,
        y: float,
        cell: float,
        shade: Shade,
        look: Look,
        *,
        known: bool = True,
        size: float | None = None,
        grid: str = "grid",
    ) -> None:
        super().__init__()
        self.values, self.x, self.y, self.cell = values, x, y, cell
        self.shade, self.look = shade, look
        self.rows, self.columns = values.shape
        fitted = digits_size(values.ravel().tolist(), cell) if size is None else size
        self.size = fitted if fitted >= LEAST else None  # None: heat cells, too small for digits
        self.cells: dict[tuple[int, int], VMobject] = {}
        self.digits: dict[tuple[int, int], Lettering | None] = {}
        gap = min(2.5, cell * 0.03)
        for row in range(self.rows):
            for column in range(self.columns):
                fill = shade(values[row, column].item()) if known else look.surface
                left, top, _, _ = self.at(row, column)
                box = rectangle(
                    left + gap / 2,
                    top + gap / 2,
                    cell - gap,
                    cell - gap,
                    look,
                    fill=fill,
                    stroke=grid if cell >= 16 else None,
                    line=1.5,
                    radius=min(6.0, cell * 0.06),
                )
                self.cells[row, column] = box
                self.digits[row, column] = self.value(row, column) if known else None
                self.add(box)
        self.add(*(digit for digit in self.digits.values() if digit is not None))

    def at(self, row: float, column: float) -> tuple[float, float, float, float]:
        """The pixel box of a cell; rows and columns outside go on in the same grid."""
        left, top = self.x + column * self.cell, self.y + row * self.cell
        return (left, top, left + self.cell, top + self.cell)

    def center(self, row: float, column: float) -> tuple[float, float]:
        """The pixel in the middle of a cell."""
        return (self.x + (column + 0.5) * self.cell, self.y + (row + 0.5) * self.cell)

    @property
    def right(self) -> float:
        """Its right edge, in pixels."""
        return self.x + self.columns * self.cell

    @property
    def bottom(self) -> float:
        """Its bottom edge, in pixels."""
        return self.y + self.rows * self.cell

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre, in pixels."""
        return ((self.x + self.right) / 2, (self.y + self.bottom) / 2)

    def fill(self, row: int, column: int) -> str:
        """The fill of a cell that shows its value."""
        return self.shade(self.values[row, column].item())

    def value(self, row: int, column: int, *, bold: bool = False) -> Lettering | None:
        """The digits of one cell, in ink that reads on its fill; None where cells are too small for digits."""
        if self.size is None:
            return None
        ink = self.look.ink_on(self.fill(row, column))
        role = "ink" if ink == self.look.ink else "background"
        text = self.look.number(self.values[row, column].item())
        return lettering(text, *self.center(row, column), self.size, self.look, role, bold=bold)


def padding_ring(matrix: Matrix, padding: tuple[int, int, int, int], look: Look) -> VGroup:
    """The hatched ring of padding (top, left, bottom, right cells) around a matrix."""
    top, left, bottom, right = padding
    ring = VGroup()
    for row in range(-top, matrix.rows + bottom):
        for column in range(-left, matrix.columns + right):
            if 0 <= row < matrix.rows and 0 <= column < matrix.columns:
                continue
            x0, y0, x1, y1 = matrix.at(row, column)
            side = x1 - x0 - 3
            ring.add(
                rectangle(x0 + 1.5, y0 + 1.5, side, side, look, stroke="grid", line=1.2, radius=min(6, side * 0.06))
            )
            ring.add(hatching(x0 + 1.5, y0 + 1.5, side, side, look))
    return ring
