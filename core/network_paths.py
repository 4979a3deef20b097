"""How many paths lead from the cells of a network's planes up to one unit: a pass from the unit down that counts.

A path is a chain of cells, one in each plane, in which every cell is read by the next. Planes are followed as the
receptive field follows them: an activation reads one cell and makes no plane of its own, and channels that see the
same count once, however many they are. With all weights 1 and a single channel this is the derivative of the unit by
each cell. Source: Luo et al., "Understanding the effective receptive field in deep convolutional neural networks".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.arrays import Box
from core.network_cells import MOST_TAPS, extents, folded, users
from core.network_errors import Untraceable
from core.network_plane import Plane
from core.network_reads import ITSELF, Border, Reads

Counts = npt.NDArray[np.float64]
Paths = npt.NDArray[Any]
"""Of floats, or of Python's whole numbers."""
Factors = tuple[tuple[int, ...], tuple[int, ...]]

MOST_POWER = 512
"""Counts beyond two to this power are kept as a fraction of it: networks of thousands of layers pass 10^308."""


@dataclass(frozen=True, eq=False)
class Crossing:
    """A plane that all paths to the unit go through: ``counts`` (h, w) times 2 ** ``power`` is the number of paths.

    The counts are whole numbers while they are below 2 ** 53, and rounded to as many bits beyond. ``box`` is what the
    unit sees of the plane from first to last, padding included; None where it sees nothing.
    """

    plane: Plane
    counts: Counts
    power: int
    box: Box | None


class _Tally:
    """What has reached a plane so far."""

    def __init__(self, plane: Plane) -> None:
        self.counts = np.zeros(extents(plane), np.float64)
        self.power = 0
        self.ends: list[tuple[int, int] | None] = [None, None]

    def add(self, counts: Counts, power: int, ends: Sequence[tuple[int, int] | None]) -> None:
        """More paths to the same cells; ``ends`` are the first and last row, and column, that they reach."""
        if power > self.power:
            self.counts, self.power = np.ldexp(self.counts, self.power - power), power
        self.counts += np.ldexp(counts, power - self.power) if power < self.power else counts
        for axis, new in enumerate(ends):
            old = self.ends[axis]
            self.ends[axis] = (min(old[0], new[0]), max(old[1], new[1])) if old and new else old or new

    def scaled(self) -> None:
        """Bring counts that would overflow some layers below into reach."""
        most = float(self.counts.max(initial=0.0))
        if most > 2.0**MOST_POWER:
            self.counts, self.power = np.ldexp(self.counts, -MOST_POWER), self.power + MOST_POWER

    @property
    def box(self) -> Box | None:
        """What is reached from first to last."""
        rows, cols = self.ends
        return (rows[0], cols[0], rows[1] + 1, cols[1] + 1) if rows and cols else None


def crossings(plane: Plane, unit: tuple[int, int], picture: Plane) -> Iterator[Crossing]:
    """Every plane that no path to ``unit`` of ``plane`` avoids, from that plane down; last the picture.

    Untraceable if a plane is too large to be held, or its size is not known.
    """
    above = users(plane)
    first = _Tally(plane)
    first.counts[unit] = 1
    first.ends = [(unit[0], unit[0]), (unit[1], unit[1])]
    waiting = {plane: first}
    ready = [plane]
    while ready:
        at = ready.pop()
        tally = waiting.pop(at)
        tally.scaled()
        if not waiting:
            yield Crossing(at, tally.counts, tally.power, tally.box)
        for link in at.links:
            below = link.plane
            if below.links or below is picture:  # what leads nowhere has no paths
                height, width = extents(below)
                through = counted(tally.counts, link.reads[0], height)
                through = counted(through.T, link.reads[1], width).T
                ends = [reached(reads, end) for reads, end in zip(link.reads, tally.ends, strict=True)]
                waiting.setdefault(below, _Tally(below)).add(through, tally.power, ends)
            above[below] -= 1
            if not above[below] and below in waiting:
                ready.append(below)
    if plane is not picture and picture not in above:
        yield Crossing(picture, np.zeros(extents(picture)), 0, None)


