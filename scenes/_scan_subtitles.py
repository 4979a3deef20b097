"""Which parts of a scan have a subtitle of their own, and when it stands."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from core import Trace
from look import Look
from scenes import _scan_words as words
from scenes._scan_schedule import SECONDS, Beat, Kind
from scenes._stage import Cue
from scenes._subtitles import READABLE, spaced

RUNS = (Kind.QUICK, Kind.SWEEP)
Part = tuple[Kind, int, int, int, int]  # its steps first..last - 1, when it begins and how long it lasts in ms


def subtitles(beats: Sequence[Beat], trace: Trace, look: Look) -> list[Cue]:
    """The opening, each step that is worked out and the result; of the quick runs between them the longest, if it can.

    A run that would be told before it happens, or too briefly, goes by under the subtitle before it.
    """
    parts = _parts(beats)
    runs = [part for part in parts if part[0] in RUNS]
    longest = max(runs, key=lambda part: part[4], default=None)
    told = [part for part in parts if part is longest or part not in runs]
    if longest and not _in_time(told):
        told.remove(longest)
    return [(start, _said(part, trace, look)) for start, part in zip(_starts(told), told, strict=True)]


def _starts(parts: Sequence[Part]) -> list[Fraction]:
    return spaced([Fraction(begin, 1000) for _, _, _, begin, _ in parts], Fraction(SECONDS))


def _in_time(parts: Sequence[Part]) -> bool:
    """Whether there is time for all of them, and only the result is told before it is there."""
    if READABLE * len(parts) > SECONDS:
        return False
    return all(start * 1000 >= begin for start, (_, _, _, begin, _) in zip(_starts(parts)[:-1], parts, strict=False))


def _parts(beats: Sequence[Beat]) -> list[Part]:
    """Runs of beats of one kind."""
    parts: list[Part] = []
    at = 0
    for kind, run in groupby(beats, key=lambda beat: beat.kind):
        together = list(run)
        length = sum(beat.milliseconds for beat in together)
        parts.append((kind, together[0].first, together[-1].last, at, length))
        at += length
    return parts


def _said(part: Part, trace: Trace, look: Look) -> str:
    kind, first, last, _, _ = part
    if kind is Kind.INTRO:
        return words.intro(trace, look)
    if kind is Kind.FULL:
        return words.full_step(trace, trace.steps[first], look)
    if kind is Kind.RESULT:
        return words.result(trace, look)
    return words.run_of_steps(trace, first, last, look)
