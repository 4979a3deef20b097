"""A matrix on the stage, cell by cell: each can be filled and read by itself; and the hatched padding around it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from look import Look
from look.drawing import digits_size, hatch
from look.shade import Shade
from look.typesetting import typeset
from scenes._ink import LEAST, Lettering, lettering, rectangle, strokes
from scenes._lattice import Lattice

CLOSE = 0.95  # of a cell: how wide digits may be before they are left out


class Matrix(Lattice, VGroup):
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
        self.shade, self.look, self.grid = shade, look, grid
        self.rows, self.columns = values.shape
        self.size = cell_type(values, cell) if size is None else size if size >= LEAST else None
        self.cells: dict[tuple[int, int], VMobject] = {}
        self.digits: dict[tuple[int, int], Lettering | None] = {}
        for row in range(self.rows):
            for column in range(self.columns):
                box = self.box(row, column, self.fill(row, column) if known else look.surface)
                self.cells[row, column] = box
                self.digits[row, column] = self.value(row, column) if known else None
                self.add(box)
        self.add(*(digit for digit in self.digits.values() if digit is not None))

    def box(self, row: int, column: int, fill: str) -> VMobject:
        """The rectangle of a cell, in a fill."""
        gap = min(2.5, self.cell * 0.03)
        left, top, _, _ = self.at(row, column)
        side = self.cell - gap
        stroke = self.grid if self.cell >= 16 else None
        radius = min(6.0, self.cell * 0.06)
        return rectangle(
            left + gap / 2, top + gap / 2, side, side, self.look, fill=fill, stroke=stroke, line=1.5, radius=radius
        )

    def fill(self, row: int, column: int) -> str:
        """The fill of a cell that shows its value."""
        return self.shade(self.values[row, column].item())

    def value(self, row: int, column: int, *, bold: bool = False) -> Lettering | None:
        """The digits of one cell, in ink that reads on its fill; None where cells are too small for digits."""
        if self.size is None:
            return None
        text = self.look.number(self.values[row, column].item())
        role = self.look.ink_role(self.fill(row, column))
        return lettering(text, *self.center(row, column), self.size, self.look, role, bold=bold)


def cell_type(values: NDArray[np.generic], cell: float) -> float | None:
    """The type size of the digits of all `values` in cells of side `cell`; None where they would be too small."""
    if cell < LEAST:
        return None
    distinct = np.unique(values).tolist()
    fitted = digits_size(distinct, cell)
    if fitted >= LEAST:
        return fitted
    widest = max(typeset(Look.number(value)).width for value in distinct)
    return LEAST if widest * LEAST <= cell * CLOSE and cell * 0.8 >= LEAST else None


def padding_ring(matrix: Lattice, padding: tuple[int, int, int, int], look: Look) -> VGroup:
    """The hatched ring of padding (top, left, bottom, right cells) around a matrix."""
    ring = VGroup()
    if not any(padding):
        return ring
    outlines, hatching = [], []
    gap = max(4.0, min(13.0, matrix.cell / 4))
    for row0, column0, row1, column1 in _sides(matrix, padding):
        if matrix.cell >= 12:
            for row in range(row0, row1):
                for column in range(column0, column1):
                    left, top, right, bottom = matrix.at(row, column)
                    outlines.append(_outline(left + 1.5, top + 1.5, right - 1.5, bottom - 1.5))
                    hatching += hatch(left + 1.5, top + 1.5, matrix.cell - 3, matrix.cell - 3, gap)
        else:
            left, top, right, bottom = matrix.span(row0, column0, row1, column1)
            outlines.append(_outline(left, top, right, bottom))
            hatching += hatch(left, top, right - left, bottom - top, gap)
    ring.add(strokes([line for outline in outlines for line in outline], look, "grid", line=1.2))
    ring.add(strokes(hatching, look, "padding", line=1.3, opacity=0.8))
    return ring


def _sides(matrix: Lattice, padding: tuple[int, int, int, int]) -> Iterable[tuple[int, int, int, int]]:
    """The four half-open blocks of the ring that are not empty."""
    top, left, bottom, right = padding
    rows, columns = matrix.rows, matrix.columns
    blocks = [
        (-top, -left, 0, columns + right),
        (rows, -left, rows + bottom, columns + right),
        (0, -left, rows, 0),
        (0, columns, rows, columns + right),
    ]
    return [block for block in blocks if block[0] < block[2] and block[1] < block[3]]


def _outline(
    left: float, top: float, right: float, bottom: float
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return list(zip(corners, [*corners[1:], corners[0]], strict=True))
