"""Pictures that a model turns round: rows for columns, rows for channels, channels last."""

import numpy as np
from onnx import TensorProto, helper

from core import NetworkField
from models.onnx_file import load_onnx
from tests.models._onnx_networks import Model


def poked_equals(model, folder, name):
    field = NetworkField(load_onnx(model.save(folder, [name])))
    assert field.stops == []
    return field, model.poked([name])[0]


def test_rows_for_columns(tmp_path):
    model = Model(5, 7)
    turned = model.add("Transpose", ["x"], perm=[0, 1, 3, 2])
    last = model.conv(turned, 4, 4, (3, 1), strides=[2, 1])
    field, found = poked_equals(model, tmp_path, last)
    assert (field[last].size, field[last].stride, field[last].plane) == ((1, 3), (1, 2), (5, 3))
    for row, col in np.ndindex(5, 3):
        assert (field.cells(last, (row, col)) == found[:, :, col, row]).all()


def test_rows_that_become_channels(tmp_path):
    """A layer over (N, H, C, W) mixes all rows, and its planes are channels by columns."""
    model = Model(3, 6, channels=4)
    plane = model.conv("x", 4, 4, (1, 3), group=4)
    turned = model.add("Transpose", [plane], perm=[0, 2, 1, 3])
    last = model.conv(turned, 3, 2, (1, 2))
    field, found = poked_equals(model, tmp_path, last)
    for col in range(3):
        for row in range(4):
            assert (field.cells(last, (row, col)) == found[:, :, row, col]).all()


def test_a_picture_with_channels_last(tmp_path):
    turn = helper.make_node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2])
    look = helper.make_node("MaxPool", ["t"], ["y"], name="pool", kernel_shape=[2, 3], strides=[2, 1])
    picture = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 6, 9, 3])
    graph = helper.make_graph(
        [turn, look], "g", [picture], [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)]
    )
    (tmp_path / "m.onnx").write_bytes(helper.make_model(graph).SerializeToString())
    field = NetworkField(load_onnx(tmp_path / "m.onnx"))
    assert (field["pool"].size, field["pool"].plane) == ((2, 3), (3, 7))
    assert [row.name for row in field.rows] == ["t", "pool"]


def test_an_expansion_that_does_not_fit_is_told_whatever_else_it_reads(tmp_path):
    model = Model(6, 6)
    shape = model.constant(np.array((1, 4, 9, 9), np.int64))
    model.add("Expand", ["x", shape, "x"])
    (stop,) = NetworkField(load_onnx(model.save(tmp_path))).stops
    assert stop.reason == "joins tensors with 6 and 9 cells or channels, which must be equal: mend the model"
