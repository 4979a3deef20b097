"""Where everything in the scan film stands: pure geometry, in page pixels, from the lesson's sizes and widest numbers.

One channel: input, then the kernel's grid, then the feature map, from left to right. Several channels: a lane for each,
the input plane above the grid of its kernel slice, and the feature maps at the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor

from core import Step, Trace
from look.numbers import number
from look.phrases import bracketed
from look.typeset import typeset
from scenes._heat import MOST_CELLS
from scenes._ink import LEAST, WIDTH
from scenes._lattice import Place, Spot

MARGIN = 96.0
ROOM = WIDTH - 2 * MARGIN
TOP, BOTTOM = 258.0, 868.0  # of what stands between the labels and the sum
MIDDLE = (TOP + BOTTOM) / 2
SUM_LINE = 934.0
LARGEST, GRID_LEAST, GRID_LARGEST = 118.0, 98.0, 152.0  # sides of cells
GAP, WIDE_GAP = 176.0, 300.0  # for an arrow with its label
LANE_GAP, FALL = 52.0, 74.0  # between lanes, and from a plane down to its grid
MORE = 190.0  # the width of "+ 5 more channels"
MAP_GAP = 76.0
SIGN = 0.7  # em; room for a × set tight before a weight
MOST_LANES, MOST_MAPS, MOST_TAPS = 4, 3, 144  # more taps than this are a picture, too


@dataclass(frozen=True)
class Layout:
    """Where things stand, and how large their type is; None where it would be too small to read."""

    planes: tuple[Place, ...]  # the input's planes without padding, one for each lane
    grids: tuple[Place, ...]  # the kernel at rest, later the products; one for each lane
    maps: tuple[Place, ...]
    weights: float | None  # type of the weights that ride in the window's corners
    factors: float | None  # type of the factors above a product
    products: float | None  # type of the products
    resting: float | None  # type of the kernel's weights at rest
    more: Spot | None = None  # where channels without a lane are counted

    @property
    def lanes_right(self) -> float:
        """The right edge of what the sum is made of."""
        return max(place.right for place in self.grids)


@dataclass(frozen=True)
class Widths:
    """The widest text of each kind, in em."""

    factors: float
    products: float
    weights: float

    def factor_type(self, cell: float) -> float | None:
        """Type of the factors above a product in a cell of this side."""
        return _type(self.factors, cell - 12, min(29.0, cell * 0.26)) if cell >= 72 else None

    def product_type(self, cell: float) -> float | None:
        """Type of the products."""
        return _type(self.products, cell * 0.84, cell * (0.4 if self.factor_type(cell) else 0.44))

    def weight_type(self, cell: float) -> float | None:
        """Type of the weights in the window's corners."""
        return _type(self.weights + SIGN, cell - 20, max(LEAST, cell * 0.245)) if cell >= 72 else None


def layout(trace: Trace, shown: Sequence[Step]) -> Layout:
    """Room for a lesson of any size; `shown` are the steps of which every number is shown."""
    widths = _widths(trace, shown)
    return _in_a_row(trace, widths) if trace.kernel.shape[1] == 1 else _in_lanes(trace, widths)


def lanes(trace: Trace) -> int:
    """How many channels have a lane of their own."""
    depth = trace.kernel.shape[1]
    return depth if depth <= MOST_LANES else MOST_LANES - 1


def _in_a_row(trace: Trace, widths: Widths) -> Layout:
    rows, columns, high, wide, kh, kw = _sizes(trace)
    wish = min(GRID_LARGEST, max(GRID_LEAST, widths.factors * 27 + 18))
    grid = min(wish, (BOTTOM - TOP) / kh, 540 / kw)
    cell = _snap(
        min(
            LARGEST,
            (BOTTOM - TOP) / max(rows, high),
            (ROOM - 2 * GAP - kw * grid) / (columns + wide),
        ),
        max(rows * columns, high * wide),
    )
    gap = min(WIDE_GAP, (ROOM - (columns + wide) * cell - kw * grid) / 2)
    left = MARGIN + (ROOM - (columns + wide) * cell - kw * grid - 2 * gap) / 2
    plane = _plane(trace, left, MIDDLE - rows * cell / 2, cell)
    grid_left = left + columns * cell + gap
    place = Place(grid_left, MIDDLE - kh * grid / 2, grid, kh, kw)
    maps = _maps(trace, place.right + gap, cell)
    return _typed((plane,), (place,), maps, widths)


