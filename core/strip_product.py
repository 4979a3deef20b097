"""Convolution through im2col at full speed: strips of the matrix that stay in the cache, multiplied by BLAS."""

from __future__ import annotations

import numpy as np

from core.arrays import Array, finished
from core.convolution import Convolution
from core.limits import EXACT_FLOAT

STRIP_BYTES = 1 << 20  # of patches at a time: what a core's own cache holds beside the kernels


def multiply_strips(convolution: Convolution, padded: Array) -> Array:
    """(O, h, w): patches times kernels plus bias, some output rows at a time. Read-only.

    Whole numbers are multiplied as decimals, which is exact while no sum can pass 2^53: see ``is_exact``. Decimals
    are added in BLAS's own order, so the last digit can differ from ``trace.output`` and from machine to machine.
    """
    whole = convolution.dtype.kind == "i"
    dtype = np.result_type(np.float32, convolution.input, convolution.kernel) if not whole else np.dtype(np.float64)
    outputs, height, width = convolution.output_shape
    patches = convolution.patches(padded)
    deep, wide = convolution.kernel.shape[1], outputs // convolution.groups
    weights = convolution.weights.reshape(convolution.groups, wide, -1).astype(dtype)
    taps = weights.shape[2]
    rows = max(1, STRIP_BYTES // (taps * width * dtype.itemsize))
    output = np.empty(convolution.output_shape, convolution.dtype)
    strip = np.empty(taps * rows * width, dtype)
    product = np.empty(wide * rows * width, dtype)
    bias = convolution.bias.astype(dtype)[:, None]
    for top in range(0, height, rows):
        tall = min(rows, height - top)
        cells = tall * width
        for group in range(convolution.groups):
            patch = strip[: taps * cells].reshape(deep, *patches.shape[1:3], tall, width)
            np.copyto(patch, patches[group * deep : (group + 1) * deep, :, :, top : top + tall])
            made = slice(group * wide, (group + 1) * wide)
            sums = np.matmul(
                weights[group], patch.reshape(taps, cells), out=product[: wide * cells].reshape(wide, cells)
            )
            np.add(sums, bias[made], out=sums)
            output[made, top : top + tall] = sums.reshape(wide, tall, width)
    return finished(output)


def is_exact(convolution: Convolution) -> bool:
    """Whether every sum of whole numbers, in whatever order, stays below 2^53."""
    if convolution.dtype.kind != "i":
        return False
    largest, offset = (
        max(abs(int(array.min())), abs(int(array.max()))) for array in (convolution.input, convolution.bias)
    )
    heaviest = max(sum(map(abs, taps)) for taps in convolution.kernel.reshape(len(convolution.kernel), -1).tolist())
    return bool(largest * heaviest + offset <= EXACT_FLOAT)
