"""Which parts of a scan have a subtitle of their own, and when it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby, pairwise

from scenes._scan_schedule import Beat, Kind
from scenes._stage import Cue
from scenes._subtitles import READABLE, spaced

RUNS = (Kind.QUICK, Kind.SWEEP)
BRIEF = Fraction(3, 10)  # seconds without a subtitle that are worth it
Said = Callable[[Kind, int, int], str]  # what is said about steps first..last - 1
Part = tuple[Kind, int, int, int, int]  # its steps first..last - 1, when it begins and how long it lasts in ms


def subtitles(beats: Sequence[Beat], said: Said) -> list[Cue]:
    """The opening, each step that is worked out and the result; of the quick runs between them the longest, if it can.

    A run that would be told before it happens, or too briefly, goes by without one: an empty text ends the subtitle
    before it, once that can have been read. The result's tells how it comes about: it may begin before that is there.
    """
    parts = _parts(beats)
    runs = [part for part in parts if part[0] in RUNS]
    longest = max(runs, key=lambda part: part[4], default=None)
    told = [part for part in parts if part is longest or part not in runs]
    if longest and not _in_time(told):
        told.remove(longest)
    starts = _starts(told)
    cues = [(start, said(kind, first, last)) for start, (kind, first, last, _, _) in zip(starts, told, strict=True)]
    silent = [Fraction(begin, 1000) for kind, _, _, begin, _ in parts if kind in RUNS]
    return sorted([*cues, *((start, "") for start in _silences(silent, starts))])


def _silences(runs: Sequence[Fraction], starts: Sequence[Fraction]) -> list[Fraction]:
    """When the subtitle before a run ends, if it is a while until the next one."""
    found = []
    for start, after in pairwise(starts):
        ends = [max(run, start + READABLE) for run in runs if start < run < after]
        found += [end for end in ends[:1] if after - end >= BRIEF]
    return found


def _starts(parts: Sequence[Part]) -> list[Fraction]:
    _, _, _, begin, length = parts[-1]
    return spaced([Fraction(begin, 1000) for _, _, _, begin, _ in parts], Fraction(begin + length, 1000))


def _in_time(parts: Sequence[Part]) -> bool:
    """Whether there is time for all of them, and only the result is told before it is there."""
    _, _, _, begin, length = parts[-1]
    if READABLE * len(parts) * 1000 > begin + length:
        return False
    return all(start * 1000 >= begin for start, (_, _, _, begin, _) in zip(_starts(parts)[:-1], parts, strict=False))


def _parts(beats: Sequence[Beat]) -> list[Part]:
    """Runs of quick steps, of sweeps, and each other beat by itself."""
    parts: list[Part] = []
    at = 0
    for (kind, _), run in groupby(beats, key=lambda beat: (beat.kind, beat.kind not in RUNS and beat.first)):
        together = list(run)
        length = sum(beat.milliseconds for beat in together)
        parts.append((kind, together[0].first, together[-1].last, at, length))
        at += length
    return parts
