"""What lessons of every operation become: known numbers, defaults, fingerprints, and values that cannot change."""

import pickle
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from core import (
    AveragePool,
    Convolution,
    Layer,
    MaxPool,
    SeparableConvolution,
    Trace,
    TransposedConvolution,
    parse_lesson,
    trace_of,
)
from tests.core._drawn import lesson, numbers, scan

SQUARE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
SAMPLES = {
    Convolution: {"input": SQUARE, "kernel": [[1, 2], [3, 4]], "padding": 1, "padding_mode": "reflect", "flip": True},
    TransposedConvolution: {"op": "conv_transpose", "input": SQUARE, "kernel": [[1, 2], [3, 4]], "stride": 2},
    MaxPool: {"op": "max_pool", "input": SQUARE, "kernel_size": 2, "padding": 1},
    AveragePool: {"op": "avg_pool", "input": SQUARE, "kernel_size": 2, "padding": 1},
    SeparableConvolution: {"input": SQUARE, "kernel": [[1, 2], [3, 4]], "pointwise": [[1], [2]]},
}

# Dumoulin and Visin, sections 2 and 4: operation, input, kernel, stride, padding, dilation, output padding; output.
ARITHMETIC = [
    ("no_padding_no_strides", "conv", 4, 3, 1, 0, 1, 0, 2),
    ("arbitrary_padding_no_strides", "conv", 5, 4, 1, 2, 1, 0, 6),
    ("same_padding_no_strides", "conv", 5, 3, 1, 1, 1, 0, 5),
    ("full_padding_no_strides", "conv", 5, 3, 1, 2, 1, 0, 7),
    ("no_padding_strides", "conv", 5, 3, 2, 0, 1, 0, 2),
    ("padding_strides", "conv", 5, 3, 2, 1, 1, 0, 3),
    ("padding_strides_odd", "conv", 6, 3, 2, 1, 1, 0, 3),
    ("dilation", "conv", 7, 3, 1, 0, 2, 0, 3),
    ("no_padding_no_strides_transposed", "conv_transpose", 2, 3, 1, 0, 1, 0, 4),
    ("arbitrary_padding_no_strides_transposed", "conv_transpose", 6, 4, 1, 2, 1, 0, 5),
    ("same_padding_no_strides_transposed", "conv_transpose", 5, 3, 1, 1, 1, 0, 5),
    ("full_padding_no_strides_transposed", "conv_transpose", 7, 3, 1, 2, 1, 0, 5),
    ("no_padding_strides_transposed", "conv_transpose", 2, 3, 2, 0, 1, 0, 5),
    ("padding_strides_transposed", "conv_transpose", 3, 3, 2, 1, 1, 0, 5),
    ("padding_strides_odd_transposed", "conv_transpose", 3, 3, 2, 1, 1, 1, 6),
]


@pytest.mark.parametrize("case", ARITHMETIC, ids=lambda case: case[0])
def test_the_guides_cases(case):
    _, op, cells, kernel, stride, padding, dilation, extended, output = case
    keys = {"output_padding": extended} if op == "conv_transpose" else {}
    trace = scan(
        op=op,
        input=np.ones((cells, cells), int),
        kernel=np.ones((kernel, kernel), int),
        stride=stride,
        padding=padding,
        dilation=dilation,
        **keys,
    )
    assert trace.output_size == trace.output.shape[1:] == (output, output)


@pytest.mark.parametrize(
    ("mode", "row"),
    [
        ("zeros", [0, 0, 1, 2, 3, 0]),
        ("reflect", [3, 2, 1, 2, 3, 2]),
        ("replicate", [1, 1, 1, 2, 3, 3]),
        ("circular", [2, 3, 1, 2, 3, 1]),
    ],
)
def test_padding_modes(mode, row):
    trace = scan(input=[[1, 2, 3]], kernel=[[1]], padding=[0, 2, 0, 1], padding_mode=mode)
    assert trace.padded.tolist() == trace.output.tolist() == [[row]]
    step = trace.steps[0]
    assert step.input_cols == (-2,)
    assert step.source_cols == (-1 if mode == "zeros" else row[0] - 1,)
    assert not step.inside.any()


