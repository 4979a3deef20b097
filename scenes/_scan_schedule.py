"""How the seconds of a scan are shared out: which steps are shown slowly, which quickly, which swept over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import isqrt

SECONDS = 8
EDGE = 800  # ms that the opening and the result last
FULL = (2300, 1800)  # ms of the first step and of the highlighted one, each product lit by itself
LEAST_FULL = (2200, 1700)
QUICK, LEAST_QUICK, MOST_QUICK = 280, 240, 800  # ms of a step shown whole; below the least it could not be seen
OPENING = 3  # quick steps before a long scan is swept over
LEAST_SWEEP = 300  # ms


class Kind(Enum):
    """What a beat shows."""

    INTRO = "intro"
    FULL = "full"
    QUICK = "quick"
    SWEEP = "sweep"
    RESULT = "result"


@dataclass(frozen=True)
class Beat:
    """The steps `first` to `last - 1`, shown for so many milliseconds. Intro and result have no steps."""

    kind: Kind
    first: int
    last: int
    milliseconds: int

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return self.milliseconds / 1000


def schedule(
    count: int, highlight: int, *, seconds: int = SECONDS, edge: int = EDGE, opening: int | None = None
) -> tuple[Beat, ...]:
    """The beats of a scan of `count` steps, in the order of the steps; together they last exactly so many `seconds`.

    `edge` is how many milliseconds the opening and the result last, unless the `opening` has its own.

    The first and the highlighted step are shown in full. The others are quick, or where there are too many of them for
    that, the opening ones are quick and the rest is swept over.
    """
    if not 0 <= highlight < count:
        raise ValueError(f"step {highlight} of {count}: the highlighted step is one of the scan's")
    opening = edge if opening is None else opening
    middle = seconds * 1000 - opening - edge
    parts = _parts(count, highlight, middle)
    lengths = _lengths(parts, middle)
    return (
        Beat(Kind.INTRO, 0, 0, opening),
        *(Beat(kind, first, last, length) for (kind, first, last), length in zip(parts, lengths, strict=True)),
        Beat(Kind.RESULT, count, count, edge),
    )


def run_beats(first: int, last: int, milliseconds: int) -> list[Beat]:
    """The steps `first` to `last - 1` in so much time: each by itself, or of too many the first one, then a sweep."""
    count = last - first
    if count * LEAST_QUICK <= milliseconds or count == 1:
        ends = [milliseconds * index // count for index in range(count + 1)]
        lengths = [end - start for start, end in pairwise(ends)]
        return [Beat(Kind.QUICK, first + index, first + index + 1, length) for index, length in enumerate(lengths)]
    opening = min(QUICK, milliseconds // 2)
    return [Beat(Kind.QUICK, first, first + 1, opening), Beat(Kind.SWEEP, first + 1, last, milliseconds - opening)]


Part = tuple[Kind, int, int]


def _parts(count: int, highlight: int, middle: int) -> list[Part]:
    full = sorted({0, highlight})
    others = count - len(full)
    room = middle - sum(LEAST_FULL[: len(full)])
    quick = count if others * LEAST_QUICK <= room else 1 + OPENING + (highlight in range(1, OPENING + 1))
    parts: list[Part] = []
    for first, last, is_full in _runs(count, full):
        if is_full:
            parts.append((Kind.FULL, first, last))
            continue
        split = min(max(first, quick), last)
        split = last if last - split == 1 else split
        parts += [(Kind.QUICK, step, step + 1) for step in range(first, split)]
        if split < last:
            parts.append((Kind.SWEEP, split, last))
    return parts


def _runs(count: int, full: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """The full steps and the runs between them."""
    at = 0
    for step in full:
        if at < step:
            yield at, step, False
        yield step, step + 1, True
        at = step + 1
    if at < count:
        yield at, count, False


def _lengths(parts: Sequence[Part], total: int) -> list[int]:
    """Milliseconds of each part, `total` in all."""
    sweeping = any(kind is Kind.SWEEP for kind, _, _ in parts)
    full = LEAST_FULL if sweeping else FULL
    wanted = [full[0 if first == 0 else 1] if kind is Kind.FULL else QUICK for kind, first, _ in parts]
    quick = [i for i, (kind, _, _) in enumerate(parts) if kind is Kind.QUICK]
    sweeps = [i for i, (kind, _, _) in enumerate(parts) if kind is Kind.SWEEP]
    fulls = [i for i, (kind, _, _) in enumerate(parts) if kind is Kind.FULL]
    if sweeps:
        left = total - sum(wanted[i] for i in quick + fulls)
        weights = [isqrt(parts[i][2] - parts[i][1]) for i in sweeps]
        spare = left - LEAST_SWEEP * len(sweeps)
        for i, weight in zip(sweeps, weights, strict=True):
            wanted[i] = LEAST_SWEEP + spare * weight // sum(weights)
    elif quick:
        fitting = (total - sum(wanted[i] for i in fulls)) // len(quick)
        for i in quick:
            wanted[i] = min(MOST_QUICK, max(LEAST_QUICK, fitting))
    # What is over, or missing by a little, goes to the steps shown in full, by their weight.
    return _settle(wanted, sweeps or fulls, total)


def _settle(lengths: list[int], flexible: Sequence[int], total: int) -> list[int]:
    settled = list(lengths)
    over = total - sum(lengths)
    weight = sum(lengths[i] for i in flexible)
    for i in flexible:
        settled[i] += over * lengths[i] // weight
    settled[flexible[-1]] += total - sum(settled)
    return settled
