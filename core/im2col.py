"""Convolution as one matrix product: patches become rows, the kernel becomes a column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import Array, finished, freeze
from core.convolution import Convolution
from core.patch_matrix import PatchMatrix

if TYPE_CHECKING:
    from core.scan import Scan
    from core.window import Window


@dataclass(frozen=True)
class MatrixProduct:
    """``left @ right = result``, plus the bias, which is not in it. Read-only arrays.

    In the layout ``rows``: patches (h*w, C*kh*kw) @ kernels (C*kh*kw, O) = (h*w, O).
    In the layout ``columns``: kernels (O, C*kh*kw) @ patches (C*kh*kw, h*w) = (O, h*w).
    """

    left: Array
    right: Array
    result: Array


@dataclass(frozen=True, eq=False)
class Im2col(PatchMatrix):
    """One patch per row, rows in output order (r, c), columns channel-major (channel, i, j).

    With groups the matrix still holds every channel, and the weights are zero where a group does not look.
    Arrays are read-only and computed on first use.
    """

    @property
    def convolution(self) -> Convolution:
        """The convolution that the product stands for."""
        assert isinstance(self.operation, Convolution)
        return self.operation

    @cached_property
    def weights(self) -> Array:
        """(C*kh*kw, O): each output channel's kernel as a column."""
        convolution = self.convolution
        kernel = convolution.weights
        weights = np.zeros((kernel.shape[0], convolution.input.shape[0], *kernel.shape[2:]), kernel.dtype)
        for channel, taps in enumerate(kernel):
            weights[channel, convolution.channels(channel)] = taps
        return finished(weights.reshape(len(kernel), -1)).T

    @cached_property
    def result(self) -> Array:
        """(h*w, O): ``matrix @ weights + bias``; column o is output channel o, flattened.

        Added column by column in order, so that decimals are rounded exactly as in ``trace.output``.
        """
        return finished(self._sums + self.convolution.bias)

    def product(self, layout: str = "rows") -> MatrixProduct:
        """The matrix product in one of ``LAYOUTS``. With groups it holds the zeros too: see ``blocks``."""
        return _laid_out(self.matrix, self.weights, self._sums, layout)

    def blocks(self, layout: str = "rows") -> tuple[MatrixProduct, ...]:
        """One product for each group, without the zeros: what a grouped or depthwise convolution really multiplies.

        Patches (h*w, C/groups*kh*kw) @ kernels (C/groups*kh*kw, O/groups) = (h*w, O/groups) in the layout ``rows``.
        """
        return tuple(
            _laid_out(self.matrix[:, depth], self._filters(outputs), self._sums[:, outputs], layout)
            for depth, outputs in self._groups
        )

    @property
    def _groups(self) -> list[tuple[slice, slice]]:
        """For each group, the columns of ``matrix`` that it reads and the output channels that it makes."""
        groups = self.convolution.groups
        deep, wide = self.shape[1] // groups, len(self.convolution.kernel) // groups
        return [(slice(g * deep, (g + 1) * deep), slice(g * wide, (g + 1) * wide)) for g in range(groups)]

    def _filters(self, outputs: slice) -> Array:
        """(C/groups*kh*kw, O/groups): the kernels of one group as columns."""
        kernels = self.convolution.weights[outputs]
        return freeze(kernels.reshape(len(kernels), -1)).T

    @cached_property
    def _sums(self) -> Array:
        """(h*w, O): the product, group by group, so that no time goes into zeros."""
        sums = np.zeros((self.shape[0], len(self.convolution.kernel)), self.convolution.dtype)
        for depth, outputs in self._groups:
            block = sums[:, outputs]
            for column, factors in zip(self.columns[depth], self._filters(outputs), strict=True):
                block += np.multiply(column[:, None], factors, dtype=sums.dtype)
        return finished(sums)


def _laid_out(patches: Array, weights: Array, result: Array, layout: str) -> MatrixProduct:
    if layout == "rows":
        return MatrixProduct(patches, weights, result)
    if layout == "columns":
        return MatrixProduct(weights.T, patches.T, result.T)
    raise ValueError(f"no layout {layout!r}: there are rows, columns")


def col2im(matrix: Array, trace: Scan[Window], layout: str = "rows") -> Array:
    """(C, H, W): every entry of an im2col-shaped ``matrix`` added back to its input cell; padding is dropped.

    ``col2im(trace.im2col.matrix, trace) == trace.im2col.counts * trace.input``. Padding that repeats input cells is
    added to the cells it repeats, so that this is the adjoint of im2col in every mode; ``torch.nn.functional.fold`` and
    ONNX's ``Col2Im`` know zeros only, and agree there. ``layout`` says how ``matrix`` lies: a patch per row or per
    column. ValueError for another shape; OverflowError when integer sums could leave 64 bits.
    """
    return trace.im2col.fold(matrix.T if layout == "columns" else matrix)
