"""Where everything in the film of filters times patches stands: pure geometry, in page pixels.

The patches are columns, the filters rows, and the product stands under the columns and beside the filters: each of its
cells where its row and its column cross. Input and kernels fill the corner over the filters, feature maps the right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from core import Trace
from look.drawing import widest_number
from look.excerpt import Shown, abridge, blocks
from look.grid import Grid, extent
from look.patch_row import MARGIN as DIGIT_MARGIN
from look.patch_row import MatrixExcerpt, PatchRow, read_row
from scenes._im2col_places import APART, LEFT, RIGHT, Squares, Typed, side_by_side
from scenes._im2col_sizes import HEAT, fitted, width_for
from scenes._ink import LEAST
from scenes._lattice import Place

HEADING, TOP, BOTTOM = 222.0, 284.0, 848.0  # the columns' name, their first cells, the last row of the product
CROSSING = 30.0  # between the columns and the product under them
LABEL = 44.0  # room for a name over planes and slices
MOST_FILTERS, MOST_CHANNELS = 4, 3
TALLEST_ROW, LEAST_ROW, ROWS = 54.0, 34.0, 160.0  # of the product: a row, at most, at least, and all of them
LARGEST, LEAST_WIDE = 62.0, 32.0  # side of a cell; width of a column
KERNELS = 760.0  # the largest width of the filters as rows
CORNER = 520.0  # the least width of the corner over them
PLANES = 700.0  # the largest width of the input's planes
SLICE, SLICES = 46.0, 132.0  # side of a weight's cell at rest; height of a kernel
MAP, MAPS, MAP_NAME = 64.0, 260.0, 58.0  # a map's cell; its width; room for its name
FOLD, MOST_FOLD = 76.0, 130.0  # from the product to the maps
INDEX, SIGN = 35.0, 34.0  # the column of a tap's i or j; room for "+" and "=" about the bias
BETWEEN = 34.0  # between planes
MOST_BESIDE = 3  # filters, and cells across their kernels, for whose slices room is made
NUMBER = 28.0  # for a filter's number beside its row
CHANNEL = 134.0  # for a channel's name beside the columns


@dataclass(frozen=True)
class Places:
    """Where things stand. Planes by channel, slices by filter and channel, maps by filter."""

    excerpt: MatrixExcerpt
    matrix: Typed  # taps down, patches across
    weights: Typed  # filters down, taps across
    bias: Typed | None
    product: Typed  # filters down, patches across
    channels_right: float  # right edge of the channels' names beside the columns
    planes: dict[int, Squares] = field(default_factory=dict)
    slices: dict[tuple[int, int], Squares] = field(default_factory=dict)
    maps: dict[int, Squares] = field(default_factory=dict)

    @property
    def filters(self) -> tuple[int, ...]:
        """The filters shown as rows."""
        return tuple(self.weights.grid.down)


def places(trace: Trace) -> Places:
    """Room for a lesson of any size."""
    several, taps = len(trace.input) > 1, trace.im2col.taps
    filters = abridge(len(trace.kernel), MOST_FILTERS)
    row = min(TALLEST_ROW, max(LEAST_ROW, ROWS / extent(filters)))
    top = BOTTOM - extent(filters) * row
    shown = _shown_taps(trace, filters, top - CROSSING - TOP)
    deep = extent(shown, taps)
    needed = width_for(_weights(trace, filters))
    weight = min(max(LEAST_WIDE, min(needed, 120.0)), KERNELS / deep)
    weight = max(weight, min(LARGEST * 0.9, max(CORNER / deep, _beside(trace, filters) / _block(shown, taps))))
    channels = tuple(dict.fromkeys(tap // taps for tap in shown if tap is not None))
    cell = _plane_cell(trace, channels, deep * weight, top - LABEL - min(SLICES, _slice_room(trace)) - 46 - TOP)
    planes_wide = len(channels) * (trace.axes[1].padded * cell + BETWEEN) - BETWEEN
    corner = max(deep * weight, planes_wide)
    beside = 2 * INDEX + 34 + (CHANNEL if several else 0.0)
    biases = [trace.bias[f].item() for f in filters if f is not None]
    bias = max(44.0, width_for(biases)) if trace.bias.any() else 0.0
    between = max(beside, bias + 2 * SIGN if bias else 0.0)
    count, map_cell = _map_cell(trace, filters)
    maps_wide = max(map_cell * trace.output_size[1], 150.0)
    start = LEFT + (NUMBER if len(trace.kernel) > 1 else 0.0)
    room = RIGHT - start - corner - between - FOLD - maps_wide
    excerpt, wide = _excerpt(trace, shown, filters, room)
    spare = max(0.0, room - wide * extent(excerpt.rows))
    grown = [min(40.0, spare * 0.2), min(MOST_FOLD - FOLD, spare * 0.3)]
    x = start + (spare - sum(grown)) / 2
    high = min(LARGEST, (top - CROSSING - TOP) / deep)
    down = top - CROSSING - deep * high
    matrix = Grid(x + corner + between + grown[0], down, wide, high, shown, excerpt.rows, 0, taps)
    weights = Grid(x + corner - deep * weight, top, weight, row, filters, shown, taps)
    product = Grid(matrix.x, top, wide, row, filters, excerpt.rows)
    beside_bias = Grid(matrix.x - SIGN - bias, top, bias, row, filters, (0,)) if bias else None
    outputs = _outputs(trace, excerpt.rows, filters)
    return Places(
        excerpt,
        Typed(matrix, fitted(excerpt.widest, wide, high) if excerpt.digits else None),
        Typed(weights, fitted(widest_number(_weights(trace, filters)), weight, row)),
        Typed(beside_bias, fitted(widest_number(biases), bias, row)) if beside_bias else None,
        Typed(product, fitted(widest_number(outputs), wide, row)),
        matrix.x - 2 * INDEX - 20,
        _planes(trace, channels, cell, x + (corner - planes_wide) / 2, top),
        _slices(trace, weights, [f for f in filters if f is not None]),
        _maps(trace, [f for f in filters if f is not None][:count], map_cell, product.right + FOLD + grown[1]),
    )


def _block(shown: Shown, taps: int) -> float:
    """How many cells long the first channel's taps are."""
    return extent(tuple(takewhile(lambda tap: tap is None or tap < taps, shown)))


