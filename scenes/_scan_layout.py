"""Where everything in the scan film stands: pure geometry, in page pixels, from the lesson's sizes and widest numbers.

One channel: input, then the kernel's grid, then the feature map, from left to right; of a signal, from top to bottom.
Several channels: a lane for each, the input plane above the grid of its kernel slice, the feature maps at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor

from core import Step, Trace
from scenes._heat import MOST_CELLS
from scenes._ink import LEAST, WIDTH
from scenes._lattice import Place, Spot
from scenes._scan_type import Factors, Widths, measure

MARGIN = 96.0
ROOM = WIDTH - 2 * MARGIN
TOP, BOTTOM = 250.0, 874.0  # of what stands between the labels and the sum
MIDDLE = (TOP + BOTTOM) / 2
SUM_LINE = 934.0
LARGEST, GRID_LEAST, GRID_LARGEST = 118.0, 98.0, 152.0  # sides of cells
LARGEST_TAP = 92.0  # px; side of a tap of a dilated kernel at rest
NARROW_GAP, GAP, WIDE_GAP = 124.0, 176.0, 300.0  # for an arrow with its label
LANE_GAP, FALL = 52.0, 68.0  # between lanes, and from a plane down to its grid
MORE = 190.0  # the width of "+ 5 more channels"
MAP_GAP = 76.0
MOST_DROP = 140.0  # from a signal down to its products, and from these to its map
LABEL = 290.0  # what a feature map's label may be wide
MOST_LANES, MOST_MAPS = 4, 3


@dataclass(frozen=True)
class Layout:
    """Where things stand, and how large their type is; None where it would be too small to read."""

    planes: tuple[Place, ...]  # the input's planes without padding, one for each lane
    grids: tuple[Place, ...]  # the kernel at rest, later the products; one for each lane
    maps: tuple[Place, ...]
    weights: float | None  # type of the weights that ride in the window's corners
    factors: Factors | None  # type of the factors above a product, and in how many lines
    products: float | None  # type of the products
    precision: int  # significant digits of the products
    resting: float | None  # type of the kernel's weights at rest
    digits: float | None  # type of the input's values
    lift: float  # px that the input's values stand above the middle of their cells, to make room for weights
    more: Spot | None = None  # where channels without a lane are counted
    spread: tuple[Place, ...] = ()  # the kernel at rest with the holes of its dilation, one for each lane
    stacked: bool = False  # whether input, products and map stand one below the other, each as wide as the page

    @property
    def magnified(self) -> bool:
        """Whether the input's cells are too small to read, so that the grid shows them enlarged."""
        return self.digits is None and len(self.grids) == 1

    @property
    def lanes_right(self) -> float:
        """The right edge of what the sum is made of."""
        return max(place.right for place in self.grids)


def layout(trace: Trace, shown: Sequence[Step]) -> Layout:
    """Room for a lesson of any size; `shown` are the steps of which every number is shown."""
    widths = measure(trace, shown)
    if trace.windowed.line and trace.kernel.shape[:2] == (1, 1):
        made = _stacked(trace, widths)
    else:
        made = _in_a_row(trace, widths) if trace.kernel.shape[1] == 1 else _in_lanes(trace, widths)
    return replace(made, spread=_spread(trace, made)) if trace.convolution.dilation != (1, 1) else made


def lanes(trace: Trace) -> int:
    """How many channels have a lane of their own."""
    depth = trace.kernel.shape[1]
    return depth if depth <= MOST_LANES else MOST_LANES - 1


def _in_a_row(trace: Trace, widths: Widths) -> Layout:
    rows, columns, high, wide, kh, kw = _sizes(trace)
    grid = min(widths.roomy(GRID_LEAST, GRID_LARGEST), (BOTTOM - TOP) / kh, 540 / kw)
    least_gap = GAP if max(rows * columns, high * wide) <= MOST_CELLS else NARROW_GAP
    room = ROOM - 2 * least_gap - kw * grid
    cell = snap(
        min(
            LARGEST,
            (BOTTOM - TOP) / max(rows, high),
            room / (columns + wide),
            (room - LABEL) / columns,
        ),
        max(rows * columns, high * wide),
    )
    width = columns * cell + kw * grid + max(wide * cell, LABEL)
    gap = min(WIDE_GAP, (ROOM - width) / 2)
    left = MARGIN + (ROOM - width - 2 * gap) / 2
    plane = _plane(trace, left, MIDDLE - rows * cell / 2, cell)
    aside = gap * 0.2 if least_gap < GAP else 0.0  # no words stand between a picture and its enlarged patch
    place = Place(left + columns * cell + gap - aside, MIDDLE - kh * grid / 2, grid, kh, kw)
    maps = _maps(trace, place.right + gap + aside, cell)
    return _typed((plane,), (place,), maps, widths)


def _stacked(trace: Trace, widths: Widths) -> Layout:
    """A signal over its products over its map: with stride 1, each output cell stands under its window's middle."""
    _, columns, _, wide, _, kw = _sizes(trace)
    grid = min(widths.roomy(GRID_LEAST, GRID_LARGEST), ROOM / kw)
    cell = snap(min(LARGEST, ROOM / max(columns, wide)), max(columns, wide))
    gap = min(MOST_DROP, (BOTTOM - TOP - 2 * cell - grid) / 2)
    top = MIDDLE - (2 * cell + grid + 2 * gap) / 2
    middle = WIDTH / 2
    plane = _plane(trace, middle - columns * cell / 2, top, cell)
    place = Place(middle - kw * grid / 2, plane.bottom + gap, grid, 1, kw)
    feature_map = Place(round(middle - wide * cell / 2), round(place.bottom + gap), cell, 1, wide)
    return replace(_typed((plane,), (place,), (feature_map,), widths), stacked=True)


