"""Geometry that films and figures share: hatching, how big a cell may be, how large its digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from numbers import Real

from look.numbers import number
from look.typesetting import typeset

Segment = tuple[tuple[float, float], tuple[float, float]]

CELL_DIGITS = 0.44  # type size of a digit, of the cell's side
DASH = 7.0  # page units
CELL_MARGIN = 0.1  # of the cell's side, kept free at either side of its digits


def hatch(x: float, y: float, width: float, height: float, gap: float, *, falling: bool = False) -> list[Segment]:
    """Diagonal strokes of a rectangle at (x, y), `gap` apart, rising to the right where y runs down, or falling."""
    segments = []
    steps = int((width + height) / gap) + 1
    for k in range(1, steps):
        d = k * gap
        if d >= width + height:
            break
        start = (x + max(0.0, d - height), y + min(d, height))
        end = (x + min(d, width), y + max(0.0, d - width))
        segments.append((start, end))
    if falling:  # mirrored about the rectangle's middle
        turn = 2 * x + width
        segments = [((turn - x0, y0), (turn - x1, y1)) for (x0, y0), (x1, y1) in segments]
    return segments


def dashed(left: float, top: float, right: float, bottom: float) -> list[Segment]:
    """The outline of a rectangle in dashes."""
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    segments: list[Segment] = []
    for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True):
        count = max(1, round((abs(x1 - x0) + abs(y1 - y0)) / (2 * DASH)))
        for index in range(count):
            a, b = (index + 0.25) / count, (index + 0.75) / count
            segments.append(((x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)))
    return segments


def digits_size(
    values: Iterable[Real | float], cell: float, *, largest: float = CELL_DIGITS, margin: float = CELL_MARGIN
) -> float:
    """The one type size at which each of `values` fits a cell of side `cell`: cells of a matrix share their size."""
    room = cell * (1 - 2 * margin)
    widest = max((typeset(number(value)).width for value in values), default=0.0)
    return min(cell * largest, room / widest if widest else cell * largest)


def cell_side(rows: int, columns: int, width: float, height: float, *, largest: float) -> float:
    """Side of a square cell with which rows × columns fit into width × height."""
    return min(largest, width / max(1, columns), height / max(1, rows))


def whole_side(side: float) -> float:
    """A cell's side in whole units, where that does not show, so that grids come out crisp."""
    return int(side) if side > 3 else side


def widest_number(values: Iterable[Real | float]) -> float:
    """The width in em of the widest of these numbers; only the longest are set and measured."""
    longest = sorted({number(value) for value in set(values)}, key=lambda text: (len(text), text))[-16:]
    return max((typeset(text).width for text in longest), default=0.0)


def runs(indices: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Half-open runs of consecutive indices, which are in order."""
    first = last = -1
    for index in indices:
        if index != last:
            if last > first:
                yield first, last
            first = index
        last = index + 1
    if last > first:
        yield first, last
