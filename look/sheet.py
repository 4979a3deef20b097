"""A plane drawn as a sheet that recedes to the right: which part of it is shown, and where its cells stand.

Page units, y running down. Rows go straight down; a column goes right and a little up. Rows and columns count from the
plane's own cell (0, 0), so cells outside the plane (padding) have negative or too large ones in the same grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from look.drawing import Segment, hatch

ALONG, RISE = 0.84, 0.15  # of a cell's side: how far one column goes right, and up
TORN = 0.45  # of a cell: what is shown beyond the last whole cell where the plane goes on
FEW = 7  # cells that are all shown, whatever is read
TEETH = 0.16  # of a cell: depth of the torn edge

Point = tuple[float, float]
Block = tuple[int, int, int, int]  # row0, col0, row1, col1; half-open


@dataclass(frozen=True)
class Span:
    """The cells first..last (half-open) of `cells` that are shown along one axis; beyond them the plane may go on."""

    first: int
    last: int
    cells: int

    @property
    def paper(self) -> tuple[float, float]:
        """Where the plane itself begins and ends, its torn strips included."""
        first, last = max(self.first, 0), min(self.last, self.cells)
        return first - TORN * self.torn_before, last + TORN * self.torn_after

    @property
    def extent(self) -> tuple[float, float]:
        """All that is shown: the paper, and padding where it is read."""
        return min(float(self.first), self.paper[0]), max(float(self.last), self.paper[1])

    @property
    def torn_before(self) -> bool:
        """Whether the plane goes on before what is shown."""
        return self.first > 0

    @property
    def torn_after(self) -> bool:
        """Whether the plane goes on after what is shown."""
        return self.last < self.cells


def span(first: int, last: int, cells: int) -> Span:
    """What to show of an axis of `cells` for first..last to be seen: that and a margin, or all of it."""
    margin = max(1, (last - first) // 9)
    low, high = min(first, 0), max(last, cells)
    if high - low <= FEW:
        return Span(low, high, cells)
    start, end = max(low, first - margin), min(high, last + margin)
    start, end = min(start, cells - 1), max(end, 1)  # some of the plane, whatever is read
    return Span(start, end, cells)


@dataclass(frozen=True)
class Sheet:
    """A plane on the page: the page point (x, y) of its corner (0, 0), the side of a cell, and what is shown of it."""

    depth: int
    x: float
    y: float
    cell: float
    rows: Span
    cols: Span

    def point(self, row: float, col: float) -> Point:
        """The page point of a corner in the grid."""
        return (self.x + col * self.cell * ALONG, self.y + (row - col * RISE) * self.cell)

    def center(self, row: float, col: float) -> Point:
        """The page point in the middle of a cell."""
        return self.point(row + 0.5, col + 0.5)

    def quad(self, block: Sequence[float], inset: float = 0.0) -> list[Point]:
        """Corners of a block of cells, clockwise from the top left, `inset` page units within it."""
        row0, col0, row1, col1 = block
        by = inset / self.cell
        row0, col0, row1, col1 = row0 + by, col0 + by / ALONG, row1 - by, col1 - by / ALONG
        return [self.point(row0, col0), self.point(row0, col1), self.point(row1, col1), self.point(row1, col0)]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of all that is shown."""
        (row0, row1), (col0, col1) = self.rows.extent, self.cols.extent
        return (*self.point(0, col0)[:1], self.point(row0, col1)[1], self.point(0, col1)[0], self.point(row1, col0)[1])

    @property
    def paper(self) -> list[Point]:
        """Outline of what is shown of the plane, with teeth where it is torn."""
        (row0, row1), (col0, col1) = self.rows.paper, self.cols.paper
        tear = self._tear
        ring: list[Point] = []
        ring += tear((row0, col0), (row0, col1), self.rows.torn_before)
        ring += tear((row0, col1), (row1, col1), self.cols.torn_after)
        ring += tear((row1, col1), (row1, col0), self.rows.torn_after)
        ring += tear((row1, col0), (row0, col0), self.cols.torn_before)
        return ring

    def _tear(self, start: Point, end: Point, torn: bool) -> list[Point]:
        """The side from `start` to `end` (row, col), without its end; torn sides zigzag inwards."""
        if not torn:
            return [self.point(*start)]
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
        depth = TEETH * max(1.0, length / 30)
        inwards = (along[1] * depth, -along[0] * depth)
        teeth = max(3, min(24, round(length * 2)))
        points = []
        for k in range(2 * teeth):
            at, deep = k / (2 * teeth) * length, k % 2
            row = start[0] + along[0] * at + inwards[0] * deep
            col = start[1] + along[1] * at + inwards[1] * deep
            points.append(self.point(row, col))
        return points

    @property
    def grid(self) -> list[Segment]:
        """Lines between the shown cells of the plane."""
        (row0, row1), (col0, col1) = self.rows.paper, self.cols.paper
        torn = TEETH * 1.2
        top, bottom = row0 + torn * self.rows.torn_before, row1 - torn * self.rows.torn_after
        left, right = col0 + torn * self.cols.torn_before, col1 - torn * self.cols.torn_after
        lines = [(self.point(row, left), self.point(row, right)) for row in range(floor(row0) + 1, _last(row1))]
        lines += [(self.point(top, col), self.point(bottom, col)) for col in range(floor(col0) + 1, _last(col1))]
        return lines

    def outside(self, region: Block) -> list[Block]:
        """The parts of `region` that lie outside the plane: at most four blocks."""
        row0, col0, row1, col1 = region
        height, width = self.rows.cells, self.cols.cells
        top, bottom = min(max(row0, 0), row1), max(min(row1, height), row0)
        blocks = [
            (row0, col0, top, col1),
            (bottom, col0, row1, col1),
            (top, col0, bottom, min(max(col0, 0), col1)),
            (top, max(min(col1, width), col0), bottom, col1),
        ]
        return [block for block in blocks if block[0] < block[2] and block[1] < block[3]]

    def hatch(self, block: Block, gap: float) -> list[Segment]:
        """Diagonal strokes over a block of cells, `gap` page units apart."""
        row0, col0, row1, col1 = block
        side = self.cell
        flat = hatch(col0 * side, row0 * side, (col1 - col0) * side, (row1 - row0) * side, gap)
        return [(self.point(y0 / side, x0 / side), self.point(y1 / side, x1 / side)) for (x0, y0), (x1, y1) in flat]

    def lines(self, block: Block) -> list[Segment]:
        """Lines between the cells of a block."""
        row0, col0, row1, col1 = block
        lines = [(self.point(row, col0), self.point(row, col1)) for row in range(row0, row1 + 1)]
        return lines + [(self.point(row0, col), self.point(row1, col)) for col in range(col0, col1 + 1)]


def _last(end: float) -> int:
    return floor(end) + (end > floor(end))


def hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull of some points: the outline of a cone between two quads."""
    ordered = sorted(set(points))
    chains: list[list[Point]] = []
    for sweep in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for point in sweep:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        chains.append(chain[:-1])
    return chains[0] + chains[1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
