"""Where everything in the im2col film stands: pure geometry, in page pixels.

From left to right: the input, the growing matrix, the kernel as a column, the output as a column, the feature map. The
kernel stands above the feature map; with several channels each slice stands under its channel's columns instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core import Trace
from look.drawing import widest_number
from look.excerpt import Shown, abridge
from look.grid import Grid, extent
from look.numbers import number
from look.patch_row import MARGIN, MatrixExcerpt, matrix_excerpt
from look.typesetting import typeset
from scenes._im2col_sizes import (
    BESIDE,
    CELL,
    HEAT,
    LABEL,
    LARGE_CELL,
    SLICES,
    Sizes,
    fitted,
    measure,
    roomier_maps,
    shown_input,
)
from scenes._ink import LEAST, WIDTH
from scenes._lattice import Place

LEFT, RIGHT = 96.0, WIDTH - 96.0
HEADING, BOTTOM = 232.0, 878.0  # the matrix's heading, and where the cells end
UNDER = 28.0  # from the heading to the indices
INDEX = 33.0  # from one line of column indices to the next
HEADS = 28.0  # type of the indices, where they fit over narrow columns
BRACKET = 36.0  # over them, the channels
BEFORE, SIGN, BIAS, FOLD = 46.0, 64.0, 56.0, 70.0  # gaps: before the indices, around × and =, for + b, before the map
STRETCH = (
    (70.0, 0.3),
    (30.0, 0.14),
    (30.0, 0.14),
    (70.0, 0.22),
)  # how far the gaps grow, and their share of what is left
NOTED = 26.0  # for the note how many filters are shown, under the only one
APART, MAP_GAP = 24.0, 62.0  # between slices side by side, between maps below each other


ENOUGH = 420.0  # of width for the matrix


@dataclass(frozen=True)
class Attempt:
    """How much is asked for: filters shown, digits in the columns, and the scale of the input's cells."""

    filters: int = 4
    digits: bool = True
    scale: float = 1.0


ATTEMPTS = (Attempt(), Attempt(3), Attempt(3, digits=False), Attempt(3, digits=False, scale=0.7))
SMALLER_INPUT = tuple(Attempt(scale=scale) for scale in (0.86, 0.74, 0.64))  # for all columns of the matrix to be shown


@dataclass(frozen=True)
class Typed:
    """A grid and the type size of its digits; None where they could not be read."""

    grid: Grid
    size: float | None


@dataclass(frozen=True)
class Squares:
    """Square cells and the type size of their digits; None where they could not be read."""

    place: Place
    size: float | None


@dataclass(frozen=True)
class Places:
    """Where things stand. Planes and lenses by channel, maps by filter; a lens enlarges a plane's patch."""

    excerpt: MatrixExcerpt
    matrix: Typed
    indices: tuple[float, float]  # right edges of the row indices r and c
    heads: float | None  # type of i and j over their columns; None where they do not fit
    planes: dict[int, Squares]
    lenses: dict[int, Typed]
    column: Typed
    results: Typed
    slices: dict[tuple[int, int], Squares]  # by filter and channel
    maps: dict[int, Squares]

    @property
    def filters(self) -> tuple[int, ...]:
        """The filters shown as columns."""
        return tuple(self.column.grid.across)


