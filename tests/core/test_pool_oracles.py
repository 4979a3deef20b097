"""Pools over all their options: plain loops, and ONNX's reference evaluator where it keeps to PyTorch's rules."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core import AveragePoolTrace, MaxPool, MaxPoolTrace
from tests.core._drawn import examples, lesson, pairs, planes, pools, same, scan
from tests.core._onnx import batch, run


def windows(size, window, stride, dilation, before, after, ceil):
    """Where each window starts along an axis, in input cells: PyTorch's rule, one window at a time."""
    span, starts = dilation * (window - 1) + 1, []
    while True:
        start = len(starts) * stride - before
        fits = start + span <= size + after
        if not fits and not (ceil and start + span - stride < size + after and start < size):
            return starts
        starts.append(start)


def looped(keys):
    """The output, the winners' indices and the divisors, from the definition."""
    image, (tall, wide), dilation = keys["input"], keys["kernel_size"], keys["dilation"]
    padding, size = keys["padding"], image.shape[1:]
    starts = [
        windows(
            size[a],
            keys["kernel_size"][a],
            keys["stride"][a],
            dilation[a],
            padding[a],
            padding[a + 2],
            keys["ceil_mode"],
        )
        for a in (0, 1)
    ]
    shape = len(image), len(starts[0]), len(starts[1])
    largest, winners, means = np.zeros(shape, image.dtype), np.zeros(shape, int), np.zeros(shape)
    for c, r, col in np.ndindex(shape):
        best, where, total, count = -math.inf, None, 0, 0
        for i, j in np.ndindex(tall, wide):
            row, column = starts[0][r] + i * dilation[0], starts[1][col] + j * dilation[1]
            if 0 <= row < size[0] and 0 <= column < size[1]:
                value = image[c, row, column].item()
                total, count = total + value, count + 1
                if value > best:
                    best, where = value, row * size[1] + column
            elif keys.get("count_include_pad") and row < size[0] + padding[2] and column < size[1] + padding[3]:
                count += 1
        largest[c, r, col], winners[c, r, col], means[c, r, col] = best, where, total / count
    return largest, winners, means


@given(pools())
@examples(3)
def test_pools_are_what_plain_loops_give(keys):
    trace = scan(**keys)
    largest, winners, means = looped(keys)
    if keys["op"] == "max_pool":
        assert type(trace) is MaxPoolTrace
        assert (trace.output == largest).all()
        assert (trace.winners == winners).all()
        assert trace.output.dtype == keys["input"].dtype
    else:
        assert type(trace) is AveragePoolTrace
        same(trace.output, means)
        assert trace.output.dtype == np.float64


def onnx_settings(keys):
    return {
        "kernel_shape": list(keys["kernel_size"]),
        "strides": list(keys["stride"]),
        "dilations": list(keys["dilation"]),
        "pads": list(keys["padding"]),
        "ceil_mode": int(keys["ceil_mode"]),
    }


@given(pools("max_pool"))
@examples(3)
def test_max_pools_and_their_winners_are_onnxs(keys):
    assume({*keys["stride"], *keys["dilation"]} != {1})  # then the evaluator gives no indices
    trace = scan(**keys)
    values, indices = run("MaxPool", batch(keys["input"]), outputs=2, **onnx_settings(keys))
    same(trace.output, values[0].astype(trace.output.dtype))
    whole = np.arange(len(trace.input))[:, None, None] * trace.input[0].size
    assert (trace.winners + whole == indices[0]).all()


@given(pools("avg_pool"))
@examples(3)
def test_average_pools_are_onnxs(keys):
    trace = scan(**keys)
    assume(all(axis.overhang < 2 for axis in trace.axes))  # the evaluator puts half of it before the input
    counted = int(keys["count_include_pad"])
    same(trace.output, run("AveragePool", batch(keys["input"]), count_include_pad=counted, **onnx_settings(keys))[0])


