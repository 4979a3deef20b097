"""What the stamps of a transposed convolution add up on: more than the output, until padding cuts its ends off."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Group

from core import Stamp, Step, TransposeTrace
from look import Look
from look.drawing import Segment, dashed
from look.shade import shading
from scenes._heat import HeatMatrix
from scenes._ink import Lettering, lettering, rectangle, strokes
from scenes._lattice import Box
from scenes._matrix import Matrix, padding_ring
from scenes._motion import Slot
from scenes._scan_map import active_mark
from scenes._transposed_layout import TransposedLayout


class Canvas(Group):
    """The canvas of the first output channel, without bias. Cells are blank until something is stamped on them."""

    def __init__(self, trace: TransposeTrace, look: Look, layout: TransposedLayout) -> None:
        super().__init__()
        self.trace, self.look, self.layout = trace, look, layout
        place = layout.canvas
        shade = shading(look, "output", trace.canvas[0])
        self.shade = shade
        kind = HeatMatrix if layout.picture else Matrix
        self.cells = kind(trace.canvas[0], place.x, place.y, place.cell, shade, look, known=False)
        self._written: dict[tuple[int, int], float] = {}
        self._digits: dict[tuple[int, int], Lettering] = {}
        self._touched: set[tuple[int, int]] = set()
        self._done = 0
        self.letters, self._mark = Slot(), Slot()
        out = layout.output
        border = out.span(0, 0, out.rows, out.columns)
        cut = trace.transposed.padding
        frame = rectangle(border[0], border[1], border[2] - border[0], border[3] - border[1], look, stroke="output")
        self.add(self.cells, padding_ring(out, cut, look), *self._extension(), *([frame] if any(cut) else []))
        self.add(self.letters, self._mark)

    def show(self, stamps: Sequence[Stamp], done: int) -> None:
        """What the first `done` of these stamps have left; cells without a stamp stay blank."""
        values = self.trace.canvas_after(stamps[0].index + done)[0]
        if isinstance(self.cells, HeatMatrix):
            self.cells.repaint(values)
            return
        rows, columns = range(self.cells.rows), range(self.cells.columns)
        for stamp in stamps[self._done : done]:
            _, down, across = stamp.window
            self._touched |= {(row, column) for row in rows[down] for column in columns[across]}
        self._done = done
        changed = [self._write(row, column, values[row, column].item()) for row, column in sorted(self._touched)]
        if any(changed):
            self.letters.submobjects = list(self._digits.values())

    def _write(self, row: int, column: int, value: float) -> bool:
        """Write a value in its cell; whether it was another before."""
        if self._written.get((row, column)) == value:
            return False
        self._written[row, column] = value
        fill = self.shade(value)
        self.cells.cells[row, column].set_fill(fill)
        if self.layout.written:
            place = self.layout.canvas.center(row, column)
            role = self.look.ink_role(fill)
            text = self.look.number(value)
            self._digits[row, column] = lettering(text, *place, self.layout.written, self.look, role)
        return True

    def mark(self, step: Step) -> None:
        """Mark the output cell that is watched."""
        self._mark.show(*active_mark(self.layout.output.at(step.row, step.col), self.look))

    def _extension(self) -> list[Group]:
        """The rows and columns that output padding adds at the end, dashed."""
        axes, place = self.trace.transposed.axes, self.layout.canvas
        segments: list[Segment] = []
        for row in range(place.rows):
            for column in range(place.columns):
                added = [at >= axis.canvas - axis.output_padding for at, axis in zip((row, column), axes, strict=True)]
                if any(added) and place.cell >= 12:
                    left, top, right, bottom = place.at(row, column)
                    segments += dashed(left + 5, top + 5, right - 5, bottom - 5)
        return [strokes(segments, self.look, "accent", line=2.0)] if segments else []

    def taps(self, stamp: Stamp) -> tuple[Box, ...]:
        """The boxes of the cells that a stamp lands on."""
        place = self.layout.canvas
        _, down, across = stamp.window
        rows, columns = range(place.rows)[down], range(place.columns)[across]
        return tuple(place.at(row, column) for row in rows for column in columns)


class Expected(Group):
    """The values that scatter has found, pale, until gather finds them again."""

    def __init__(self, trace: TransposeTrace, look: Look, layout: TransposedLayout) -> None:
        super().__init__()
        self._columns = trace.output_size[1]
        self._digits: dict[tuple[int, ...], Lettering] = {}
        if layout.written:
            self._digits = {
                at: lettering(look.number(value.item()), *layout.output.center(*at), layout.written, look, "muted")
                for at, value in np.ndenumerate(trace.output[0])
            }
        self.add(*self._digits.values())

    def found(self, first: int, last: int, column: int | None = None) -> None:
        """Gather has found the steps `first` to `last - 1`, as far as up to a column."""
        for row, col in list(self._digits):
            if first <= row * self._columns + col < last and (column is None or col <= column):
                self.remove(self._digits.pop((row, col)))
