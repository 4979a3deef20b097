"""What the gradient cannot be computed for is one sentence; and the lessons and files that name a model."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, external_data_helper, helper, numpy_helper

from core import LessonError, LessonField, NetworkError, NetworkField, load_network
from core.network_gradient import gradient_field
from models.onnx_file import load_onnx

LIGHT = Path(onnx.__path__[0]) / "backend" / "test" / "data" / "light"
OPSET = 12  # the last one in which Split takes its lengths as an attribute
ONES = np.ones((2, 3, 3, 3), np.float32)


def saved(folder, nodes, weights, size=(8, 8), name="small.onnx"):
    """A model over x (1, 3, H, W), whose last node is the output."""
    picture = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, *size])
    output = helper.make_tensor_value_info(nodes[0].output[0], TensorProto.FLOAT, None)
    tensors = [numpy_helper.from_array(value, key) for key, value in weights.items()]
    graph = helper.make_graph(nodes, "small", [picture], [output], tensors)
    path = folder / name
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8), path)
    return path


def node(op, inputs, output, **attributes):
    return helper.make_node(op, inputs, [output], name=output, **attributes)


def refused(path, name, unit=(0, 0)):
    with pytest.raises(NetworkError) as caught:
        gradient_field(NetworkField(load_onnx(path)), name, unit)
    return str(caught.value).replace(str(path), "small.onnx")


CONV = node("Conv", ["x", "w"], "c")


def test_weights_of_one_count_as_paths_do(tmp_path):
    nodes = [CONV, node("Relu", ["c"], "r"), node("Conv", ["r", "v"], "d", strides=[2, 2])]
    path = saved(tmp_path, nodes, {"w": ONES, "v": np.ones((4, 2, 3, 3), np.float32)})
    field = NetworkField(load_onnx(path))
    by_paths, by_weights = field.effective("d", (1, 1)), gradient_field(field, "d", (1, 1))
    np.testing.assert_allclose(by_weights.weights, by_paths.weights, rtol=1e-6)
    assert (by_weights.box, by_weights.core, by_weights.measure) == (by_paths.box, by_paths.core, "gradient")


def test_a_max_pool_counts_as_an_average(tmp_path):
    pools = [
        node(op, ["x"], op, kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4) for op in ("MaxPool", "AveragePool")
    ]
    field = NetworkField(load_onnx(saved(tmp_path, pools, {})))
    one, two = (gradient_field(field, pool.name, (0, 3)).weights for pool in pools)
    np.testing.assert_array_equal(one, two)
    assert one[0, 5] == pytest.approx(1 / 6)


@pytest.mark.parametrize("name", ["squeezenet", "bvlc_alexnet", "zfnet512"])
def test_models_without_their_weights_bytes_have_a_gradient(name):
    field = NetworkField(load_onnx(LIGHT / f"light_{name}.onnx"))
    found = gradient_field(field, field.deepest, field.middle(field.deepest))
    read = field.cells(field.deepest, field.middle(field.deepest))
    assert ((found.weights > 0) == read).all()
    assert 0 < found.area_share < 1


MISTAKES = {
    "product": (
        [CONV, node("Sigmoid", ["c"], "s"), node("Mul", ["c", "s"], "m")],
        {"w": ONES},
        "m",
        "node 'm' (Mul) multiplies or divides by a layer, which is not linear: leave out the gradient",
    ),
    "softmax": (
        [CONV, node("Softmax", ["c"], "s", axis=1)],
        {"w": ONES},
        "s",
        "node 's' (Softmax) is no operation that the gradient can be followed through: leave out the gradient",
    ),
    "computed": (
        [node("Identity", ["w"], "v"), node("Conv", ["x", "v"], "c", kernel_shape=[3, 3])],
        {"w": np.ones((900, 3, 3, 3), np.float32)},
        "c",
        "node 'c' (Conv) takes input 1 from what the graph computes, not from weights: leave out the gradient",
    ),
    "channels": (
        [node("Conv", ["x", "w"], "c")],
        {"w": np.ones((2, 4, 3, 3), np.float32)},
        "c",
        "node 'c' (Conv) has weights for [2, 4] channels, and planes of [2, 3]: save the model again",
    ),
    "second output": (
        [helper.make_node("Split", ["x"], ["a", "b"], name="split", axis=1, split=[1, 2]), node("Relu", ["b"], "r")],
        {},
        "r",
        "node 'split' (Split) is no operation that the gradient can be followed through: leave out the gradient",
    ),
    "negative variance": (
        [CONV, node("BatchNormalization", ["c", "one", "one", "one", "bad"], "n")],
        {"w": ONES, "one": np.ones(2, np.float32), "bad": -np.ones(2, np.float32)},
        "n",
        "the gradient is no number: the weights are damaged, so save the model again",
    ),
    "no output": (
        [CONV, helper.make_node("Conv", ["x", "w"], [], name="r")],
        {"w": ONES},
        "r",
        "node 'r' (Conv) has no output to take the gradient of: ask for another node",
    ),
    "not finite": (
        [CONV],
        {"w": np.full((2, 3, 3, 3), np.inf, np.float32)},
        "c",
        "the gradient is no number: the weights are damaged, so save the model again",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_not_linear_or_does_not_fit_is_said(name, tmp_path):
    nodes, weights, asked, sentence = MISTAKES[name]
    assert refused(saved(tmp_path, nodes, weights), asked) == f"small.onnx: {sentence}"


def test_a_lesson_of_layers_has_no_weights():
    lessons = Path(__file__).parents[2] / "lessons" / "networks"
    with pytest.raises(NetworkError) as caught:
        gradient_field(NetworkField(load_network(lessons / "alexnet.toml").network), "conv1", (0, 0))
    assert str(caught.value).endswith("has no weights: ask for the gradient of a model in an .onnx file")


def test_weights_kept_beside_the_model_are_read(tmp_path):
    path = saved(tmp_path, [CONV], {"w": np.arange(54, dtype=np.float32).reshape(2, 3, 3, 3)})
    inside = gradient_field(NetworkField(load_onnx(path)), "c", (2, 2)).weights
    model = onnx.load(path)
    external_data_helper.convert_model_to_external_data(model, location="numbers.bin", size_threshold=0)
    onnx.save(model, path)
    np.testing.assert_array_equal(gradient_field(NetworkField(load_onnx(path)), "c", (2, 2)).weights, inside)
    (tmp_path / "numbers.bin").write_bytes(b"short")
    assert refused(path, "c") == (
        "small.onnx: tensor 'w' keeps its numbers in 'numbers.bin', where they are not: copy that file beside the "
        "model again"
    )
    (tmp_path / "numbers.bin").unlink()
    (tmp_path / "elsewhere").mkdir()
    outside = tmp_path / "elsewhere" / "small.onnx"
    path.rename(outside)
    (tmp_path / "secret").write_bytes(bytes(1000))
    (tmp_path / "elsewhere" / "numbers.bin").symlink_to(tmp_path / "secret")
    assert refused(outside, "c").endswith(
        "keeps its numbers in 'numbers.bin', outside the model's folder: put that file beside the model"
    )


def test_a_file_cut_short_after_it_was_read_is_said(tmp_path):
    path = saved(tmp_path, [CONV], {"w": ONES})
    field = NetworkField(load_onnx(path))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(NetworkError, match="damaged"):
        gradient_field(field, "c", (0, 0))


def lesson(folder, text):
    path = folder / "mine.toml"
    path.write_text(f'title = "Mine"\n[network]\n{text}\n')
    return path


def test_a_lesson_may_name_a_model_and_ask_for_its_gradient(tmp_path):
    saved(tmp_path, [CONV, node("Relu", ["c"], "r")], {"w": ONES}, size=("H", "W"))
    field = LessonField(load_network(lesson(tmp_path, 'model = "small.onnx"\ninput_size = [9, 7]'), load_onnx))
    assert (field.size, field.focus, field["c"].size) == ((9, 7), ("r", (3, 2)), (3, 3))
    assert field.effective_field.measure == "paths"
    chosen = load_network(
        lesson(tmp_path, 'model = "small.onnx"\ninput_size = 9\nnode = "c"\nunit = [0, 6]\ngradient = true'), load_onnx
    )
    assert LessonField(chosen).focus == ("c", (0, 6))
    assert LessonField(chosen).effective_field.measure == "gradient"
    assert LessonField(chosen).effective_field.core == (0, 6, 3, 9)
    assert len({chosen.digest, field.lesson.digest}) == 2


ONE = 'layer = [{ name = "a", op = "relu" }]\n'
SMALL = 'model = "small.onnx"\ninput_size = 9\n'
OF = "in [network]"
LESSONS = {
    SMALL + "unit = [7, 0]": f"'unit' {OF} is [7, 0], outside the 7 rows of 'c': count them from 0 to 6",
    SMALL + "unit = 3": f"'unit' {OF} must be [row, col], not 3: write two numbers, counted from 0",
    SMALL + 'node = "d"': f"'node' {OF} is 'd', but there is no node 'd': "
    "name another, such as 'c'; `field` lists them",
    SMALL + 'node = "cc"': f"'node' {OF} is 'cc', but there is no node 'cc': did you mean 'c'?",
    SMALL + "node = 3": f"'node' {OF} must be the name of a layer, not 3: write it in quotes",
    SMALL + "layer = []": "[network] has both 'model' and layers: keep one of them",
    "model = 3": f"'model' {OF} must be the path of an .onnx file, not 3: write it in quotes",
    'model = "a.pt"': f"'model' {OF} must name an .onnx file, not 'a.pt': save it as one",
    'model = "../small.onnx"': f"'model' {OF} is '../small.onnx', outside the lesson's folder: put the file beside the "
    "lesson",
    'model = "none.onnx"': f"'model' {OF} is 'none.onnx', which does not exist in the lesson's folder: "
    "correct the path",
    'model = "bad.onnx"': f"'model' {OF} is 'bad.onnx', but the file is damaged, or no ONNX file: save the model again",
    'model = "line.onnx"\ninput_size = 9': f"'input_size' {OF} is for pictures, and this model looks along one "
    "direction: leave it out",
    'model = "loop.onnx"\nunit = [0, 0]': f"'model' {OF} is 'loop.onnx', but node 'b' reads its own output: "
    "let it read an earlier node's",
    ONE + "gradient = true": f"'gradient' {OF} is for models with weights: name one as model, or leave it out",
    ONE + 'compare = ["mine"]': f"'compare' {OF} names 'mine', which is no other lesson in its folder: correct it",
    ONE + 'compare = ["gone"]': f"'compare' {OF} names 'gone', but FOLDER/gone.toml cannot be used (there is no such "
    "file): correct the name",
    ONE
    + 'compare = ["scan"]': f"'compare' {OF} names 'scan', but FOLDER/scan.toml has no [network]: name a lesson that "
    "has one",
    ONE + 'compare = "vgg16"': f"'compare' {OF} must be names of lessons beside this one, not 'vgg16': "
    'write a list such as ["vgg16"]',
    ONE + f"compare = {['a'] * 13}": f"'compare' {OF} has 13 names, and the most is 12: leave some out",
}


@pytest.mark.parametrize("text", LESSONS)
def test_mistakes_in_a_lesson_are_one_sentence(text, tmp_path):
    saved(tmp_path, [CONV], {"w": ONES}, size=("H", "W"))
    saved(tmp_path, [node("Relu", ["x"], "r")], {}, size=(8,), name="line.onnx")
    saved(tmp_path, [CONV, node("Relu", ["b"], "b")], {"w": ONES}, name="loop.onnx")
    (tmp_path / "scan.toml").write_text('title = "T"\n[convolution]\ninput = [[1]]\nkernel = [[1]]\n')
    (tmp_path / "bad.onnx").write_bytes(b"\x08\x07nonsense")
    with pytest.raises(LessonError) as caught:
        load_network(lesson(tmp_path, text), load_onnx)
    assert str(caught.value).replace(str(tmp_path), "FOLDER") == f"FOLDER/mine.toml: {LESSONS[text]}"


def test_without_a_reader_a_model_is_a_mistake(tmp_path):
    saved(tmp_path, [CONV], {"w": ONES})
    with pytest.raises(LessonError, match="which nothing here reads: write the layers as"):
        load_network(lesson(tmp_path, 'model = "small.onnx"'))
