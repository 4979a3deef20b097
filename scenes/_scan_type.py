"""How large the scan film's digits may be: from the widest number of each kind and the side of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core import Trace, TransposeTrace
from look.numbers import TIMES, number
from look.phrases import bracketed, factors
from look.typesetting import CAP_HEIGHT, MIDDLE, typeset
from scenes._heat import MOST_CELLS
from scenes._ink import LEAST
from scenes._matrix import CLOSE

MOST_TAPS = 144  # a kernel of more weights than this is drawn as a picture
SIGN = 0.7  # em; room for a × set tight before a weight
CORNER = 4.0  # px between a weight's chip and the corner of its cell
BOLDER = 1.03  # times as wide as the same text in regular weight
WIDEST = 5.4  # em; a product that is wider is rounded to fewer digits
NEVER = 99.0  # em; what is not to be shown

Factors = tuple[float, int]  # type size and lines


class Read(Protocol):
    """A step, or whatever else multiplies cells by weights: all of (channels, rows, columns)."""

    @property
    def patch(self) -> NDArray[np.generic]:
        """The cells."""

    @property
    def weights(self) -> NDArray[np.generic]:
        """What they are multiplied by."""

    @property
    def products(self) -> NDArray[np.generic]:
        """What that makes."""


@dataclass(frozen=True)
class Widths:
    """The widest text of each kind, in em."""

    pairs: float  # the factors of a product in one line
    factors: float  # either of them
    products: float
    weights: float
    values: float  # of the input
    precision: int = 4  # significant digits of the products

    def value_type(self, cell: float, weights: float | None) -> tuple[float | None, float]:
        """Type of the input's values, and by how much they are lifted, in cells whose corners hold weights or not."""
        size = fitting(self.values, cell * 0.8, cell * (0.44 if weights is None or cell > 100 else 0.38))
        if size is None and self.values * LEAST <= cell * CLOSE and cell * 0.8 >= LEAST:
            size = LEAST
        if weights is None or size is None:
            return size, 0.0
        return size, max(0.0, size * MIDDLE - (cell / 2 - CORNER - chip_height(weights)) + 2)

    def weight_type(self, cell: float) -> float | None:
        """Type of the weights in the window's corners."""
        return fitting(self.weights + SIGN, cell - 20, max(LEAST, cell * 0.245)) if cell >= 72 else None

    def rest_type(self, cell: float) -> float | None:
        """Type of the weights at rest, in cells of their own."""
        return fitting(self.weights, cell * 0.84, _digits(cell, 0.44))

    def factor_type(self, cell: float) -> Factors | None:
        """Type of the factors above a product, side by side or one above the other."""
        largest = min(29.0, max(LEAST, cell * 0.26))
        beside = fitting(self.pairs, cell - 12, largest) if cell >= 72 else None
        above = fitting(self.factors, cell - 12, LEAST + 1) if cell >= 108 else None
        return (beside, 1) if beside else (above, 2) if above else None

    def product_type(self, cell: float) -> float | None:
        """Type of the products."""
        factors = self.factor_type(cell)
        share = 0.44 if factors is None else 0.4 if factors[1] == 1 else 0.27
        return fitting(self.products * BOLDER, cell * 0.88, _digits(cell, share))

    def roomy(self, least: float, largest: float) -> float:
        """The side of a cell that shows a product with its factors; `largest` where nothing else will do."""
        beside, above = self.pairs * 27 + 18, max(self.factors * 26 + 14, self.products * 30, 118.0)
        return min(largest, max(least, beside if beside <= largest else above))


def measure(trace: Trace | TransposeTrace, shown: Sequence[Read]) -> Widths:
    """The widest numbers of the input and of the steps of which every number is shown."""
    large = trace.input[0].size > MOST_CELLS
    values = NEVER if large else widest(map(number, np.unique(trace.input).tolist()))
    if trace.kernel[0, 0].size > MOST_TAPS:
        return Widths(NEVER, NEVER, NEVER, NEVER, values)
    pairs = {
        (value, weight)
        for step in shown
        for value, weight in zip(step.patch.ravel().tolist(), step.weights.ravel().tolist(), strict=True)
    }
    products = [product for step in shown for product in step.products.ravel().tolist()]
    precision = next(
        (digits for digits in (4, 3) if widest(number(product, digits) for product in products) <= WIDEST), 2
    )
    return Widths(
        pairs=widest(factors(*pair) for pair in pairs),
        factors=widest(text for pair in pairs for text in factor_texts(*pair)),
        products=widest(number(product, precision) for product in products),
        weights=widest(number(weight) for step in shown for weight in step.weights.ravel().tolist()),
        values=values,
        precision=precision,
    )


def factor_texts(value: float, weight: float) -> tuple[str, str]:
    """The two factors of a product in two lines: 2, ×(−4)."""
    return number(value), TIMES + bracketed(weight)


def widest(texts: Iterable[str]) -> float:
    """Width in em of the widest text."""
    longest = sorted(set(texts), key=lambda text: (len(text), text))[-12:]
    return max((typeset(text).width for text in longest), default=0.0)


def fitting(em: float, room: float, largest: float) -> float | None:
    """The type size at which so many em fit into the room; None where it would be too small to read."""
    size = min(largest, room / em) if em else largest
    return size if size >= LEAST else None


def _digits(cell: float, share: float) -> float:
    """The largest type of digits that are to take a share of a cell's height."""
    return max(LEAST, cell * share) if cell * 0.8 >= LEAST else cell * share


def chip_height(size: float) -> float:
    """How high the chip of a weight is, in pixels, for its type size."""
    return size * CAP_HEIGHT + 7
