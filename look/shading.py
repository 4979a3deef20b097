"""What fill a cell gets from its value: one rule for films, figures and cards."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from look.look import Look

Shade = Callable[[float], str]


def magnitude(values: NDArray[np.generic]) -> float:
    """The largest absolute value, at least a little above zero, as the full strength of a scale."""
    return float(np.max(np.abs(values), initial=0)) or 1.0


def shading(look: Look, role: str, values: NDArray[np.generic], *, faint: float = 1.0) -> Shade:
    """The fill of a value among `values`.

    `input` and `kernel` cells take their own hue, stronger with magnitude, the negative ones turning to vermillion;
    `product` and `output` cells sit on the diverging scale. `faint` below 1 pales all of it.
    """
    limit = magnitude(values)
    positive = role if role in ("input", "kernel") else "positive"

    def shade(value: float) -> str:
        if value == 0:
            return look.surface
        strength = faint * (0.2 + 0.8 * min(1.0, abs(float(value)) / limit))
        return look.cell(positive if value > 0 else "negative", round(strength, 3))

    return shade
