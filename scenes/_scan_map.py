"""A feature map that fills in: cell by cell, or in blocks when many steps are swept over at once."""

from __future__ import annotations

import numpy as np
from manim import Group
from numpy.typing import NDArray

from look import Look
from look.shade import Shade
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import Lettering, lettering, polygon, rectangle
from scenes._lattice import Box, Place
from scenes._matrix import Matrix
from scenes._motion import Slot

SMALLEST = 16.0  # px; the mark of the active cell is at least so large


class FeatureMap(Group):
    """One output plane (h, w) at `place`, blank or `known` from the start."""

    def __init__(
        self, values: NDArray[np.generic], place: Place, shade: Shade, look: Look, *, known: bool = False
    ) -> None:
        super().__init__()
        self.place, self.look = place, look
        kind = HeatMatrix if values.size > MOST_CELLS else Matrix
        self.matrix = kind(values, place.x, place.y, place.cell, shade, look, known=known)
        self._mark = Slot()
        self._active: tuple[int, int] | None = None
        self.add(self.matrix, self._mark)

    def reveal(self, row0: int, column0: int, row1: int, column1: int) -> None:
        """Show the values of a half-open block of cells."""
        if isinstance(self.matrix, HeatMatrix):
            self.matrix.reveal(row0, column0, row1, column1)
            return
        for row in range(row0, row1):
            for column in range(column0, column1):
                if self.matrix.digits[row, column] is None:
                    self.matrix.cells[row, column].set_fill(self.matrix.fill(row, column))
                    self._write(row, column)

    def fill(self, first: int, last: int, column: int | None = None) -> None:
        """Show the rows of the steps `first` to `last - 1`, counted in this map, as far as up to a column."""
        rows, columns = self.place.rows, self.place.columns
        until = columns if column is None else column + 1
        begin, whole, end = (min(max(row, 0), rows) for row in (first // columns, last // columns, -(-last // columns)))
        self.reveal(begin, 0, whole, until)
        self.reveal(max(begin, whole), 0, end, min(until, last % columns))

    def digits(self, row: int, column: int) -> Lettering:
        """What the value of a cell looks like once it has arrived: bold, or a dot of nothing where cells are small."""
        shown = None if self.matrix.size is None else self.matrix.value(row, column, bold=True)
        if shown is not None:
            return shown
        text = self.look.number(self.matrix.values[row, column].item())
        role = self.look.ink_role(self.matrix.fill(row, column))
        return lettering(text, *self.place.center(row, column), 8, self.look, role, bold=True).set_opacity(0)

    def arrive(self, row: int, column: int) -> None:
        """A value has arrived: show it, and mark its cell with an outline and a corner."""
        self.rest()
        self.reveal(row, column, row + 1, column + 1)
        self._active = (row, column)
        if isinstance(self.matrix, Matrix) and self.matrix.size:
            plain = self.matrix.digits[row, column]
            self.matrix.remove(plain)
            self._mark.show(self.digits(row, column), *self._outline(row, column))
        else:
            self._mark.show(*self._outline(row, column))

    def rest(self) -> None:
        """No cell is active."""
        self._mark.show()
        if self._active is not None and isinstance(self.matrix, Matrix) and self.matrix.size:
            self.matrix.add(self.matrix.digits[self._active])
        self._active = None

    def _write(self, row: int, column: int) -> None:
        digits = self.matrix.value(row, column)
        self.matrix.digits[row, column] = digits
        if digits is not None:
            self.matrix.add(digits)

    def _outline(self, row: int, column: int) -> tuple[Group, ...]:
        left, top, right, bottom = self.place.at(row, column)
        grow = max(0.0, SMALLEST - (right - left)) / 2
        left, top, right, bottom = left - grow, top - grow, right + grow, bottom + grow
        return active_mark((left, top, right, bottom), self.look)


def active_mark(box: Box, look: Look) -> tuple[Group, Group]:
    """The outline of a cell that stands out among others, and the mark in its corner."""
    left, top, right, bottom = box
    side = right - left
    corner = max(7.0, side * 0.2)
    line = min(6.0, max(3.0, side * 0.06))
    frame = rectangle(left, top, side, bottom - top, look, stroke="output", line=line, radius=min(6.0, side * 0.08))
    return frame, polygon([(right - corner, top), (right, top), (right, top + corner)], look, "output")
