"""Every impossible combination is one sentence that names key or node, rule and next move; exit 2, nothing written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from onnx import TensorProto, helper

Run = Callable[..., Result]
IMAGE = "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"
PLANES = "[[[1, 2]], [[3, 4]], [[5, 6]]]"

LESSONS = {
    "kernel-larger-than-the-padded-input": (
        f"input = {IMAGE}\nkernel = [[1, 1, 1, 1, 1, 1]]\npadding = [0, 1]",
        "'kernel' in [convolution] does not fit: the kernel spans 6 columns but the padded input has 5: "
        "raise padding by 1 or use a smaller kernel",
    ),
    "window-larger-than-the-input": (
        f"op = 'max_pool'\ninput = {IMAGE}\nkernel_size = 4",
        "'kernel_size' in [convolution] does not fit: the window spans 4 rows but the padded input has 3: "
        "use a smaller window",
    ),
    "output-padding-as-large-as-the-stride": (
        f"op = 'conv_transpose'\ninput = {IMAGE}\nkernel = [[1]]\nstride = 2\noutput_padding = 2",
        "'output_padding' in [convolution] is 2 for rows, but must be smaller than the stride, 2, or the dilation, 1: "
        "lower it to 1 or raise the stride",
    ),
    "groups-that-do-not-divide": (
        f"input = {PLANES}\nkernel = [[[[1]]], [[[1]]]]\ngroups = 2",
        "'groups' in [convolution] is 2, but must divide the number of input channels, 3, and of output channels, 2: "
        "write a divisor of both such as 1",
    ),
    "highlight-outside": (
        f"op = 'avg_pool'\ninput = {IMAGE}\nkernel_size = 3\nhighlight = [1, 1]",
        "'highlight' in [convolution] is [1, 1], outside the output of 1×1: "
        "rows go from 0 to 0 and columns from 0 to 0",
    ),
    "a-billion-output-cells": (
        f"input = {IMAGE}\nkernel = [[1]]\npadding = 16000",
        "'padding' in [convolution] makes an input of 1,024,192,009 cells: lower it until there are at most 8,388,608",
    ),
    "a-billion-output-cells-by-stride": (
        f"op = 'conv_transpose'\ninput = {IMAGE}\nkernel = [[1]]\nstride = 16000",
        "'stride' in [convolution] spreads the input over 1,024,064,001 cells: lower it or dilation until there are at "
        "most 8,388,608",
    ),
    "a-border-wider-than-its-input": (
        f"input = {IMAGE}\nkernel = [[1]]\npadding = 3\npadding_mode = 'reflect'",
        "'padding' in [convolution] is 3 at the top, but padding_mode 'reflect' can take at most 2 from an input of "
        "3 rows: lower it or use padding_mode = 'replicate'",
    ),
    "a-key-of-another-operation": (
        f"op = 'max_pool'\ninput = {IMAGE}\nkernel = [[1]]",
        "'kernel' in [convolution] goes with op = 'conv' or op = 'conv_transpose', not 'max_pool': "
        "give the window's size as kernel_size",
    ),
}


@pytest.mark.parametrize(("keys", "sentence"), LESSONS.values(), ids=LESSONS)
def test_a_lesson(run: Run, keys: str, sentence: str) -> None:
    Path("bad.toml").write_text(f'title = "Bad"\n[convolution]\n{keys}\n')
    for command in (("build",), ("trace",), ("trace", "--json"), ("list",)):
        result = run(command[0], "bad.toml", *command[1:])
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: bad.toml: {sentence}\n")
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["bad.toml", "studio"]


def model(*nodes: tuple[str, str, str], size: object = 8, **settings: object) -> bytes:
    made = [helper.make_node(op, [read], [made], name=made, **settings) for op, read, made in nodes]
    shape = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, size, size])
    graph = helper.make_graph(made, "net", [shape], [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    data: bytes = helper.make_model(graph).SerializeToString()
    return data


WHOLE = model(("Relu", "x", "a"), ("GlobalAveragePool", "a", "y"))
MODELS = {
    "truncated": (WHOLE[:-20], "the file is cut short or damaged: copy or save the model again"),
    "no-model": (b"PNG or whatever", "the file is damaged, or no ONNX file: save the model again"),
    "a-loop": (
        model(("Relu", "b", "a"), ("Relu", "a", "b")),
        "the nodes 'a', 'b' form a loop: let one of them read a node before the loop",
    ),
    "a-name-that-nothing-makes": (
        model(("Relu", "nowhere", "a")),
        "node 'a' (Relu) reads 'nowhere', which nothing makes: name an earlier node's output or the input",
    ),
    "open-rows": (
        model(("Relu", "x", "a"), ("GlobalAveragePool", "a", "y"), size="H"),
        "node 'y' (GlobalAveragePool) reads the whole plane, whose size depends on the input's: "
        "give --input-size H W, or a lesson's input_size; "
        "the last node that could be computed is 'a': `field --node` asks for it alone",
    ),
    "an-unknown-operation": (
        model(("Relu", "x", "a"), ("Swirl", "a", "y")),
        "node 'y' (Swirl) is an operation whose receptive field is not known: export the model without it; "
        "the last node that could be computed is 'a': `field --node` asks for it alone",
    ),
    "an-unknown-operation-at-once": (
        model(("Swirl", "x", "y")),
        "node 'y' (Swirl) is an operation whose receptive field is not known: export the model without it; "
        "no node before it could be computed",
    ),
    "output-padding-as-large-as-the-stride": (
        model(("ConvTranspose", "x", "y"), kernel_shape=[2, 2], strides=[2, 2], output_padding=[0, 2]),
        "node 'y' (ConvTranspose) has output_padding of 2 for columns, which must be smaller than the stride, 2, or "
        "the dilation, 1: correct it; no node before it could be computed",
    ),
    "strides-of-zero": (
        model(("MaxPool", "x", "y"), kernel_shape=[2, 2], strides=[0, 1]),
        "node 'y' (MaxPool) has strides of 0, and each must be from 1 to 1,000,000: correct it; "
        "no node before it could be computed",
    ),
}


@pytest.mark.parametrize(("data", "sentence"), MODELS.values(), ids=MODELS)
def test_a_model(run: Run, data: bytes, sentence: str) -> None:
    Path("bad.onnx").write_bytes(data)
    for form in ((), ("--json",), ("--csv",)):
        result = run("field", "bad.onnx", *form)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: bad.onnx: {sentence}\n")
    Path("bad.toml").write_text('title = "Bad"\n[network]\nmodel = "bad.onnx"\n')
    result = run("build", "bad.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert "bad.onnx" in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["bad.onnx", "bad.toml", "studio"]
