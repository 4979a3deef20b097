"""Subtitles that can be read: each stands long enough, and keeps as near to what it is about as that allows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

READABLE = Fraction(3, 2)  # seconds that a subtitle stands at least


def spaced(starts: Sequence[Fraction], end: Fraction, least: Fraction = READABLE) -> list[Fraction]:
    """`starts` in seconds, moved as little as need be for each subtitle to stand `least` seconds, the last until `end`.

    The first one stays where it is. ValueError where there is not so much time.
    """
    if not starts:
        return []
    if end - starts[0] < least * len(starts):
        raise ValueError(f"{len(starts)} subtitles do not have {float(least)} s each before {float(end)} s")
    latest = [end - least * (len(starts) - index) for index in range(len(starts))]
    moved = [min(start, late) for start, late in zip(starts, latest, strict=True)]
    for index in range(1, len(moved)):
        moved[index] = max(moved[index], moved[index - 1] + least)
    return moved