def places(trace: Trace) -> Places:
    """Room for a lesson of any size."""
    several = len(trace.input) > 1
    top = HEADING + UNDER + (BRACKET if several else 0) + 2 * INDEX + 8
    tall = BOTTOM - top - (SLICES + LABEL + 20 if several else 0)
    plus = BIAS if trace.bias.any() else 0.0
    first = matrix_excerpt(trace, RIGHT - LEFT, tall, LEAST, most_channels=3)
    cells = [patch.cell for patch in first.patches]
    beside = [max(typeset(number(cell[axis])).width for cell in cells) * HEADS + 16 for axis in (0, 1)]
    plane_high = (BOTTOM - HEADING - 20) / len(_channels(trace, first)) - LABEL if several else BOTTOM - top
    bare = RIGHT - LEFT - BEFORE - sum(beside) - 2 * SIGN - plus - FOLD

    def attempt(how: Attempt) -> tuple[Sizes, Shown, MatrixExcerpt, float]:
        filters = abridge(len(trace.kernel), how.filters)
        sizes = measure(trace, first, filters, BOTTOM - top, plane_high, how.scale, digits=how.digits)
        room = bare - sizes.input_width(trace) - sizes.columns_width(filters) - sizes.end_width(trace)
        return sizes, filters, matrix_excerpt(trace, room, tall, LEAST, most_channels=3), room

    attempts = [attempt(ATTEMPTS[0])]
    if attempts[0][3] >= ENOUGH and None in attempts[0][2].columns:
        attempts += [attempt(how) for how in SMALLER_INPUT if not attempts[0][0].lens]
    elif attempts[0][3] < ENOUGH:
        attempts += [attempt(how) for how in ATTEMPTS[1:]]
    best = next((made for made in attempts if None not in made[2].columns), None)
    best = best or next((made for made in attempts if made[3] >= ENOUGH), attempts[-1])
    sizes, filters, shown, room = best
    taps = trace.im2col.taps
    wide, high = _matrix_cell(shown, taps, room, tall)
    spare = max(0.0, room - wide * extent(shown.columns, taps))
    end = sizes.end_width(trace)
    sizes = roomier_maps(trace, sizes, 0.8 * spare)
    spare -= sizes.end_width(trace) - end
    grown = [min(most, spare * share) for most, share in STRETCH]
    gaps = [gap + more for gap, more in zip((BEFORE, SIGN, SIGN + plus, FOLD), grown, strict=True)]
    x = LEFT + (spare - sum(grown)) / 2
    matrix = Grid(
        x + sizes.input_width(trace) + gaps[0] + sum(beside), top, wide, high, shown.rows, shown.columns, taps
    )
    weight_high = min(CELL if several else high, (BOTTOM - top) / extent(shown.columns, taps))
    column = Grid(matrix.right + gaps[1], top, sizes.weight, weight_high, matrix.columns, filters, 0, taps)
    results = Grid(column.right + gaps[2], top, sizes.result, high, matrix.rows, filters)
    middle = (top + (BOTTOM if several else max(matrix.bottom, column.bottom))) / 2
    planes, lenses = _planes(trace, shown, sizes, x, middle)
    slices, maps = _end(trace, matrix, sizes, results.right + gaps[3], middle, filters)
    weights = trace.kernel[list(column.across)].ravel().tolist()
    outputs = [trace.output[f, r, c].item() for f in results.across for r, c in cells]
    return Places(
        shown,
        Typed(matrix, fitted(shown.widest, wide, high) if shown.digits else None),
        (matrix.x - 12 - beside[1], matrix.x - 12),
        head_type([number(side - 1) for side in trace.kernel.shape[2:]], wide - 4),
        planes,
        lenses,
        Typed(column, fitted(widest_number(weights), sizes.weight, weight_high)),
        Typed(results, fitted(widest_number(outputs), sizes.result, high)),
        slices,
        maps,
    )


def head_type(texts: Iterable[str], room: float) -> float | None:
    """The type of indices in so much room each, as large as they all fit; None where they could not be read."""
    size = min(HEADS, room / max(typeset(text).width for text in texts))
    return size if size >= LEAST else None


def _matrix_cell(shown: MatrixExcerpt, taps: int, room: float, tall: float) -> tuple[float, float]:
    """Width and height of the matrix's cells."""
    needed = shown.widest * LEAST / (1 - 2 * MARGIN) + 0.5
    wide = min(max(LARGE_CELL, needed), room / extent(shown.columns, taps))
    high = min(CELL, tall / extent(shown.rows), wide * 1.6)
    return min(wide, max(high * 1.5, needed)), high


