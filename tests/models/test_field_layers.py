"""Idioms of real models, each against poking: what exporters make of attention, squeeze-and-excitation and the like."""

import numpy as np
import pytest
from onnx import helper

from core import NetworkError, NetworkField
from models.onnx_file import load_onnx
from tests.models._onnx_networks import Model


def check(model, tmp_path, names=None):
    """Every unit of every plane against poking; the field, for more."""
    field = NetworkField(load_onnx(model.save(tmp_path)))
    assert field.stops == []
    names = names or [row.name for row in field.rows]
    for name, found in zip(names, model.poked(names), strict=True):
        assert field[name].plane == found.shape[2:]
        for unit in np.ndindex(*found.shape[2:]):
            assert (field.cells(name, unit) == found[:, :, *unit]).all(), (name, unit)
    return field


def numbers(model, *values):
    return model.constant(np.array(values, np.int64))


def matrix(model, rows, columns):
    return model.constant(model.random.uniform(1, 2, (rows, columns)) / (rows * columns))


def test_a_convnext_block(tmp_path):
    model = Model(6, 5)
    deep = model.conv("x", 4, 4, (3, 3), group=4, pads=[1] * 4)
    model.add("Transpose", perm=[0, 2, 3, 1])
    scale = model.constant(np.ones(4))
    model.add("LayerNormalization", [model.last, scale, model.constant(np.zeros(4))], axis=-1)
    wide = model.add("MatMul", [model.last, matrix(model, 4, 8)])
    narrow = model.add("MatMul", [model.add("Relu", [wide]), matrix(model, 8, 4)])
    back = model.add("Transpose", [narrow], perm=[0, 3, 1, 2])
    last = model.add("Add", [back, deep])
    # LayerNormalization of equal channels is 0 whatever they are, so its neighbours are asked by their numbers alone.
    field = NetworkField(load_onnx(model.save(tmp_path)))
    assert {(row.size, row.plane) for row in field.rows} == {((3, 3), (6, 5))}
    assert [row.name for row in field.rows][-1] == last


def test_squeeze_and_excitation_through_dense_layers(tmp_path):
    model = Model(5, 4)
    plane = model.conv("x", 4, 4, (3, 3), strides=[2, 1], pads=[1] * 4)
    model.add("ReduceMean", [plane, numbers(model, 2, 3)], keepdims=0)
    model.add("Gemm", [model.last, matrix(model, 4, 2)])
    model.add("Gemm", [model.last, matrix(model, 4, 2)], transB=1)
    gate = model.add("Reshape", [model.last, numbers(model, 0, 4, 1, 1)])
    last = model.add("Mul", [plane, gate])
    field = check(model, tmp_path, [plane, last])
    assert (field[last].stride, field[last].aligned) == ((2, 1), True)


def test_squeeze_and_excitation_through_convolutions(tmp_path):
    model = Model(5, 4)
    model.add("ReduceMax", ["x", numbers(model, 2, 3)], keepdims=1)
    model.conv(model.last, 4, 2, (1, 1))
    gate = model.conv(model.last, 2, 4, (1, 1))
    model.add("Mul", ["x", gate])
    check(model, tmp_path)


def test_attention_reads_everything(tmp_path):
    model = Model(3, 4)
    tokens = model.add("Reshape", ["x", numbers(model, 0, 4, -1)])
    rows = model.add("Transpose", [tokens], perm=[0, 2, 1])
    query, key, value = (model.add("MatMul", [rows, matrix(model, 4, 4)]) for _ in range(3))
    turned = model.add("Transpose", [key], perm=[0, 2, 1])
    scores = model.add("MatMul", [query, turned])
    mixed = model.add("MatMul", [scores, value])
    columns = model.add("Transpose", [mixed], perm=[0, 2, 1])
    plane = model.add("Reshape", [columns, numbers(model, 0, 4, 3, 4)])
    model.conv(plane, 4, 4, (1, 1))
    check(model, tmp_path, [model.last])


def test_a_decoder_after_a_dense_layer(tmp_path):
    model = Model(4, 4)
    model.conv("x", 4, 4, (2, 2), strides=[2, 2])
    model.add("Flatten")
    model.add("Gemm", [model.last, matrix(model, 16, 12)])
    plane = model.add("Reshape", [model.last, numbers(model, 0, 3, 2, 2)])
    model.conv(plane, 3, 4, (2, 2), "ConvTranspose", strides=[2, 2])
    field = check(model, tmp_path, [model.last])
    assert field[model.last].stride == (0, 0)


@pytest.mark.parametrize("columns_first", [True, False])
def test_pixel_shuffle_by_reshaping(tmp_path, columns_first):
    model = Model(3, 2, channels=8)
    model.conv("x", 8, 8, (2, 2), pads=[1, 0, 0, 1], group=2)
    model.add("Reshape", [model.last, numbers(model, 0, 2, 2, 2, 3, 2)])
    model.add("Transpose", perm=[0, 1, 4, 2, 5, 3] if columns_first else [0, 3, 4, 1, 5, 2])
    model.add("Reshape", [model.last, numbers(model, 0, 2, 6, 4)])
    wide = model.last
    check(model, tmp_path, [wide, model.conv(wide, 2, 2, (2, 1))])


