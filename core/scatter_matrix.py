"""A transposed convolution as a matrix product and col2im: pixels times kernels, then every column folded back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from core.arrays import Array, finished
from core.patch_matrix import Tap
from core.transposed_convolution import TransposedConvolution


@dataclass(frozen=True, eq=False)
class ScatterMatrix:
    """The scatter as frameworks compute it: ``columns = pixels @ weights``, one stamp per row, then added up by place.

    Rows are input cells in the order (r, c), columns the cells of a stamp, channel-major (output channel, i, j).
    Arrays are read-only and computed on first use.
    """

    operation: TransposedConvolution = field(repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """(H*W, O*kh*kw)."""
        (_, height, width), (_, _, tall, wide) = self.operation.input.shape, self.operation.kernel.shape
        return height * width, len(self.operation.bias) * tall * wide

    @cached_property
    def pixels(self) -> Array:
        """(H*W, C): row r*W + c is input cell (r, c) of every channel."""
        return self.operation.input.reshape(len(self.operation.input), -1).T

    @cached_property
    def weights(self) -> Array:
        """(C, O*kh*kw): each input channel's kernel as a row; zeros where a group does not stamp."""
        kernel = self.operation.kernel
        weights = np.zeros((len(kernel), len(self.operation.bias), *kernel.shape[2:]), kernel.dtype)
        for channel, taps in enumerate(kernel):
            weights[channel, self.operation.outputs(channel)] = taps
        return finished(weights.reshape(len(kernel), -1))

    @cached_property
    def columns(self) -> Array:
        """(H*W, O*kh*kw): row r*W + c is what input cell (r, c) stamps, its channels added up in order."""
        columns = np.zeros((self.shape[0], len(self.operation.bias), self._taps), self.operation.dtype)
        for channel, pixels in enumerate(self.pixels.T):
            weights = self.operation.kernel[channel].reshape(-1, self._taps)
            columns[:, self.operation.outputs(channel)] += np.multiply(
                pixels[:, None, None], weights, dtype=columns.dtype
            )
        return finished(columns.reshape(self.shape))

    @property
    def _taps(self) -> int:
        taps: int = self.operation.kernel[0, 0].size
        return taps

    @cached_property
    def column(self) -> tuple[Tap, ...]:
        """(output channel, i, j) of each column."""
        outputs, (tall, wide) = len(self.operation.bias), self.operation.kernel.shape[2:]
        return tuple((o, i, j) for o in range(outputs) for i in range(tall) for j in range(wide))

    @cached_property
    def target(self) -> Array:
        """As ``columns``: the output cell each entry is added to, as ``o*h*w + row*w + col``; -1 is cut off."""
        outputs, height, width = self.operation.output_shape
        rows, cols = self._landings
        inside = ((rows >= 0) & (rows < height))[:, None, :, None] & ((cols >= 0) & (cols < width))[None, :, None, :]
        place = np.where(inside, rows[:, None, :, None] * width + cols[None, :, None, :], -1)[:, :, None]
        channel = np.arange(outputs)[:, None, None] * (height * width)
        return finished(np.where(place >= 0, place + channel, -1).reshape(self.shape))

    @cached_property
    def _landings(self) -> tuple[Array, Array]:
        """(H, kh) and (W, kw): the output row and column of each tap of each stamp."""
        rows, cols = (
            np.array([axis.landings(at) for at in range(axis.input)], np.int64).reshape(axis.input, axis.kernel)
            for axis in self.operation.axes
        )
        return rows, cols

    @cached_property
    def overlaps(self) -> Array:
        """(h, w): how many input cells stamp each output cell, per channel; uneven overlaps are the checkerboard."""
        counts = []
        for axis, landings in zip(self.operation.axes, self._landings, strict=True):
            inside = landings[(landings >= 0) & (landings < axis.output)]
            counts.append(np.bincount(inside, minlength=axis.output))
        return finished(np.outer(*counts))

    @cached_property
    def result(self) -> Array:
        """(O, h, w): ``columns`` added up by ``target``, plus the bias.

        Channels are added before places, so decimals can differ from ``trace.output`` in their last digit.
        """
        result = np.zeros(int(np.prod(self.operation.output_shape)), self.operation.dtype)
        known = self.target >= 0
        np.add.at(result, self.target[known], self.columns[known])
        return finished(result.reshape(self.operation.output_shape) + self.operation.bias[:, None, None])