def path_factors(plane: Plane, unit: tuple[int, int], picture: Plane) -> Factors | None:
    """Paths along rows (H,) and along columns (W,), exactly; None where branches meet on the way.

    In closed form: along an axis, a layer is the polynomial with a term for each cell of its kernel, and a stack the
    product of its layers' polynomials, in which a stride raises the variable to its power. What falls outside a plane
    is padding and leads no further. Three layers of 3 are (1 + x + x^2)^3: 1 3 6 7 6 3 1, trinomial coefficients.
    """
    factors: list[Paths] = []
    for at, length in zip(unit, extents(plane), strict=True):
        factors.append(np.zeros((length, 1), dtype=object))
        factors[-1][at] = 1
    while plane is not picture:
        if len(plane.links) != 1:
            return None
        link = plane.links[0]
        plane = link.plane
        factors = [
            counted(factor, reads, length)
            for factor, reads, length in zip(factors, link.reads, extents(plane), strict=True)
        ]
    rows, cols = (tuple(factor[:, 0].tolist()) for factor in factors)
    return rows, cols


def counted(counts: Paths, reads: Reads, length: int) -> Paths:
    """(length, w) of the plane below: the paths through each row, where ``counts`` (units, w) are those above it."""
    if reads is ITSELF and len(counts) == length:
        return counts
    below = np.zeros((length, counts.shape[1]), counts.dtype)
    marked = np.flatnonzero((counts != 0).any(axis=1))
    for kind in range(min(reads.period, len(counts))):
        units = marked[marked % reads.period == kind]
        if units.size and len(reads.taps[kind]):
            bases = units // reads.period * reads.step
            if reads.step == 0:  # all units read the same
                _add(below, counts[units].sum(axis=0)[None], np.zeros(1, np.intp), reads.taps[kind], reads.border)
            else:
                _add(below, counts[units], bases, reads.taps[kind], reads.border)
    return below


def _add(
    below: Paths,
    counts: Paths,
    bases: npt.NDArray[np.intp],
    taps: Sequence[int],
    border: Border,
) -> None:
    """To the cells at ``bases + tap``, for every tap, the counts (n, w) of the n units with these bases."""
    length = len(below)
    if border == "zeros" and isinstance(taps, range) and len(bases) < len(taps):
        for line, base in zip(counts, bases.tolist(), strict=True):
            first, stop = base + taps.start, base + taps[-1] + 1
            first += max(0, -(first // taps.step)) * taps.step
            below[first : max(first, stop) : taps.step] += line
        return
    if len(taps) > MOST_TAPS:
        raise Untraceable(
            f"reads {len(taps):,} cells in a row, and the most is {MOST_TAPS:,}: ask for a node before it"
        )
    for tap in taps:
        places = folded(bases + tap, length, border)
        inside = (places >= 0) & (places < length)
        if border == "zeros":  # no place twice: units of one kind keep their distance
            below[places[inside]] += counts[inside]
        else:
            np.add.at(below, places[inside], counts[inside])


def reached(reads: Reads, ends: tuple[int, int] | None) -> tuple[int, int] | None:
    """The first and last cell below that the units from ends[0] to ends[1] read, as if both planes had no borders."""
    if ends is None:
        return None
    first, last = ends
    # Within a kind of units later ones read later cells, so only the outermost of each kind count.
    outer = {*range(first, min(first + reads.period, last + 1)), *range(max(first, last + 1 - reads.period), last + 1)}
    seen = []
    for unit in outer:
        times, kind = divmod(unit, reads.period)
        if len(taps := reads.taps[kind]):
            seen += [times * reads.step + taps[0], times * reads.step + taps[-1]]
    return (min(seen), max(seen)) if seen else None
