"""Every operation as JSON, as tables and in words: what is written is enough to compute the output again."""

import csv
import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import SeparableTrace, TransposeTrace
from pipeline.tables import table
from pipeline.trace_json import json_pieces
from pipeline.trace_text import text_lines
from tests.core import _drawn

IMAGE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
SEPARABLE = {
    "input": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]],
    "kernel": [[[[1, 0], [0, 1]]], [[[2]*2]*2]],
    "groups": 2,
    "pointwise": [[1, 2], [3, -4], [0, 5]],
    "bias": [1, 0],
}  # fmt: skip


def read(trace: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads("".join(json_pieces(trace)))
    return read


def written(name: str, trace: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(table(name).write(trace)))))


def facts(trace: Any) -> dict[str, str]:
    return dict(line.split("=", 1) for line in "".join(table("summary").write(trace)).splitlines())


@_drawn.examples(0.5)
@given(_drawn.convolutions(), st.sampled_from(("rows", "columns")))
def test_a_convolution_adds_its_products(keys: dict[str, Any], layout: str) -> None:
    trace = _drawn.scan(**keys, im2col_layout=layout)
    data = read(trace)
    assert "op" not in data
    assert data.get("im2col_layout", "rows") == layout
    values = np.array([np.sum(step["products"]) for step in data["steps"]]).reshape(trace.output.shape)
    np.testing.assert_allclose(values + trace.bias[:, None, None], data["output"], atol=1e-9)
    matrix = np.array(data["im2col"])
    assert list(matrix.shape) == data["im2col_shape"]
    patches = matrix if layout == "rows" else matrix.T
    sums = patches @ np.array(trace.im2col.weights)
    np.testing.assert_allclose(sums.T.reshape(trace.output.shape) + trace.bias[:, None, None], trace.output, atol=1e-9)


@_drawn.examples(0.5)
@given(_drawn.transposed())
def test_stamps_add_up_to_the_output_that_the_gather_gives(keys: dict[str, Any]) -> None:
    trace = _drawn.scan(**keys)
    data = read(trace)
    assert data["op"] == "conv_transpose"
    height, width = data["output_size"]
    output, stamped = np.zeros_like(trace.output), np.zeros((height, width), int)
    for stamp in data["stamps"]:
        group = stamp["cell"][0] // (len(trace.input) // keys["groups"])
        for depth, rows in enumerate(stamp["products"]):
            channel = group * len(stamp["products"]) + depth
            for row, products in zip(stamp["rows"], rows, strict=True):
                for col, product in zip(stamp["cols"], products, strict=True):
                    if 0 <= row < height and 0 <= col < width:
                        output[channel, row, col] += product
                        stamped[row, col] += stamp["cell"][0] == channel == 0
    np.testing.assert_allclose(output + trace.bias[:, None, None], data["output"], atol=1e-9)
    assert stamped.tolist() == data["overlaps"]
    gathered = np.array([np.sum(step["products"]) for step in data["steps"]]).reshape(trace.output.shape)
    np.testing.assert_allclose(gathered, output, atol=1e-9)


@_drawn.examples(0.5)
@given(_drawn.pools("max_pool"), st.sampled_from(("rows", "columns")))
def test_winners_hold_the_largest(keys: dict[str, Any], layout: str) -> None:
    trace = _drawn.scan(**keys, im2col_layout=layout)
    data = read(trace)
    width = trace.input.shape[2]
    for step in data["steps"]:
        channel, row, col = step["cell"]
        real = [value for rows in step["patch"][0] for value in rows if value is not None]
        assert step["value"] == max(real) == data["output"][channel][row][col]
        assert trace.input[channel][tuple(step["winner"])] == step["value"]
        assert step["winner"][0] * width + step["winner"][1] == step["winner_index"]
        assert data["winners"][channel][row][col] == step["winner_index"]
    empty = [[value is None for value in line] for line in data["im2col"]]
    assert np.array_equal(empty if layout == "rows" else np.transpose(empty), trace.im2col.origin < 0)
    blank = [[cell == "" for cell in line[2 if layout == "rows" else 3 :]] for line in written("im2col", trace)[1:]]
    assert blank == empty


