"""How things move and change places on the stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import Animation, Group, Mobject
from manim.utils.rate_functions import smooth

from scenes._ink import UNIT


class Slot(Group):
    """A place on the stage that shows one thing at a time: what it showed before is gone."""

    def show(self, *mobjects: Mobject | None) -> None:
        """Show these, or nothing."""
        self.submobjects = []
        self.add(*(mobject for mobject in mobjects if mobject is not None))

    def also(self, *mobjects: Mobject | None) -> None:
        """Show these as well."""
        self.add(*(mobject for mobject in mobjects if mobject is not None))


class Run(Animation):
    """Calls `show` with how far it has come, 0 to 1; unlike Manim's own it copies nothing."""

    def __init__(self, mobject: Mobject, show: Callable[[float], None], **settings: Any) -> None:
        self.show = show
        super().__init__(mobject, **{"rate_func": smooth, **settings})

    def create_starting_mobject(self) -> Mobject:
        """Nothing to remember."""
        return Mobject()

    def get_all_families_zipped(self) -> Any:
        """No submobject is animated by itself."""
        return []

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the moment `alpha`."""
        self.show(self.rate_func(alpha))


class Glide(Run):
    """Moves a mobject by so many page pixels, right and down."""

    def __init__(self, mobject: Mobject, right: float, down: float, **settings: Any) -> None:
        self.way = np.array([right * UNIT, -down * UNIT, 0.0])
        self.gone = 0.0
        super().__init__(mobject, self._move, **settings)

    def _move(self, share: float) -> None:
        self.mobject.shift(self.way * (share - self.gone))
        self.gone = share


def nothing(share: float) -> None:
    """What a `Run` shows of a mobject that another animation of the same play changes."""
