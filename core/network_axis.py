"""Which cells of the picture the units of a plane see along one axis: from where to where, and how that moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import gcd, lcm

from core.network_errors import Untraceable
from core.network_extent import Extent
from core.network_reads import ITSELF, MOST_KINDS, Reads

MOST_CELLS = 1 << 62
MOST_TRACKS = 8
MOST_WORK = 1 << 16

Ends = tuple[int, int] | None
"""The first and last cell a unit sees, outside the picture where it sees padding; None if it sees nothing."""

Shift = frozenset[tuple[object, int]]
"""Paddings that are not known without the picture's size, and by how many cells each moves the ends down."""

NOWHERE: Shift = frozenset()


@dataclass(frozen=True)
class Track:
    """Unit ``q * period + r`` sees from ``ends[r][0] + q * step`` to ``ends[r][1] + q * step``, less the shift."""

    period: int
    step: int
    ends: tuple[Ends, ...]
    shift: Shift = NOWHERE

    @property
    def jump(self) -> Fraction:
        """Cells of the picture from one unit to the next, on average."""
        return Fraction(self.step, self.period)

    @cached_property
    def size(self) -> int:
        """The most cells, holes included, that a unit sees from first to last."""
        return max((end[1] - end[0] + 1 for end in self.ends if end), default=0)

    @cached_property
    def drift(self) -> Fraction | None:
        """Twice the centre of the first unit, evened out over the kinds of units."""
        places = [end[0] + end[1] - 2 * at * self.jump for at, end in enumerate(self.ends) if end]
        return sum(places, Fraction(0)) / len(places) if places else None

    @cached_property
    def ascends(self) -> bool:
        """Whether later units never see earlier cells, and every unit sees something."""
        if any(end is None for end in self.ends):
            return False
        ends = [end for end in self.ends if end]
        ends.append((ends[0][0] + self.step, ends[0][1] + self.step))
        return all(one[0] <= two[0] and one[1] <= two[1] for one, two in pairwise(ends))

    def at(self, unit: int) -> Ends:
        """What one unit sees."""
        times, kind = divmod(unit, self.period)
        end = self.ends[kind]
        return end and (end[0] + times * self.step, end[1] + times * self.step)

    def through(self, reads: Reads) -> Track:
        """The track of a layer that reads this plane so."""
        turns = self.period // gcd(self.period, reads.step)
        period = reads.period * turns
        _check(period, MOST_KINDS, "makes {:,} kinds of units, and the most that is followed is {:,}")
        ends: list[Ends] = []
        for unit in range(period):
            times, kind = divmod(unit, reads.period)
            ends.append(self._seen(reads.taps[kind], times * reads.step, period))
        step = reads.step * turns // self.period * self.step
        _check(max(step, *(abs(cell) for end in ends if end for cell in end), 0), MOST_CELLS, "sees {:,} cells")
        return Track(period, step, tuple(ends), self.shift)

    def _seen(self, taps: Sequence[int], base: int, period: int) -> Ends:
        if not taps:
            return None
        if self.ascends:
            first, last = self.at(base + taps[0]), self.at(base + taps[-1])
            return (first[0], last[1]) if first and last else None
        if len(taps) > 2 * self.period:  # of each kind, the outermost units see the outermost cells
            taps = [*taps[: self.period], *taps[-self.period :]]
        _check(len(taps) * period, MOST_WORK, "reads units of too many kinds ({:,}, and the most is {:,})")
        seen = [end for tap in taps if (end := self.at(base + tap))]
        return (min(end[0] for end in seen), max(end[1] for end in seen)) if seen else None

    def moved(self, padding: object) -> Track:
        """Behind a padding that is not known: all it tells is that equal paddings move equally."""
        if self.period > 1:
            raise Untraceable(
                "is padded by an amount that depends on the input's size, over units of several kinds: "
                "give --input-size H W"
            )
        shift = dict(self.shift)
        shift[padding] = shift.get(padding, 0) + self.step
        return Track(self.period, self.step, self.ends, frozenset(shift.items()))


