"""What fill a cell gets from its value: one rule for films, figures and cards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from look.look import Look
from look.palette import mix

PHOTOGRAPH = 1024
"""An input of so many cells or more, none of them negative, is taken for a picture."""


def magnitude(values: NDArray[np.generic]) -> float:
    """The largest absolute value, at least a little above zero, as the full strength of a scale."""
    return float(np.max(np.abs(values), initial=0)) or 1.0


@dataclass(frozen=True)
class Shade:
    """The fill of a value, stronger with magnitude up to `limit`; zero is the bare surface.

    Called, it keeps to tones on which digits read; `heat` goes to the full hue, for cells that carry no digits.
    With `bright`, for photographs on a light page, it is the other way round: the darkest are the strongest.
    """

    look: Look
    positive: str
    limit: float
    faint: float = 1.0
    bright: bool = False

    def __call__(self, value: float) -> str:
        """The fill of a cell that carries its digits."""
        if value == 0 and not self.bright:
            return self.look.surface
        strength = self.faint * (0.2 + 0.8 * self._share(value))
        return self.look.cell(self._role(value), round(strength, 3))

    def heat(self, value: float) -> str:
        """The fill of a cell in a picture."""
        strength = self.faint * self._share(value)
        return mix(self.look.surface, self.look.colour(self._role(value)), round(strength, 3))

    def _share(self, value: float) -> float:
        share = min(1.0, abs(float(value)) / self.limit)
        return 1 - share if self.bright else share

    def _role(self, value: float) -> str:
        return self.positive if value > 0 or self.bright else "negative"


def shading(look: Look, role: str, values: NDArray[np.generic], *, faint: float = 1.0) -> Shade:
    """The fill of a value among `values`.

    `input` and `kernel` cells take their own hue, the negative ones turning to vermillion; `product` and `output`
    cells sit on the diverging scale centred at zero. `faint` below 1 pales all of it. An input that is as large as a
    photograph, without negative numbers, is bright where its numbers are large, on a light page too.
    """
    bright = role == "input" and look.theme == "light" and values.size >= PHOTOGRAPH and bool(values.min() >= 0)
    return Shade(look, role if role in ("input", "kernel") else "positive", magnitude(values), faint, bright)
