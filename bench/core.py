"""Ratios of core's im2col and convolution to torch's, or scipy's where there is no torch: `python bench/core.py`.

One thread each, the best of several runs taken in turn: 64 channels of 224 x 224, kernel 3 x 3, padding 1, 64 filters
(4 against scipy, which knows no channels and is slow).
"""

import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # before NumPy looks
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np  # noqa: E402

from core.convolution import Convolution  # noqa: E402
from core.patch_matrix import PatchMatrix  # noqa: E402
from core.strip_product import multiply_strips  # noqa: E402

CHANNELS, SIDE, KERNEL, RUNS = 64, 224, 3, 7


def best(*works):
    """The least seconds of each, run in turn so that a busy moment strikes all alike."""
    seconds = [float("inf")] * len(works)
    for _ in range(RUNS):
        for at, work in enumerate(works):
            start = time.perf_counter()
            work()
            seconds[at] = min(seconds[at], time.perf_counter() - start)
    return seconds


def rivals(image, kernel):
    """What the other side calls unfold (or None) and conv2d, as callables, and its name."""
    try:
        import torch
    except ImportError:
        from scipy.signal import correlate

        def summed():
            padded = np.pad(image, ((0, 0), (1, 1), (1, 1)))
            return np.stack([correlate(padded, taps, "valid", "fft")[0] for taps in kernel])

        return "scipy", None, summed
    torch.set_num_threads(1)
    tensor, weights = torch.from_numpy(image.copy())[None], torch.from_numpy(kernel.copy())
    functional = torch.nn.functional
    return (
        f"torch {torch.__version__}",
        lambda: functional.unfold(tensor, KERNEL, padding=1).numpy()[0],
        lambda: functional.conv2d(tensor, weights, padding=1).numpy()[0],
    )


def windows(image):
    """The im2col matrix as NumPy's own sliding windows give it: the rival of im2col without torch."""
    padded = np.pad(image, ((0, 0), (1, 1), (1, 1)))
    seen = np.lib.stride_tricks.sliding_window_view(padded, (KERNEL, KERNEL), axis=(1, 2))
    return np.ascontiguousarray(seen.transpose(0, 3, 4, 1, 2)).reshape(-1, SIDE * SIDE)


def compare(dtype):
    generator = np.random.default_rng(0)
    image = generator.standard_normal((CHANNELS, SIDE, SIDE)).astype(dtype)
    filters = CHANNELS if find_spec("torch") else 4
    kernel = generator.standard_normal((filters, CHANNELS, KERNEL, KERNEL)).astype(dtype)
    convolution = Convolution(image, kernel, np.zeros(filters, dtype), padding=(1, 1, 1, 1))
    name, unfold, conv2d = rivals(image, kernel)

    def columns():
        return PatchMatrix(convolution, convolution.padded()).columns

    def convolve():
        return multiply_strips(convolution, convolution.padded())

    unfold_name = f"{name} unfold" if unfold else "NumPy's sliding windows"
    unfold = unfold or (lambda: windows(image))
    np.testing.assert_array_equal(columns(), unfold())
    np.testing.assert_allclose(convolve(), conv2d(), rtol=1e-3, atol=1e-2 if dtype == np.float32 else 1e-9)
    pairs = (
        ("im2col", columns, unfold_name, unfold),
        ("convolution through im2col", convolve, f"{name} convolution", conv2d),
    )
    for ours, work, theirs, rival in pairs:
        mine, other = best(work, rival)
        print(
            f"{np.dtype(dtype).name}  {ours:26s} {mine * 1e3:7.1f} ms   {theirs:24s} {other * 1e3:7.1f} ms   "
            f"ratio {mine / other:.2f}"
        )


if __name__ == "__main__":
    for kind in (np.float32, np.float64):
        compare(kind)
