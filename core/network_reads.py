"""What the units of a layer read of the plane below, along one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from core.network_errors import GIVE_SIZE, Untraceable
from core.network_extent import Extent, Open

Border = Literal["zeros", "edge", "reflect", "wrap"]

MOST_KINDS = 1024
"""More kinds of units than this in one layer are not followed: only resizing by odd ratios makes them."""


@dataclass(frozen=True)
class Reads:
    """Unit ``q * period + r`` reads the cells ``q * step + t`` for every ``t`` in ``taps[r]``, which ascend.

    A convolution is one kind of unit that steps by its stride; a transposed one of stride 2 is two kinds that take
    turns; a step of 0 is every unit reading the same. ``border`` says what a cell outside the plane stands for.
    """

    period: int
    step: int
    taps: tuple[Sequence[int], ...]
    border: Border = "zeros"


ITSELF = Reads(1, 1, (range(1),))
FIRST = Reads(1, 0, (range(1),))
"""Every unit reads cell 0: how a plane of one cell is spread over a larger one."""


def window(kernel: int, stride: int, dilation: int, before: int) -> Reads:
    """A convolution's or pool's window, ``before`` cells of padding ahead of the plane."""
    if (kernel, stride, before) == (1, 1, 0):
        return ITSELF
    return Reads(1, stride, (range(-before, -before + dilation * (kernel - 1) + 1, dilation),))


def transposed(kernel: int, stride: int, dilation: int, before: int) -> Reads:
    """The cells whose stamped kernel covers a unit: unit ``u`` reads ``(u + before - t * dilation) / stride``.

    Only whole quotients count, ``t`` being a kernel cell; ``before`` is what the layer cuts off at the start.
    """
    if stride > MOST_KINDS:
        raise Untraceable(f"has stride {stride}, and the most that is followed is {MOST_KINDS}: use a smaller one")
    taps: list[list[int]] = [[] for _ in range(stride)]
    for tap in range(kernel - 1, -1, -1):
        reach = before - tap * dilation
        taps[-reach % stride].append((-reach % stride + reach) // stride)
    return Reads(stride, 1, tuple(map(tuple, taps)))


def whole(cells: Extent) -> Reads:
    """One unit that reads the whole axis: a window as long as it is."""
    if isinstance(cells, Open):
        raise Untraceable(f"reads the whole plane, whose size depends on the input's: {GIVE_SIZE}")
    return window(cells, 1, 1, 0)


@dataclass(frozen=True)
class Sampling:
    """Where a resized plane looks: unit ``u`` at cell ``u * ratio + offset``, and how it reads there."""

    ratio: Fraction
    offset: Fraction
    mode: str  # nearest, linear or cubic
    rounding: str = "round_prefer_floor"

    def reads(self, units: Extent) -> Reads:
        """The cells with a weight other than zero; past the ends the last cell is read again."""
        period, step = self.ratio.denominator, self.ratio.numerator
        if isinstance(units, int) and period > units:
            period, step = units, floor(units * self.ratio)
        if period > MOST_KINDS:
            raise Untraceable(f"makes more than {MOST_KINDS} kinds of units: resize by a simpler ratio")
        return Reads(period, step, tuple(self._taps(unit) for unit in range(period)), "edge")

    def _taps(self, unit: int) -> Sequence[int]:
        place = unit * self.ratio + self.offset
        if self.mode == "nearest":
            at = self._nearest(place)
            return range(at, at + 1)
        low = floor(place)
        if place == low:
            return range(low, low + 1)
        return range(low, low + 2) if self.mode == "linear" else range(low - 1, low + 3)

    def _nearest(self, place: Fraction) -> int:
        if self.rounding == "floor":
            return floor(place)
        if self.rounding == "ceil":
            return ceil(place)
        half = Fraction(1, 2)
        return floor(place + half) if self.rounding == "round_prefer_ceil" else ceil(place - half)
