"""Where everything in the film of many channels stands: page pixels, from the lesson's sizes and widest numbers.

Fanned out, each channel has a lane from left to right: input plane, slice of the filter, products, their sum. Stacked,
the planes of the input lie behind each other, and so do the slices of every filter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core import Step, Trace
from look.phrases import bracketed
from scenes._heat import MOST_CELLS
from scenes._ink import LEAST, WIDTH
from scenes._lattice import Box, Place, Spot
from scenes._matrix import CLOSE
from scenes._movable import Stand
from scenes._scan_layout import LABEL, MARGIN, MOST_MAPS, ROOM
from scenes._scan_type import Factors, Widths, fitting, measure, widest

TOP, BOTTOM = 274.0, 884.0
MIDDLE = (TOP + BOTTOM) / 2
LANE_GAP, MORE = 34.0, 62.0
MOST_LANES = 4
LARGEST, ROOMIEST, MAP_LARGEST = 96.0, 140.0, 92.0  # sides of cells
DIGITS = 0.84  # of a cell, for its digits
LEAST_PLANE = 150.0
TIGHT = 0.76  # of those gaps, where patches stand in a column of their own
NAME = 150.0  # the width of a channel's name
TIMES_GAP, EQUALS_GAP, SUM_GAP, MAP_GAP = 84.0, 72.0, 84.0, 150.0  # between the columns of a lane
BETWEEN_MAPS = 76.0
SUM_TYPE = 40.0
DECK_LARGEST = 1.7  # times the size that planes have in their lanes
LEAST_STEP, MOST_STEP = 16.0, 40.0  # how far a plane peeks out from behind the one before it
DECK_WIDTH, FILTER_WIDTH = 560.0, 330.0

Column = tuple[Place, ...]
Sides = tuple[int, int, int, int]


@dataclass(frozen=True)
class Deck:
    """A stack of planes: where each one stands, and the box around all of them."""

    stands: tuple[Stand, ...]
    box: Box


@dataclass(frozen=True)
class ChannelLayout:
    """Where things stand, and how large their type is; None where it would be too small to read."""

    planes: Column  # the input's planes without padding, one for each lane
    patches: Column  # what the window reads, enlarged; empty where the planes' own digits can be read
    filters: Column
    grids: Column  # the products
    sums: tuple[Box, ...]
    maps: Column
    input_deck: Deck
    filter_decks: tuple[Deck, ...]  # for every filter whose map is shown
    more: Spot | None  # where channels without a lane are counted
    digits: float | None  # type of the input's values, and so on
    weights: float | None
    factors: Factors | None
    products: float | None
    precision: int  # significant digits of the products
    sum_type: float

    @property
    def lanes_right(self) -> float:
        """Where the sums end."""
        return self.sums[0][2]


def lane_count(depth: int) -> int:
    """How many of so many channels have a lane of their own."""
    return depth if depth <= MOST_LANES else MOST_LANES - 1


def channel_layout(trace: Trace, shown: Sequence[Step]) -> ChannelLayout:
    """Room for a lesson of any size; `shown` are the steps of which every number is shown."""
    widths = measure(trace, shown)
    depth, kh, kw = trace.kernel.shape[1:]
    rows, columns = (axis.padded for axis in trace.axes)
    high, wide = trace.output_size
    lanes = lane_count(depth)
    more = MORE if depth > lanes else 0.0
    lane = (BOTTOM - TOP - more - (lanes - 1) * LANE_GAP) / lanes
    maps = map_count(len(trace.output), high)
    cell, largest = min(LARGEST, lane / rows), min(ROOMIEST, lane / kh)
    map_cell = min(MAP_LARGEST, (BOTTOM - TOP - (maps - 1) * BETWEEN_MAPS) / (maps * high))
    box, sum_type = _sum_box(trace, shown)
    enlarged = rows * columns > MOST_CELLS or widths.value_type(cell, None)[0] is None
    grids = 3 if enlarged else 2
    wish = min(largest, max(widths.weights, widths.products, widths.values if enlarged else 0.0) * LEAST / DIGITS)
    side = max(wish, min(LARGEST, largest))
    tight = TIGHT if enlarged else 1.0
    gaps = NAME + tight * sum([*_before(enlarged), SUM_GAP, MAP_GAP])
    while True:
        width = columns * cell + grids * kw * side + box + max(LABEL, wide * map_cell)
        if width <= ROOM - gaps:
            break
        if (side > wish and kw * side * grids > columns * cell) or cell * max(rows, columns) < LEAST_PLANE:
            side *= 0.97
        else:
            cell *= 0.97
        map_cell = min(map_cell, (ROOM - gaps) / 4 / wide) if wide * map_cell > LABEL else map_cell
    spare = (ROOM - gaps - width) / (grids + 3)
    return _placed(trace, widths, lanes, lane, cell, side, map_cell, box, sum_type, spare, enlarged)


def _placed(
    trace: Trace,
    widths: Widths,
    lanes: int,
    lane: float,
    cell: float,
    side: float,
    map_cell: float,
    box: float,
    sum_type: float,
    spare: float,
    enlarged: bool,
) -> ChannelLayout:
    depth, kh, kw = trace.kernel.shape[1:]
    rows, columns = (axis.padded for axis in trace.axes)
    tall = max(rows * cell, kh * side)
    pitch = min(lane, tall) + min(LANE_GAP + lane - tall, 1.6 * LANE_GAP)
    more = MORE if depth > lanes else 0.0
    first = MIDDLE - more / 2 - pitch * (lanes - 1) / 2
    middles = [first + pitch * index for index in range(lanes)]
    top, left, _, _ = trace.convolution.padding
    x = MARGIN + NAME + spare / 2
    planes = tuple(
        Place(x + left * cell, y - rows * cell / 2 + top * cell, cell, *trace.input.shape[-2:]) for y in middles
    )
    x += columns * cell
    columns_of = []
    tight = TIGHT if enlarged else 1.0
    for gap in _before(enlarged):
        x += tight * gap + spare
        columns_of.append(tuple(Place(x, y - kh * side / 2, side, kh, kw) for y in middles))
        x += kw * side
    x += tight * SUM_GAP + spare
    sums = tuple((x, y - sum_type, x + box, y + sum_type) for y in middles)
    maps = _maps(trace, map_cell)
    return ChannelLayout(
        planes=planes,
        patches=columns_of[0] if enlarged else (),
        filters=columns_of[-2],
        grids=columns_of[-1],
        sums=sums,
        maps=maps,
        input_deck=_input_deck(planes, trace.convolution.padding),
        filter_decks=_filter_decks(columns_of[-2], maps),
        more=(x + box / 2, middles[-1] + pitch / 2 + more / 2) if more else None,
        digits=widths.value_type(cell, None)[0],
        weights=widths.rest_type(side),
        factors=widths.factor_type(side),
        products=widths.product_type(side) or fitting(widths.products, side * CLOSE, LEAST),
        precision=widths.precision,
        sum_type=sum_type,
    )


def _before(enlarged: bool) -> list[float]:
    """The gaps before the columns of patches, where there are any, filters and products."""
    return [*([TIMES_GAP] if enlarged else []), TIMES_GAP, EQUALS_GAP]


def map_count(filters: int, rows: int) -> int:
    """How many feature maps are shown, one below the other."""
    count = min(filters, MOST_MAPS)
    while count > 1 and (BOTTOM - TOP - (count - 1) * BETWEEN_MAPS) / (count * rows) < LEAST * 1.3 < 90 / rows:
        count -= 1
    return count


def _maps(trace: Trace, cell: float) -> Column:
    rows, columns = trace.output_size
    count = map_count(len(trace.output), rows)
    pitch = (BOTTOM - TOP + BETWEEN_MAPS) / count
    x = WIDTH - MARGIN - max(LABEL, columns * cell) / 2 - columns * cell / 2
    middles = [TOP - BETWEEN_MAPS / 2 + pitch * (index + 0.5) for index in range(count)]
    return tuple(Place(round(x), round(y - rows * cell / 2), cell, rows, columns) for y in middles)


def _sum_box(trace: Trace, shown: Sequence[Step]) -> tuple[float, float]:
    """Width of the box of a channel's sum, and the type in it."""
    texts = [bracketed(value) for step in shown for value in step.channel_sums.tolist()]
    em = widest(texts)
    size = max(LEAST, min(SUM_TYPE, 190.0 / em))
    return max(96.0, em * size + 28), size


