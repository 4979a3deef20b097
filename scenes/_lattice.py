"""Where the cells of a matrix stand on the page, in pixels; y runs down."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, top, right, bottom
Spot = tuple[float, float]


class Lattice:
    """Square cells of side `cell`, `rows` × `columns` of them, the top left corner at (`x`, `y`)."""

    x: float
    y: float
    cell: float
    rows: int
    columns: int

    def at(self, row: float, column: float) -> Box:
        """The pixel box of a cell; rows and columns outside go on in the same grid."""
        left, top = self.x + column * self.cell, self.y + row * self.cell
        return (left, top, left + self.cell, top + self.cell)

    def span(self, row0: float, column0: float, row1: float, column1: float) -> Box:
        """The pixel box of a half-open block of cells."""
        return (*self.at(row0, column0)[:2], *self.at(row1, column1)[:2])

    def center(self, row: float, column: float) -> Spot:
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
    def middle(self) -> Spot:
        """Its centre, in pixels."""
        return ((self.x + self.right) / 2, (self.y + self.bottom) / 2)


@dataclass(frozen=True)
class Place(Lattice):
    """Room for a matrix that is not drawn yet."""

    x: float
    y: float
    cell: float
    rows: int
    columns: int
