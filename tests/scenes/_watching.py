"""A scene that notes its texts, where they stand and what is wrong with them, whenever nothing moves."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from look.grid import Box
from scenes._ink import Lettering
from scenes._stage import Stage
from tests.scenes._overlap import ink_box, letterings, text_faults


@dataclass(frozen=True)
class Texts:
    """What is written: the contents, and the middle of the ink of each in page pixels."""

    said: tuple[str, ...]
    middles: NDArray[np.float64]

    def within(self, box: Box) -> list[str]:
        """What is written in a box."""
        left, top, right, bottom = box
        x, y = self.middles.T
        return [self.said[at] for at in np.flatnonzero((left < x) & (x < right) & (top < y) & (y < bottom))]


class Watching(Stage):
    """Mixed into a scene, before it: `moments` are its still moments, `latest` the scene played last."""

    latest: ClassVar[Any]

    def __init__(self, **settings: Any) -> None:
        self.moments: list[tuple[Fraction, Texts, list[str]]] = []
        type(self).latest = self
        super().__init__(**settings)

    def wait(self, *arguments: Any, **settings: Any) -> None:
        """Note the moment."""
        shown = list(letterings(self.mobjects))
        middles = np.array([_middle(text) for text in shown])
        self.moments.append((self.clock, Texts(tuple(text.content for text in shown), middles), text_faults(self)))
        super().wait(*arguments, **settings)

    def texts_at(self, moment: Fraction) -> Texts:
        """The texts of the last still moment before `moment`."""
        return [texts for start, texts, _ in self.moments if start < moment][-1]

    @property
    def faults(self) -> list[tuple[float, list[str]]]:
        """What is wrong with the texts, and when."""
        return [(float(start), faults) for start, _, faults in self.moments if faults]


def _middle(text: Lettering) -> tuple[float, float]:
    left, top, right, bottom = ink_box(text)
    return (left + right) / 2, (top + bottom) / 2
