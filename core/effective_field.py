"""How much each cell of the picture counts for one unit, and from how few cells nearly all of it comes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from core.arrays import Box
from core.network_paths import Factors

SHARE = 0.95
"""The part of the whole that the effective field holds."""

Measure = Literal["paths", "gradient"]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class EffectiveField:
    """What the cells of the picture weigh for ``unit`` (row, col) of ``node``.

    ``weights`` (H, W) add up to 1, or are all 0 if the unit reads nothing. They are shares of the ``paths`` that lead
    to the unit, or of the gradient's magnitude. ``box`` (row0, col0, row1, col1), half-open, is the receptive field
    from first to last, padding included; None if there is none. ``factors`` are the paths along rows (H,) and columns
    (W,), exactly, where no branches meet: their outer product is the number of paths.

    Luo et al. (2016) count the cells above 4.55 % of the strongest instead; theirs and this are close for the
    bell-shaped fields of deep stacks, and this one also tells how much it leaves out.
    """

    node: str
    unit: tuple[int, int]
    weights: Weights
    box: Box | None
    measure: Measure
    paths: int = 0
    factors: Factors | None = None

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of the receptive field, holes and padding included."""
        return _size(self.box)

    @cached_property
    def profiles(self) -> tuple[Weights, Weights]:
        """(H,) and (W,): the weight of each row, and of each column."""
        return self.weights.sum(axis=1), self.weights.sum(axis=0)

    @cached_property
    def even(self) -> tuple[float, float]:
        """What each row, and each column, that has any weight would weigh if all weighed the same; 0 if none has."""
        rows, cols = (int(np.count_nonzero(profile)) for profile in self.profiles)
        return (1 / rows if rows else 0.0), (1 / cols if cols else 0.0)

    @cached_property
    def core(self) -> Box | None:
        """(row0, col0, row1, col1), half-open: neighbouring rows and columns that hold ``SHARE`` of all weight.

        Per axis the fewest that hold the root of it, which is that share of the whole where rows and columns are
        independent; elsewhere grown by what adds most. None if the unit reads nothing.
        """
        if not self.weights.any():
            return None
        (row0, row1), (col0, col1) = (_fewest(profile, SHARE**0.5) for profile in self.profiles)
        height, width = self.weights.shape
        while self.weights[row0:row1, col0:col1].sum() < SHARE * (1 - 1e-12):
            gains = {
                (-1, 0, 0, 0): self.weights[row0 - 1, col0:col1].sum() if row0 else -1.0,
                (0, -1, 0, 0): self.weights[row0:row1, col0 - 1].sum() if col0 else -1.0,
                (0, 0, 1, 0): self.weights[row1, col0:col1].sum() if row1 < height else -1.0,
                (0, 0, 0, 1): self.weights[row0:row1, col1].sum() if col1 < width else -1.0,
            }
            best = max(gains, key=gains.__getitem__)
            row0, col0, row1, col1 = row0 + best[0], col0 + best[1], row1 + best[2], col1 + best[3]
        return row0, col0, row1, col1

    @property
    def core_size(self) -> tuple[int, int]:
        """(rows, columns) of the effective field."""
        return _size(self.core)

    @cached_property
    def held(self) -> float:
        """The share of all weight in the effective field: ``SHARE`` or a little more."""
        if self.core is None:
            return 0.0
        row0, col0, row1, col1 = self.core
        return float(self.weights[row0:row1, col0:col1].sum())

    @property
    def area_share(self) -> float:
        """The effective field's cells as a share of the receptive field's."""
        (rows, cols), (height, width) = self.core_size, self.size
        return rows * cols / (height * width) if height * width else 0.0

    @cached_property
    def deviation(self) -> tuple[float, float]:
        """The standard deviation of the weights along rows and along columns, in cells."""
        rows, cols = (_deviation(profile) for profile in self.profiles)
        return rows, cols

    @cached_property
    def cells_read(self) -> int:
        """How many cells have any weight."""
        return int(np.count_nonzero(self.weights))


def by_paths(
    node: str,
    unit: tuple[int, int],
    counts: Weights,
    power: int,
    box: Box | None,
    factors: Factors | None,
) -> EffectiveField:
    """The field whose weights are shares of ``counts`` (H, W) times 2 ** ``power`` paths."""
    if factors is None:
        total = float(counts.sum())
        return EffectiveField(node, unit, shared(counts), box, "paths", int(total) << power)
    rows, cols = (sum(factor) for factor in factors)
    exact = [
        np.array([value / (total or 1) for value in factor])
        for factor, total in zip(factors, (rows, cols), strict=True)
    ]
    weights = np.outer(exact[0], exact[1])
    weights.setflags(write=False)
    return EffectiveField(node, unit, weights, box, "paths", rows * cols, factors)


def shared(weights: Weights) -> Weights:
    """Weights of any size as shares of their sum. Read-only."""
    total = float(weights.sum())
    shares = weights / total if total else np.zeros_like(weights)
    shares.setflags(write=False)
    return shares


def _size(box: Box | None) -> tuple[int, int]:
    return (box[2] - box[0], box[3] - box[1]) if box else (0, 0)


def _fewest(profile: Weights, share: float) -> tuple[int, int]:
    """The shortest run of places with ``share`` of the profile, half-open; of several the weightiest, or the middle."""
    sums = np.concatenate([[0.0], np.cumsum(profile)])
    wanted = share * sums[-1] * (1 - 1e-12)
    # For each start the first end at which enough is held, if there is one.
    ends = np.searchsorted(sums, sums[:-1] + wanted)
    starts = np.arange(len(profile))[ends < len(sums)]
    ends = ends[ends < len(sums)]
    lengths = ends - starts
    best = np.flatnonzero(lengths == lengths.min())
    held = sums[ends[best]] - sums[starts[best]]
    tops = best[held >= held.max() * (1 - 1e-9)]
    at = tops[len(tops) // 2]
    return int(starts[at]), int(ends[at])


def _deviation(profile: Weights) -> float:
    total = float(profile.sum())
    if not total:
        return 0.0
    places = np.arange(len(profile))
    mean = float(places @ profile) / total
    return float(((places - mean) ** 2 @ profile / total) ** 0.5)
