"""Many steps at once: the window runs along some rows, and everything in between fills with them."""

from __future__ import annotations

from dataclasses import dataclass

SHORTEST = 130  # ms of one run along a row: a faster window could not be followed


@dataclass(frozen=True)
class Pass:
    """The window runs from step `start` to step `stop`, in one row; the steps `first` to `last - 1` fill meanwhile."""

    first: int
    last: int
    start: int
    stop: int

    @property
    def weight(self) -> int:
        """How long it takes, compared with other passes."""
        return self.stop - self.start + 1


def passes(first: int, last: int, columns: int, milliseconds: int) -> list[Pass]:
    """The steps `first` to `last - 1` of maps of so many columns, in as many passes as there is time for.

    Each pass has one row, or where there are too many for that several rows, of which the window runs along the middle.
    """
    top, bottom = first // columns, -(-last // columns)
    count = max(1, min(bottom - top, milliseconds // SHORTEST))
    made = []
    for index in range(count):
        row0 = top + (bottom - top) * index // count
        row1 = top + (bottom - top) * (index + 1) // count
        begin, end = max(first, row0 * columns), min(last, row1 * columns)
        middle = (row0 + row1 - 1) // 2
        start, stop = max(begin, middle * columns), min(end, (middle + 1) * columns) - 1
        made.append(Pass(begin, end, start, stop))
    return made
