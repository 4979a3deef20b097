"""One position of a convolution's window: the products and their sum."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.arrays import Array, finished
from core.convolution import Convolution
from core.window import Window


@dataclass(frozen=True)
class Step(Window):
    """The window stands at output cell (``channel``, ``row``, ``col``); ``index`` counts steps in the order (o, r, c).

    Shapes: Cg = C/groups input channels, kh x kw kernel. Arrays are read-only.
    """

    @property
    def convolution(self) -> Convolution:
        """The convolution whose step this is."""
        assert isinstance(self.operation, Convolution)  # Steps makes them from nothing else
        return self.operation

    @property
    def weights(self) -> Array:
        """(Cg, kh, kw) what the patch is multiplied with: this output channel's kernel, turned round under ``flip``."""
        weights: Array = self.convolution.weights[self.channel]
        return weights

    @cached_property
    def products(self) -> Array:
        """(Cg, kh, kw) patch times weights, cell by cell; never a negative zero."""
        products: Array = self.patch.astype(self.convolution.dtype) * self.weights + 0
        return finished(products)

    @cached_property
    def running(self) -> Array:
        """(Cg*kh*kw,) cumulative sums of the products in reading order (channel, row, column), without bias."""
        running: Array = np.cumsum(self.products)
        return finished(running)

    @cached_property
    def channel_sums(self) -> Array:
        """(Cg,) sum of the products of each input channel."""
        sums: Array = np.cumsum(self.products.reshape(len(self.products), -1), axis=1)[:, -1]
        return finished(sums)

    def sum_over(self, first: int, stop: int | None = None) -> int | float:
        """The products of input channels ``first`` to ``stop - 1`` (of all from ``first`` on), added in reading order.

        Rounded as the core rounds: exactly ``channel_sums[c]`` for one channel, and a number of ``running`` from
        channel 0 on. IndexError where there are no such channels.
        """
        products = self.products[first:stop]
        if not products.size:
            raise IndexError(f"no input channels from {first} to {stop}: there are {len(self.products)}")
        total: int | float = np.cumsum(products)[-1].item()
        return total

    @property
    def bias(self) -> int | float:
        """The bias of this output channel."""
        bias: int | float = self.convolution.bias[self.channel].item()
        return bias

    @property
    def value(self) -> int | float:
        """The output cell: the last running sum plus the bias; exactly ``trace.output[channel, row, col]``."""
        value: int | float = (self.running[-1] + self.convolution.bias[self.channel]).item()
        return value
