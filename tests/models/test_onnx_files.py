"""ONNX files: the graphs that the onnx package ships, files that are damaged or mean harm, weights that stay unread."""

import os
import tracemalloc
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from core import NetworkError, NetworkField
from models import onnx_wire
from models.onnx_file import load_onnx
from tests.models._onnx_networks import Model

DATA = Path(onnx.__file__).parent / "backend/test/data"
LIGHT = sorted((DATA / "light").glob("*.onnx"))

# The last node before the whole plane is pooled or flattened: name, size, stride, padding, aligned.
PUBLISHED = {
    "light_bvlc_alexnet": ("n14", 195, 32, 64, True),
    "light_densenet121": ("n907", 2071, 32, 1021, True),
    "light_inception_v1": ("n137", 715, 32, 327, True),
    "light_inception_v2": ("n504", 699, 32, 343, False),
    "light_resnet50": ("n171", 427, 32, 213, True),
    "light_shufflenet": ("n198", 527, 32, 263, True),
    "light_squeezenet": ("n63", 207, 16, 88, True),
    "light_vgg19": ("n36", 268, 32, 118, True),
    "light_zfnet512": ("n14", 155, 32, 48, True),
}


@pytest.mark.parametrize("path", LIGHT, ids=lambda path: path.stem)
def test_every_shipped_graph_gives_a_table(path):
    field = NetworkField(load_onnx(path))
    assert field.stops == []
    name, size, stride, padding, aligned = PUBLISHED[path.stem]
    row = field[name]
    assert (row.size, row.stride, row.padding) == ((size,) * 2, (stride,) * 2, (padding,) * 2)
    assert row.aligned is aligned
    assert [each.name for each in field.rows] == [
        node.name for node in field.network.nodes if node.name in {each.name for each in field.rows}
    ]


def test_the_misaligned_merge_is_named():
    """Inception v2 as Caffe had it pools without padding beside a convolution that pads."""
    field = NetworkField(load_onnx(DATA / "light/light_inception_v2.onnx"))
    assert {row.misaligned for row in field.rows} == {None, "n161"}
    assert field["n161"].op == "Concat"


@pytest.mark.parametrize("path", sorted(DATA.glob("[ps]*/**/*.onnx")), ids=lambda path: path.parent.name)
def test_every_small_model_gives_a_table_or_a_reason(path):
    try:
        field = NetworkField(load_onnx(path))
    except NetworkError as error:
        assert str(error).startswith(f"{path}: input ")  # noqa: PT017 - no picture, or a volume
        return
    assert field.rows or field.stops or all(node.op != "Conv" for node in field.network.nodes)
    for stop in field.stops:
        assert stop.sentence("m.onnx:").startswith(f"m.onnx: node {stop.node.name!r} ({stop.node.op}) ")


def small():
    model = Model(8, 9)
    model.conv("x", 4, 6, (3, 3), pads=[1] * 4)
    model.add("Relu")
    return model


BYTES = small().proto().SerializeToString()


def load(folder, data):
    path = Path(folder) / "m.onnx"
    path.write_bytes(data)
    return NetworkField(load_onnx(path))


def test_a_file_cut_anywhere_is_one_sentence(tmp_path):
    for length in range(len(BYTES)):
        with pytest.raises(NetworkError) as caught:
            load(tmp_path, BYTES[:length])
        assert str(caught.value).startswith(f"{tmp_path / 'm.onnx'}: the file ")
        assert "\n" not in str(caught.value)


@given(st.binary(max_size=60))
@example(b"")
@example(b"\x3a\x00")
@example(b"\xff" * 20)
@example(b"\x3a\xff\xff\xff\xff\x0f")
def test_no_bytes_are_a_traceback(tmp_path_factory, data):
    with pytest.raises(NetworkError):
        load(tmp_path_factory.getbasetemp(), data)


CHANGES = st.lists(st.tuples(st.integers(0, len(BYTES) - 1), st.binary(max_size=4)), min_size=1, max_size=6)


@given(CHANGES)
@settings(max_examples=300)
def test_no_damage_is_a_traceback(tmp_path_factory, changes):
    data = bytearray(BYTES)
    for at, new in changes:
        data[at : at + 2] = new
    try:
        field = load(tmp_path_factory.getbasetemp(), bytes(data))
        assert all("\n" not in stop.sentence("m") for stop in field.stops)
    except NetworkError as error:
        assert "\n" not in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file holds no ONNX graph with nodes: save the model again"),
        (BYTES[:-5], "the file is cut short or damaged: copy or save the model again"),
        (b"\x3a\x80", "the file is cut short or damaged: copy or save the model again"),
        (b"\x3b\x00", "the file is damaged, or no ONNX file: save the model again"),
        (b"PK\x03\x04" + bytes(40), "the file is damaged, or no ONNX file: save the model again"),
        (b"\x3a" * 5 + b"\x01" * 60, None),
    ],
)
def test_what_a_damaged_file_is_told(tmp_path, data, message):
    with pytest.raises(NetworkError) as caught:
        load(tmp_path, data)
    if message:
        assert str(caught.value) == f"{tmp_path / 'm.onnx'}: {message}"


