"""The window of a pool, enlarged: its cells are read one after the other, and the largest so far wears a crown."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Group, VGroup

from core import MaxStep
from look import Look
from look.pool_phrases import PoolStep, cell_text
from look.shade import Shade
from look.typesetting import typeset
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import LEAST, Lettering, hatching, lettering, rectangle
from scenes._lattice import Box, Place
from scenes._motion import Slot
from scenes._scan_map import active_mark

INDEXED = 116.0  # px; cells of this side or more say the index of what they hold


class Panel(Group):
    """Empty cells at `place` that `read` fills. `size` is the type of the values; None for a picture without digits."""

    def __init__(self, place: Place, shade: Shade, size: float | None, look: Look) -> None:
        super().__init__()
        self.place, self.shade, self.size, self.look = place, shade, size, look
        self._filled, self._crown = Slot(), Slot()
        if place.rows * place.columns <= MOST_CELLS:
            self.add(*(self._cell(place.at(row, column), look.surface) for row, column in self._cells()))
        else:
            left, top, right, bottom = place.span(0, 0, place.rows, place.columns)
            self.add(rectangle(left, top, right - left, bottom - top, look, fill="surface", stroke="grid"))
        self.add(self._filled, self._crown)

    def _cells(self) -> Iterable[tuple[int, int]]:
        return ((row, column) for row in range(self.place.rows) for column in range(self.place.columns))

    def clear(self) -> None:
        """Empty every cell."""
        self._filled.show()
        self._crown.show()

    def read(self, step: PoolStep, taps: Iterable[int]) -> None:
        """Show these cells of the window (indices in reading order) as well."""
        if self.place.rows * self.place.columns > MOST_CELLS:
            self._picture(step)
            return
        for tap in taps:
            self._filled.also(self._read(step, *divmod(tap, self.place.columns)))

    def _picture(self, step: PoolStep) -> None:
        """The whole window, once."""
        if self._filled.submobjects:
            return
        values = step.patch[0] * step.inside  # a picture has no infinity: padding is bare
        place = self.place
        self._filled.show(HeatMatrix(values, place.x, place.y, place.cell, self.shade, self.look))

    def crown(self, tap: tuple[int, int] | None) -> None:
        """The largest cell so far, or none."""
        self._crown.show(*(active_mark(self.place.at(*tap), self.look) if tap else ()))

    def value(self, step: PoolStep, row: int, column: int, *, bold: bool = False) -> Lettering:
        """The digits of a cell."""
        x, y = self.place.center(row, column)
        text = cell_text(step, row, column) or " "
        size = self.size or LEAST
        up = size * 0.34 if self._index(step, row, column) else 0.0
        role = self.look.ink_role(self._fill(step, row, column)) if step.inside[row, column] else "muted"
        return lettering(text, x, y - up, size, self.look, role, bold=bold, max_width=self.place.cell * 0.94)

    def _read(self, step: PoolStep, row: int, column: int) -> VGroup:
        box = self.place.at(row, column)
        left, top, right, bottom = box
        drawn = VGroup(self._cell(box, self._fill(step, row, column)))
        if not step.inside[row, column]:
            drawn.add(hatching(left + 2, top + 2, right - left - 4, bottom - top - 4, self.look))
            text = cell_text(step, row, column)
            if text and self.size:
                width, (x, y) = typeset(text).width * self.size + 16, self.place.center(row, column)
                high = self.size * 1.1
                drawn.add(rectangle(x - width / 2, y - high / 2, width, high, self.look, fill="surface", radius=6))
        if self.size and cell_text(step, row, column):
            drawn.add(self.value(step, row, column))
        index = self._index(step, row, column)
        if index:
            x, y = self.place.center(row, column)
            role = self.look.ink_role(self._fill(step, row, column))
            drawn.add(lettering(index, x, y + self.place.cell * 0.27, LEAST, self.look, role))
        return drawn

    def _index(self, step: PoolStep, row: int, column: int) -> str:
        """What a max pool would remember of a cell, where there is room to say it."""
        if not isinstance(step, MaxStep) or not step.inside[row, column] or self.place.cell < INDEXED:
            return ""
        text = self.look.say("pooling-scan.index", index=step.indices[row, column].item())
        return text if typeset(text).width * LEAST <= self.place.cell * 0.94 else ""

    def _fill(self, step: PoolStep, row: int, column: int) -> str:
        inside = bool(step.inside[row, column])
        return self.shade(step.patch[0, row, column].item()) if inside else self.look.surface

    def _cell(self, box: Box, fill: str) -> Group:
        left, top, right, _ = box
        side = right - left - 2.5
        return rectangle(
            left + 1.25,
            top + 1.25,
            side,
            side,
            self.look,
            fill=fill,
            stroke="grid",
            line=1.5,
            radius=min(6.0, side * 0.06),
        )