def _beside(trace: Trace, filters: Shown) -> float:
    """Width of all kernels' slices side by side, with digits, where there are few and small ones."""
    kw = trace.kernel.shape[3]
    each = kw * max(LEAST * 1.15, width_for(_weights(trace, filters))) + APART
    count = sum(f is not None for f in filters)
    return count * each if count <= MOST_BESIDE and kw <= MOST_BESIDE else 0.0


def _weights(trace: Trace, filters: Shown) -> list[int | float]:
    values: list[int | float] = trace.kernel[[f for f in filters if f is not None]].ravel().tolist()
    return [0, *values] if trace.convolution.groups > 1 else values


def _outputs(trace: Trace, patches: Shown, filters: Shown) -> list[int | float]:
    cells = [trace.im2col.cell(patch) for patch in patches if patch is not None]
    return [trace.output[f, r, c].item() for f in filters if f is not None for r, c in cells]


def _shown_taps(trace: Trace, filters: Shown, high: float) -> Shown:
    """As many taps of each channel as rows of the columns can be read, and as columns of the filters."""
    count, taps = len(trace.input), trace.im2col.taps
    needed = min(120.0, max(LEAST_WIDE, width_for(_weights(trace, filters))))
    for most in range(taps, min(taps, 3), -1):
        shown = blocks(count, taps, MOST_CHANNELS, most)
        deep = extent(shown, taps)
        if deep * LEAST * 1.12 <= high and deep * needed <= KERNELS:
            return shown
    return blocks(count, taps, MOST_CHANNELS, 3)


def _slice_room(trace: Trace) -> float:
    return trace.kernel.shape[2] * min(SLICE, SLICES / trace.kernel.shape[2])


def _plane_cell(trace: Trace, channels: tuple[int, ...], least: float, high: float) -> float:
    """Side of an input cell: as large as its digits need, where there is room."""
    rows, cols = trace.axes
    values = trace.input[list(channels)]
    wanted = LARGEST if values[0].size <= HEAT else 0.0
    needed = width_for(values.ravel().tolist()) if wanted else 0.0
    across = len(channels) * cols.padded
    gaps = BETWEEN * (len(channels) - 1)
    room = max(least, CORNER, min(PLANES, across * max(needed, LEAST * 1.12) + gaps)) - gaps
    return min(max(wanted, needed) or LARGEST, room / across, high / rows.padded)