@_drawn.examples(0.5)
@given(_drawn.pools("avg_pool"))
def test_means_are_sums_by_their_divisors(keys: dict[str, Any]) -> None:
    trace = _drawn.scan(**keys)
    data = read(trace)
    for step in data["steps"]:
        channel, row, col = step["cell"]
        assert step["divisor"] == data["divisors"][row][col]
        assert step["sum"] == pytest.approx(np.sum(step["patch"]))
        assert data["output"][channel][row][col] == step["value"] == step["sum"] / step["divisor"]


def test_a_separable_convolution_is_two_scans() -> None:
    trace = _drawn.scan(**SEPARABLE, pointwise_bias=[0, 10, 0])
    assert isinstance(trace, SeparableTrace)
    data = read(trace)
    assert list(data) == ["output_size", "output", "weight_counts", "product_counts", "depthwise", "pointwise"]
    middle = np.array(data["depthwise"]["output"])
    assert middle.tolist() == [[[6]], [[52]]]
    assert data["output"] == data["pointwise"]["output"] == [[[110]], [[-180]], [[260]]]
    assert (data["weight_counts"], data["product_counts"]) == ([14, 24], [14, 24])
    assert [step["patch"] for step in data["pointwise"]["steps"]] == [[[[6]], [[52]]]] * 3
    assert written("conv2d-results", trace)[2] == ["1", "0", "0", "-180.000000"]
    assert facts(trace) == {
        "lesson": "drawn", "input": "2x2x2", "kernel": "2x1x2x2", "pointwise": "3x2", "stride": "1x1",
        "padding": "0,0,0,0", "dilation": "1x1", "groups": "2", "output_size": "1x1", "output_channels": "3",
        "steps": "5", "weights": "14", "weights_replaced": "24", "products": "14", "products_replaced": "24",
        "receptive_field": "2x2", "highlight": "0,0,0", "highlight_value": "110.000000",
    }  # fmt: skip
    assert list(text_lines(trace))[-4:] == [
        "highlight at 0, 0, 0",
        "  map 0: 1×1 + 2×0 + 3×0 + 4×1 + bias 1 = 6",
        "  map 1: 5×2 + 6×2 + 7×2 + 8×2 = 52",
        "  mixed: 6×1 + 52×2 = 110",
    ]


