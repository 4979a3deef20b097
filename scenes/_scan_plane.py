"""A channel of the input on the stage of the scan: its cells, their digits, the border around and the name above."""

from __future__ import annotations

from manim import Group, Mobject

from core import Trace
from look import Look
from look.extents import extents_in
from look.numbers import size
from look.phrases import sized
from look.shade import shading
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import lettering
from scenes._lattice import Place
from scenes._matrix import Matrix, padding_ring
from scenes._plane import PALE, border_of, draw_border


def draw_channel(
    trace: Trace, channel: int, place: Place, type_size: float | None, look: Look
) -> tuple[list[Mobject], list[Mobject]]:
    """The cells of a channel with all that lies around them, and the digits, which light may shine under."""
    values, padding = trace.input[channel], trace.convolution.padding
    shade = shading(look, "input", trace.input, faint=PALE)
    ring, label = padding_ring(place, padding, look), _label(trace, channel, place, look)
    if values.size > MOST_CELLS:
        picture = HeatMatrix(values, place.x, place.y, place.cell, shading(look, "input", trace.input), look)
        return [ring, picture, label], []
    matrix = Matrix(values, place.x, place.y, place.cell, shade, look, size=type_size or 0.0)
    border: list[Mobject] = []
    digits = list(matrix.digits.values())
    padded = border_of(trace, channel)
    if padded is not None:
        cells, copies = draw_border(padded, place, padding, shade, look, type_size or 0.0)
        border, digits = [*cells], [*digits, *copies]
    return [*border, ring, *matrix.cells.values(), label], [digit for digit in digits if digit is not None]


def _label(trace: Trace, channel: int, place: Place, look: Look) -> Group:
    extents = extents_in(trace, place.rows, place.columns)
    several = len(trace.input) > 1
    text = sized("input", look, *extents)
    if several:
        text = look.say("convolution-scan.channel", index=channel, size=size(*extents))
    top, left, _, right = trace.convolution.padding
    box = place.span(-top, -left, place.rows, place.columns + right)
    room = max(box[2] - box[0], 230.0 if several else 420.0)
    return lettering(text, (box[0] + box[2]) / 2, box[1] - 32, 34, look, "input", max_width=room)
