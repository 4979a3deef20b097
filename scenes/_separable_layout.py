"""Where everything in the depthwise separable film stands: page pixels, from the lesson's sizes.

Each map of the first stage has a lane from left to right: its channel's plane, its kernel, the map, and its row in the
table of the 1×1 filters, which are that table's columns. The maps of the second stage stand at the right.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.separable_trace import SeparableTrace
from look.drawing import widest_number
from scenes._ink import LEAST, WIDTH
from scenes._lattice import Box, Place, Spot
from scenes._scan_layout import MARGIN, ROOM

STAGES, HEADS = 232.0, 282.0  # heights of the stages' names and of the columns'
TOP, BOTTOM = 312.0, 850.0
LANE_GAP, MORE, LANES = 30.0, 56.0, 4
MOST_FILTERS = 4
NAME = 150.0  # the width of a channel's name
TIMES_GAP, ADD_GAP, MIX_GAP, LAST_GAP = 74.0, 104.0, 84.0, 116.0  # between the columns
LARGEST, TABLE, TABLE_LARGEST = 92.0, 62.0, 118.0  # sides of cells
DIGITS = 0.8  # of a cell, for its digits
MAP_NAME, MAP_GAP, MAP_LEAST = 50.0, 44.0, 150.0

Column = tuple[Place, ...]


@dataclass(frozen=True)
class SeparableLayout:
    """One place in each column for every lane; the table's are one cell high and as wide as there are filters."""

    planes: Column
    kernels: Column
    middles: Column
    table: Column
    maps: Column
    more: Spot | None  # where lanes that are not shown are counted

    def filter_box(self, index: int) -> Box:
        """The column of a 1×1 filter: as deep as there are maps, one cell wide."""
        first, last = self.table[0].at(0, index), self.table[-1].at(0, index)
        return (first[0] - 5, first[1] - 5, last[2] + 5, last[3] + 5)

    def stage_box(self, second: bool) -> tuple[float, float]:
        """From where to where a stage reaches on the page."""
        if second:
            return self.table[0].x - 10, max(place.right for place in self.maps)
        return MARGIN, self.middles[0].right


def separable_layout(trace: SeparableTrace) -> SeparableLayout:
    """Room for a lesson of any size."""
    stage = trace.depthwise
    kh, kw = stage.kernel.shape[2:]
    rows, columns = (axis.padded for axis in stage.axes)
    high, wide = trace.output_size
    maps = len(stage.output)
    lanes = maps if maps <= LANES else LANES - 1
    more = MORE if maps > lanes else 0.0
    lane = (BOTTOM - TOP - more - (lanes - 1) * LANE_GAP) / lanes
    filters = min(len(trace.output), MOST_FILTERS)
    across = 1 if filters <= 2 else 2
    down = -(-filters // across)
    tall = (BOTTOM - TOP - (down - 1) * MAP_GAP) / down - MAP_NAME
    sides = [min(LARGEST, room) for room in (lane / rows, lane / kh, lane / high, tall / high)]
    widest = widest_number(trace.separable.pointwise.ravel().tolist())
    table = min(max(TABLE, min(widest * LEAST / DIGITS, TABLE_LARGEST)), lane)
    gaps = NAME + TIMES_GAP + ADD_GAP + MIX_GAP + LAST_GAP + (across - 1) * MAP_GAP
    while True:
        plane, kernel, middle, output = sides
        widths = [columns * plane, kw * kernel, wide * middle, filters * table, across * max(MAP_LEAST, wide * output)]
        if sum(widths) <= ROOM - gaps:
            break
        sides = [side * 0.98 for side in sides]
        table *= 0.995
    spare = (ROOM - gaps - sum(widths)) / 5
    pitch = min(lane + LANE_GAP, max(rows * plane, kh * kernel, high * middle) + 2 * LANE_GAP)
    first = (TOP + BOTTOM - more) / 2 - pitch * (lanes - 1) / 2
    middles = [first + pitch * index for index in range(lanes)]
    top, left, _, _ = stage.convolution.padding
    x = MARGIN + NAME + spare / 2
    planes = tuple(
        Place(x + left * plane, y - rows * plane / 2 + top * plane, plane, *trace.input.shape[1:]) for y in middles
    )
    x += widths[0] + TIMES_GAP + spare
    kernels = tuple(Place(x, y - kh * kernel / 2, kernel, kh, kw) for y in middles)
    x += widths[1] + ADD_GAP + spare
    between = tuple(Place(x, y - high * middle / 2, middle, high, wide) for y in middles)
    x += widths[2] + MIX_GAP + spare
    mixers = tuple(Place(x, y - table / 2, table, 1, filters) for y in middles)
    placed = (x + widths[3] / 2, middles[-1] + pitch / 2 + more / 2) if more else None
    return SeparableLayout(planes, kernels, between, mixers, _maps(filters, across, output, (high, wide)), placed)


def _maps(count: int, across: int, cell: float, size: tuple[int, int]) -> Column:
    """The feature maps in one column or in two, each under its name."""
    high, wide = size
    down = -(-count // across)
    room = max(MAP_LEAST, wide * cell)
    left = WIDTH - MARGIN - across * room - (across - 1) * MAP_GAP
    pitch = (BOTTOM - TOP + MAP_GAP) / down
    places = []
    for index in range(count):
        row, column = divmod(index, across)
        x = left + column * (room + MAP_GAP) + (room - wide * cell) / 2
        y = TOP - MAP_GAP / 2 + pitch * (row + 0.5) + MAP_NAME / 2 - high * cell / 2
        places.append(Place(round(x), round(y), cell, high, wide))
    return tuple(places)
