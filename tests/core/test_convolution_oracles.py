"""Convolution over all its options, against ONNX's reference evaluator, and against scipy where ONNX has none."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import convolve2d

from core import Convolution, Trace
from core.strip_product import STRIP_BYTES, is_exact, multiply_strips
from tests.core._drawn import convolutions, examples, lesson, numbers, pairs, planes, same, scan, seeds
from tests.core._onnx import batch, run

ONNX_MODES = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def onnx_conv(keys, image, **attributes):
    """Conv over `image`; a padding mode of PyTorch's becomes a Pad before it, a flip a kernel turned round."""
    top, left, bottom, right = keys["padding"]
    pads = [top, left, bottom, right]
    if keys.get("padding_mode", "zeros") != "zeros":
        border = np.array([0, 0, top, left, 0, 0, bottom, right])
        image, pads = run("Pad", image, border, mode=ONNX_MODES[keys["padding_mode"]]), [0, 0, 0, 0]
    kernel, bias = keys["kernel"].astype(float), keys["bias"].astype(float)
    kernel = kernel[..., ::-1, ::-1] if keys["flip"] else kernel
    settings = {"strides": list(keys["stride"]), "dilations": list(keys["dilation"]), "group": keys["groups"]}
    return run("Conv", image, kernel, bias, pads=pads, **settings, **attributes)[0]


@given(convolutions())
@examples(7)
def test_convolution_is_onnxs(keys):
    trace = scan(**keys)
    assert type(trace) is Trace
    same(trace.output, onnx_conv(keys, batch(keys["input"])))


@given(convolutions(flips=(True,), modes=("zeros",), most_groups=1))
@examples(1.5)
def test_flipped_it_is_scipys_convolution(keys):
    trace = scan(**keys)
    top, left, bottom, right = keys["padding"]
    padded = np.pad(keys["input"], ((0, 0), (top, bottom), (left, right)))
    (down, across), (down_by, across_by) = keys["dilation"], keys["stride"]
    for taps, bias, output in zip(keys["kernel"], keys["bias"], trace.output, strict=True):
        total = bias
        for plane, tap in zip(padded, taps, strict=True):
            spread = np.zeros([d * (k - 1) + 1 for d, k in zip(keys["dilation"], tap.shape, strict=True)], tap.dtype)
            spread[::down, ::across] = tap
            total = total + convolve2d(plane, spread, "valid")[::down_by, ::across_by]
        same(output, total.astype(output.dtype))


@given(convolutions(flips=(True,)))
@examples(0.5)
def test_flipped_is_the_same_as_a_kernel_turned_round(keys):
    turned = scan(**keys | {"flip": False, "kernel": keys["kernel"][..., ::-1, ::-1]})
    trace = scan(**keys)
    assert (trace.output == turned.output).all()
    assert (trace.weights == turned.kernel).all()
    assert (trace.kernel == keys["kernel"]).all()


