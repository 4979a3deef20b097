"""`field --effective` and `--gradient` as a person types them: whole answers, and one sentence for a mistake."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from click.testing import Result

from tests.pipeline._studio import Studio

Run = Callable[..., Result]
LIGHT = Path(onnx.__path__[0]) / "backend" / "test" / "data" / "light"

STACK = """
title = "Stack"
[network]
input_size = [9, 11]
layer = [{ name = "a", op = "conv", kernel = 3 }, { name = "b", op = "conv", kernel = [3, 1] }]
"""
OPEN = """
title = "Open"
[network]
layer = [{ name = "a", op = "conv", kernel = 3 }]
"""


@pytest.fixture
def networks(studio: Studio) -> Path:
    """The studio with two networks."""
    folder = studio.rooms.lessons / "networks"
    folder.mkdir()
    for name, text in (("stack", STACK), ("open", OPEN)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_text(run: Run, networks: Path) -> None:
    result = run("field", "stack", "--effective")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "b\n"
        "  unit       2, 4\n"
        "  field      5×3\n"
        "  effective  5×3 hold 100 %, 100 % of the field's area\n"
        "  deviation  1.15, 0.82\n"
        "  reads      15 cells of the picture\n"
        "  paths      27\n"
        "  weight     each cell counts as many paths as lead from it to the unit; feature maps count once\n"
    )


def test_json_has_the_weights_along_both_axes(run: Run, networks: Path) -> None:
    found = json.loads(run("field", "stack", "--effective", "--json").stdout)
    assert found | {"rows": None, "cols": None, "deviation": None, "share": None} == {
        "name": "b",
        "unit": [2, 4],
        "measure": "paths",
        "size": [5, 3],
        "box": [2, 4, 7, 7],
        "effective_size": [5, 3],
        "effective_box": [2, 4, 7, 7],
        "share": None,
        "deviation": None,
        "cells_read": 15,
        "rows": None,
        "cols": None,
        "paths": 27,
    }
    np.testing.assert_allclose(found["rows"], np.array([0, 0, 1, 2, 3, 2, 1, 0, 0]) / 9)
    np.testing.assert_allclose(found["cols"], np.array([0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0]) / 3)


def test_more_paths_than_a_float_can_count_are_text(run: Run, networks: Path) -> None:
    layers = ", ".join(f'{{ name = "c{at}", op = "conv", kernel = 99, padding = 49 }}' for at in range(250))
    (networks / "deep.toml").write_text(f'title = "x"\n[network]\ninput_size = 9\nlayer = [{layers}]\n')
    found = json.loads(run("field", "deep", "--effective", "--json").stdout)
    assert found["paths"].partition("×")[2].startswith("10⁴")
    assert found["share"] == pytest.approx(1)


def test_csv_has_every_cell_that_counts(run: Run, networks: Path) -> None:
    lines = list(csv.DictReader(run("field", "stack", "--effective", "--node", "a", "--csv").stdout.splitlines()))
    assert [(int(line["row"]), int(line["col"])) for line in lines] == [(r, c) for r in (3, 4, 5) for c in (4, 5, 6)]
    assert [float(line["weight"]) for line in lines] == pytest.approx([1 / 9] * 9)


def test_the_gradient_says_its_conventions(run: Run) -> None:
    result = run("field", str(LIGHT / "light_zfnet512.onnx"), "--gradient", "--node", "n4")
    assert result.exit_code == 0
    assert "activations count as the identity, a max pool as an average" in result.stdout
    assert "paths" not in result.stdout


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            ["stack", "--gradient"],
            "stack.toml: the network has no weights: ask for the gradient of a model in an .onnx ",
        ),
        (["stack", "--effective", "--node", "c"], "stack.toml: there is no node 'c'"),
        (
            ["open", "--effective"],
            "open.toml: the plane of 'a' depends on the input's size: give --input-size H W, or a lesson's input_size",
        ),
        (
            ["open", "--effective", "--input-size", "2", "2"],
            "open.toml: layer 'a' of [network] (conv) has a kernel that spans 3 rows",
        ),
    ],
)
def test_a_mistake_is_one_sentence(run: Run, networks: Path, asked: list[str], sentence: str) -> None:
    result = run("field", *asked)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
