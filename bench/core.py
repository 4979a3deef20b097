"""How fast the core's arithmetic is, as ratios to torch where it is installed, else to NumPy and scipy.

`python -m bench.core`. All from this run, one thread each, the best of several runs taken in turns: 64 channels of
224 x 224, kernel 3 x 3, padding 1; 64 filters, but 4 against scipy, which knows no channels and is slow.
Exit code 1 if a target is missed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from importlib.util import find_spec

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # before NumPy looks

import numpy as np  # noqa: E402

from core.arrays import Array  # noqa: E402
from core.convolution import Convolution  # noqa: E402
from core.patch_matrix import PatchMatrix  # noqa: E402
from core.strip_product import multiply_strips  # noqa: E402

CHANNELS, SIDE, KERNEL, RUNS = 64, 224, 3, 9
TARGETS = {"im2col": 1.0, "convolution through im2col": 3.0}  # of torch's time
Work = Callable[[], Array]


def main() -> int:
    """Measure in both float types, and print a line for each ratio."""
    torch = find_spec("torch") is not None
    missed = [line for dtype in (np.float32, np.float64) for line in compare(np.dtype(dtype), torch)]
    return int(torch and any(missed))


def compare(dtype: np.dtype, torch: bool) -> list[bool]:
    """Print the two ratios of one type; whether each misses its target."""
    generator = np.random.default_rng(0)
    image = generator.standard_normal((CHANNELS, SIDE, SIDE)).astype(dtype)
    kernel = generator.standard_normal((CHANNELS if torch else 4, CHANNELS, KERNEL, KERNEL)).astype(dtype)
    convolution = Convolution(image, kernel, np.zeros(len(kernel), dtype), padding=(1, 1, 1, 1))
    ours: list[Work] = [
        lambda: PatchMatrix(convolution, convolution.padded()).columns,
        lambda: multiply_strips(convolution, convolution.padded()),
    ]
    rivals = torch_rivals(image, kernel) if torch else numpy_rivals(image, kernel)
    missed = []
    for (what, target), work, (name, rival) in zip(TARGETS.items(), ours, rivals, strict=True):
        np.testing.assert_allclose(work(), rival(), rtol=1e-3, atol=1e-2)
        mine, other = best(work, rival)
        line = f"{dtype.name}  {what:26} {mine * 1e3:7.1f} ms   {name:24} {other * 1e3:7.1f} ms   {mine / other:5.2f}"
        missed.append(mine / other > target)
        print(line + (f"   (at most {target})" if torch else ""))
    return missed


def best(*works: Work) -> list[float]:
    """The least seconds of each, run in turns so that a busy moment strikes all alike."""
    seconds = [float("inf")] * len(works)
    for _ in range(RUNS):
        for at, work in enumerate(works):
            start = time.perf_counter()
            work()
            seconds[at] = min(seconds[at], time.perf_counter() - start)
    return seconds


def torch_rivals(image: Array, kernel: Array) -> list[tuple[str, Work]]:
    """PyTorch's unfold and conv2d."""
    import torch

    torch.set_num_threads(1)
    tensor, weights = torch.from_numpy(image.copy())[None], torch.from_numpy(kernel.copy())
    functional = torch.nn.functional
    return [
        ("torch unfold", lambda: functional.unfold(tensor, KERNEL, padding=1).numpy()[0]),
        ("torch conv2d", lambda: functional.conv2d(tensor, weights, padding=1).numpy()[0]),
    ]


def numpy_rivals(image: Array, kernel: Array) -> list[tuple[str, Work]]:
    """NumPy's sliding windows, copied out, and scipy's correlate, filter by filter."""
    from scipy.signal import correlate

    def unfolded() -> Array:
        padded = np.pad(image, ((0, 0), (1, 1), (1, 1)))
        seen = np.lib.stride_tricks.sliding_window_view(padded, (KERNEL, KERNEL), axis=(1, 2))
        return np.ascontiguousarray(seen.transpose(0, 3, 4, 1, 2)).reshape(-1, SIDE * SIDE)

    def correlated() -> Array:
        padded = np.pad(image, ((0, 0), (1, 1), (1, 1)))
        return np.stack([correlate(padded, taps, "valid", "fft")[0] for taps in kernel])

    return [("NumPy's sliding windows", unfolded), ("scipy's correlate", correlated)]


if __name__ == "__main__":
    raise SystemExit(main())
