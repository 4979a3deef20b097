"""The digits in a matrix's cells: how large they can be, and how far decimals are rounded to be read at all."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from figures._page import LEAST
from look.drawing import digits_size
from look.exactness import printed
from look.numbers import MINUS, number
from look.typesetting import Run, typeset

MOST_CELLS = 1024  # beyond this many cells a matrix without digits is drawn as one picture
PLACES, FEWEST = 4, 2  # significant digits of a decimal where there is room, and places after the point at least
DENSE_DIGITS = 0.62  # type size of a digit, of the side of a cell that has no room to spare
DENSE_MARGIN = 0.05  # of its side, kept free beside them


def type_size(values: NDArray[np.generic], cell: float, *, least: float = LEAST) -> float:
    """The one size at which all `values` can be read in cells of side `cell`; 0 where they cannot."""
    if cell * DENSE_DIGITS < least:
        return 0.0
    numbers = np.unique(values).tolist()
    size = digits_size(numbers, cell)
    if size < least:
        size = min(least, digits_size(numbers, cell, largest=DENSE_DIGITS, margin=DENSE_MARGIN))
    return size if size >= least else 0.0


def fitting_places(values: NDArray[np.generic], cell: float) -> int:
    """To how many places decimals must be rounded to be read in cells of side `cell`; 0 where nothing helps.

    See `written`.
    """
    if values.dtype.kind != "f" or values.size > MOST_CELLS:
        return 0
    tried = range(PLACES, FEWEST - 1, -1)
    return next((places for places in tried if least_cell(values, places=places) <= cell), 0)


def shown_places(values: NDArray[np.generic], cell: float) -> int:
    """To how many places a matrix of cells of side `cell` rounds its decimals, if it shows them at all."""
    return (0 if type_size(values, cell) else fitting_places(values, cell)) or PLACES


def as_in_cell(runs: Sequence[Run], value: float, places: int) -> list[Run]:
    """A sum whose last run is `value`, rounded as the cell that holds it: one number never has two forms on a page."""
    text = written(value, places)
    if text == runs[-1][0]:
        return [*runs]
    plain = text.replace(MINUS, "-")
    same = plain.isascii() and Fraction(plain) == printed(value)
    return [*runs[:-2], runs[-2] if same else (" ≈ ", runs[-2][1]), (text, runs[-1][1])]


def written(value: float, places: int) -> str:
    """A number to `places` significant digits; at the FEWEST with so many decimals instead: 0.02, and 0.00 for less."""
    if places > FEWEST or value == int(value):
        return number(value, places)
    return f"{value:.{FEWEST}f}".replace("-", MINUS)


def least_cell(values: NDArray[np.generic], *, least: float = LEAST, places: int = PLACES) -> float:
    """The side of the smallest cells in which all `values`, of decimals so many digits, can be read."""
    widest = max((typeset(written(value, places)).width for value in np.unique(values).tolist()), default=0.0)
    return max(least / DENSE_DIGITS, least * widest / (1 - 2 * DENSE_MARGIN)) + 0.5
