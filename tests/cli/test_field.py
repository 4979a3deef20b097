"""`field` as a person types it: whole answers, notes, and one sentence for whatever is wrong."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.pipeline._studio import Studio

Run = Callable[..., Result]

HOURGLASS = """
title = { en = "An hourglass", zh = "沙漏" }
[network]
layer = [
  { name = "down", op = "conv", kernel = 3, stride = 2, padding = "same" },
  { name = "up", op = "conv_transpose", kernel = [4, 2], stride = 2, padding = [1, 0] },
  { name = "sum", op = "add", inputs = ["up", "input"] },
]
"""
PLAIN = """
title = "Plain"
[network]
input_size = [6, 8]
layer = [
  { name = "conv", op = "conv", kernel = [3, 1], padding = [2, 0], dilation = [2, 1] },
  { name = "pool", op = "max_pool", kernel = 2, stride = [2, 1] },
]
"""
LOOP = """
title = "Loop"
[network]
layer = [{ name = "a", op = "add", inputs = ["input", "b"] }, { name = "b", op = "relu" }]
"""
WHOLE = """
title = "Whole"
[network]
layer = [{ name = "conv", op = "conv", kernel = 3 }, { name = "pool", op = "global_avg_pool" }]
"""


@pytest.fixture
def networks(studio: Studio) -> Path:
    """The studio with a few networks."""
    folder = studio.rooms.lessons / "networks"
    folder.mkdir()
    for name, text in (("hourglass", HOURGLASS), ("plain", PLAIN), ("loop", LOOP), ("whole", WHOLE)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_table(run: Run, networks: Path) -> None:
    result = run("field", "plain")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "plain: input input, 6×8\n"
        "\n"
        "node  op       plane  field  stride  start  padding  aligned\n"
        "conv  Conv     6×8    5×1    1       0      2, 0     yes\n"
        "pool  MaxPool  3×7    6×2    2, 1    0.5    2, 0     yes\n"
    )


def test_json_is_one_object_of_exactly_these_keys(run: Run, networks: Path) -> None:
    result = run("field", "plain", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "input": "input",
        "nodes": [
            {"name": "conv", "op": "Conv", "size": [5, 1], "stride": [1, 1], "padding": [2, 0], "aligned": True},
            {"name": "pool", "op": "MaxPool", "size": [6, 2], "stride": [2, 1], "padding": [2, 0], "aligned": True},
        ],
    }


def test_csv(run: Run, networks: Path) -> None:
    lines = list(csv.DictReader(run("field", "hourglass", "--csv").stdout.splitlines()))
    assert lines[0] == {
        "name": "down", "op": "Conv", "plane_h": "", "plane_w": "", "size_h": "3", "size_w": "3", "stride_h": "2",
        "stride_w": "2", "start_h": "", "start_w": "", "padding_h": "", "padding_w": "", "aligned": "yes",
        "misaligned_at": "",
    }  # fmt: skip
    assert [(line["stride_h"], line["aligned"], line["misaligned_at"]) for line in lines[1:]] == [
        ("1", "yes", ""),
        ("1", "no", "sum"),
    ]


NOTES = (
    "The branches that meet at sum look at different places; what follows is not aligned.",
    "The padding is not known from down on: 'same' padding depends on the input's size; give --input-size H W.",
)


def test_what_is_not_known_is_null_and_said_why(run: Run, networks: Path) -> None:
    result = run("field", "hourglass", "--json")
    nodes = json.loads(result.stdout)["nodes"]
    assert [node["padding"] for node in nodes] == [None, None, None]
    assert [node["aligned"] for node in nodes] == [True, True, False]
    assert result.stderr == "".join(f"Note: {note}\n" for note in NOTES)
    assert run("field", "hourglass").stdout.endswith("\n\n" + "".join(f"{note}\n" for note in NOTES))


def test_a_size_settles_it(run: Run, networks: Path) -> None:
    result = run("field", "hourglass", "--json", "--input-size", "8", "10")
    assert [node["padding"] for node in json.loads(result.stdout)["nodes"]] == [[0, 0], [2, 0], [2, 0]]
    assert result.stderr == f"Note: {NOTES[0]}\n"
    assert run("field", "hourglass", "--input-size", "8", "10").stdout.startswith("hourglass: input input, 8×10\n")


def test_one_node(run: Run, networks: Path) -> None:
    assert [node["name"] for node in json.loads(run("field", "plain", "--node", "pool", "--json").stdout)["nodes"]] == [
        "pool"
    ]
    assert run("field", "plain", "--node", "pool").stdout == (
        "pool\n"
        "  op       MaxPool\n"
        "  plane    3×7\n"
        "  field    6×2\n"
        "  stride   2, 1\n"
        "  start    0.5\n"
        "  padding  2, 0\n"
        "  aligned  yes\n"
        "  reads    unit 1, 3: rows 0 to 5 and columns 3 to 4, all 12 cells\n"
    )
    assert run("field", "plain", "--node", "conv").stdout.endswith(
        "  reads    unit 3, 4: rows 1 to 5 and columns 4 to 4, 3 of their 5 cells\n"
    )
    assert "reads" not in run("field", "hourglass", "--node", "down").stdout
    assert run("field", "plain", "--node", "conv", "--input-size", "9999", "9999").stdout.endswith(
        "  reads    unit 4999, 4999: over planes too large to be told cell by cell\n"
    )


def test_a_node_before_the_one_that_stops(run: Run, networks: Path) -> None:
    assert run("field", "whole", "--node", "conv").exit_code == 0
    assert run("field", "whole", "--input-size", "9", "9").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("field", "Missing argument 'NETWORK': `cli field --help` shows what goes where."),
        (
            "field hourglas",
            "There is no network 'hourglas': the networks are hourglass, loop, plain, whole, and any other is given by "
            "the path of its .toml or .onnx file. Did you mean 'hourglass'?",
        ),
        ("field plain --unit 9 9", "No such option '--unit': `cli field --help` shows what goes where."),
        ("field net/x.h5", "net/x.h5: a network is a .toml lesson or an .onnx file: give one of those."),
        ("field none.toml", "none.toml: there is no such file: check the path"),
        ("field none.onnx", "none.onnx: the file does not exist: check the path"),
        ("field text.onnx", "text.onnx: the file is damaged, or no ONNX file: save the model again"),
        ("field plain --json --csv", "--json and --csv exclude each other: choose one."),
        (
            "field plain --input-size 0 5",
            "Invalid value for '--input-size': it must be a whole number from 1 to 1,000,000, not '0': give another.",
        ),
        (
            "field plain --input-size 1 8",
            "studio/lessons/networks/plain.toml: layer 'pool' of [network] (max_pool) has a kernel that spans 2 rows, "
            "but its padded input has 1: use a larger input or a smaller kernel; the last "
            "node that could be computed is 'conv': `field --node` asks for it alone",
        ),
        (
            "field plain --node poll",
            "studio/lessons/networks/plain.toml: there is no node 'poll': did you mean 'pool'?",
        ),
        (
            "field plain --node xyz",
            "studio/lessons/networks/plain.toml: there is no node 'xyz': name another, such as 'pool'; "
            "`field` lists them",
        ),
        (
            "field loop",
            "studio/lessons/networks/loop.toml: 'inputs' of the layers 'a', 'b' of [network] form a loop: "
            "let one of them name a layer before the loop, or 'input', the picture",
        ),
        (
            "field whole --json",
            "studio/lessons/networks/whole.toml: layer 'pool' of [network] (global_avg_pool) reads the whole plane, "
            "whose size depends on the input's: "
            "give --input-size H W, or a lesson's input_size; the last node that could be computed is 'conv': "
            "`field --node` asks for it alone",
        ),
        (
            "trace studio/lessons/networks/plain.toml",
            "studio/lessons/networks/plain.toml: this lesson is about a network, not one convolution: "
            "ask `field` about it",
        ),
        (
            "field studio/lessons/article.toml",
            "studio/lessons/article.toml: this lesson is about one convolution, not a network: ask `trace` about it",
        ),
    ],
)
def test_a_mistake_is_one_sentence_and_2(run: Run, networks: Path, arguments: str, sentence: str) -> None:
    Path("text.onnx").write_text("not a model")
    result = run(*arguments.split())
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {sentence}\n")


def test_a_name_cannot_take_over_the_terminal(run: Run, networks: Path) -> None:
    from onnx import TensorProto, helper, save_model

    node = helper.make_node("Relu", ["x"], ["y"], name="a\x1b[31m\nb")
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 4, 5])]
    outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)]
    save_model(helper.make_model(helper.make_graph([node], "g", inputs, outputs)), "m.onnx")
    assert "'a\\x1b[31m\\nb'  Relu" in run("field", "m.onnx").stdout
    assert "\x1b" not in run("field", "m.onnx", "--json").stdout
    assert "\x1b" not in run("field", "m.onnx", "--node", "y").stdout


def test_the_list_has_networks_of_its_own(run: Run, networks: Path) -> None:
    assert run("list").stdout.endswith(
        "\n"
        "\n"
        "Networks  (render.py field)\n"
        "  hourglass        An hourglass / 沙漏\n"
        "  loop             Loop\n"
        "  plain            Plain\n"
        "  whole            Whole\n"
    )
    assert [entry["name"] for entry in json.loads(run("list", "--json").stdout)["networks"]] == [
        *("hourglass", "loop", "plain", "whole")
    ]


def test_help(run: Run) -> None:
    result = run("field", "--help")
    assert result.exit_code == 0
    for words in ("python render.py field resnet50", "--node NAME", "--input-size H W", "--json", "--csv"):
        assert words in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


@pytest.mark.parametrize(("arguments", "loads"), [(["--help"], []), (["vgg16"], ["numpy"])])
def test_onnx_is_loaded_for_onnx_files_only(checkout: Path, arguments: list[str], loads: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['render.py', 'field', *{arguments!r}]; sys.path.insert(0, {str(checkout)!r})\n"
        "import render\n"
        "try:\n    render.cli()\n"
        "except SystemExit:\n    pass\n"
        "print([name for name in ('numpy', 'onnx', 'google', 'scipy', 'matplotlib', 'manim') if name in sys.modules], "
        "file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stderr.splitlines()[-1] == repr(loads)