def test_space_to_depth_by_reshaping(tmp_path):
    model = Model(4, 6, channels=2)
    model.add("Reshape", ["x", numbers(model, 0, 2, 2, 2, 3, 2)])
    model.add("Transpose", perm=[0, 1, 3, 5, 2, 4])
    model.add("Reshape", [model.last, numbers(model, 0, 8, 2, 3)])
    whole = model.last
    first = model.add("Split", [whole, numbers(model, 3, 5)], 2, axis=1)[0]
    check(model, tmp_path, [whole, first])


def test_the_focus_of_a_detector(tmp_path):
    """Four slices of every second cell, stacked: together they see 2×2, and each looks at a place of its own."""
    model = Model(6, 8)
    parts = []
    for row in (0, 1):
        for col in (0, 1):
            limits = [numbers(model, row, col), numbers(model, 99, 99), numbers(model, 2, 3), numbers(model, 2, 2)]
            parts.append(model.add("Slice", ["x", *limits]))
    stack = model.add("Concat", parts, axis=1)
    field = check(model, tmp_path)
    assert (field[stack].size, field[stack].stride, field[stack].misaligned) == ((2, 2), (2, 2), stack)


def test_a_shuffle_by_picking_channels(tmp_path):
    model = Model(4, 4)
    wide = model.conv("x", 4, 4, (3, 3), pads=[1] * 4)
    model.add("Concat", ["x", wide], axis=1)
    picked = model.add("Gather", [model.last, numbers(model, 0, 3, 2)], axis=1)
    single = model.add("Gather", [model.last, numbers(model, 1, 1)], axis=2)
    check(model, tmp_path, [picked, single])


@pytest.mark.parametrize(("opset", "whole"), [(11, True), (13, False)])
def test_softmax_over_channels_before_and_after_opset_13(tmp_path, opset, whole):
    model = Model(3, 3, opset=opset)
    model.add("Softmax", ["x"], axis=1)
    field = NetworkField(load_onnx(model.save(tmp_path)))
    assert field.cells(model.last, (1, 1)).sum() == (9 if whole else 1)


@pytest.mark.parametrize("op", ["InstanceNormalization", "GroupNormalization"])
def test_norms_over_the_plane_read_all_of_it(tmp_path, op):
    model = Model(3, 4)
    ones, zeros = model.constant(np.ones(4)), model.constant(np.zeros(4))
    groups = {"num_groups": 2} if op == "GroupNormalization" else {}
    model.add(op, ["x", ones, zeros], **groups)
    field = check(model, tmp_path)
    assert (field[model.last].stride, field[model.last].aligned) == ((1, 1), True)


@pytest.mark.parametrize("where", ["half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric"])
def test_a_cubic_window(tmp_path, where):
    model = Model(5, 6)
    scales = model.constant(np.array([1, 1, 2, 0.5], np.float32))
    model.add("Resize", ["x", "", scales], mode="cubic", coordinate_transformation_mode=where)
    check(model, tmp_path)


def test_the_older_upsample(tmp_path):
    model = Model(3, 4, opset=9)
    model.add("Upsample", ["x", model.constant(np.array([1, 1, 3, 2], np.float32))], mode="nearest")
    check(model, tmp_path)


@pytest.mark.parametrize("opset", [6, 10, 12])
def test_settings_that_became_inputs(tmp_path, opset):
    model = Model(5, 5, opset=opset)
    model.add("Pad", ["x"], pads=[0, 0, 1, 0, 0, 0, 0, 2]) if opset < 11 else model.add(
        "Pad", ["x", numbers(model, 0, 0, 1, 0, 0, 0, 0, 2)]
    )
    model.add("Split", [model.last], 2, axis=1, split=[1, 3])
    model.add("Unsqueeze", [model.last], axes=[0])
    model.add("Squeeze", [model.last], axes=[0])
    model.add("ReduceMean", [model.last], axes=[3], keepdims=1)
    if opset < 10:
        model.add("Slice", [model.last], starts=[1], ends=[-1], axes=[2])
    last = model.last
    check(model, tmp_path, [last])


def open_size(tmp_path, build):
    """The same graph with an open and with a fixed size."""
    left_open, fixed = Model(6, 8, open_size=True), Model(6, 8)
    last = [build(model) for model in (left_open, fixed)]
    assert last[0] == last[1]
    check(fixed, tmp_path, [last[1]])
    return left_open, last[0]


