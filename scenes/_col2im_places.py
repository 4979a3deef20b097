"""Where everything in the film of col2im stands: pure geometry, in page pixels.

From left to right: the patches as columns, the plane of sums that they fold back onto, how often each cell was read,
and the input.
"""

from __future__ import annotations

from dataclasses import dataclass

from core import Trace
from look.drawing import widest_number
from look.excerpt import Shown, abridge
from look.grid import Grid, extent
from look.patch_row import MARGIN as DIGIT_MARGIN
from look.patch_row import MatrixExcerpt, PatchRow, read_row
from scenes._im2col_places import LEFT, RIGHT, Squares, Typed
from scenes._im2col_sizes import HEAT, fitted, width_for
from scenes._ink import LEAST
from scenes._lattice import Place

TOP, BOTTOM = 290.0, 850.0  # of the columns' cells
MOST_SQUARE, GROWS = 88.0, 0.8  # a plane's cell where the columns are few; of the room they leave, what planes take
LARGEST, SQUARE, LEAST_WIDE = 62.0, 56.0, 32.0  # height of a cell; side of a plane's; width of a column
PLANES, PLANE_HIGH = (345.0, 390.0, 440.0), 440.0  # the largest width of a plane, wider for its digits; its height
NAMED, ENOUGH = 170.0, 250.0  # the least width of a plane, for its name; of the columns, for planes to grow
INDEX = 35.0  # the column of a tap's i or j
ACROSS, MOST_ACROSS = 96.0, 150.0  # from the columns to the planes
BETWEEN = 108.0  # from plane to plane: a sign, and the factors of the counts
BESIDE = 2 * INDEX + 16.0


@dataclass(frozen=True)
class Places:
    """Where things stand, for the input channel that is shown."""

    channel: int
    excerpt: MatrixExcerpt
    matrix: Typed  # taps down, patches across
    sums: Squares
    counts: Squares
    input: Squares
    middles: tuple[float, float]  # x of the signs between sums, counts and input

    @property
    def heat(self) -> bool:
        """Whether the planes are pictures."""
        return self.sums.place.rows * self.sums.place.columns > HEAT


def places(trace: Trace) -> Places:
    """Room for a lesson of any size."""
    channel = trace.convolution.channels(trace.highlight.channel).start
    rows, cols = trace.axes
    sums = trace.im2col.fold(trace.im2col.matrix)[channel]
    values = [*sums.ravel().tolist(), *trace.input[channel].ravel().tolist()] if sums.size <= HEAT else []
    cell, room = _plane(trace, values)
    first = trace.im2col.taps * channel
    taps = _taps(trace, first)
    excerpt, wide = _excerpt(trace, taps, room)
    spare = max(0.0, room - wide * extent(excerpt.rows))
    more = _more(trace, cell, spare * GROWS)
    spare -= sum(max(cells * (cell + more), NAMED) - max(cells * cell, NAMED) for _, cells in _blocks(trace))
    cell += more
    grown = min(MOST_ACROSS - ACROSS, spare * 0.3)
    x = LEFT + BESIDE + (spare - grown) / 2
    high = min(LARGEST, (BOTTOM - TOP) / extent(taps))
    middle = (TOP + BOTTOM) / 2
    matrix = Grid(x, middle - extent(taps) * high / 2, wide, high, taps, excerpt.rows)
    start = matrix.right + ACROSS + grown
    size = fitted(widest_number(values), cell, cell) if values else None
    planes, signs = [], []
    for padding, cells in _blocks(trace):
        wide = max(cells * cell, NAMED)
        left = start + (wide - cells * cell) / 2 + padding * cell
        top = middle - rows.padded * cell / 2 + rows.before * cell
        planes.append(Squares(Place(left, top, cell, rows.input, cols.input), size))
        signs.append(start + wide + BETWEEN / 2)
        start += wide + BETWEEN
    return Places(
        channel,
        excerpt,
        Typed(matrix, fitted(excerpt.widest, wide, high)),
        *planes,
        (signs[0], signs[1]),
    )


def _blocks(trace: Trace) -> tuple[tuple[int, int], ...]:
    """Cells of padding at the left and cells across of each plane: sums, counts, which have no padding, and input."""
    cols = trace.axes[1]
    return ((cols.before, cols.padded), (0, cols.input), (cols.before, cols.padded))


def _plane(trace: Trace, values: list[int | float]) -> tuple[float, float]:
    """Side of a plane's cell, and what three planes leave for the columns: planes grow until `values` can be read."""
    rows, cols = trace.axes
    needed = max(LEAST * 1.12, width_for(values)) if values else 0.0
    found: list[tuple[float, float]] = []
    for most in PLANES:
        cell = min(max(SQUARE, needed), most / cols.padded, PLANE_HIGH / rows.padded)
        planes = sum(max(cells * cell, NAMED) for _, cells in _blocks(trace))
        left = RIGHT - LEFT - BESIDE - ACROSS - planes - 2 * BETWEEN
        found.append((cell, left))
        if cell >= needed and left >= ENOUGH:
            return cell, left
    return found[0]


def _more(trace: Trace, cell: float, spare: float) -> float:
    """By how much a plane's cell grows where the columns leave the planes so much more room."""
    across = sum(cells for _, cells in _blocks(trace))
    high = PLANE_HIGH / trace.axes[0].padded
    return max(0.0, min(MOST_SQUARE - cell, spare / across, high - cell))


def _taps(trace: Trace, first: int) -> Shown:
    """The taps of one channel of which the digits can be read below each other."""
    most = int((BOTTOM - TOP) / (LEAST * 1.12))
    return tuple(None if tap is None else first + tap for tap in abridge(trace.im2col.taps, most))


def _excerpt(trace: Trace, taps: Shown, room: float) -> tuple[MatrixExcerpt, float]:
    """As many patches as columns with digits fit the room, and the width of a column."""
    lit, count = trace.im2col.row_of(trace.highlight.row, trace.highlight.col), trace.im2col.shape[0]
    read: dict[int, PatchRow] = {}
    for most in range(max(3, int(room / LEAST_WIDE)), 2, -1):
        patches = abridge(count, most, around=lit)
        if extent(patches) * LEAST_WIDE > room and most > 3:
            continue
        for index in patches:
            if index is not None and index not in read:
                read[index] = read_row(trace, index)
        kept = tuple(read[index] for index in patches if index is not None)
        widest = widest_number(patch.values[tap] for patch in kept for tap in taps if tap is not None)
        needed = widest * LEAST / (1 - 2 * DIGIT_MARGIN) + 0.5
        if extent(patches) * needed <= room:
            break
    wide = min(max(LARGEST, needed), room / extent(patches))
    return MatrixExcerpt(patches, taps, kept, True, widest), wide