def test_ceil_mode_counts_as_pytorch_does():
    """Windows at -2, 2 and 6 of seven cells: the last reads a real cell, two of padding, and one that never counts."""
    keys = {"input": [1, 2, 3, 4, 5, 6, 7], "kernel_size": 4, "padding": 2, "ceil_mode": True}
    with_padding = scan(op="avg_pool", **keys)
    assert with_padding.output.tolist() == [[[3 / 4, 18 / 4, 7 / 3]]]
    assert scan(op="avg_pool", count_include_pad=False, **keys).output.tolist() == [[[3 / 2, 18 / 4, 7 / 1]]]
    assert scan(op="max_pool", **keys).winners.tolist() == [[[1, 5, 6]]]
    axis = with_padding.axes[1]
    assert (axis.quotient, axis.output, axis.padded, axis.overhang, axis.dropped) == (2, 3, 11, 1, False)
    assert with_padding.padded.shape == (1, 1, 12)
    dropped = scan(op="max_pool", input=[1, 2, 3], kernel_size=2, stride=3, padding=[0, 1], ceil_mode=True).axes[1]
    assert (dropped.quotient, dropped.output, dropped.overhang, dropped.dropped) == (1, 1, 0, True)


def test_a_window_larger_than_the_input_is_there_once_in_ceil_mode():
    assert scan(op="max_pool", input=[[1, 2], [3, 4]], kernel_size=3, stride=2, ceil_mode=True).output.tolist() == [
        [[4]]
    ]


def test_true_convolution_turns_the_kernel_round():
    plain, true = (scan(input=SQUARE, kernel=[[1, 2], [3, 4]], flip=flip) for flip in (False, True))
    assert plain.output[0, 0, 0] == 1 * 1 + 2 * 2 + 4 * 3 + 5 * 4
    assert true.output[0, 0, 0] == 1 * 4 + 2 * 3 + 4 * 2 + 5 * 1
    assert true.steps[0].weights.tolist() == [[[4, 3], [2, 1]]]


def test_a_transposed_convolution_by_hand():
    trace = scan(op="conv_transpose", input=[[1, 2], [3, 4]], kernel=[[1, 1], [1, 2]], stride=2, padding=[0, 0, 1, 1])
    assert trace.canvas.tolist() == [[[1, 1, 2, 2], [1, 2, 2, 4], [3, 3, 4, 4], [3, 6, 4, 8]]]
    assert trace.output.tolist() == [[[1, 1, 2], [1, 2, 2], [3, 3, 4]]]
    assert trace.padded.tolist() == [[[0, 0, 0, 0], [0, 1, 0, 2], [0, 0, 0, 0], [0, 3, 0, 4]]]
    assert trace.weights.tolist() == [[[[2, 1], [1, 1]]]]
    assert trace.overlaps.tolist() == [[1] * 3] * 3
    assert trace.stamps[3].inside.tolist() == [[True, False], [False, False]]
    dense = scan(op="conv_transpose", input=np.ones((3, 3), int), kernel=np.ones((3, 3), int), stride=2)
    assert dense.overlaps[2].tolist() == [2, 2, 4, 2, 4, 2, 2]


def test_defaults():
    pool = lesson(op="max_pool", input=np.ones((9, 9), int), kernel_size=[2, 3]).convolution
    assert (pool.stride, pool.dilation, pool.padding, pool.ceil_mode) == ((2, 3), (1, 1), (0, 0, 0, 0), False)
    assert lesson(op="avg_pool", input=SQUARE, kernel_size=1).convolution.count_include_pad
    signal = lesson(input=[1, 2, 3, 4, 5, 6], kernel=[1, 0, -1], padding=[2, 0])
    assert (signal.convolution.rank, signal.convolution.padding, signal.convolution.highlight) == (
        1,
        (0, 2, 0, 0),
        (0, 1),
    )
    assert (signal.layers, signal.plane, signal.unit) == ((Layer((1, 3), padding=(0, 2, 0, 0)),) * 2, (1, 6), (0, 2))
    assert [step.cell for step in trace_of(signal).steps][:2] == [(0,), (1,)]
    assert lesson(
        "[receptive_field]\nlayers = [{kernel = 3, stride = 2, padding = 1}]\nunit = 1", input=[1] * 6, kernel=[1]
    ).layers == (Layer((1, 3), (1, 2), (0, 1, 0, 1)),)
    assert lesson(input=SQUARE, kernel=[[1]], im2col_layout="columns").im2col_layout == "columns"


