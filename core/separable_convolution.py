"""A depthwise separable convolution as a value: each channel by itself, then a 1x1 convolution that mixes them."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from core.arrays import Array, Pair, ReadOnlyArrays, finished
from core.convolution import Convolution
from core.limits import INT64


@dataclass(frozen=True, eq=False)
class SeparableConvolution(ReadOnlyArrays):
    """``depthwise`` (groups = C, M = C times the multiplier maps), then ``pointwise`` (O, M) and ``bias`` (O,).

    In PyTorch and ONNX these are two layers: Conv with groups = C, and Conv with a 1x1 kernel.

    Source: Chollet, "Xception: deep learning with depthwise separable convolutions", 2017.
    """

    depthwise: Convolution
    pointwise: Array
    bias: Array

    @property
    def input(self) -> Array:
        """(C, H, W)."""
        return self.depthwise.input

    @property
    def rank(self) -> int:
        """The axes of the input as the author wrote it."""
        return self.depthwise.rank

    @property
    def _rank(self) -> int:
        """With several maps, their axes too, though the author's input has no channels."""
        return self.rank if len(self.pointwise) == len(self.input) == 1 else 3 - self.line

    @property
    def line(self) -> bool:
        """Whether it is 1-D, computed as one row."""
        return self.depthwise.line

    @property
    def highlight(self) -> Pair:
        """The (row, col) of the output that films dwell on."""
        return self.depthwise.highlight

    @property
    def output_size(self) -> Pair:
        """(h, w) of the feature maps, in the middle as at the end."""
        return self.depthwise.output_size

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(O, h, w)."""
        return (len(self.pointwise), *self.output_size)

    def mixing(self, middle: Array) -> Convolution:
        """The second convolution: 1x1, over the ``middle`` maps (M, h, w)."""
        return Convolution(
            middle,
            self.pointwise[:, :, None, None],
            self.bias,
            rank=self._rank,
            highlight=self.highlight,
            line=self.line,
        )

    def merged(self) -> Convolution:
        """One ordinary convolution with the same result: its kernel (O, C, kh, kw) is the product of the two.

        Equal to the last bit for integers; OverflowError when the products could leave 64 bits.
        """
        kernel, channels = self.depthwise.kernel, len(self.input)
        outputs, multiplier = len(self.pointwise), len(kernel) // channels
        kernels = kernel[:, 0].reshape(channels, multiplier, *kernel.shape[2:])
        mixers = self.pointwise.reshape(outputs, channels, multiplier)
        if np.result_type(kernels, mixers).kind == "i":
            widest = max(sum(map(abs, row)) for row in self.pointwise.tolist())
            if widest * max(map(abs, kernels.ravel().tolist())) > INT64:
                raise OverflowError("the merged kernel could leave 64-bit integers: use float kernels")
        merged = np.einsum("ocm,cmij->ocij", mixers, kernels)
        bias = self.pointwise @ self.depthwise.bias + self.bias
        return Convolution(
            self.input,
            finished(merged),
            finished(bias),
            stride=self.depthwise.stride,
            dilation=self.depthwise.dilation,
            padding=self.depthwise.padding,
            rank=self._rank,
            highlight=self.highlight,
            padding_mode=self.depthwise.padding_mode,
            flip=self.depthwise.flip,
            line=self.line,
        )

    @property
    def weight_counts(self) -> tuple[int, int]:
        """Numbers to learn, without biases: of the two small kernels, and of the one that they replace."""
        taps, channels = prod(self.depthwise.window_size), len(self.input)
        return self.depthwise.kernel.size + self.pointwise.size, len(self.pointwise) * channels * taps

    @property
    def product_counts(self) -> tuple[int, int]:
        """Multiplications in the whole scan: of the two, and of the one that they replace."""
        cells = self.output_size[0] * self.output_size[1]
        return self.weight_counts[0] * cells, self.weight_counts[1] * cells
