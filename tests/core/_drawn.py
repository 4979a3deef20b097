"""Lessons of every operation, drawn by Hypothesis: the geometry by strategies, the numbers by a seed."""

import json

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from core.lesson import parse_lesson
from core.operation import trace_of

BUSY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]  # the machine may be
MODES = ("zeros", "reflect", "replicate", "circular")


def examples(times=1):
    """So many times the examples of the profile in force: 100 usually, 3000 in the profile `thorough`."""
    return settings(max_examples=int(times * settings.default.max_examples), deadline=None, suppress_health_check=BUSY)


def lesson(receptive_field="", **keys):
    """A lesson with these keys in [convolution]."""
    table = "\n".join(f"{key} = {json.dumps(_plain(value))}" for key, value in keys.items())
    text = f'title = "Drawn"\n[convolution]\n{table}\n{receptive_field}\n'
    return parse_lesson(text, name="drawn", file="lessons/drawn.toml")


def scan(**keys):
    return trace_of(lesson(**keys))


def _plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value


def numbers(seed, shape, whole):
    """Whole numbers from -9 to 9, or decimals of three places; a few of each are equal."""
    generator = np.random.default_rng(seed)
    return generator.integers(-9, 10, shape) if whole else generator.integers(-9000, 9001, shape) / 1000


def pairs(least, most):
    return st.tuples(st.integers(least, most), st.integers(least, most))


sides = st.tuples(*[st.integers(0, 3)] * 4)
seeds = st.integers(0, 2**32 - 1)


@st.composite
def planes(draw, channels, least):
    """An input (C, H, W) of at least `least` cells per axis."""
    size = (draw(channels), *(max(1, cells) + draw(st.integers(0, 5)) for cells in least))
    return numbers(draw(seeds), size, draw(st.booleans()))


@st.composite
def convolutions(draw, modes=MODES, flips=(False, True), most_groups=3):
    """A convolution with channels, groups (depthwise and multipliers among them), sides, dilation and every mode."""
    groups, deep, wide = draw(st.integers(1, most_groups)), draw(st.integers(1, 2)), draw(st.integers(1, 2))
    kernel, stride, dilation = draw(pairs(1, 4)), draw(pairs(1, 3)), draw(pairs(1, 3))
    padding, mode = draw(sides), draw(st.sampled_from(modes))
    span = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
    least = [span[a] - padding[a] - padding[a + 2] for a in (0, 1)]
    if not any(padding):
        mode = "zeros"  # another one would have nothing to fill, which is a mistake
    if mode in ("reflect", "circular"):
        least = [max(least[a], padding[a] + (mode == "reflect"), padding[a + 2] + (mode == "reflect")) for a in (0, 1)]
    return {
        "op": "conv",
        "input": draw(planes(st.just(groups * deep), least)),
        "kernel": numbers(draw(seeds), (groups * wide, deep, *kernel), draw(st.booleans())),
        "bias": numbers(draw(seeds), groups * wide, draw(st.booleans())),
        "stride": stride,
        "dilation": dilation,
        "padding": padding,
        "groups": groups,
        "padding_mode": mode,
        "flip": draw(st.sampled_from(flips)),
    }


@st.composite
def transposed(draw):
    """A transposed convolution; padding may cut off more than the kernel's reach."""
    groups, deep, wide = draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(1, 2))
    kernel, stride, dilation = draw(pairs(1, 4)), draw(pairs(1, 4)), draw(pairs(1, 3))
    extended = tuple(draw(st.integers(0, max(stride[a], dilation[a]) - 1)) for a in (0, 1))
    image = draw(planes(st.just(groups * deep), (1, 1)))
    canvas = [(image.shape[1 + a] - 1) * stride[a] + dilation[a] * (kernel[a] - 1) + 1 + extended[a] for a in (0, 1)]
    before = [draw(st.integers(0, min(4, cells - 1))) for cells in canvas]
    after = [draw(st.integers(0, min(4, cells - 1 - cut))) for cells, cut in zip(canvas, before, strict=True)]
    return {
        "op": "conv_transpose",
        "input": image,
        "kernel": numbers(draw(seeds), (groups * deep, wide, *kernel), draw(st.booleans())),
        "bias": numbers(draw(seeds), groups * wide, draw(st.booleans())),
        "stride": stride,
        "dilation": dilation,
        "padding": (*before, *after),
        "output_padding": extended,
        "groups": groups,
    }


@st.composite
def pools(draw, op=None):
    """A pool; every window reads at least one cell of the input."""
    window, stride, dilation = draw(pairs(1, 4)), draw(pairs(1, 5)), draw(pairs(1, 3))
    ceil = draw(st.booleans())
    padding = [draw(st.integers(0, window[a % 2] // 2)) for a in range(4)]
    span = [d * (k - 1) + 1 for d, k in zip(dilation, window, strict=True)]
    least = [span[a] - padding[a] - padding[a + 2] - (stride[a] - 1 if ceil else 0) for a in (0, 1)]
    # A dilated window can step over a small input: then every tap needs to be able to land on it.
    least = [max(least[a], 1 if dilation[a] == 1 else span[a]) for a in (0, 1)]
    op = op or draw(st.sampled_from(("max_pool", "avg_pool")))
    keys = {
        "op": op,
        "input": draw(planes(st.integers(1, 3), least)),
        "kernel_size": window,
        "stride": stride,
        "dilation": dilation,
        "padding": padding,
        "ceil_mode": ceil,
    }
    return keys | ({"count_include_pad": draw(st.booleans())} if op == "avg_pool" else {})


def same(actual, expected):
    """The same shape and numbers: integers to the last, decimals to rounding."""
    assert actual.shape == expected.shape
    if actual.dtype.kind == "i":
        assert (actual == expected).all()
    else:
        np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-10)