def test_a_separable_convolution_saves_what_it_says():
    image, kernel, mixing = numbers(1, (3, 5, 5), True), numbers(2, (6, 1, 3, 3), True), numbers(3, (4, 6), True)
    trace = scan(input=image, kernel=kernel, groups=3, pointwise=mixing)
    assert trace.separable.weight_counts == (6 * 9 + 4 * 6, 4 * 3 * 9)
    assert trace.separable.product_counts == (9 * (6 * 9 + 4 * 6), 9 * 4 * 3 * 9)
    assert trace.merged.kernel.shape == (4, 3, 3, 3)
    large = replace(trace.separable, pointwise=mixing * 2**60)
    with pytest.raises(OverflowError, match="the merged kernel could leave 64-bit integers: use float kernels"):
        large.merged()


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda kind: kind.__name__)
def test_nothing_can_be_written_to_and_all_of_it_travels(kind):
    trace = trace_of(lesson(**SAMPLES[kind]))
    operation = trace.lesson.convolution
    assert type(operation) is kind
    found = {name: getattr(trace, name) for name in dir(type(trace)) if not name.startswith("_")}
    if kind is not SeparableConvolution:
        im2col = trace.im2col
        found |= {f"im2col.{name}": getattr(im2col, name) for name in dir(type(im2col)) if not name.startswith("_")}
    arrays = {name: value for name, value in found.items() if isinstance(value, np.ndarray)}
    assert len(arrays) >= 2
    for name, array in arrays.items():
        assert not array.flags.writeable, name
    with pytest.raises(FrozenInstanceError):
        operation.rank = 7
    sent = pickle.dumps(trace)
    assert len(sent) < 3000
    back = pickle.loads(sent)
    assert type(back) is type(trace)
    assert back.lesson == trace.lesson
    assert (back.output == trace.output).all()
    assert not back.input.flags.writeable


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda kind: kind.__name__)
def test_a_trace_of_another_operation_is_refused_by_name(kind):
    made = lesson(**SAMPLES[kind])
    for other in SAMPLES:
        wrong = type(trace_of(lesson(**SAMPLES[other])))
        if wrong is not type(trace_of(made)):
            with pytest.raises(TypeError, match=rf"^drawn is a {kind.__name__}: trace_of\(lesson\) gives its trace$"):
                _ = wrong(made).output


def test_the_digest_of_a_plain_convolution_is_what_it_was_before_there_were_others():
    written = 'title = "T"\n[convolution]\ninput = [[1,2],[3,4]]\nkernel = [[1]]\n'
    assert parse_lesson(written, name="x").digest == "2cf8532873f05ce2cb5cb22a9e16fe9d1bf6eaaf1aa07ef67bc255b9be13d873"
    grouped = (
        'title = {en = "T", zh = "题"}\n[convolution]\ninput = [[[1,2,3],[4,5,6]],[[1,0,1],[0,1,0]]]\n'
        "kernel = [[[[1.5,0]]],[[[0,1]]]]\ngroups = 2\npadding = [1,2,0,1]\nstride = [1,2]\nbias = [1,2]\n"
    )
    assert parse_lesson(grouped, name="x").digest == "98ba873ee70aebd499cb71fb319bb12f9bfbc5d280bb7fc7de7da21706115274"


def test_every_option_is_in_the_digest():
    square = {"input": SQUARE}
    conv, pool = square | {"kernel": [[1, 2], [3, 4]]}, square | {"kernel_size": 2}
    up, mean = conv | {"op": "conv_transpose", "stride": 2}, pool | {"op": "avg_pool"}
    assert (
        lesson(**conv).digest
        == lesson(**conv, op="conv", padding_mode="zeros", flip=False, im2col_layout="rows").digest
    )
    assert lesson(**pool, op="max_pool").digest == lesson(**pool, op="max_pool", stride=[2, 2], ceil_mode=False).digest
    varied = [
        *(conv | more for more in ({}, {"flip": True}, {"padding": 1}, {"im2col_layout": "columns"})),
        *(conv | more for more in ({"pointwise": [[1]]}, {"pointwise": [[2]]}, {"pointwise": [[1]], "flip": True})),
        conv | {"pointwise": [[1]], "pointwise_bias": 1},
        conv | {"padding": 1, "padding_mode": "reflect"},
        *(up | more for more in ({}, {"output_padding": 1}, {"padding": 1}, {"stride": 3}, {"bias": 1})),
        *(pool | {"op": "max_pool"} | more for more in ({}, {"ceil_mode": True}, {"dilation": 2}, {"stride": 1})),
        *(mean | more for more in ({}, {"count_include_pad": False}, {"highlight": [0, 0], "stride": 1})),
        {"input": [1, 2, 3], "kernel": [1, 2]},
        {"input": [[1, 2, 3]], "kernel": [[1, 2]]},
        {"input": [[1, 2, 3]], "kernel": [[[1, 2]]]},
    ]
    assert len({lesson(**keys).digest for keys in varied}) == len(varied)
    stack = "[receptive_field]\nlayers = [{kernel = KERNEL}]"
    signal = lesson(stack.replace("KERNEL", "3"), **varied[-1])
    image = lesson(stack.replace("KERNEL", "[1, 3]"), **varied[-2], highlight=[0, 1])
    assert (signal.layers, signal.unit, signal.convolution.highlight) == (image.layers, image.unit, (0, 1))
    assert signal.digest != image.digest


def test_a_plain_lessons_trace_is_the_trace():
    made = parse_lesson("title = 'T'\n[convolution]\ninput = [[1, 2]]\nkernel = [[1]]", name="x")
    assert type(trace_of(made)) is Trace
