"""One position of a pool's window: who wins, or what the mean is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.arrays import Array, Pair, finished
from core.pooling import AveragePool
from core.window import Window


@dataclass(frozen=True)
class MaxStep(Window):
    """The window of a max pool at output cell (``channel``, ``row``, ``col``). ``patch`` is (1, kh, kw).

    Where ``inside`` is False the patch holds the type's least value, which stands for minus infinity.
    """

    @cached_property
    def winner_tap(self) -> Pair:
        """(i, j) of the window: the first largest cell in reading order, as in PyTorch and ONNX."""
        order = np.flatnonzero(self.inside)
        i, j = divmod(int(order[self.patch[0].ravel()[order].argmax()]), self.inside.shape[1])
        return i, j

    @property
    def winner(self) -> Pair:
        """(row, col) of the input: where the value comes from."""
        i, j = self.winner_tap
        return self.input_rows[i], self.input_cols[j]

    @cached_property
    def indices(self) -> Array:
        """(kh, kw) int64: ``row * W + col`` of every cell of the window, -1 where it reads padding. Read-only."""
        rows, cols = np.array(self.input_rows), np.array(self.input_cols)
        indices: Array = np.where(self.inside, rows[:, None] * self.operation.input.shape[2] + cols, -1)
        return finished(indices)

    @property
    def winner_index(self) -> int:
        """``row * W + col`` of the winner, as PyTorch's ``return_indices`` counts."""
        return int(self.indices[self.winner_tap])

    @cached_property
    def ties(self) -> Array:
        """(kh, kw) bool: every cell as large as the winner, itself included. Read-only."""
        ties: Array = self.inside & (self.patch[0] == self.value)
        return finished(ties)

    @property
    def value(self) -> int | float:
        """The output cell; exactly ``trace.output[channel, row, col]``."""
        value: int | float = self.patch[(0, *self.winner_tap)].item()
        return value


@dataclass(frozen=True)
class AverageStep(Window):
    """The window of an average pool at output cell (``channel``, ``row``, ``col``). ``patch`` is (1, kh, kw)."""

    @property
    def pool(self) -> AveragePool:
        """The average pool whose step this is."""
        assert isinstance(self.operation, AveragePool)  # Steps makes them from nothing else
        return self.operation

    @cached_property
    def counted(self) -> Array:
        """(kh, kw) bool: the cells that the divisor counts. Read-only."""
        rows, cols = self.pool.counted
        counted: Array = rows[list(self.rows)][:, None] & cols[list(self.cols)]
        return finished(counted)

    @property
    def divisor(self) -> int:
        """How many cells count: kh*kw less those that ``count_include_pad`` or ``ceil_mode`` leave out."""
        return int(self.pool.divisors[self.row, self.col])

    @cached_property
    def running(self) -> Array:
        """(kh*kw,) cumulative sums of the patch in reading order. Read-only."""
        running: Array = np.cumsum(self.patch)
        return finished(running)

    @property
    def sum(self) -> int | float:
        """The patch added up."""
        total: int | float = self.running[-1].item()
        return total

    @property
    def value(self) -> float:
        """The output cell, ``sum / divisor``; exactly ``trace.output[channel, row, col]``."""
        return self.sum / self.divisor
