"""A convolution's lesson scanned: the immutable record that every film, figure, card and table reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from core.arrays import Array, finished
from core.channel_maps import maps_of_channels
from core.convolution import Convolution
from core.im2col import Im2col
from core.scan import Scan
from core.step import Step
from core.strip_product import is_exact, multiply_strips
from core.window import Steps

MANY = 1 << 20  # products, from which on BLAS is faster


@dataclass(frozen=True, eq=False)
class Trace(Scan[Step]):
    """Everything that happens when the lesson's kernel scans its input.

    Computed on first use, then kept; arrays are read-only.
    ``trace.steps`` makes each step on demand, so a trace costs little more than the padded input and the output.
    The operation is cross-correlation (the kernel is not flipped), as in PyTorch and ONNX, unless the lesson says
    ``flip``.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning".
    """

    @property
    def convolution(self) -> Convolution:
        """The lesson's arrays and geometry. TypeError for a lesson of another operation."""
        operation = self.lesson.convolution
        if not isinstance(operation, Convolution):
            raise TypeError(f"{self.lesson.name} is a {type(operation).__name__}: trace_of(lesson) gives its trace")
        return operation

    @property
    def windowed(self) -> Convolution:
        """The convolution."""
        return self.convolution

    @property
    def kernel(self) -> Array:
        """(O, C/groups, kh, kw), as the author wrote it; ``weights`` is what meets the patch."""
        return self.convolution.kernel

    @property
    def weights(self) -> Array:
        """(O, C/groups, kh, kw): the kernel, turned by 180° under ``flip``."""
        return self.convolution.weights

    @property
    def bias(self) -> Array:
        """(O,)."""
        return self.convolution.bias

    @cached_property
    def output(self) -> Array:
        """(O, h, w): the feature maps; integers stay integers.

        One kernel cell at a time over the whole plane, in the order in which a step adds its products: so decimals are
        rounded exactly as in ``step.value``, on every machine. Many products of integers go through BLAS, as exactly.
        """
        convolution = self.convolution
        products = prod(convolution.output_shape) * prod(convolution.kernel.shape[1:])
        if products >= MANY and is_exact(convolution):
            return multiply_strips(convolution, self.padded)
        output = np.zeros(convolution.output_shape, convolution.dtype)
        product = np.empty_like(output[0])
        for channel, sums in enumerate(output):
            planes = self.padded[convolution.channels(channel)]
            for (depth, i, j), weight in np.ndenumerate(self.weights[channel]):
                np.multiply(convolution.seen(planes[depth], i, j), weight, out=product, dtype=product.dtype)
                sums += product
            sums += self.bias[channel]
        return finished(output)

    def channel_maps(self, channel: int) -> Array:
        """(Cg, h, w): what each input channel alone adds to output channel ``channel``; as ``step.channel_sums``.

        Their sum plus the bias is the feature map.
        """
        return maps_of_channels(self.convolution, self.padded, channel)

    @cached_property
    def steps(self) -> Steps[Step]:
        """Every step, channel-major (o, r, c), made on demand."""
        return self._steps(Step)

    @cached_property
    def im2col(self) -> Im2col:
        """The scan as one matrix product."""
        return Im2col(self.convolution, self.padded)
