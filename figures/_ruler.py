"""One padded axis as a ruler of cells, with a break in the middle where it is too long to show whole."""

from __future__ import annotations

from dataclasses import dataclass

from core import AxisSize
from figures._page import LEAST, Box, Page
from look.numbers import number
from look.typesetting import typeset

Segment = tuple[int, int]  # half-open range of padded indices

LEAST_CELL = 22.0  # a ruler with smaller cells is broken, if its windows allow it
PAST = 4  # cells past the end that are shown at most
BREAK = 40.0  # width of the break


@dataclass(frozen=True)
class Ruler:
    """Where the cells of a padded axis stand: `segments` of it from `x` on, and `past` cells past its end."""

    axis: AxisSize
    x: float
    cell: float
    segments: tuple[Segment, ...]
    past: int

    def left(self, index: int) -> float:
        """The left edge of a padded index that is shown, or of one past the end."""
        x = self.x
        for first, last in self.segments:
            if index < last or last == self.axis.padded:
                return x + (index - first) * self.cell
            x += (last - first) * self.cell + BREAK
        raise ValueError(f"index {index} is in the break")

    @property
    def end(self) -> float:
        """Where the padded axis ends."""
        return self.left(self.axis.padded)

    @property
    def right(self) -> float:
        """Where the space past its end ends."""
        return self.end + self.past * self.cell

    def shows(self, window: tuple[int, ...]) -> bool:
        """Whether a window's cells all stand in one segment, the last of which goes on past the end."""
        ends = [*(last for _, last in self.segments[:-1]), self.axis.padded + self.past]
        return any(
            first <= window[0] and window[-1] < last for (first, _), last in zip(self.segments, ends, strict=True)
        )


def plan_ruler(axis: AxisSize, x: float, width: float, largest: float, *, past: int | None = None) -> Ruler:
    """The ruler that shows as much of `axis` as `width` lets be read, from its start and from its end.

    `past` cells are kept free past its end, by default as many as the window that does not fit needs there.
    """
    if past is None:
        past = max(min(axis.overrun, PAST), axis.overhang)
    whole = axis.padded + past
    cell = min(largest, width / whole)
    if cell < LEAST_CELL:
        least = max(axis.span + axis.stride, int((width - BREAK) / LEAST_CELL - past) // 2)
        if 2 * least < axis.padded:
            cell = (width - BREAK) / (2 * least + past)
            return Ruler(axis, x, cell, ((0, least), (axis.padded - least, axis.padded)), past)
    return Ruler(axis, x, int(cell) if cell > 4 else cell, ((0, axis.padded),), past)


def draw_ruler(page: Page, ruler: Ruler, y: float, height: float, *, role: str = "input") -> None:
    """The cells, in `role` with their indices; padding hatched, what no window reads hatched the other way."""
    axis, look = ruler.axis, page.look
    fill = look.cell(role, 0.5)
    unread = set(axis.unread)
    digits = _digits_size(axis, ruler.cell, height)
    gap = 1.5 if ruler.cell >= 8 else 0.0
    for first, last in ruler.segments:
        for index in range(first, last):
            left = ruler.left(index)
            box = (left + gap / 2, y, ruler.cell - gap, height)
            inside = axis.before <= index < axis.before + axis.input
            page.rect(*box, fill=fill if inside else None, stroke="grid", thickness=1, dashed=not inside)
            if not inside:
                page.hatch(*box, gap=8)
            if index in unread:
                page.hatch(*box, role="accent", gap=6, falling=True)
                page.rect(*box, stroke="accent", thickness=2, zorder=2)
            elif inside and digits:
                text = number(index - axis.before)
                page.text(left + ruler.cell / 2, y + height / 2, text, digits, "ink", within=_box(box))
    for index in range(axis.padded, axis.padded + axis.overhang):  # what only ceil mode reaches
        box = (ruler.left(index) + gap / 2, y, ruler.cell - gap, height)
        page.rect(*box, stroke="muted", thickness=1, dashed=True)
    if len(ruler.segments) > 1:
        middle = (ruler.left(ruler.segments[0][1] - 1) + ruler.cell + ruler.left(ruler.segments[1][0])) / 2
        page.text(middle, y + height / 2, "…", 26, "muted")


def _box(rect: tuple[float, float, float, float]) -> Box:
    x, y, width, height = rect
    return (x, y, x + width, y + height)


def _digits_size(axis: AxisSize, cell: float, height: float) -> float:
    """The size at which the largest index fits a cell; 0 where it would be too small to read."""
    widest = typeset(number(axis.input - 1)).width
    size = min(20.0, height * 0.5, cell * 0.86 / widest)
    return size if size >= LEAST else 0.0