@dataclass(frozen=True)
class AxisField:
    """What the units of a plane see along one axis; without tracks they see nothing of the picture."""

    tracks: tuple[Track, ...]

    def through(self, reads: Reads) -> AxisField:
        """The field of a layer that reads this plane so."""
        return self if reads is ITSELF else union([AxisField(tuple(track.through(reads) for track in self.tracks))])

    def moved(self, padding: object) -> AxisField:
        """The field behind a padding that is not known."""
        return AxisField(tuple(track.moved(padding) for track in self.tracks))

    @cached_property
    def main(self) -> Track | None:
        """The track that tells the jump: the largest of those that move at all."""
        return max(self.tracks, key=lambda track: (track.step > 0, track.size), default=None)

    @property
    def jump(self) -> Fraction:
        """Cells of the picture from one unit to the next."""
        return self.main.jump if self.main else Fraction(0)

    @property
    def shift(self) -> Shift:
        """The paddings that are not known."""
        return frozenset().union(*(track.shift for track in self.tracks))

    def ends(self, unit: int) -> Ends:
        """The first and last cell that a unit sees."""
        seen = [end for track in self.tracks if (end := track.at(unit))]
        return (min(end[0] for end in seen), max(end[1] for end in seen)) if seen else None

    def size(self, units: Extent) -> int:
        """The most cells, holes and padding included, that one of ``units`` units sees from first to last."""
        if len(self.tracks) == 1:
            return self.tracks[0].size
        # Between tracks the distance grows or shrinks steadily, so it is largest at one of the ends.
        period = lcm(*(track.period for track in self.tracks))
        count = units if isinstance(units, int) else period
        near = {*range(min(period, count)), *range(max(0, count - period), count)}
        return max((end[1] - end[0] + 1 for unit in near if (end := self.ends(unit))), default=0)

    def padding(self) -> int | None:
        """How many cells before the picture the first unit's field begins; None if that is not known."""
        if self.shift:
            return None
        period = max((track.period for track in self.tracks), default=0)
        for unit in range(period):
            if end := self.ends(unit):
                return int(unit * self.jump) - end[0]
        return 0


PICTURE = AxisField((Track(1, 1, ((0, 0),)),))
NOTHING = AxisField(())


def union(fields: Iterable[AxisField]) -> AxisField:
    """What units see that read all of these. Of fields that cannot be compared, the larger stands for both."""
    together: dict[Fraction, Track] = {}
    for field in fields:
        for track in field.tracks:
            other = together.get(track.jump)
            together[track.jump] = _joined(other, track) if other else track
    _check(len(together), MOST_TRACKS, "joins branches of {:,} different strides, and the most is {:,}")
    return AxisField(tuple(together.values()))


def _joined(one: Track, two: Track) -> Track:
    """Both tracks in one; they have the same jump."""
    if one == two:
        return one
    if one.shift != two.shift:
        return max(one, two, key=lambda track: track.size)
    period = lcm(one.period, two.period)
    _check(period, MOST_KINDS, "makes {:,} kinds of units, and the most that is followed is {:,}")
    ends: list[Ends] = []
    for unit in range(period):
        seen = [end for end in (one.at(unit), two.at(unit)) if end]
        ends.append((min(end[0] for end in seen), max(end[1] for end in seen)) if seen else None)
    return Track(period, period // one.period * one.step, tuple(ends), one.shift)


def aligned(fields: Iterable[AxisField], units: Extent) -> bool:
    """Whether the centres of the branches' fields coincide, unit by unit; what does not move has no say.

    Where a branch has several kinds of units, such as after upsampling, their centres count on average. A plane of
    one unit has no stride. Source: Araujo et al., "Computing receptive fields", section "Alignment issues".
    """
    mains = [track for field in fields if (track := field.main) and track.step and track.drift is not None]
    if not mains:
        return True
    if units == 1:
        centres = {(end[0] + end[1], track.shift) for track in mains if (end := track.at(0))}
        return len(centres) <= 1
    return len({(track.jump, track.drift, track.shift) for track in mains}) == 1


def _check(value: int, most: int, rule: str) -> None:
    if value > most:
        raise Untraceable(rule.format(value, most) + ": ask for a node before it")
