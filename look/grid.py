"""Where the cells of a matrix stand of which only some rows and columns are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from look.excerpt import Shown

GAP = 0.8  # of a cell: the place of what is left out
BREAK = 0.3  # of a cell: the space between two blocks of columns

Box = tuple[float, float, float, float]  # left, top, right, bottom; y runs down


def extent(shown: Shown, block: int = 0) -> float:
    """How many cells wide (or high) the shown columns (or rows) are, gaps and the breaks between blocks included."""
    ends = _edges(shown, block)
    return ends[-1][1] if ends else 0.0


def _edges(shown: Shown, block: int) -> list[tuple[float, float]]:
    """Start and end of each place, in cells."""
    edges: list[tuple[float, float]] = []
    at, before = 0.0, None
    for index in shown:
        if block and index is not None and before is not None and index // block != before // block:
            at += BREAK
        size = GAP if index is None else 1.0
        edges.append((at, at + size))
        at += size
        before = index
    return edges


@dataclass(frozen=True)
class Grid:
    """Cells of `width` × `height` with the first one's corner at (x, y), in a page's units, y running down.

    `rows` and `columns` are the indices shown, None for a gap. `block` columns belong together, and `row_block` rows
    (0: all of them).
    """

    x: float
    y: float
    width: float
    height: float
    rows: Shown
    columns: Shown
    block: int = 0
    row_block: int = 0

    @cached_property
    def across(self) -> Mapping[int, tuple[float, float]]:
        """Left and right edge of each column shown."""
        places = zip(self.columns, _edges(self.columns, self.block), strict=True)
        return {
            column: (self.x + a * self.width, self.x + b * self.width)
            for column, (a, b) in places
            if column is not None
        }

    @cached_property
    def down(self) -> Mapping[int, tuple[float, float]]:
        """Top and bottom edge of each row shown."""
        places = zip(self.rows, _edges(self.rows, self.row_block), strict=True)
        return {row: (self.y + a * self.height, self.y + b * self.height) for row, (a, b) in places if row is not None}

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + extent(self.columns, self.block) * self.width

    @property
    def bottom(self) -> float:
        """Its bottom edge."""
        return self.y + extent(self.rows, self.row_block) * self.height

    @property
    def box(self) -> Box:
        """The whole grid: left, top, right, bottom."""
        return (self.x, self.y, self.right, self.bottom)

    def cell(self, row: int, column: int) -> Box:
        """The box of one shown cell; KeyError for one left out."""
        (top, bottom), (left, right) = self.down[row], self.across[column]
        return (left, top, right, bottom)

    def center(self, row: int, column: int) -> tuple[float, float]:
        """The middle of one shown cell."""
        left, top, right, bottom = self.cell(row, column)
        return ((left + right) / 2, (top + bottom) / 2)

    def row_box(self, row: int) -> Box:
        """The box of a whole row."""
        return (self.x, self.down[row][0], self.right, self.down[row][1])

    @property
    def row_gaps(self) -> tuple[float, ...]:
        """Heights at which rows are left out."""
        edges = _edges(self.rows, self.row_block)
        return tuple(
            self.y + (a + b) / 2 * self.height for row, (a, b) in zip(self.rows, edges, strict=True) if row is None
        )

    @property
    def column_gaps(self) -> tuple[float, ...]:
        """Places along x at which columns are left out."""
        edges = _edges(self.columns, self.block)
        places = zip(self.columns, edges, strict=True)
        return tuple(self.x + (a + b) / 2 * self.width for column, (a, b) in places if column is None)

    @property
    def spans(self) -> tuple[tuple[int, float, float], ...]:
        """Each shown block of columns (one block when there are none): its index, left and right edge."""
        found: dict[int, tuple[float, float]] = {}
        for column, (left, right) in self.across.items():
            index = column // self.block if self.block else 0
            found[index] = (found.get(index, (left, right))[0], right)
        return tuple((index, left, right) for index, (left, right) in found.items())