def _channels(trace: Trace, shown: MatrixExcerpt) -> tuple[int, ...]:
    """The channels that have columns shown."""
    taps = trace.im2col.taps
    return tuple(dict.fromkeys(column // taps for column in shown.columns if column is not None))


def _planes(
    trace: Trace, shown: MatrixExcerpt, sizes: Sizes, x: float, middle: float
) -> tuple[dict[int, Squares], dict[int, Typed]]:
    """The planes below each other, each with its enlarged patch: at its right, or under the only plane."""
    rows, cols = trace.axes
    several = len(trace.input) > 1
    channels, cell, across = _channels(trace, shown), sizes.plane, sizes.input_width(trace)
    each = rows.padded * cell
    under = rows.kernel * sizes.lens[1] + 60 if sizes.lens and not several else 0.0
    middle = (HEADING + 20 + LABEL + BOTTOM) / 2 if several else middle + 12
    top = middle - (len(channels) * (each + LABEL) - LABEL + under) / 2
    picture = sizes.lens or trace.input[0].size > HEAT
    size = None if picture else fitted(widest_number(shown_input(trace, shown)), cell, cell)
    planes, lenses = {}, {}
    for index, channel in enumerate(channels):
        y = top + index * (each + LABEL)
        left = x if several or not sizes.lens else x + (across - cols.padded * cell) / 2
        place = Place(left + cols.before * cell, y + rows.before * cell, cell, rows.input, cols.input)
        planes[channel] = Squares(place, size)
        if sizes.lens:
            wide, high = sizes.lens
            corner = (x + (across - cols.kernel * wide) / 2, y + each + 60)
            if several:
                corner = (x + cols.padded * cell + BESIDE, y + (each - rows.kernel * high) / 2)
            grid = Grid(*corner, wide, high, tuple(range(rows.kernel)), tuple(range(cols.kernel)))
            lenses[channel] = Typed(grid, fitted(shown.widest, wide, high) if shown.digits else None)
    return planes, lenses


def _end(
    trace: Trace, matrix: Grid, sizes: Sizes, x: float, middle: float, filters: Shown
) -> tuple[dict[tuple[int, int], Squares], dict[int, Squares]]:
    """The kernel's slices and the feature maps."""
    kh, kw = trace.kernel.shape[2:]
    rows, columns = trace.output_size
    shown = [index for index in filters if index is not None]
    width, each, above = sizes.end_width(trace), rows * sizes.map, 0.0
    slices = _slices(trace, matrix, sizes, shown) if len(trace.input) > 1 else {}
    if not slices:
        above = kh * sizes.slice + LABEL + 30 + (NOTED if len(trace.kernel) > 1 else 0.0)
    count = max(1, min(len(shown), int((BOTTOM - matrix.y + 40 - above) // (each + MAP_GAP))))
    high = above + count * (each + MAP_GAP) - MAP_GAP
    top = min(middle - high / 2, BOTTOM - high)
    if not slices:
        top = max(top, matrix.y - 40)
        size = fitted(widest_number(trace.kernel[0].ravel().tolist()), sizes.slice, sizes.slice)
        slices = {(shown[0], 0): Squares(Place(x + (width - kw * sizes.slice) / 2, top, sizes.slice, kh, kw), size)}
    values = trace.output[shown[:count]].ravel().tolist() if trace.output[0].size <= HEAT else None
    size = fitted(widest_number(values), sizes.map, sizes.map) if values else None
    maps = {}
    for index, f in enumerate(shown[:count]):
        y = top + above + index * (each + MAP_GAP)
        maps[f] = Squares(Place(x + (width - columns * sizes.map) / 2, y, sizes.map, rows, columns), size)
    return slices, maps


def _slices(trace: Trace, matrix: Grid, sizes: Sizes, shown: list[int]) -> dict[tuple[int, int], Squares]:
    """The kernel's slices, each under the matrix's columns of its channel."""
    kh, kw = trace.kernel.shape[2:]
    em = widest_number(trace.kernel[shown].ravel().tolist())
    slices: dict[tuple[int, int], Squares] = {}
    for channel, left, right in matrix.spans:
        reads = [f for f in shown if channel in range(len(trace.input))[trace.convolution.channels(f)]]
        reads, cell = side_by_side(reads, right - left - 16, sizes.slice, kw, em)
        total = len(reads) * (kw * cell + APART) - APART
        for index, f in enumerate(reads):
            at = (left + right - total) / 2 + index * (kw * cell + APART)
            slices[f, channel] = Squares(Place(at, matrix.bottom + LABEL + 14, cell, kh, kw), fitted(em, cell, cell))
    return slices


def side_by_side(reads: list[int], room: float, cell: float, kw: int, em: float) -> tuple[list[int], float]:
    """As many filters' slices as fit side by side with digits, and the side of their cells."""
    for count in range(len(reads), 1, -1):
        side = min(cell, ((room + APART) / count - APART) / kw)
        if fitted(em, side, side):
            return reads[:count], side
    return reads[:1], min(cell, (room + APART) / kw)