def test_files_that_are_none(tmp_path):
    with pytest.raises(NetworkError, match="the file does not exist: check the path"):
        load_onnx(tmp_path / "none.onnx")
    with pytest.raises(NetworkError, match="the file is a folder: check the path"):
        load_onnx(tmp_path)
    os.mkfifo(tmp_path / "pipe.onnx")
    with pytest.raises(NetworkError, match="the file is no ordinary file: check the path"):
        load_onnx(tmp_path / "pipe.onnx")
    with pytest.raises(NetworkError, match=r"does not exist|not usable"):
        load_onnx("a\0b.onnx")


def test_weights_are_never_read(tmp_path):
    """A hundred megabytes of them cost less than two."""
    model = small()
    path = model.save(tmp_path)
    model.weights.append(numpy_helper.from_array(np.zeros((13, 1 << 20)), "unused"))
    big = model.save(tmp_path)
    assert big == path
    assert big.stat().st_size > 100_000_000
    load_onnx(path)
    tracemalloc.start()
    field = NetworkField(load_onnx(big))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 2_000_000
    assert field.rows[-1].size == (3, 3)


def test_bounds_come_before_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(onnx_wire, "MOST_BYTES", 100)
    with pytest.raises(NetworkError, match="is longer than 0 GiB: save its weights as external data"):
        load(tmp_path, BYTES)
    monkeypatch.undo()
    monkeypatch.setattr(onnx_wire, "MOST_KEPT", 100)
    with pytest.raises(NetworkError, match="has a graph of more than 0 MiB without its weights: use a smaller model"):
        load(tmp_path, BYTES)
    monkeypatch.undo()
    monkeypatch.setattr(onnx_wire, "MOST_FIELDS", 1)
    with pytest.raises(NetworkError, match="has more than 1 fields: save it with the onnx package's own tools"):
        load(tmp_path, BYTES)
    monkeypatch.setattr("models.onnx_file.MOST_NODES", 1)
    monkeypatch.setattr(onnx_wire, "MOST_FIELDS", 1000)
    with pytest.raises(NetworkError, match="the graph has 2 nodes, and the most is 1"):
        load(tmp_path, BYTES)


@pytest.mark.parametrize("location", ["../secret.bin", "/etc/passwd", "a/../../b", "C:\\x.bin", "..\\x.bin"])
def test_external_data_stays_in_the_models_folder(tmp_path, location):
    model = small().proto()
    tensor = model.graph.initializer[0]
    tensor.data_location = TensorProto.EXTERNAL
    tensor.ClearField("raw_data")
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", location
    with pytest.raises(NetworkError) as caught:
        load(tmp_path, model.SerializeToString())
    assert str(caught.value) == (
        f"{tmp_path / 'm.onnx'}: tensor 'w0' keeps its numbers in {location!r}, outside the model's folder: "
        "put that file beside the model"
    )


def test_external_data_is_not_needed(tmp_path):
    """Only the shape is, so the file of numbers may even be missing."""
    model = small().proto()
    onnx.save_model(model, tmp_path / "m.onnx", save_as_external_data=True, location="m.bin", size_threshold=0)
    (tmp_path / "m.bin").unlink()
    assert NetworkField(load_onnx(tmp_path / "m.onnx")).rows[0].padding == (1, 1)


def test_names_that_are_no_text(tmp_path):
    data = BYTES.replace(b"Relu", b"Re\xff\x1b")
    with pytest.raises(NetworkError) as caught:
        load(tmp_path, data)["n1"]
    assert "node 'n1' ('Re\ufffd\\x1b') is an operation whose receptive field is not known" in str(caught.value)


def test_graphs_within_graphs_are_not_followed(tmp_path):
    inner = helper.make_graph([helper.make_node("Relu", ["n0"], ["y"])], "inner", [], [])
    model = small()
    model.add("If", [model.constant(np.array(True))], then_branch=inner, else_branch=inner)
    field = NetworkField(load_onnx(model.save(tmp_path)))
    assert [row.name for row in field.rows] == ["n0", "n1"]


def nested(depth):
    node = helper.make_node("Relu", ["x"], ["y"])
    for _ in range(depth):
        graph = helper.make_graph([node], "g" * 20_000, [], [])
        node = helper.make_node("If", ["x"], ["y"], then_branch=graph)
    return helper.make_model(helper.make_graph([node], "g", [], []))


def test_deep_nesting_is_refused(tmp_path):
    with pytest.raises(NetworkError, match="nests graphs too deeply: take the inner ones out"):
        load(tmp_path, nested(20).SerializeToString())