def _in_lanes(trace: Trace, widths: Widths) -> Layout:
    """The larger of two arrangements: with room for the factors in every grid, or for the products alone."""
    rooms = [max(76.0, widths.factors * LEAST + 14), max(44.0, widths.products * LEAST * 1.2)]
    roomy, plain = (_lanes(trace, widths, wish) for wish in rooms)
    return roomy if roomy.planes[0].cell >= min(72.0, 0.85 * plain.planes[0].cell) else plain


def _lanes(trace: Trace, widths: Widths, wish: float) -> Layout:
    rows, columns, high, wide, kh, kw = _sizes(trace)
    count = lanes(trace)
    more = MORE if trace.kernel.shape[1] > count else 0.0
    grid = min(wish, 0.6 * (BOTTOM - TOP - FALL) / kh, 0.7 * ROOM / count / kw)
    room = ROOM - (count - 1) * LANE_GAP - more - GAP
    across = room / (count * columns + wide)
    if columns * across < kw * grid:  # the grids are what is wide
        across = (room - count * kw * grid) / wide
    tall = min((BOTTOM - TOP - FALL - kh * grid) / rows, (BOTTOM - TOP) / high)
    cell = _snap(min(LARGEST, across, tall), max(rows * columns, high * wide))
    grid = max(grid, min(wish * 1.3, cell, columns * cell / kw, (BOTTOM - TOP - FALL - rows * cell) / kh))
    lane = max(columns * cell, kw * grid)
    spare = room - count * lane - wide * cell
    between = LANE_GAP + min(60.0, spare * 0.4 / count)
    gap = GAP + min(120.0, max(0.0, spare - (count - 1) * (between - LANE_GAP)))
    left = MARGIN + (ROOM - count * lane - (count - 1) * between - more - gap - wide * cell) / 2
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
    cell = grids[0].cell
    return Layout(
        planes,
        grids,
        maps,
        weights=widths.weight_type(planes[0].cell),
        factors=widths.factor_type(cell),
        products=widths.product_type(cell),
        resting=_type(widths.weights, cell * 0.84, cell * 0.44),
        more=more,
    )


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
    top = MIDDLE - (count * rows * cell + (count - 1) * MAP_GAP) / 2
    return tuple(Place(round(x), round(top + i * (rows * cell + MAP_GAP)), cell, rows, columns) for i in range(count))


def _snap(cell: float, cells: int) -> float:
    """Whole pixels for cells that are drawn as a picture, so that all of them look as large."""
    return float(floor(cell)) if cells > MOST_CELLS and cell >= 1 else cell


def _type(em: float, room: float, largest: float) -> float | None:
    size = min(largest, room / em) if em else largest
    return size if size >= LEAST else None


def _widths(trace: Trace, shown: Sequence[Step]) -> Widths:
    if trace.kernel[0, 0].size > MOST_TAPS:
        return Widths(99.0, 99.0, 99.0)
    pairs = {
        (value, weight)
        for step in shown
        for value, weight in zip(step.patch.ravel().tolist(), step.weights.ravel().tolist(), strict=True)
    }
    return Widths(
        factors=_widest(factors_text(value, weight) for value, weight in pairs),
        products=_widest(number(product) for step in shown for product in step.products.ravel().tolist()),
        weights=_widest(number(weight) for step in shown for weight in step.weights.ravel().tolist()),
    )


def factors_text(value: float, weight: float) -> str:
    """The two factors of a product: 2·(−4)."""
    return f"{number(value)}·{bracketed(weight)}"


def _widest(texts: Iterable[str]) -> float:
    longest = sorted(set(texts), key=lambda text: (len(text), text))[-12:]
    return max((typeset(text).width for text in longest), default=0.0)
