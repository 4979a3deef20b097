"""What one unit deep in a network sees on the way down to the picture: the planes that all its paths cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

import numpy as np
import numpy.typing as npt

from core.arrays import Box
from core.network_paths import Counts
from core.node_field import NodeField

MARGIN, CELLS_OF_MARGIN = 0.25, 8
"""Padding is shown up to this part of a plane's extent, or so many cells: fields can be far larger than pictures."""


@dataclass(frozen=True, eq=False)
class Station:
    """A plane of (h, w) cells on the way: the picture's, or that of a node's output, whose field is ``row``.

    ``counts`` (h, w) are the paths from each cell to the unit, up to a common factor; ``box`` is what the unit sees of
    the plane, padding included. The picture's row has no ``op``.
    """

    row: NodeField
    plane: tuple[int, int]
    counts: Counts
    box: Box


def nearby(box: Box, plane: tuple[int, ...]) -> Box:
    """A box, clipped some way beyond the borders of the (h, w) plane unless it lies even further out."""
    row0, col0, row1, col1 = box
    tall, wide = (max(ceil(length * MARGIN), CELLS_OF_MARGIN) for length in plane)
    clipped = max(row0, -tall), max(col0, -wide), min(row1, plane[0] + tall), min(col1, plane[1] + wide)
    return clipped if clipped[0] < clipped[2] and clipped[1] < clipped[3] else box


@dataclass(frozen=True, eq=False)
class NetworkCone:
    """The stations from the picture, depth 0, to the plane of ``unit`` (row, col).

    ``weights`` (H, W), where given, are what the picture's cells count for the unit in place of their paths.
    """

    rows: tuple[Station, ...]
    unit: tuple[int, int]
    weights: Counts | None = None

    @property
    def layers(self) -> tuple[Station, ...]:
        """The stations above the picture."""
        return self.rows[1:]

    def region(self, depth: int) -> Box:
        """(row0, col0, row1, col1), half-open: what the unit sees of plane ``depth``, not clipped to it."""
        return self.rows[depth].box

    def mask(self, depth: int) -> npt.NDArray[np.bool_]:
        """Bool array of plane ``depth``: the cells the unit reads."""
        mask: npt.NDArray[np.bool_] = self.rows[depth].counts > 0
        return mask

    @property
    def paths(self) -> Counts:
        """(H, W): the paths from each cell of the picture to the unit, up to a common factor; or the ``weights``."""
        return self.rows[0].counts if self.weights is None else self.weights

    @cached_property
    def path_factors(self) -> tuple[Counts, Counts]:
        """(H,) and (W,): the paths from each row and from each column to the unit, up to a common factor."""
        return self.paths.sum(axis=1), self.paths.sum(axis=0)

    @property
    def far_outside(self) -> bool:
        """Whether the unit sees further beyond a plane than a drawing shows."""
        return any(station.box != nearby(station.box, station.plane) for station in self.rows)

    def clipped(self) -> NetworkCone:
        """The same for a drawing: what is seen of a plane ends some way beyond its borders."""
        rows = (replace(station, box=nearby(station.box, station.plane)) for station in self.rows)
        return replace(self, rows=tuple(rows))

    @cached_property
    def scales(self) -> tuple[int, ...]:
        """The depths at which a plane is the last of its size, the picture and the unit's own among them."""
        last = len(self.rows) - 1
        planes = [station.plane for station in self.rows]
        ends = [at for at in range(1, last) if planes[at] not in (planes[at + 1], planes[0])]
        return (0, *ends, last) if last else (0,)

    def abridged(self, most: int) -> NetworkCone:
        """At most ``most`` (2 or more) of the stations: the ends of scales first, then others evenly between them."""
        if len(self.rows) <= most:
            return self
        kept = (
            set(self.scales)
            if len(self.scales) <= most
            else {0, len(self.rows) - 1, *_even(self.scales[1:-1], most - 2)}
        )
        others = [at for at in range(len(self.rows)) if at not in kept and self._grows(at)]
        kept |= {*_even(others, most - len(kept))}
        return replace(self, rows=tuple(self.rows[at] for at in sorted(kept)))

    def _grows(self, at: int) -> bool:
        return self.rows[at].row.size != self.rows[at - 1].row.size


def _even(places: Sequence[int], number: int) -> list[int]:
    """So many of the places (or all), evenly spread."""
    if number >= len(places):
        return list(places)
    return [places[(2 * at + 1) * len(places) // (2 * number)] for at in range(number)]
