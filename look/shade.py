"""What fill a cell gets from its value: one rule for films, figures and cards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from look.look import Look
from look.palette import mix


def magnitude(values: NDArray[np.generic]) -> float:
    """The largest absolute value, at least a little above zero, as the full strength of a scale."""
    return float(np.max(np.abs(values), initial=0)) or 1.0


@dataclass(frozen=True)
class Shade:
    """The fill of a value, stronger with magnitude up to `limit`; zero is the bare surface.

    Called, it keeps to tones on which digits read; `heat` goes to the full hue, for cells that carry no digits.
    """

    look: Look
    positive: str
    limit: float
    faint: float = 1.0

    def __call__(self, value: float) -> str:
        """The fill of a cell that carries its digits."""
        if value == 0:
            return self.look.surface
        strength = self.faint * (0.2 + 0.8 * min(1.0, abs(float(value)) / self.limit))
        return self.look.cell(self._role(value), round(strength, 3))

    def heat(self, value: float) -> str:
        """The fill of a cell in a picture."""
        strength = self.faint * min(1.0, abs(float(value)) / self.limit)
        return mix(self.look.surface, self.look.colour(self._role(value)), round(strength, 3))

    def _role(self, value: float) -> str:
        return self.positive if value > 0 else "negative"


def shading(look: Look, role: str, values: NDArray[np.generic], *, faint: float = 1.0) -> Shade:
    """The fill of a value among `values`.

    `input` and `kernel` cells take their own hue, the negative ones turning to vermillion; `product` and `output`
    cells sit on the diverging scale centred at zero. `faint` below 1 pales all of it.
    """
    return Shade(look, role if role in ("input", "kernel") else "positive", magnitude(values), faint)
