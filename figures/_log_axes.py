"""Two logarithmic axes on a page: where a value stands, and the ticks that are worth a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from figures._page import LEAST, SMALL, Page
from look.numbers import number

STEPS = (1, 2, 5)  # of each power of ten: the values with a tick; of less than ten, all
TICK_ROOM = 26.0  # page units between ticks, at least


@dataclass(frozen=True)
class LogAxis:
    """Values from 1 to ``last`` between page places ``start`` and ``end``."""

    start: float
    end: float
    last: float

    def __call__(self, value: float) -> float:
        """Where a value stands; below 1 there is nothing."""
        return self.start + (self.end - self.start) * log(max(1.0, value)) / log(max(2.0, self.last))

    def ticks(self) -> Iterator[int]:
        """Round values along the axis, with room between them."""
        before = None
        power = 1
        while power <= self.last:
            for step in STEPS if self.last >= 10 else range(1, 10):
                value = step * power
                if value <= self.last and (before is None or abs(self(value) - before) >= TICK_ROOM):
                    before = self(value)
                    yield value
            power *= 10


def draw_axes(page: Page, across: LogAxis, up: LogAxis, names: tuple[str, str]) -> None:
    """Lines of the grid with their values, and the names of both axes."""
    for value in across.ticks():
        page.line([(across(value), up.start), (across(value), up.end)], "grid", 0.8, zorder=0.5)
        page.text(across(value), up.start + 18, number(value), LEAST, "muted")
    for value in up.ticks():
        page.line([(across.start, up(value)), (across.end, up(value))], "grid", 0.8, zorder=0.5)
        page.text(across.start - 12, up(value), number(value), LEAST, "muted", anchor="right")
    page.text(across.end, up.start + 44, names[0], SMALL, "muted", anchor="right")
    page.text(across.start - 46, up.end - 20, names[1], SMALL, "muted", anchor="left")
