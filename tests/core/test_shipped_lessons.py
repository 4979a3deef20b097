"""Facts that the article and the other shipped lessons rely on."""

import re
from pathlib import Path

import numpy as np
import pytest

from core import Trace, load_lesson, trace_of

CHINESE = re.compile("[一-鿿]")
LESSONS = Path(__file__).parents[2] / "lessons"


def trace_named(name):
    return Trace(load_lesson(LESSONS / f"{name}.toml"))


def test_the_article_is_five_by_five_and_its_middle_is_minus_one():
    trace = trace_named("article")
    assert (trace.input.shape, trace.kernel.shape, trace.rank) == ((1, 5, 5), (1, 1, 3, 3), 2)
    assert trace.input.dtype == trace.kernel.dtype == trace.output.dtype == np.int64
    assert trace.output_size == (3, 3)
    assert trace.output[0, 1, 1] == -1
    assert (trace.highlight.cell, trace.highlight.value, trace.highlight.index) == ((1, 1), -1, 4)
    assert trace.im2col.shape == (9, 9)
    assert trace.field.rows[-1].size == (5, 5)
    assert trace.field.paths.tolist() == np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1]).tolist()


def test_the_article_shows_its_edges():
    """Positive down the left edge of the line, negative down the right, next to nothing between; one digit each."""
    trace = trace_named("article")
    left, middle, right = trace.output[0].T
    assert left.min() >= 7
    assert right.max() <= -7
    assert np.abs(middle).max() <= 1
    assert max(np.abs(array).max() for array in (trace.input, trace.kernel, trace.output)) <= 9


def test_the_articles_highlight_is_worth_doing_by_hand():
    products = trace_named("article").highlight.products
    assert ((products > 0).sum(), (products < 0).sum()) == (3, 3)
    assert products[products > 0].sum() == 5
    assert products[products < 0].sum() == -6


def test_the_strided_lesson_leaves_a_strip_unread():
    trace = trace_named("strided-padding")
    assert trace.output_size == (3, 3)
    for axis in trace.axes:
        assert (axis.padded, axis.numerator, axis.quotient, axis.remainder, axis.unread) == (8, 5, 2, 1, (7,))
    assert trace.field.region(0) == (-1, -1, 6, 6)


def test_the_colour_lesson_has_three_channels_and_two_maps():
    trace = trace_named("three-channels")
    assert (trace.rank, trace.input.shape, trace.output.shape) == (3, (3, 4, 5), (2, 2, 3))
    assert trace.steps[7].cell == (1, 0, 1)
    assert (trace.output[0, :, :2] > 0).all()
    assert (trace.output[0, :, 2] < 0).all()


SHIPPED = sorted(path for path in LESSONS.rglob("*.toml") if path.parent.name != "networks")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_lesson_speaks_both_languages_and_fills_its_card(path):
    lesson = load_lesson(path)
    for words in (lesson.title, lesson.card.site, lesson.card.tagline):
        assert words["en"] != words["zh"]
        assert not CHINESE.search(words["en"])
        assert CHINESE.search(words["zh"])
    trace = trace_of(lesson)
    if isinstance(trace, Trace):
        assert (trace.im2col.result.T.reshape(trace.output.shape) == trace.output).all()