def _input_deck(planes: Column, padding: Sides) -> Deck:
    return _deck(planes, padding, MARGIN + DECK_WIDTH / 2, MIDDLE, DECK_WIDTH, (BOTTOM - TOP) * 0.8)


def _filter_decks(slices: Column, maps: Column) -> tuple[Deck, ...]:
    """A stack of slices for each map, on the map's height."""
    middle = (MARGIN + DECK_WIDTH + maps[0].x) / 2
    tall = (BOTTOM - TOP + BETWEEN_MAPS) / len(maps) - BETWEEN_MAPS
    return tuple(_deck(slices, (0, 0, 0, 0), middle, place.middle[1], FILTER_WIDTH, tall) for place in maps)


def _deck(places: Column, padding: Sides, x: float, y: float, width: float, height: float) -> Deck:
    """The first plane in front at the top left, each further one peeking out from behind it; (x, y) is its middle."""
    place, behind = places[0], len(places) - 1
    top, left, bottom, right = padding
    wide, high = (place.columns + left + right) * place.cell, (place.rows + top + bottom) * place.cell
    step = min(MOST_STEP, max(LEAST_STEP, 0.16 * min(wide, high)))
    wide, high = wide + behind * step, high + behind * step
    scale = min(DECK_LARGEST, width / wide, height / high)
    box = (x - wide * scale / 2, y - high * scale / 2, x + wide * scale / 2, y + high * scale / 2)
    first_x, first_y = box[0] + left * place.cell * scale, box[1] + top * place.cell * scale
    stands = tuple(
        Stand(first_x + index * step * scale, first_y + index * step * scale, scale, 0.0 if index else 1.0)
        for index in range(behind + 1)
    )
    return Deck(stands, box)
