"""The input of a transposed convolution on the page: dense at first, then with zeros between its cells."""

from __future__ import annotations

from manim import Group, VGroup

from core import TransposeTrace
from look import Look
from look.drawing import Segment, dashed
from look.shade import shading
from scenes._heat import HeatMatrix
from scenes._ink import LEAST, UNIT, lettering, strokes
from scenes._lattice import Box
from scenes._matrix import Matrix, padding_ring
from scenes._motion import Glide, Slot
from scenes._scan_unread import unread_area
from scenes._transposed_layout import TransposedLayout


class StuffedPlane:
    """`cells` lie under the light of the window, `digits` over it."""

    def __init__(self, trace: TransposeTrace, look: Look, layout: TransposedLayout) -> None:
        self.trace, self.look, self.layout = trace, look, layout
        self.cells, self.digits = Slot(), Slot()
        self._shade = shading(look, "input", trace.input, faint=1.0 if layout.picture else 0.62)
        self._matrix: Matrix | None = None
        self._channel: int | None = None

    def show_dense(self, channel: int) -> None:
        """One channel of the input as it is."""
        if self._channel == channel:
            return
        self._channel = channel
        values, place = self.trace.input[channel], self.layout.input
        if self.layout.picture:
            self.cells.show(HeatMatrix(values, place.x, place.y, place.cell, self._shade, self.look))
            return
        size = self.layout.digits or 0.0
        self._matrix = Matrix(values, place.x, place.y, place.cell, self._shade, self.look, size=size)
        self.cells.show(*self._matrix.cells.values())
        self.digits.show(*(digit for digit in self._matrix.digits.values() if digit is not None))
        self.digits.shift((0.0, self.layout.lift * UNIT, 0.0))

    def glides(self) -> list[Glide]:
        """The way of every cell from where it is to where it stands among the zeros."""
        if self._matrix is None:
            return []
        (rows, cols), dense, stuffed = self.trace.transposed.axes, self.layout.input, self.layout.stuffed
        glides = []
        for (row, column), cell in self._matrix.cells.items():
            (x0, y0, _, _), (x1, y1, _, _) = dense.at(row, column), stuffed.at(row * rows.stride, column * cols.stride)
            digit = self._matrix.digits[row, column]
            glides += [Glide(part, x1 - x0, y1 - y0) for part in (cell, digit) if part is not None]
        return glides

    def fill_up(self, channel: int) -> None:
        """Zeros between the cells, and the border around them; what a negative border takes away is marked."""
        place, look = self.layout.stuffed, self.look
        if self._matrix is None:
            values = self.trace.stuffed[channel]
            self.cells.show(HeatMatrix(values, place.x, place.y, place.cell, self._shade, look))
        self.cells.also(padding_ring(place, self.layout.border, look), *self._zeros(), *self._removed())

    def _zeros(self) -> list[Group]:
        if self._matrix is None:
            return []
        rows, cols = self.trace.transposed.axes
        place, look = self.layout.stuffed, self.look
        segments: list[Segment] = []
        zeros = VGroup()
        for row in range(rows.stuffed):
            for column in range(cols.stuffed):
                if row % rows.stride or column % cols.stride:
                    left, top, right, bottom = place.at(row, column)
                    segments += dashed(left + 4, top + 4, right - 4, bottom - 4)
                    if self.layout.digits:
                        x, y = place.center(row, column)
                        size = max(LEAST, self.layout.digits * 0.8)
                        zeros.add(lettering(look.number(0), x, y - self.layout.lift, size, look, "muted"))
        self.digits.also(zeros)
        return [strokes(segments, look, "padding", line=1.6)] if segments else []

    def _removed(self) -> list[VGroup]:
        top, left, bottom, right = (max(0, -cells) for cells in self.trace.windowed.padding)
        place = self.layout.stuffed
        spans = [
            (0, 0, top, place.columns),
            (place.rows - bottom, 0, place.rows, place.columns),
            (0, 0, place.rows, left),
            (0, place.columns - right, place.rows, place.columns),
        ]
        boxes = (place.span(*span) for span in spans if span[0] < span[2] and span[1] < span[3])
        return [unread_area(*box, self.look) for box in boxes]

    @property
    def box(self) -> Box:
        """The box of the stuffed input with its border."""
        top, left, bottom, right = self.layout.border
        place = self.layout.stuffed
        return place.span(-top, -left, place.rows + bottom, place.columns + right)
