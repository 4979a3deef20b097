"""One channel of an input, or one slice of a filter, on the stage: its cells, their digits and the padding around."""

from __future__ import annotations

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from look import Look
from look.shade import shading
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import rectangle
from scenes._lattice import Place
from scenes._matrix import Matrix, padding_ring
from scenes._movable import Movable

Sides = tuple[int, int, int, int]
EDGE, CORNER = 3.0, 7.0  # px
PALE = 0.62  # of an input's fills: the window lights its cells up


def draw_plane(
    values: NDArray[np.generic],
    place: Place,
    role: str,
    scale: NDArray[np.generic],
    look: Look,
    *,
    padding: Sides = (0, 0, 0, 0),
    size: float | None = None,
) -> Movable:
    """`values` at a place, filled by their share of the largest of `scale`; a picture where there are many cells.

    `size` is the digits', by default the largest that all of these values fit in; below the least readable one there
    are none.
    """
    paper = _paper(place, padding, role, look)
    ring = padding_ring(place, padding, look)
    home = (place.x, place.y)
    if values.size > MOST_CELLS:
        shade = shading(look, role, scale)
        return Movable([paper, ring, HeatMatrix(values, place.x, place.y, place.cell, shade, look)], [], home)
    shade = shading(look, role, scale, faint=PALE if role == "input" else 1.0)
    matrix = Matrix(values, place.x, place.y, place.cell, shade, look, size=size)
    digits = [digit for digit in matrix.digits.values() if digit is not None]
    return Movable([paper, ring, *matrix.cells.values()], digits, home)


def _paper(place: Place, padding: Sides, role: str, look: Look) -> VMobject:
    """What makes a sheet of the cells: one that lies on another hides it, and has an edge."""
    top, left, bottom, right = padding
    x0, y0, x1, y1 = place.span(-top, -left, place.rows + bottom, place.columns + right)
    x0, y0, x1, y1 = x0 - EDGE / 2, y0 - EDGE / 2, x1 + EDGE / 2, y1 + EDGE / 2
    stroke = look.faint(role, 0.35)
    return rectangle(x0, y0, x1 - x0, y1 - y0, look, fill="background", stroke=stroke, line=EDGE, radius=CORNER)
