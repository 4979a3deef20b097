"""Something drawn once that stands now here, now there, larger or smaller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import Mobject, VMobject

from scenes._ink import at
from scenes._lattice import Spot
from scenes._motion import Slot


@dataclass(frozen=True)
class Stand:
    """Where the home corner goes on the page, at how many times its size; how much of it and of its digits is seen."""

    x: float
    y: float
    scale: float = 1.0
    digits: float = 1.0
    seen: float = 1.0

    def towards(self, other: Stand, share: float) -> Stand:
        """The stand so far on the way to another; digits come late and go early."""
        numbers = (self.x, self.y, self.scale, self.seen), (other.x, other.y, other.scale, other.seen)
        x, y, scale, seen = (one + (two - one) * share for one, two in zip(*numbers, strict=True))
        low, high = sorted((self.digits, other.digits))
        risen = share if other.digits >= self.digits else 1 - share
        return Stand(x, y, scale, low + (high - low) * max(0.0, (risen - LATE) / (1 - LATE)), seen)


LATE = 0.7  # of the way: when digits begin to appear


class Movable:
    """Cells and their digits, drawn with their corner at `home`, which `put` takes elsewhere.

    `cells` and `digits` are apart, so that something can lie between them.
    """

    def __init__(self, cells: Sequence[Mobject], digits: Sequence[VMobject], home: Spot) -> None:
        self.cells, self.digits = Slot(), Slot()
        self.cells.show(*cells)
        self.digits.show(*digits)
        self.home = home
        self._letters = tuple(digits)
        family = [part for one in (*cells, *digits) for part in one.get_family() if len(part.points)]
        self._points = [(part, part.points.copy()) for part in family]
        painted = [part for cell in cells for part in cell.get_family() if isinstance(part, VMobject)]
        self._paint = [(part, part.get_fill_opacity(), part.get_stroke_opacity()) for part in painted]
        self.stand = Stand(*home)

    def put(self, stand: Stand) -> None:
        """Stand so from now on."""
        origin, corner = at(*self.home), at(stand.x, stand.y)
        for part, points in self._points:
            part.points = (points - origin) * stand.scale + corner
        if stand.seen != self.stand.seen:
            for part, fill, stroke in self._paint:
                part.set_fill(opacity=fill * stand.seen).set_stroke(opacity=stroke * stand.seen)
        digits = stand.digits * stand.seen
        if digits != self.stand.digits * self.stand.seen:
            for letters in self._letters:
                letters.set_fill(opacity=digits)
        self.digits.show(*(self._letters if digits > 0 else ()))
        self.stand = stand
