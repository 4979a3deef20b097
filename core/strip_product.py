"""Convolution through im2col at full speed: strips of the matrix that stay in the cache, multiplied by BLAS."""

from __future__ import annotations

import itertools

import numpy as np

from core.arrays import Array, finished
from core.convolution import Convolution
from core.limits import EXACT_FLOAT

STRIP_BYTES = 1 << 20  # of patches at a time: what a core's own cache holds beside the kernels


def multiply_strips(convolution: Convolution, padded: Array, strip_bytes: int = STRIP_BYTES) -> Array:
    """(O, h, w): patches times kernels plus bias, as many output cells at a time as need ``strip_bytes``. Read-only.

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
    fitting = max(1, strip_bytes // (taps * dtype.itemsize))
    rows, cols = max(1, fitting // width), min(width, fitting)
    output = np.empty(convolution.output_shape, convolution.dtype)
    strip = np.empty(taps * rows * cols, dtype)
    product = np.empty(wide * rows * cols, dtype)
    bias = convolution.bias.astype(dtype)[:, None, None]
    for top, left, group in itertools.product(range(0, height, rows), range(0, width, cols), range(convolution.groups)):
        down, across = slice(top, min(top + rows, height)), slice(left, min(left + cols, width))
        seen = patches[group * deep : (group + 1) * deep, :, :, down, across]
        tall, broad = seen.shape[3:]
        patch = strip[: taps * tall * broad].reshape(seen.shape)
        np.copyto(patch, seen)
        made = slice(group * wide, (group + 1) * wide)
        sums = product[: wide * tall * broad].reshape(wide, tall * broad)
        np.matmul(weights[group], patch.reshape(taps, tall * broad), out=sums)
        target = output[made, down, across]
        np.add(sums.reshape(target.shape), bias[made], out=target, casting="unsafe")  # whole numbers where `whole`
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
