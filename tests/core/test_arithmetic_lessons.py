"""The lessons of "A guide to convolution arithmetic" have its sizes: i, k, s, p and what comes out."""

from pathlib import Path

import numpy as np
import pytest

from core import load_lesson, trace_of
from core.guide_case import CASES, case_of

FOLDER = Path(__file__).parents[2] / "lessons" / "arithmetic"

# input, kernel, stride, padding, dilation, output; the transposed ones with output_padding too
PLAIN = {
    "no_padding_no_strides": (4, 3, 1, 0, 1, 2),
    "arbitrary_padding_no_strides": (5, 4, 1, 2, 1, 6),
    "same_padding_no_strides": (5, 3, 1, 1, 1, 5),
    "full_padding_no_strides": (5, 3, 1, 2, 1, 7),
    "no_padding_strides": (5, 3, 2, 0, 1, 2),
    "padding_strides": (5, 3, 2, 1, 1, 3),
    "padding_strides_odd": (6, 3, 2, 1, 1, 3),
    "dilation": (7, 3, 1, 0, 2, 3),
}
TRANSPOSED = {
    "no_padding_no_strides_transposed": (2, 3, 1, 0, 0, 4),
    "arbitrary_padding_no_strides_transposed": (6, 4, 1, 2, 0, 5),
    "same_padding_no_strides_transposed": (5, 3, 1, 1, 0, 5),
    "full_padding_no_strides_transposed": (7, 3, 1, 2, 0, 5),
    "no_padding_strides_transposed": (2, 3, 2, 0, 0, 5),
    "padding_strides_transposed": (3, 3, 2, 1, 0, 5),
    "padding_strides_odd_transposed": (3, 3, 2, 1, 1, 6),
}


def trace_named(name):
    return trace_of(load_lesson(FOLDER / f"{name}.toml"))


def test_every_case_has_its_lesson():
    assert {path.stem for path in FOLDER.glob("*.toml")} == {*PLAIN, *TRANSPOSED}


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_case(name):
    size, kernel, stride, padding, dilation, output = PLAIN[name]
    trace = trace_named(name)
    for axis in trace.axes:
        assert (axis.input, axis.kernel, axis.stride, axis.dilation) == (size, kernel, stride, dilation)
        assert (axis.before, axis.after, axis.output) == (padding, padding, output)
        assert bool(axis.unread) == (name == "padding_strides_odd")


@pytest.mark.parametrize("name", TRANSPOSED)
def test_a_transposed_case(name):
    size, kernel, stride, padding, extended, output = TRANSPOSED[name]
    trace = trace_named(name)
    for axis in trace.transposed.axes:
        assert (axis.input, axis.kernel, axis.stride, axis.output_padding) == (size, kernel, stride, extended)
        assert (axis.before, axis.after, axis.output) == (padding, padding, output)


@pytest.mark.parametrize("name", TRANSPOSED)
def test_a_transposed_case_goes_back_to_the_size_of_its_plain_one(name):
    plain, back = trace_named(name.removesuffix("_transposed")), trace_named(name)
    assert back.input.shape[1:] == plain.output_size
    assert back.output_size == plain.input.shape[1:]


def test_what_the_lessons_say_about_themselves():
    assert trace_named("full_padding_no_strides").output[0, :3, :3].tolist() == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]
    assert trace_named("no_padding_strides").output.tolist() == [[[4, 4], [4, 5]]]
    assert trace_named("dilation").output.tolist() == [[[18, 0, 18], [0, 9, 0], [18, 0, 18]]]
    enlarged, given = (
        trace_named("padding_strides_transposed").output[0],
        trace_named("padding_strides_transposed").input,
    )
    assert (enlarged[::2, ::2] == 4 * given[0]).all()
    between = enlarged[::2, 1::2] * 2
    assert (between == enlarged[::2, :-1:2] + enlarged[::2, 2::2]).all()
    assert np.count_nonzero(trace_named("no_padding_strides_transposed").overlaps > 1) == 9


def test_the_table_of_cases_has_the_sizes_of_the_lessons():
    assert [case.name for case in CASES] == [*PLAIN, *TRANSPOSED]
    for case in CASES:
        lesson = load_lesson(FOLDER / f"{case.name}.toml")
        assert case_of(lesson.convolution) is case
        assert "guide-case" in lesson.traits
        assert case.windowed.axes == trace_of(lesson).windowed.axes


def test_a_lesson_that_is_no_case():
    assert case_of(load_lesson(FOLDER.parent / "article.toml").convolution) is None