@given(planes(st.integers(1, 3), (1, 1)), st.sampled_from(["max_pool", "avg_pool"]))
@examples(0.5)
def test_a_global_pool_is_onnxs(image, op):
    trace = scan(op=op, input=image, kernel_size="global")
    expected = run({"max_pool": "GlobalMaxPool", "avg_pool": "GlobalAveragePool"}[op], batch(image))[0]
    same(trace.output, expected.astype(trace.output.dtype))
    assert trace.windowed.is_global
    assert trace.im2col.shape == (1, image.size)


@given(
    planes(st.integers(1, 2), (1, 1)),
    pairs(1, 4),
    pairs(1, 4),
    st.sampled_from(["same", "same_lower"]),
    st.sampled_from(["max_pool", "avg_pool"]),
)
@examples(1)
def test_same_is_onnxs_at_any_stride(image, window, stride, name, op):
    assume(all(w >= s for w, s in zip(window, stride, strict=True)))  # the evaluator would pad by less than nothing
    keys = {"op": op, "input": image, "kernel_size": window, "stride": stride, "padding": name}
    trace = scan(**keys | ({"count_include_pad": False} if op == "avg_pool" else {}))
    assert trace.output_size == tuple(-(-size // step) for size, step in zip(image.shape[1:], stride, strict=True))
    top, left, bottom, right = trace.windowed.padding
    assert {bottom - top, right - left} <= ({0, 1} if name == "same" else {0, -1})
    if op == "avg_pool":  # the evaluator's max pool has two ideas of SAME_LOWER
        auto = {"same": "SAME_UPPER", "same_lower": "SAME_LOWER"}[name]
        expected = run("AveragePool", batch(image), kernel_shape=list(window), strides=list(stride), auto_pad=auto)[0]
        same(trace.output, expected)


@given(pools())
@examples(1)
def test_every_step_agrees_with_the_output_to_the_last_bit(keys):
    trace = scan(**keys)
    assert len(trace.steps) == trace.output.size
    for step in trace.steps:
        at = step.channel, step.row, step.col
        assert step == trace.step_at(step.row, step.col, step.channel)
        assert step.value == trace.output[at]
        assert (step.patch == trace.padded[step.window]).all()
        if keys["op"] == "max_pool":
            assert step.winner_index == trace.winners[at]
            assert trace.input[(step.channel, *step.winner)] == step.value
            assert step.inside[step.winner_tap]
            assert ((step.indices >= 0) == step.inside).all()
            read = trace.input[step.channel].ravel()[step.indices[step.inside]]
            assert (read == step.patch[0][step.inside]).all()
            assert step.ties.sum() == (step.patch[0][step.inside] == step.value).sum() >= 1
            assert step.ties[step.winner_tap]
        else:
            assert step.sum == trace.sums[at] == step.running[-1]
            assert step.divisor == trace.divisors[at[1:]] == step.counted.sum()
            assert (step.counted >= step.inside).all()


@given(pools())
@examples(1)
def test_the_matrix_gives_the_output(keys):
    trace = scan(**keys)
    im2col = trace.im2col
    assert (im2col.result.T.reshape(trace.output.shape) == trace.output).all()
    if keys["op"] == "avg_pool":
        same((im2col.matrix @ im2col.weights) / im2col.divisors[:, None], im2col.result)


def test_padding_loses_even_to_its_own_number():
    """An .npy file may hold the least int64, which is what stands in the padding."""
    lowest = MaxPool(np.full((1, 2, 2), np.iinfo(np.int64).min), (2, 2), (1, 1), padding=(1, 1, 1, 1))
    trace = MaxPoolTrace(replace(lesson(op="max_pool", input=[[1]], kernel_size=1), convolution=lowest))
    assert trace.winners.tolist() == [[[0, 0, 1], [0, 0, 1], [2, 2, 3]]]
    assert [step.winner_index for step in trace.steps] == trace.winners.ravel().tolist()


@pytest.mark.parametrize("whole", [True, False])
def test_padding_never_wins_even_over_the_least_number_there_is(whole):
    least = -(2**63) + 1 if whole else -1.7976931348623157e308
    trace = scan(op="max_pool", input=[[least, least], [least, least]], kernel_size=2, stride=1, padding=1)
    assert (trace.output == least).all()
    assert trace.winners.tolist() == [[[0, 0, 1], [0, 0, 1], [2, 2, 3]]]
