"""The input of a pool on the page, with its padding and what only ceil mode reaches."""

from __future__ import annotations

from manim import Group, VMobject

from core.scan import Scan
from look import Look
from look.drawing import Segment, dashed
from look.numbers import size
from look.phrases import sized
from look.pool_phrases import PoolStep
from look.shade import shading
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import lettering, strokes
from scenes._lattice import Box, Place
from scenes._matrix import Matrix, padding_ring


class PoolPlane(Group):
    """The first channel at `place`. `digits` are apart from it, for light to shine between cells and digits."""

    def __init__(self, trace: Scan[PoolStep], look: Look, place: Place, type_size: float | None) -> None:
        super().__init__(padding_ring(place, trace.windowed.padding, look), *overhang(trace, place, look))
        self.digits = Group()
        values = trace.input[0]
        if values.size > MOST_CELLS:
            shade = shading(look, "input", values)
            self.add(HeatMatrix(values, place.x, place.y, place.cell, shade, look))
        else:
            shade = shading(look, "input", values, faint=0.62)
            matrix = Matrix(values, place.x, place.y, place.cell, shade, look, size=type_size or 0.0)
            self.add(*matrix.cells.values())
            self.digits.add(*(digit for digit in matrix.digits.values() if digit is not None))
        left, top, right, _ = border(trace, place)
        extents = values.shape[trace.windowed.line :]
        text = sized("input", look, *extents)
        if len(trace.input) > 1:
            text = look.say("pooling-scan.channel", index=0, count=len(trace.input), size=size(*extents))
        room = max(right - left, 420.0)
        self.add(lettering(text, (left + right) / 2, top - 32, 34, look, "input", max_width=room))


def border(trace: Scan[PoolStep], place: Place) -> Box:
    """The box of the input with its padding and what only ceil mode reaches."""
    top, left, bottom, right = trace.windowed.padding
    rows, cols = trace.axes
    return place.span(-top, -left, place.rows + bottom + rows.overhang, place.columns + right + cols.overhang)


def overhang(trace: Scan[PoolStep], place: Place, look: Look) -> list[VMobject]:
    """Dashed cells beyond the padding that only ceil mode reaches."""
    rows, cols = trace.axes
    if not rows.overhang and not cols.overhang:
        return []
    segments: list[Segment] = []
    for row in range(rows.padded + rows.overhang):
        for column in range(cols.padded + cols.overhang):
            if row >= rows.padded or column >= cols.padded:
                left, top, right, bottom = place.at(row - rows.before, column - cols.before)
                segments += dashed(left + 3, top + 3, right - 3, bottom - 3)
    return [strokes(segments, look, "padding", line=2.0)]
