"""One channel of an input, or one slice of a filter, on the stage: its cells, their digits and the padding around."""

from __future__ import annotations

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from core import Trace
from look import Look
from look.shade import Shade, shading
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import Lettering, rectangle
from scenes._lattice import Place
from scenes._matrix import Matrix, padding_ring
from scenes._movable import Movable

Values = NDArray[np.generic]
Sides = tuple[int, int, int, int]
EDGE, CORNER = 3.0, 7.0  # px
PALE = 0.62  # of an input's fills: the window lights its cells up


def draw_plane(
    values: Values,
    place: Place,
    role: str,
    scale: Values,
    look: Look,
    *,
    padding: Sides = (0, 0, 0, 0),
    padded: Values | None = None,
    size: float | None = None,
) -> Movable:
    """`values` at a place, filled by their share of the largest of `scale`; a picture where there are many cells.

    `size` is the digits', by default the largest that all of these values fit in; below the least readable one there
    are none. With `padded` the hatched border shows what it holds; without, nothing, as it does of zeros.
    """
    paper, ring = _paper(place, padding, role, look), padding_ring(place, padding, look)
    home = (place.x, place.y)
    if values.size > MOST_CELLS:
        shade = shading(look, role, scale)
        return Movable([paper, ring, HeatMatrix(values, place.x, place.y, place.cell, shade, look)], [], home)
    shade = shading(look, role, scale, faint=PALE if role == "input" else 1.0)
    matrix = Matrix(values, place.x, place.y, place.cell, shade, look, size=size)
    border: list[VMobject] = []
    digits = list(matrix.digits.values())
    if padded is not None:
        border, outside = draw_border(padded, place, padding, shade, look, size)
        digits += outside
    cells = [paper, *border, ring, *matrix.cells.values()]
    return Movable(cells, [digit for digit in digits if digit is not None], home)


def draw_border(
    padded: Values, place: Place, padding: Sides, shade: Shade, look: Look, size: float | None
) -> tuple[list[VMobject], list[Lettering | None]]:
    """The cells and digits of a border around `place` that is made of input cells."""
    top, left, _, _ = padding
    around = Matrix(padded, *place.at(-top, -left)[:2], place.cell, shade, look, size=size)
    rows, columns = range(top, top + place.rows), range(left, left + place.columns)
    outside = [at for at in around.cells if at[0] not in rows or at[1] not in columns]
    return [around.cells[at] for at in outside], [around.digits[at] for at in outside]


def border_of(trace: Trace, channel: int) -> Values | None:
    """The padded plane of a channel where its border is made of input cells, else None."""
    convolution = trace.convolution
    wrapped = convolution.padding_mode != "zeros" and any(convolution.padding)
    return trace.padded[channel] if wrapped and trace.padded[channel].size <= MOST_CELLS else None


def _paper(place: Place, padding: Sides, role: str, look: Look) -> VMobject:
    """What makes a sheet of the cells: one that lies on another hides it, and has an edge."""
    top, left, bottom, right = padding
    x0, y0, x1, y1 = place.span(-top, -left, place.rows + bottom, place.columns + right)
    x0, y0, x1, y1 = x0 - EDGE / 2, y0 - EDGE / 2, x1 + EDGE / 2, y1 + EDGE / 2
    stroke = look.faint(role, 0.35)
    return rectangle(x0, y0, x1 - x0, y1 - y0, look, fill="background", stroke=stroke, line=EDGE, radius=CORNER)
