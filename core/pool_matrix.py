"""Pooling on the im2col matrix: a product with ones for the mean, a maximum for each patch otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.arrays import Array, finished
from core.patch_matrix import PatchMatrix
from core.pooling import AveragePool


@dataclass(frozen=True, eq=False)
class MaxMatrix(PatchMatrix):
    """The patches of a max pool. No product stands for it: each channel's part of a row gives its largest entry."""

    @cached_property
    def result(self) -> Array:
        """(h*w, C): the largest entry of each patch, channel by channel. Read-only."""
        patches = self.columns.reshape(len(self.operation.input), -1, self.shape[0])
        return finished(patches.max(axis=1)).T


@dataclass(frozen=True, eq=False)
class AverageMatrix(PatchMatrix):
    """The patches of an average pool, and the product with columns of ones that adds them up."""

    @property
    def pool(self) -> AveragePool:
        """The average pool that the product stands for."""
        assert isinstance(self.operation, AveragePool)
        return self.operation

    @cached_property
    def weights(self) -> Array:
        """(C*kh*kw, C): ones where an output channel looks, zeros elsewhere. Read-only."""
        taps = self.pool.kernel_size[0] * self.pool.kernel_size[1]
        return finished(np.repeat(np.eye(len(self.pool.input), dtype=np.int64), taps, axis=0))

    @cached_property
    def divisors(self) -> Array:
        """(h*w,): by what each row of the product is divided. Read-only."""
        return self.pool.divisors.reshape(-1)

    @cached_property
    def result(self) -> Array:
        """(h*w, C): ``matrix @ weights``, each row divided by its divisor. Rounded as ``trace.output``. Read-only."""
        patches = self.columns.reshape(len(self.pool.input), -1, self.shape[0])
        sums = np.zeros((len(patches), self.shape[0]), self.columns.dtype)
        for tap in range(patches.shape[1]):
            sums += patches[:, tap]
        return finished(sums / self.divisors).T
