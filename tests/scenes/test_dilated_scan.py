"""The film of dilated convolution: eleven seconds, the taps where they read, what is skipped dimmed and counted."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from core import Trace
from look import Look
from look.phrases import DOT, span_formula, spoken_sum
from pipeline.film import Film, Quality, rehearse, render_film
from scenes._lattice import Place
from scenes._scan_board import Board
from scenes._scan_kernel import on_window, spread
from scenes._scan_words import filter_shown
from scenes._subtitles import READABLE
from scenes.dilated_scan import OPENING, DilatedScan, alt, reach
from tests._shipped import PLAIN, lessons_with
from tests.scenes._operations import DILATED, films, read
from tests.scenes._watching import RATES, Watching, briefest_subtitle, numbers, shown

TINY = Quality(160, 90, 10)
SHIPPED = tuple(lessons_with(*PLAIN, "dilated"))


WEIGHTLESS = ("eleven",)  # its taps are too small for digits at rest
BLANK = ("picture", "eleven", "thirteen")  # a picture; a cell of the size of large inputs' cells


class Watched(Watching, DilatedScan):
    """The film, watched."""


Played = tuple[Trace, Film, Watched]


@cache
def watched(name: str, lang: str = "en") -> Played:
    lesson = read(name, DILATED.get(name))
    assert isinstance(lesson, Trace)
    film = rehearse(Watched, lesson, Look("light", lang), TINY)
    return lesson, film, Watched.latest


@pytest.fixture(scope="module", params=films(SHIPPED, DILATED), ids="-".join)
def played(request: pytest.FixtureRequest) -> Played:
    """Every film; all that is tested of one is tested before the next is played."""
    return watched(*request.param)


def test_it_lasts_eleven_seconds_and_no_text_is_in_the_way(played: Played) -> None:
    _, film, scene = played
    assert film.duration == 11
    assert scene.faults == []


@pytest.mark.parametrize("fps", RATES)
def test_it_lasts_eleven_seconds_at_every_rate(fps: int) -> None:
    assert rehearse(DilatedScan, read("dilated"), Look(), Quality(160, 90, fps)).frames == 11 * fps


def test_the_taps_of_the_kernel_at_rest_are_its_weights_and_the_output_is_the_traces(played: Played) -> None:
    lesson, film, scene = played
    board, look = scene.board, scene.look
    last = scene.moments[-1][1]
    rows, cols = lesson.convolution.dilation
    for lane, place in zip(board.lanes, board.layout.spread, strict=True):
        weights = lesson.kernel[0, lane.index]
        written = [last.within(place.at(row * rows, col * cols)) for row, col in np.ndindex(weights.shape)]
        assert written == (numbers(look, weights) if lesson.lesson.name not in WEIGHTLESS else [[]] * weights.size)
    matrix, values = board.maps.of(0).matrix, lesson.output[0]
    assert shown(last, matrix, values) == (
        numbers(look, values) if lesson.lesson.name not in BLANK else [[]] * values.size
    )
    assert film.poster_at is not None
    assert look.number(lesson.highlight.value) in scene.texts_at(film.poster_at).said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_opening_says_how_far_the_kernel_reaches(lang: str) -> None:
    lesson, film, scene = watched("dilated", lang)
    texts = scene.texts_at(Fraction(OPENING, 1000))
    assert span_formula(lesson.axes[0], scene.look).text in texts.said
    assert reach(lesson) == {"kernel": "3×3", "span": "5×5", "reads": 9, "skipped": 16}
    assert all(number in film.cues[0][1] for number in ("3×3", "5×5", "9", "16"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_of_groups_it_is_said_which_filter_and_channel_are_shown(lang: str) -> None:
    lesson, _, scene = watched("groups", lang)
    said = scene.moments[-1][1].said
    foot = DOT.join([filter_shown(lesson, lesson.steps[0], scene.look), scene.look.say("convolution-scan.unread")])
    assert foot in said  # whole, not cut
    assert scene.look.say("dilated-scan.filter", index=0, size="1×3", span="1×5") in said


def test_the_word_for_the_sum_stands_over_its_arrow() -> None:
    _, _, scene = watched("groups")
    word = scene.look.say("common.add_up")
    heights = {
        y
        for _, texts, _ in scene.moments
        for text, (_, y) in zip(texts.said, texts.middles, strict=True)
        if text == word
    }
    assert heights
    assert max(heights) < scene.board.layout.maps[0].middle[1] - 16


def test_the_span_formula() -> None:
    rows, cols = read("uneven", DILATED["uneven"]).axes
    assert span_formula(rows, Look()).text == "span = 1·(2 − 1) + 1 = 2"
    assert span_formula(cols, Look()).text == "span = 2·(3 − 1) + 1 = 5"


def test_holes_are_what_the_window_spans_and_does_not_read() -> None:
    lesson = read("dilated")
    step = lesson.highlight
    plane = Place(0, 0, 10, 7, 7)
    pose = on_window(plane, step, None)
    covered = np.zeros((7, 7), int)
    for left, top, right, bottom in (*pose.taps, *pose.holes):
        covered[round(top / 10) : round(bottom / 10), round(left / 10) : round(right / 10)] += 1
    rows, cols = step.input_rows, step.input_cols
    wanted = np.zeros((7, 7), int)
    wanted[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1] = 1
    assert np.array_equal(covered, wanted)
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in pose.holes)
    assert area == 100 * lesson.windowed.skipped


def test_a_dense_kernel_has_its_taps_side_by_side_and_as_many_parts() -> None:
    place = Place(0, 0, 10, 5, 5)
    apart, dense = spread(place, (2, 2), None), spread(place, (2, 2), None, dense=True)
    assert len(apart.holes) == len(dense.holes)
    assert apart.frame == (0, 0, 50, 50)
    assert dense.frame == (10, 10, 40, 40)
    assert sum((right - left) * (bottom - top) for left, top, right, bottom in dense.holes) == 0


def test_a_kernel_has_the_same_parts_wherever_it_is(played: Played) -> None:
    lesson, _, scene = played
    step = lesson.steps[0]
    for spread_out in (False, True):
        board = Board(lesson, scene.look, [step], spread=spread_out)
        poses = [*zip(board.ride(step), board.home(step), strict=True)]
        for riding, resting in poses:
            assert [len(part.submobjects) for part in riding] == [len(part.submobjects) for part in resting]
        if spread_out:
            for dense, resting in zip(board.dense(step), board.home(step), strict=True):
                assert [len(part.submobjects) for part in dense] == [len(part.submobjects) for part in resting]


def test_subtitles_can_be_read(played: Played) -> None:
    _, film, _ = played
    assert film.cues[0][0] == 0
    assert briefest_subtitle(film) >= READABLE
    assert len({text for _, text in film.chapters}) == len(film.chapters)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [*SHIPPED, *DILATED])
def test_alt_text_has_the_numbers(name: str, lang: str) -> None:
    lesson: Any = read(name, DILATED.get(name))
    look = Look(lang=lang)
    text = alt(lesson, look)
    assert spoken_sum(lesson.highlight, look) in text
    assert look.number(lesson.windowed.skipped) in text
    assert "{" not in text


def test_it_really_renders(tmp_path: Any) -> None:
    files = {"gif": tmp_path / "a.gif", "png": tmp_path / "a.png"}
    film = render_film(DilatedScan, read("dilated"), Look("dark", "zh"), TINY, files)
    assert film.frames == 110
    assert all(path.stat().st_size > 1000 for path in files.values())
