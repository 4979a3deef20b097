"""Planes that count up as patches come home: the sums, and how often each cell was read."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import Group, Mobject
from numpy.typing import NDArray

from look import Look
from look.grid import Box
from look.shade import Shade
from scenes._heat import HeatMatrix
from scenes._im2col_cells import blank_cells, filled_cell
from scenes._im2col_places import Squares
from scenes._im2col_sizes import HEAT

Fill = Callable[[int, int, float], str]


class Tally(Group):
    """A plane of numbers that change. Cells that nothing has come to are blank; many cells are one picture."""

    def __init__(self, squares: Squares, fill: Fill, shade: Shade, look: Look) -> None:
        super().__init__()
        self.squares, self.fill, self.shade, self.look = squares, fill, shade, look
        place = squares.place
        self.picture = place.rows * place.columns > HEAT
        self.values: NDArray[np.generic] | None = None
        self.cells: dict[tuple[int, int], Mobject] = {}
        if not self.picture:
            boxes = [self.box(row, column) for row in range(place.rows) for column in range(place.columns)]
            self.add(blank_cells(boxes, look))

    def box(self, row: int, column: int) -> Box:
        """The box of a cell."""
        return self.squares.place.at(row, column)

    def show(self, values: NDArray[np.generic], come: NDArray[np.bool_]) -> None:
        """Show these numbers where something has `come` to a cell."""
        place = self.squares.place
        if self.picture:
            self.submobjects = [HeatMatrix(values, place.x, place.y, place.cell, self.shade, self.look)]
            return
        before = self.values
        for row, column in np.argwhere(come).tolist():
            value = values[row, column].item()
            if before is not None and (row, column) in self.cells and before[row, column] == value:
                continue
            if (row, column) in self.cells:
                self.remove(self.cells[row, column])
            cell = filled_cell(
                self.box(row, column), self.fill(row, column, value), value, self.squares.size, self.look
            )
            self.cells[row, column] = cell
            self.add(cell)
        self.values = values
