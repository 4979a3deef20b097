"""The depthwise separable film: fourteen seconds for every lesson, every digit the trace's, texts in their place."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core import SeparableTrace, load_lesson, trace_of
from core.lesson import parse_lesson
from look import Look
from look.phrases import sum_runs
from pipeline.film import Film, Quality, rehearse
from scenes import _separable_words as words
from scenes._ink import WIDTH
from scenes._matrix import Matrix
from scenes._scan_map import FeatureMap
from scenes._separable_counts import HIGH, TOP
from scenes._subtitles import READABLE
from scenes.depthwise_separable import SECONDS, DepthwiseSeparable, alt
from tests._shipped import LESSONS
from tests.scenes._watching import RATES, Texts, Watching

TINY = Quality(160, 90, 10)
SHIPPED = "depthwise-separable"


def _numbers(shape: tuple[int, ...], low: int, high: int) -> Any:
    return np.random.default_rng(3).integers(low, high, shape).tolist()


ODD = {
    "multiplier": f"input = {_numbers((2, 5, 5), 0, 5)}\nkernel = {_numbers((4, 1, 3, 3), -1, 3)}\ngroups = 2\n"
    f"pointwise = {_numbers((2, 4), -1, 3)}\npointwise_bias = [1, -2]",
    "deep": f"input = {_numbers((8, 6, 6), 0, 5)}\nkernel = {_numbers((8, 1, 3, 3), -1, 3)}\ngroups = 8\nstride = 2\n"
    f"padding = 1\nbias = {_numbers((8,), -2, 3)}\npointwise = {_numbers((10, 8), -1, 3)}",
    "picture": f"input = {_numbers((3, 64, 64), 0, 256)}\nkernel = {_numbers((3, 1, 3, 3), -1, 2)}\ngroups = 3\n"
    f"pointwise = {_numbers((3, 3), -2, 3)}",
    "single": f"input = {_numbers((2, 3, 3), 0, 9)}\nkernel = {_numbers((2, 1, 3, 3), -2, 3)}\ngroups = 2\n"
    "pointwise = [[2, -1]]",
    "decimals": "input = [[[0.125, -12.5, 0.5], [1.5, 2.75, 10.125]], [[0.1, 0.2, 0.3], [7.75, 0.001, 0]]]\n"
    "groups = 2\nkernel = [[[[0.125, -12.5], [-0.3333, 0.5]]], [[[1, 2.75], [0, 3.5]]]]\n"
    "pointwise = [[0.25, -1.125], [0, 0.3333]]",
    "wrapped": f"input = {_numbers((2, 4, 7), 0, 9)}\nkernel = {_numbers((2, 1, 3, 2), -2, 3)}\ngroups = 2\n"
    "padding = [1, 0, 0, 2]\npadding_mode = 'circular'\nstride = [1, 3]\npointwise = [[1, 1], [1, -1], [0, 2]]\n"
    "highlight = [0, 0]",
}
FILMS = [(SHIPPED, "en"), (SHIPPED, "zh"), *((name, ("en", "zh")[index % 2]) for index, name in enumerate(ODD))]


class Watched(Watching, DepthwiseSeparable):
    """The film, watched."""


Played = tuple[SeparableTrace, Film, Watched]


@cache
def lesson_of(name: str) -> SeparableTrace:
    if name in ODD:
        lesson = parse_lesson(f"title = '{name}'\n[convolution]\n{ODD[name]}", name=name)
    else:
        lesson = load_lesson(LESSONS / f"{name}.toml")
    trace = trace_of(lesson)
    assert isinstance(trace, SeparableTrace)
    return trace


@cache
def watched(name: str, lang: str = "en") -> Played:
    film = rehearse(Watched, lesson_of(name), Look("dark", lang), TINY)
    return lesson_of(name), film, Watched.latest


@pytest.fixture(scope="module", params=FILMS, ids="-".join)
def played(request: pytest.FixtureRequest) -> Played:
    """Every film; all that is tested of one is tested before the next is played."""
    return watched(*request.param)


def test_it_lasts_fourteen_seconds_and_no_text_is_in_the_way(played: Played) -> None:
    _, film, scene = played
    assert film.duration == SECONDS == 14
    assert scene.faults == []


@pytest.mark.parametrize("fps", RATES)
def test_it_lasts_fourteen_seconds_at_every_rate(fps: int) -> None:
    assert rehearse(DepthwiseSeparable, lesson_of(SHIPPED), Look(), Quality(160, 90, fps)).frames == 14 * fps


def test_subtitles_can_be_read_and_say_the_sum(played: Played) -> None:
    lesson, film, scene = played
    starts = [start for start, _ in film.cues]
    assert starts[0] == 0
    assert min(end - start for start, end in pairwise([*starts, film.duration])) >= READABLE
    assert film.poster_at is not None
    said = [text for start, text in film.cues if start < film.poster_at][-1]
    assert scene.look.number(lesson.highlight.value) in said


def _assert_shows(texts: Texts, feature_map: FeatureMap, values: NDArray[Any], scene: Watched) -> int:
    matrix = feature_map.matrix
    if not isinstance(matrix, Matrix) or not matrix.size:
        return 0
    for (row, column), value in np.ndenumerate(values):
        assert texts.within(matrix.at(row, column)) == [scene.look.number(value.item())]
    return values.size


def test_the_maps_between_and_at_last_are_the_traces(played: Played) -> None:
    lesson, _, scene = played
    texts = scene.moments[-1][1]
    shown = 0
    for stage, maps in zip(lesson.stages, (scene.board.middles, scene.board.maps), strict=True):
        for values, feature_map in zip(stage.output, maps, strict=False):
            shown += _assert_shows(texts, feature_map, values, scene)
    assert shown or lesson.lesson.name == "picture"


def test_the_sums_that_are_written_are_the_traces() -> None:
    lesson, film, scene = watched(SHIPPED)
    number = scene.look.number
    said = {text for _, texts, _ in scene.moments for text in texts.said}
    for channel in range(3):
        *terms, value = sum_runs(lesson.depthwise.step_at(0, 0, channel), scene.look)
        assert {"".join(text for text, _ in terms), value[0]} <= said
    assert film.poster_at is not None
    at_poster = scene.texts_at(film.poster_at).said
    assert "12·1 + 6·(−1) + 12·1 = " in at_poster
    assert at_poster.count(number(lesson.highlight.value)) >= 2


def test_the_foot_tells_of_the_step_that_is_shown(played: Played) -> None:
    lesson, _, scene = played
    feet: dict[str, set[str]] = {}
    for name, stage, sums in zip(("depthwise", "pointwise"), lesson.stages, scene.board._sums, strict=True):
        for step in stage.steps if stage.output.size < 300 else ():
            *before, _ = sum_runs(step, scene.look, most=sums.most)
            feet.setdefault("".join(text for text, _ in before), set()).add(words.foot(name, step, scene.look))
    assert scene.mistold(feet) == []


def test_the_counts_are_the_traces(played: Played) -> None:
    lesson, _, scene = played
    look = scene.look
    (both, one), (products, replaced) = lesson.separable.weight_counts, lesson.separable.product_counts
    last = " ".join(scene.moments[-1][1].said)
    for count in (both, one, products, replaced, lesson.depthwise.kernel.size, lesson.separable.pointwise.size):
        assert look.number(count) in last


def test_the_bar_has_the_weights_of_both_stages() -> None:
    lesson, _, scene = watched(SHIPPED)
    number = scene.look.number
    counts = [lesson.depthwise.kernel.size, lesson.separable.pointwise.size]
    ordinary = scene.look.say("depthwise-separable.count.ordinary", one=lesson.separable.weight_counts[1])
    written = scene.moments[-1][1].within((0, TOP, WIDTH, TOP + HIGH))
    assert written == [*map(number, counts), scene.look.say("depthwise-separable.count.bar"), ordinary]


def test_nothing_is_mixed_before_every_channel_is_scanned() -> None:
    lesson, film, scene = watched(SHIPPED)
    starts = {text: start for start, text in film.chapters}
    mixing = starts[scene.look.say("depthwise-separable.chapters.pointwise")]
    boxes = [[place.place.span(0, 0, 3, 3) for place in maps] for maps in (scene.board.middles, scene.board.maps)]
    before = scene.texts_at(mixing)
    after = next(texts for start, texts, _ in scene.moments if start > mixing)
    assert [len(before.within(box)) for box in boxes[1]] == [0, 0, 0, 0]
    assert [len(after.within(box)) for box in boxes[0]] == [9, 9, 9]
    assert lesson.output_size == (3, 3)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [SHIPPED, *ODD])
def test_alt_text_has_the_numbers(name: str, lang: str) -> None:
    trace, look = lesson_of(name), Look(lang=lang)
    text = alt(trace, look)
    for number in (trace.highlight.value, *trace.separable.weight_counts, *trace.separable.product_counts):
        assert look.number(number) in text
