"""Where the four padded inputs of the padding-modes film stand: side by side, two by two, or one under the other."""

from __future__ import annotations

from dataclasses import dataclass

from core import Trace
from scenes._ink import WIDTH
from scenes._lattice import Place, Spot
from scenes._stage import MARGIN

TOP, BOTTOM = 232.0, 986.0  # of all panels
BETWEEN = 44.0
ABOVE, BELOW = 118.0, 152.0  # of a panel: its name and rule over the cells, indices and value under them
BESIDE = 40.0  # the row indices at the left
WORDS = 430.0  # where panels stand one under the other: the words' column at the left, and the values' at the right
LARGEST = 88.0
COLUMNS = (4, 2, 1)


@dataclass(frozen=True)
class PanelPlace:
    """`plane` is the input within its padding; the words' places, their anchor and the `room` they have."""

    plane: Place
    name: Spot
    rule: Spot
    value: Spot
    sum: Spot
    anchor: str
    room: float


def panel_places(trace: Trace, count: int) -> tuple[PanelPlace, ...]:
    """The arrangement with the largest cells; of equal ones the first of `COLUMNS`."""
    best = max(COLUMNS, key=lambda columns: round(_cell(trace, count, columns), 3))
    cell = _cell(trace, count, best)
    cell = float(int(cell)) if cell > 3 else cell
    return tuple(_place(trace, at, count, best, cell) for at in range(count))


def _cell(trace: Trace, count: int, columns: int) -> float:
    _, rows, cols = trace.padded.shape
    wide, high = _room(count, columns)
    return min(LARGEST, wide / cols, high / rows)


def _room(count: int, columns: int) -> Spot:
    """Width and height that the padded cells of one panel may take."""
    lines = -(-count // columns)
    wide = (WIDTH - 2 * MARGIN - BETWEEN * (columns - 1)) / columns - BESIDE
    high = (BOTTOM - TOP - BETWEEN * (lines - 1)) / lines
    return (wide - 2 * WORDS, high - BESIDE) if columns == 1 else (wide, high - ABOVE - BELOW)


def _place(trace: Trace, at: int, count: int, columns: int, cell: float) -> PanelPlace:
    _, rows, cols = trace.padded.shape
    top, left, _, _ = trace.convolution.padding
    lines = -(-count // columns)
    row, column = divmod(at, columns)
    width = (WIDTH - 2 * MARGIN - BETWEEN * (columns - 1)) / columns
    height = (BOTTOM - TOP - BETWEEN * (lines - 1)) / lines
    x0, y0 = MARGIN + column * (width + BETWEEN), TOP + row * (height + BETWEEN)
    _, height_in, width_in = trace.input.shape
    if columns == 1:
        x = x0 + WORDS + BESIDE + (width - 2 * WORDS - BESIDE - cols * cell) / 2
        y = y0 + (height - BESIDE - rows * cell) / 2
        middle = y + rows * cell / 2
        right = x + cols * cell + 40
        names = (x0, middle - 26), (x0, middle + 16), (right, middle - 22), (right, middle + 24)
        anchor, room = "left", WORDS - 20
    else:
        x = x0 + (width - cols * cell) / 2 + BESIDE / 2
        spare = height - ABOVE - BELOW - rows * cell
        y = y0 + ABOVE + spare / 2
        middle = x + cols * cell / 2
        low = y + rows * cell
        names = (middle, y - 86), (middle, y - 40), (middle, low + 80), (middle, low + 128)
        anchor, room = "center", width
    plane = Place(x + left * cell, y + top * cell, cell, height_in, width_in)
    return PanelPlace(plane, *names, anchor, room)