def test_shapes_that_are_computed_stay_open(tmp_path):
    """A channel shuffle as exporters write it: every size is asked of the tensor itself."""

    def build(model):
        plane = model.conv("x", 4, 4, (3, 3), strides=[2, 2], pads=[1] * 4, group=2)
        model.add("Shape", [plane])
        sizes = [model.add("Gather", [model.last, model.constant(np.array(at))], axis=0) for at in range(1)]
        shape = model.add("Shape", [plane])
        batch = model.add("Unsqueeze", [sizes[0], numbers(model, 0)])
        rest = model.add("Slice", [shape, numbers(model, 2), numbers(model, 4)])
        apart = model.add("Concat", [batch, numbers(model, 2, 2), rest], axis=0)
        together = model.add("Concat", [batch, numbers(model, -1), rest], axis=0)
        model.add("Transpose", [model.add("Reshape", [plane, apart])], perm=[0, 2, 1, 3, 4])
        model.add("Reshape", [model.last, together])
        return model.conv(model.last, 4, 4, (3, 3), group=4)

    model, last = open_size(tmp_path, build)
    field = NetworkField(load_onnx(model.save(tmp_path)))
    assert field.stops == []
    assert (field[last].size, field[last].padding, field[last].plane) == ((7, 7), (1, 1), (None, None))
    assert NetworkField(field.network, (6, 8))[last].plane == (1, 2)


def test_a_size_that_must_be_known(tmp_path):
    """A decoder resizes to its skip's size: the ratio depends on the picture."""

    def build(model):
        down = model.conv("x", 4, 4, (3, 3), strides=[2, 2], pads=[1] * 4)
        size = model.add("Slice", [model.add("Shape", ["x"]), numbers(model, 2), numbers(model, 4)])
        wanted = model.add("Concat", [numbers(model, 1, 4), size], axis=0)
        up = model.add("Resize", [down, "", "", wanted], mode="nearest")
        return model.add("Concat", [up, "x"], axis=1)

    model = Model(6, 8, open_size=True)
    last = build(model)
    path = model.save(tmp_path)
    field = NetworkField(load_onnx(path))
    assert [stop.sentence("m.onnx:") for stop in field.stops] == [
        "m.onnx: node 'n4' (Resize) has sizes that depend on the input's size: "
        "give --input-size H W, or a lesson's input_size; "
        "the last node that could be computed is 'n0': `field --node` asks for it alone"
    ]
    sized = NetworkField(load_onnx(path), (6, 8))
    assert sized.stops == []
    assert sized[last].plane == (6, 8)


def test_the_whole_plane_of_an_open_size(tmp_path):
    model = Model(6, 8, open_size=True)
    model.add("Relu", ["x"])
    model.add("GlobalAveragePool")
    model.add("Flatten")
    model.add("Gemm", [model.last, matrix(model, 4, 2)])
    field = NetworkField(load_onnx(model.save(tmp_path)))
    assert [stop.sentence("m.onnx:") for stop in field.stops] == [
        "m.onnx: node 'n1' (GlobalAveragePool) reads the whole plane, whose size depends on the input's: "
        "give --input-size H W, or a lesson's input_size; "
        "the last node that could be computed is 'n0': `field --node` asks for it alone"
    ]
    assert [row.name for row in field.rows] == ["n0"]


def test_what_follows_the_planes_does_not_matter(tmp_path):
    """Sorting boxes is beyond us, and no rows or columns are left to tell anything of."""
    model = Model(4, 4)
    model.conv("x", 4, 4, (3, 3))
    model.add("Reshape", [model.last, numbers(model, 0, -1)])
    model.add("TopK", [model.last, numbers(model, 2)], 2)
    field = NetworkField(load_onnx(model.save(tmp_path)))
    assert field.stops == []
    assert [row.name for row in field.rows] == ["n0"]
    for name, message in (
        ("n1", "node 'n1' (Reshape) has no rows and columns left: ask for a node before it, such as 'n0'"),
        (
            "n2",
            "node 'n2' (TopK) is an operation whose receptive field is not known: export the model without it; "
            "the last node that could be "
            "computed is 'n0': `field --node` asks for it alone",
        ),
    ):
        with pytest.raises(NetworkError) as caught:
            field[name]
        assert str(caught.value) == f"{tmp_path / 'model.onnx'}: {message}"


def test_an_unknown_operation_on_the_way_is_named(tmp_path):
    model = Model(6, 6)
    model.add("Relu", ["x"])
    model.add("NonZero")
    model.conv("n0", 4, 4, (3, 3))
    field = NetworkField(load_onnx(model.save(tmp_path)))
    assert [stop.sentence("m.onnx:") for stop in field.stops] == [
        "m.onnx: node 'n1' (NonZero) is an operation whose receptive field is not known: export the model without it; "
        "the last node that could be computed is 'n0': `field --node` asks for it alone"
    ]
    assert field["n2"].size == (3, 3)


def test_operations_of_other_domains_are_not_ours(tmp_path):
    model = Model(6, 6)
    model.nodes.append(helper.make_node("Conv", ["x"], ["y"], name="fused", domain="com.example"))
    field = NetworkField(load_onnx(model.save(tmp_path, ["y"])))
    assert str(field.stops[0].node) == "node 'fused' (com.example:Conv)"