def test_a_separable_plain_image_may_become_several_maps() -> None:
    data = read(_drawn.scan(input=IMAGE, kernel=[[1, 1]], pointwise=[[1], [2]]))
    assert np.shape(data["depthwise"]["output"]) == (3, 2)
    assert np.shape(data["output"]) == (2, 3, 2)
    assert data["pointwise"]["steps"][6]["cell"] == [1, 0, 0]


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        (
            {"op": "max_pool", "kernel_size": 2, "padding": 1, "ceil_mode": True, "input": [[-1, 2], [3, 4]]}
            | {"highlight": [0, 0]},
            [
                "window           2×2, the largest of each",
                "stride           2×2",
                "padding          top 1, left 1, bottom 1, right 1",
                "rounding         up (ceil_mode)",
                "rows             ceil((2 + 1 + 1 − 2) / 2) + 1 = ceil(2 / 2) + 1 = 2",
                "receptive field  4×4, layers: 2",
                "  max(−1) = −1, from row 0, column 0 of the input",
            ],
        ),
        (
            {"op": "max_pool", "kernel_size": 2, "stride": 3, "ceil_mode": True, "input": [1, 2, 3, 4]},
            ["columns          ceil((4 + 0 + 0 − 2) / 3) + 1 = ceil(2 / 3) + 1 = 2, 1 beyond the end"],
        ),
        (
            {"op": "max_pool", "kernel_size": 1, "stride": 3, "ceil_mode": True, "input": [1, 2]},
            [
                "columns          ceil((2 + 0 + 0 − 1) / 3) + 1 = ceil(1 / 3) + 1, "
                "less the window that would start past the input = 1"
            ],
        ),
        (
            {"op": "avg_pool", "kernel_size": 2, "padding": 1, "count_include_pad": False, "input": [[1, 2], [3, 4]]},
            [
                "window           2×2, the mean of each",
                "padding          top 1, left 1, bottom 1, right 1, not counted by the divisor",
                "divisors         1",
                "  (4) / 1 = 4 / 1 = 4",
            ],
        ),
        (
            {"op": "conv_transpose", "input": [[1, 2]], "kernel": [[1, 2], [3, -4]], "stride": 2, "padding": [1, 0]}
            | {"output_padding": [1, 0], "bias": 5},
            [
                "padding          top 1, bottom 1, cut off the output",
                "output padding   1×0",
                "zeros inserted   2×5, with the border that is scanned",
                "stamps           2, 1 on an output cell and channel",
                "rows             (1 − 1)×2 + 2 − 1 − 1 + 1 = 1",
                "columns          (2 − 1)×2 + 2 − 0 − 0 + 0 = 4",
            ],
        ),
        (
            {"input": IMAGE, "kernel": [[1, 2]], "flip": True, "padding": 1, "padding_mode": "reflect"},
            [
                "kernel           1×2, turned by 180° (true convolution)",
                "padding          top 1, left 1, bottom 1, right 1, filled by reflect",
            ],
        ),
        (
            {"input": [[1, 2, 3], [4, 5, 6]], "kernel": [[[1, 2], [3, 4]]], "padding": [1, 0]},
            [
                "input            2×3",
                "kernel           1×2×2, not flipped (cross-correlation)",
                "stride           1",
                "padding          left 1",
                "output           1×3",
                "columns          floor((3 + 1 + 0 − 2) / 1) + 1 = floor(2 / 1) + 1 = 3",
                "highlight at 0, 1",
            ],
        ),
    ],
)  # fmt: skip
def test_in_words(keys: dict[str, Any], lines: list[str]) -> None:
    text = list(text_lines(_drawn.scan(**keys)))
    assert [line for line in lines if line not in text] == []


def test_a_signal_has_no_rows() -> None:
    keys = {"op": "conv_transpose", "input": [1, 2], "kernel": [1, 1, 1], "stride": 2}
    trace = _drawn.scan(**keys)
    assert isinstance(trace, TransposeTrace)
    data = read(trace)
    assert [line for line in text_lines(trace) if line.startswith("rows")] == []
    assert (data["output_size"], data["output"], data["overlaps"]) == ([5], [1, 1, 3, 2, 2], [1, 1, 2, 1, 1])
    assert data["stamps"][1] == {"index": 1, "cell": [1], "value": 2, "products": [2, 2, 2], "cols": [2, 3, 4]}
    assert written("conv2d-results", trace)[:2] == [["col", "value"], ["0", "1.000000"]]
    assert written("im2col", trace)[0] == ["col", "c0_j0", "c0_j1", "c0_j2"]
    turned = _drawn.scan(**keys, im2col_layout="columns")
    assert written("im2col", turned)[:2] == [["channel", "j", "c0", "c1", "c2", "c3", "c4"], ["0", "0", *"00102"]]
    assert {"output_padding": "0", "stamps": "2", "im2col_layout": "columns"}.items() <= facts(turned).items()
    assert "receptive_field" not in facts(trace)


def test_a_pool_in_facts() -> None:
    keys = {"op": "avg_pool", "input": IMAGE, "kernel_size": 2, "stride": 1, "padding": [0, 1]}
    assert facts(_drawn.scan(**keys)) == {
        "lesson": "drawn", "op": "avg_pool", "input": "3x3", "kernel_size": "2x2", "stride": "1x1",
        "padding": "0,1,0,1", "dilation": "1x1", "ceil_mode": "false", "count_include_pad": "true",
        "output_size": "2x4", "output_channels": "1", "steps": "8", "im2col_shape": "8x4", "receptive_field": "3x3",
        "highlight": "1,1", "highlight_value": "6.000000",
    }  # fmt: skip