def _in_lanes(trace: Trace, widths: Widths) -> Layout:
    """The larger of two arrangements: with room for the factors in every grid, or for the products alone."""
    rooms = [max(76.0, widths.pairs * LEAST + 14), max(60.0, widths.products * LEAST * 1.2)]
    roomy, plain = (_lanes(trace, widths, wish) for wish in rooms)
    return roomy if roomy.planes[0].cell >= min(72.0, 0.85 * plain.planes[0].cell) else plain


def _lanes(trace: Trace, widths: Widths, wish: float) -> Layout:
    rows, columns, high, wide, kh, kw = _sizes(trace)
    count = lanes(trace)
    more = MORE if trace.kernel.shape[1] > count else 0.0
    room = ROOM - (count - 1) * LANE_GAP - more - GAP
    grid = min(wish, 0.6 * (BOTTOM - TOP - FALL) / kh, (room - LABEL) / (count * kw))
    across = min(
        room / (count * columns + wide),
        (room - LABEL) / (count * columns),
        (room - count * kw * grid) / wide,
    )
    tall = min((BOTTOM - TOP - FALL - kh * grid) / rows, (BOTTOM - TOP) / high)
    cell = snap(min(LARGEST, across, tall), max(rows * columns, high * wide))
    grid = max(grid, min(wish * 1.3, cell, columns * cell / kw, (BOTTOM - TOP - FALL - rows * cell) / kh))
    lane = max(columns * cell, kw * grid)
    maps_wide = max(wide * cell, LABEL)
    spare = room - count * lane - maps_wide
    between = LANE_GAP + min(60.0, spare * 0.4 / count)
    gap = GAP + min(120.0, max(0.0, spare - (count - 1) * (between - LANE_GAP)))
    left = MARGIN + (ROOM - count * lane - (count - 1) * between - more - gap - maps_wide) / 2
    top = MIDDLE - (rows * cell + FALL + kh * grid) / 2
    planes, grids = [], []
    for index in range(count):
        middle = left + lane / 2 + index * (lane + between)
        planes.append(_plane(trace, middle - columns * cell / 2, top, cell))
        grids.append(Place(middle - kw * grid / 2, top + rows * cell + FALL, grid, kh, kw))
    right = left + count * lane + (count - 1) * between
    maps = _maps(trace, right + more + gap, cell)
    placed = (right + more / 2 + 12, grids[0].middle[1]) if more else None
    return _typed(tuple(planes), tuple(grids), maps, widths, placed)


def _typed(
    planes: tuple[Place, ...],
    grids: tuple[Place, ...],
    maps: tuple[Place, ...],
    widths: Widths,
    more: Spot | None = None,
) -> Layout:
    cell, side = grids[0].cell, planes[0].cell
    weights = widths.weight_type(side)
    digits, lift = widths.value_type(side, weights)
    return Layout(
        planes,
        grids,
        maps,
        weights=weights,
        factors=widths.factor_type(cell),
        products=widths.product_type(cell),
        precision=widths.precision,
        resting=widths.rest_type(cell),
        digits=digits,
        lift=lift,
        more=more,
    )


def _spread(trace: Trace, made: Layout) -> tuple[Place, ...]:
    """Room for the dilated kernel of each lane: in a row, between the input and the arrow to the map."""
    rows, columns = (axis.span for axis in trace.axes)
    places = []
    for plane, grid in zip(made.planes, made.grids, strict=True):
        x, y = grid.middle
        wide, high = grid.right - grid.x, grid.bottom - grid.y
        if len(made.grids) == 1:
            right = plane.right + trace.convolution.padding[3] * plane.cell
            wide, high = max(wide, 2 * min(x - right, made.maps[0].x - x) - 2 * NARROW_GAP), BOTTOM - TOP
        cell = min(LARGEST_TAP, wide / columns, high / rows)
        places.append(Place(x - columns * cell / 2, y - rows * cell / 2, cell, rows, columns))
    return tuple(places)


def _sizes(trace: Trace) -> tuple[int, int, int, int, int, int]:
    """Rows and columns of the padded input, of a feature map and of the kernel."""
    return (trace.axes[0].padded, trace.axes[1].padded, *trace.output_size, *trace.kernel.shape[-2:])


def _plane(trace: Trace, x: float, y: float, cell: float) -> Place:
    top, left, _, _ = trace.convolution.padding
    return Place(round(x + left * cell), round(y + top * cell), cell, *trace.input.shape[-2:])


def _maps(trace: Trace, x: float, cell: float) -> tuple[Place, ...]:
    """As many feature maps as fit, one below the other."""
    rows, columns = trace.output_size
    count = min(len(trace.output), MOST_MAPS)
    while count > 1 and count * rows * cell + (count - 1) * MAP_GAP > BOTTOM - TOP:
        count -= 1
    x += max(0.0, LABEL - columns * cell) / 2
    top = MIDDLE - (count * rows * cell + (count - 1) * MAP_GAP) / 2
    return tuple(Place(round(x), round(top + i * (rows * cell + MAP_GAP)), cell, rows, columns) for i in range(count))


def snap(cell: float, cells: int) -> float:
    """Whole pixels for cells that are drawn as a picture, so that all of them look as large."""
    return float(floor(cell)) if cells > MOST_CELLS and cell >= 1 else cell
