"""The colours of an outline as Manim computes them, without its detours: most have one colour and no sheen."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import BLACK, ManimColor, VMobject

_generate = VMobject.generate_rgbas_array
_NUMBERS = (float, int, np.float64)


def generate_rgbas_array(mobject: VMobject, color: Any, opacity: Any) -> npt.NDArray[Any]:
    """What `VMobject.generate_rgbas_array` gives: shape (colours, 4), 0 to 1."""
    if color is None:
        color = BLACK
    if type(color) is not ManimColor or (opacity is not None and type(opacity) not in _NUMBERS) or mobject.sheen_factor:
        return _generate(mobject, color, opacity)
    rgbas = np.empty((1, 4))
    rgbas[0] = color._internal_value
    rgbas[0, 3] = opacity or 0.0
    return rgbas
