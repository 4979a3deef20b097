"""A lesson from arrays is the lesson that its file would be, and its mistakes are told in the same sentences."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from core import LessonError, NetworkError, lesson_of, load_lesson, parse_lesson

LESSONS = Path(__file__).parents[2] / "lessons"
SHIPPED = [*LESSONS.glob("*.toml"), *LESSONS.glob("arithmetic/*.toml")]
INPUT, KERNEL = [[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, -1]]


def told(path, arrays):
    """What is in a lesson's file, as arguments; its numbers as lists or as arrays."""
    tables = tomllib.loads(path.read_text())
    convolution = tables.pop("convolution")
    for key in ("input", "kernel", "bias", "pointwise", "stride", "padding"):
        if arrays and isinstance(convolution.get(key), list):
            convolution[key] = np.array(convolution[key])
    return {"name": path.stem, "folder": path.parent, **tables, **convolution}


@pytest.mark.parametrize("arrays", [False, True], ids=["lists", "arrays"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_lesson_as_arguments_is_the_same_lesson(path, arrays):
    lesson = lesson_of(**told(path, arrays))
    assert lesson == load_lesson(path)
    assert lesson.traits == load_lesson(path).traits


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.float32, ">i2"])
def test_numbers_of_any_type_become_those_of_the_core(dtype):
    lesson = lesson_of(input=np.array(INPUT, dtype)[::-1], kernel=KERNEL)
    assert lesson.convolution.input.tolist() == [INPUT[::-1]]
    assert lesson.convolution.input.dtype == (np.float64 if np.dtype(dtype).kind == "f" else np.int64)


def test_an_array_is_copied_and_stays_its_owners():
    own = np.array(INPUT)
    lesson = lesson_of(input=own, kernel=KERNEL)
    own[0, 0] = 100
    assert lesson.convolution.input[0, 0, 0] == 1


def test_settings_may_be_numbers_of_numpy_tuples_and_nothing():
    settings = {"stride": (np.int64(2), 1), "padding": np.array([1, 0]), "bias": np.float64(0.5), "dilation": None}
    settings |= {"highlight": [np.int8(0), 0], "flip": np.bool_(True)}
    convolution = lesson_of(input=[np.array(row) for row in INPUT], kernel=KERNEL, **settings).convolution
    assert (convolution.stride, convolution.padding, convolution.dilation) == ((2, 1), (1, 0, 1, 0), (1, 1))
    assert (convolution.bias.tolist(), convolution.highlight, convolution.flip) == ([0.5], (0, 0), True)


class Tensor:
    """What another library's arrays are to NumPy; this one lies where NumPy cannot read it."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("on another device.\n Copy it first.")


WHERE = "in [convolution]"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"strde": 2}, f"unknown key 'strde' {WHERE}. Did you mean 'stride'?"),
        ({"input": np.array(INPUT) * 1j}, f"'input' {WHERE} is an array of complex128: make it int64 or float64"),
        ({"input": np.array([[True]])}, f"'input' {WHERE} is an array of bool: make it int64 or float64"),
        (
            {"input": np.array([[np.nan, 1.0]])},
            f"'input' {WHERE} must hold finite numbers, but it has NaN or infinity: replace them with numbers",
        ),
        (
            {"input": np.full((1, 1), 2**63, np.uint64)},
            f"'input' {WHERE} holds numbers that do not fit in 64 bits: make it float64",
        ),
        ({"kernel": np.ones((3, 0))}, f"'kernel' {WHERE} is empty: give it at least one number"),
        (
            {"kernel": np.ones((257, 256))},
            f"'kernel' {WHERE} has 65,792 cells, and the most is 65,536: give fewer",
        ),
        (
            {"input": np.ma.masked_array(INPUT, mask=np.eye(3))},
            f"'input' {WHERE} is a masked array: give numbers for what is masked, with its method filled",
        ),
        ({"kernel": {1, 2}}, f"'kernel' {WHERE} is of type set: give numbers, text, a list or a NumPy array"),
        (
            {"input": Tensor()},
            f"'input' {WHERE} is of type Tensor, which NumPy cannot read (on another device. Copy it first): "
            "give a NumPy array",
        ),
        (
            {"receptive_field": {"unit": object()}},
            "'unit' in [receptive_field] is of type object: give numbers, text, a list or a NumPy array",
        ),
    ],
)
def test_a_mistake_is_one_sentence(given, sentence):
    with pytest.raises(LessonError) as caught:
        lesson_of(**{"input": INPUT, "kernel": KERNEL} | given)
    assert str(caught.value) == f"lesson_of: {sentence}"


@pytest.mark.parametrize(
    "given",
    [
        {"stride": 0},
        {"padding": [1, 2, 3]},
        {"kernel": [[1, 2], [3]]},
        {"kernel": "kernel.npy"},
        {"op": "max_pool"},
        {"highlight": [9, 9]},
        {"groups": 2},
        {"bias": [1, 2]},
    ],
    ids=str,
)
def test_the_sentences_are_those_of_a_file(given):
    tables = {"input": INPUT, "kernel": KERNEL} | given
    lines = [f"{key} = {json.dumps(value)}" for key, value in tables.items()]
    text = "\n".join(['title = "Own"', "[convolution]", *lines])
    with pytest.raises(LessonError) as of_file:
        parse_lesson(text, name="own", file="lesson_of")
    with pytest.raises(LessonError) as of_arguments:
        lesson_of(**tables)
    assert str(of_arguments.value) == str(of_file.value)


def test_a_list_within_itself_is_a_mistake():
    endless: list = []
    endless.append(endless)
    with pytest.raises(LessonError, match="nested too deeply: lists of numbers need at most four levels"):
        lesson_of(input=endless, kernel=KERNEL)


@pytest.mark.parametrize("error", [LessonError, NetworkError])
def test_a_notebook_prints_the_sentence_in_the_place_of_frames(error):
    assert error("x.toml: a sentence")._render_traceback_() == ["x.toml: a sentence"]