@st.composite
def signals(draw):
    """A 1-D convolution with channels, as an author writes it."""
    groups, deep, wide = draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(1, 2))
    taps, stride, dilation = draw(st.integers(1, 5)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    sides = draw(pairs(0, 4))
    length = max(1, dilation * (taps - 1) + 1 - sum(sides)) + draw(st.integers(0, 6))
    return {
        "input": numbers(draw(seeds), (groups * deep, length), draw(st.booleans())),
        "kernel": numbers(draw(seeds), (groups * wide, deep, taps), draw(st.booleans())),
        "bias": numbers(draw(seeds), groups * wide, True),
        "stride": stride,
        "dilation": dilation,
        "padding": sides,
        "groups": groups,
    }


@given(signals())
@examples(1.5)
def test_a_signal_is_onnxs_1d_convolution(keys):
    trace = scan(**keys)
    expected = run(
        "Conv",
        batch(keys["input"]),
        keys["kernel"].astype(float),
        keys["bias"].astype(float),
        strides=[keys["stride"]],
        dilations=[keys["dilation"]],
        pads=list(keys["padding"]),
        group=keys["groups"],
    )[0]
    assert trace.output.shape[1] == trace.input.shape[1] == trace.kernel.shape[2] == 1
    same(trace.output[:, 0], expected)
    assert [step.cell for step in trace.steps] == list(np.ndindex(expected.shape))


@given(planes(st.integers(1, 2), (1, 1)), pairs(1, 5), pairs(1, 3), st.sampled_from(["same", "same_lower"]), seeds)
@examples(1)
def test_same_and_same_lower_are_onnxs_at_stride_1(image, size, dilation, name, seed):
    kernel = numbers(seed, (2, len(image), *size), True)
    trace = scan(input=image, kernel=kernel, padding=name, dilation=dilation)
    auto = {"same": "SAME_UPPER", "same_lower": "SAME_LOWER"}[name]
    top, left, bottom, right = trace.convolution.padding
    reach = [d * (k - 1) for d, k in zip(dilation, size, strict=True)]
    assert [top + bottom, left + right] == reach
    assert {bottom - top, right - left} <= ({0, 1} if name == "same" else {0, -1})
    assert trace.output_size == image.shape[1:]
    if dilation == (1, 1):  # the evaluator forgets the dilation when it pads by name
        same(trace.output, run("Conv", batch(image), kernel.astype(float), auto_pad=auto)[0])


@given(convolutions(), seeds, st.integers(1, 3), st.integers(1, 2))
@examples(1)
def test_a_separable_convolution_is_two_of_onnxs(keys, seed, outputs, multiplier):
    channels = len(keys["input"])
    keys |= {
        "groups": channels,
        "kernel": numbers(seed, (channels * multiplier, 1, *keys["kernel"].shape[2:]), True),
        "bias": numbers(seed, channels * multiplier, True),
    }
    mixing, bias = numbers(seed, (outputs, channels * multiplier), True), numbers(seed, outputs, True)
    trace = scan(**keys, pointwise=mixing, pointwise_bias=bias)
    middle = onnx_conv(keys, batch(keys["input"]))
    same(trace.depthwise.output, middle)
    expected = run("Conv", middle[None], mixing[:, :, None, None].astype(float), bias.astype(float))[0]
    same(trace.output, expected)
    same(trace.merged.output, expected)
    assert trace.output_size == trace.pointwise.output_size == trace.output.shape[1:]
    assert [stage.highlight.cell[1:] for stage in trace.stages] == [trace.highlight.cell[1:]] * 2


@pytest.mark.parametrize(("shape", "kernel"), [((1, 2, 4, 5), (3, 2, 2, 2)), ((1, 2, 6), (3, 2, 2))])
def test_a_batch_of_one_is_its_picture(shape, kernel):
    image, taps = numbers(1, shape, True), numbers(2, kernel, True)
    alone, batched = (lesson(input=source, kernel=taps) for source in (image[0], image))
    assert batched.digest == alone.digest
    same(
        Trace(batched).output,
        run("Conv", image.astype(float), taps.astype(float))[0].reshape(Trace(alone).output.shape),
    )


@given(convolutions())
@examples(1)
def test_strips_through_blas_give_the_same_and_integers_to_the_last(keys):
    trace = scan(**keys)
    for bytes_at_a_time in (1, 200, STRIP_BYTES):
        same(multiply_strips(trace.convolution, trace.padded, bytes_at_a_time), trace.output)
    assert is_exact(trace.convolution) == (trace.output.dtype == np.int64)


def test_a_large_scan_of_integers_is_exact_to_the_bound_and_ordinary_beyond():
    image = np.full((1, 400, 600), 2**52 // 9, np.int64)
    image[0, 7, 7] += 1
    exact = Convolution(image, np.ones((1, 1, 3, 3), np.int64), np.array([3]))
    beyond = Convolution(image * 4, exact.kernel, exact.bias)
    assert (is_exact(exact), is_exact(beyond)) == (True, False)
    template = lesson(input=[[1]], kernel=[[1]])
    for convolution in (exact, beyond):
        trace = Trace(replace(template, convolution=convolution))
        expected = (
            sum(convolution.input[0, i : i + 398, j : j + 598] for i in range(3) for j in range(3)) + convolution.bias
        )
        assert (trace.output[0] == expected).all()
