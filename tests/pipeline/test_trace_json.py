"""The trace as JSON: exactly the promised keys, nested as the lesson is, read back equal."""

import json
from typing import Any

import numpy as np
import pytest

from core import AnyTrace
from pipeline import trace_size as module
from pipeline.trace_json import json_pieces
from pipeline.trace_size import TooLargeError
from tests.pipeline._studio import CHANNELS, Studio

KEYS = ["output_size", "output", "im2col_shape", "im2col", "steps"]
STEP_KEYS = ["index", "cell", "patch", "products", "value"]


def read(trace: AnyTrace) -> dict[str, Any]:
    read: dict[str, Any] = json.loads("".join(json_pieces(trace)))
    return read


def test_a_plain_lesson_has_lists_of_rows(studio: Studio) -> None:
    trace = studio.trace()
    data = read(trace)
    assert list(data) == KEYS
    assert all(list(step) == STEP_KEYS for step in data["steps"])
    assert data["output_size"] == [3, 3]
    assert data["im2col_shape"] == [9, 9]
    assert data["output"] == trace.output[0].tolist()
    assert data["im2col"] == trace.im2col.matrix.tolist()
    for step, seen in zip(trace.steps, data["steps"], strict=True):
        assert seen["index"] == step.index
        assert seen["cell"] == [step.row, step.col]
        assert seen["patch"] == step.patch[0].tolist()
        assert seen["products"] == step.products[0].tolist()
        assert seen["value"] == step.value
        assert type(seen["value"]) is int


def test_channels_have_lists_of_channels(studio: Studio) -> None:
    studio.add_lesson("channels", CHANNELS)
    trace = studio.trace("channels")
    data = read(trace)
    assert list(data) == KEYS
    assert data["output"] == trace.output.tolist()
    assert [step["cell"] for step in data["steps"]] == [list(index) for index in np.ndindex(trace.output.shape)]
    assert [np.shape(step["patch"]) for step in data["steps"]] == [(2, 2, 2)] * 12
    assert all(type(value) is int for row in data["im2col"] for value in row)


def test_one_step_is_one_line(studio: Studio) -> None:
    lines = "".join(json_pieces(studio.trace())).splitlines()
    assert sum(line.startswith('  {"index"') for line in lines) == 9


def test_no_negative_zero(studio: Studio) -> None:
    lesson = 'title = "Zero"\n[convolution]\ninput = [[0.0, 1.5], [0.5, 0.0]]\nkernel = [[-1.0]]\n'
    studio.add_lesson("zero", lesson)
    assert "-0.0" not in "".join(json_pieces(studio.trace("zero"))).replace("-0.05", "")


def test_absurd_sizes_are_refused_before_the_first_piece(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NUMBERS", 242)
    with pytest.raises(TooLargeError) as refusal:
        json_pieces(studio.trace())
    assert str(refusal.value) == (
        "article: all steps of this lesson are 243 numbers, more than the 242 that are written out; "
        "use a smaller input or a larger stride"
    )
    monkeypatch.setattr(module, "MOST_NUMBERS", 243)
    assert read(studio.trace())
