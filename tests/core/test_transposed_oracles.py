"""Transposed convolution over all its options: ONNX's reference evaluator, plain loops, and itself told two ways."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from core import Trace, TransposeTrace
from tests.core._drawn import convolutions, examples, numbers, pairs, planes, same, scan, seeds, transposed
from tests.core._onnx import batch, run


def looped(keys):
    """Each input cell stamps the kernel: the definition, cell by cell."""
    image, kernel, bias = keys["input"], keys["kernel"], keys["bias"]
    (channels, height, width), (_, wide, tall, broad) = image.shape, kernel.shape
    (down, across), (apart, aside) = keys["stride"], keys["dilation"]
    top, left, bottom, right = keys["padding"]
    rows = (height - 1) * down + apart * (tall - 1) + 1 + keys["output_padding"][0] - top - bottom
    cols = (width - 1) * across + aside * (broad - 1) + 1 + keys["output_padding"][1] - left - right
    output = np.zeros((len(bias), rows, cols), np.result_type(image, kernel, bias))
    for c, r, col in np.ndindex(channels, height, width):
        for o, i, j in np.ndindex(wide, tall, broad):
            row, column = r * down + i * apart - top, col * across + j * aside - left
            if 0 <= row < rows and 0 <= column < cols:
                output[c // (channels // keys["groups"]) * wide + o, row, column] += (
                    image[c, r, col] * kernel[c, o, i, j]
                )
    return output + bias[:, None, None]


@given(transposed())
@examples(3)
def test_it_is_onnxs_group_by_group(keys):
    """The evaluator mixes up the kernels of groups and knows no output padding as wide as the stride."""
    assume(all(keys["output_padding"][axis] < keys["stride"][axis] for axis in (0, 1)))
    deep, wide = len(keys["input"]) // keys["groups"], keys["kernel"].shape[1]
    maps = [
        run(
            "ConvTranspose",
            batch(keys["input"][group * deep : (group + 1) * deep]),
            keys["kernel"][group * deep : (group + 1) * deep].astype(float),
            keys["bias"][group * wide : (group + 1) * wide].astype(float),
            strides=list(keys["stride"]),
            dilations=list(keys["dilation"]),
            pads=list(keys["padding"]),
            output_padding=list(keys["output_padding"]),
        )[0]
        for group in range(keys["groups"])
    ]
    trace = scan(**keys)
    assert type(trace) is TransposeTrace
    same(trace.output, np.concatenate(maps))


@given(transposed())
@examples(2)
def test_it_is_what_plain_loops_give(keys):
    same(scan(**keys).output, looped(keys))


@given(planes(st.integers(1, 2), (1, 1)), pairs(1, 5), pairs(1, 4), st.sampled_from(["same", "same_lower"]), seeds)
@examples(1)
def test_same_makes_the_output_stride_times_as_large_as_onnx_does(image, size, stride, name, seed):
    assume(all(kernel >= step for kernel, step in zip(size, stride, strict=True)))
    kernel = numbers(seed, (len(image), 2, *size), True)
    trace = scan(op="conv_transpose", input=image, kernel=kernel, stride=stride, padding=name)
    assert trace.output_size == (image.shape[1] * stride[0], image.shape[2] * stride[1])
    auto = {"same": "SAME_UPPER", "same_lower": "SAME_LOWER"}[name]
    expected = run("ConvTranspose", batch(image), kernel.astype(float), strides=list(stride), auto_pad=auto)[0]
    same(trace.output, expected)


@given(planes(st.integers(1, 2), (1, 1)), st.integers(1, 5), st.integers(1, 3), st.integers(0, 2), seeds)
@examples(0.5)
def test_a_signal_is_a_picture_of_one_row(image, taps, stride, cut, seed):
    signal = image[:, 0]
    kernel = numbers(seed, (len(image), 2, taps), True)
    cut = min(cut, ((signal.shape[1] - 1) * stride + taps - 1) // 2)
    line = scan(op="conv_transpose", input=signal, kernel=kernel, stride=stride, padding=cut)
    flat = scan(
        op="conv_transpose",
        input=signal[:, None],
        kernel=kernel[:, :, None],
        stride=[1, stride],
        padding=[0, cut],
    )
    assert (line.output == flat.output).all()
    assert [step.cell for step in line.steps] == [(step.cell[0], step.cell[2]) for step in flat.steps]
    assert [stamp.cell for stamp in line.stamps] == [(stamp.cell[0], stamp.cell[2]) for stamp in flat.stamps]


@given(transposed())
@examples(1)
def test_gather_and_scatter_agree_to_the_last_bit(keys):
    trace = scan(**keys)
    gathered = Trace(replace(trace.lesson, convolution=trace.transposed.gather))
    assert (gathered.output == trace.output).all()
    rows, cols = trace.transposed.axes
    canvas = np.zeros_like(trace.canvas)
    for stamp in trace.stamps:
        assert (trace.stamps[stamp.index], trace.stamp_at(stamp.row, stamp.col, stamp.channel)) == (stamp, stamp)
        assert (stamp.value * stamp.weights == stamp.products).all()
        canvas[stamp.window] += stamp.products
        if stamp.index == len(trace.stamps) // 2:
            assert (trace.canvas_after(stamp.index + 1) == canvas).all()
    assert (canvas == trace.canvas).all()
    inner = canvas[:, rows.before : rows.before + rows.output, cols.before : cols.before + cols.output]
    assert (inner + trace.bias[:, None, None] == trace.output).all()


@given(transposed())
@examples(1)
def test_a_channels_map_holds_its_sum_of_every_step(keys):
    trace = scan(**keys)
    maps = [trace.channel_maps(channel) for channel in range(len(trace.output))]
    for step in trace.steps:
        assert (maps[step.channel][:, step.row, step.col] == step.channel_sums).all()


@given(transposed())
@examples(1)
def test_a_stamp_lands_where_it_says_and_overlaps_are_counted(keys):
    trace = scan(**keys)
    landed = np.zeros(trace.output.shape, int)
    for stamp in trace.stamps:
        for i, j in np.ndindex(*stamp.inside.shape):
            place = stamp.rows[i], stamp.cols[j]
            assert stamp.inside[i, j] == all(0 <= at < size for at, size in zip(place, trace.output_size, strict=True))
            if stamp.inside[i, j]:
                landed[(stamp.outputs, *place)] += 1
    depth = len(trace.input) // keys["groups"]
    assert (landed == trace.overlaps * depth).all()


@given(transposed())
@examples(1)
def test_its_scatter_is_a_product_folded_back(keys):
    trace = scan(**keys)
    scatter = trace.scatter
    assert scatter.columns.shape == scatter.target.shape == scatter.shape
    same(scatter.columns, scatter.pixels @ scatter.weights)
    same(scatter.result, trace.output)
    height, width = trace.output_size
    for row, targets in enumerate(scatter.target):
        r, c = divmod(row, trace.input.shape[2])
        for (o, i, j), target in zip(scatter.column, targets, strict=True):
            stamp = trace.stamp_at(r, c)
            place = (o * height + stamp.rows[i]) * width + stamp.cols[j]
            assert target == (place if stamp.inside[i, j] else -1)


@given(convolutions(modes=("zeros",), flips=(False,)), seeds)
@examples(1)
def test_it_is_the_adjoint_of_the_convolution_with_its_settings(keys, seed):
    """What a convolution reads beyond its last window is what output_padding puts back."""
    forward = scan(**keys | {"bias": [0] * len(keys["kernel"])})
    other = numbers(seed, forward.output.shape, True)
    extended = [axis.remainder for axis in forward.axes]
    settings = {name: keys[name] for name in ("kernel", "stride", "dilation", "padding", "groups")}
    back = scan(op="conv_transpose", input=other, output_padding=extended, **settings)
    assert back.output.shape == forward.input.shape
    np.testing.assert_allclose((forward.output * other).sum(), (forward.input * back.output).sum(), atol=1e-8)