def _map_cell(trace: Trace, filters: Shown) -> tuple[int, float]:
    """How many maps there is room for, and the side of their cells."""
    rows, columns = trace.output_size
    count = sum(f is not None for f in filters)
    values = trace.output[[f for f in filters if f is not None]]
    needed = width_for(values.ravel().tolist()) if values[0].size <= HEAT else 0.0
    wide = min(max(MAPS, columns * max(needed, LEAST * 1.12)), 1.4 * MAPS)
    return count, min(MAP, wide / columns, ((BOTTOM + LABEL - TOP) / count - MAP_NAME) / rows)


def _excerpt(trace: Trace, shown: Shown, filters: Shown, room: float) -> tuple[MatrixExcerpt, float]:
    """As many patches as columns with digits fit the room, and the width of a column; few without digits if need be."""
    lit, rows = trace.im2col.row_of(trace.highlight.row, trace.highlight.col), trace.im2col.shape[0]
    read: dict[int, PatchRow] = {}
    for most in range(max(3, int(room / LEAST_WIDE)), 2, -1):
        patches = abridge(rows, most, around=lit)
        if extent(patches) * LEAST_WIDE > room and most > 3:
            continue
        for index in patches:
            if index is not None and index not in read:
                read[index] = read_row(trace, index)
        kept = tuple(read[index] for index in patches if index is not None)
        widest = widest_number(patch.values[tap] for patch in kept for tap in shown if tap is not None)
        needed = max(widest, widest_number(_outputs(trace, patches, filters))) * LEAST / (1 - 2 * DIGIT_MARGIN) + 0.5
        if extent(patches) * needed <= room:
            return MatrixExcerpt(patches, shown, kept, True, widest), min(max(LARGEST, needed), room / extent(patches))
    return MatrixExcerpt(patches, shown, kept, True, widest), room / extent(patches)


def _planes(trace: Trace, channels: tuple[int, ...], cell: float, x: float, top: float) -> dict[int, Squares]:
    """The planes side by side, in the middle of what the kernels leave of the corner."""
    rows, cols = trace.axes
    values = trace.input[list(channels)]
    size = fitted(widest_number(values.ravel().tolist()), cell, cell) if values[0].size <= HEAT else None
    bottom = top - 46 - _slice_room(trace) - LABEL
    y = TOP + (bottom - TOP - rows.padded * cell) / 2
    planes = {}
    for index, channel in enumerate(channels):
        left = x + index * (cols.padded * cell + BETWEEN)
        place = Place(left + cols.before * cell, y + rows.before * cell, cell, rows.input, cols.input)
        planes[channel] = Squares(place, size)
    return planes


def _slices(trace: Trace, weights: Grid, shown: list[int]) -> dict[tuple[int, int], Squares]:
    """The kernels' slices, each over the filters' columns of its channel."""
    kh, kw = trace.kernel.shape[2:]
    em = widest_number(trace.kernel[shown].ravel().tolist())
    slices: dict[tuple[int, int], Squares] = {}
    for channel, left, right in weights.spans:
        reads = [f for f in shown if channel in range(len(trace.input))[trace.convolution.channels(f)]]
        if not reads:
            continue
        reads, cell = side_by_side(reads, right - left - 8, min(SLICE, SLICES / kh), kw, em)
        total = len(reads) * (kw * cell + APART) - APART
        for index, f in enumerate(reads):
            at = (left + right - total) / 2 + index * (kw * cell + APART)
            place = Place(at, weights.y - 46 - kh * cell, cell, kh, kw)
            slices[f, channel] = Squares(place, fitted(em, cell, cell) if kh * kw <= HEAT else None)
    return slices


def _maps(trace: Trace, filters: list[int], cell: float, x: float) -> dict[int, Squares]:
    """The feature maps below each other."""
    rows, columns = trace.output_size
    values = trace.output[filters].ravel().tolist() if trace.output[0].size <= HEAT else None
    size = fitted(widest_number(values), cell, cell) if values else None
    high = rows * cell + MAP_NAME
    top = (TOP + BOTTOM + MAP_NAME) / 2 - len(filters) * high / 2 + (MAP_NAME if len(filters) > 1 else 0.0) / 2
    return {f: Squares(Place(x, top + index * high, cell, rows, columns), size) for index, f in enumerate(filters)}
