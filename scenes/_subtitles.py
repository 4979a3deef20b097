"""Subtitles that can be read: each stands long enough, and keeps as near to what it is about as that allows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

READABLE = Fraction(3, 2)  # seconds that a subtitle stands at least


def readable(cues: Sequence[tuple[Fraction, str]], end: Fraction) -> list[tuple[Fraction, str]]:
    """`cues`, each put off until the one before it has stood long enough: late is still true, early is not.

    An empty text, which ends the one before, need not stand. Where there is no time for that before `end` they stay as
    they are.
    """
    starts = [start for start, _ in cues]
    for index in range(1, len(starts)):
        starts[index] = max(starts[index], starts[index - 1] + (READABLE if cues[index - 1][1] else 0))
    if not starts or starts[-1] + READABLE > end:
        return list(cues)
    return [(start, text) for start, (_, text) in zip(starts, cues, strict=True)]


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
