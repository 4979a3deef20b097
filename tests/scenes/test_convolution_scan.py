"""The scan film: eight seconds for every lesson, every digit the trace's, no text in the way of other text."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from manim import Scene, Square

from core import Trace
from core.lesson import parse_lesson
from look import Look
from look.phrases import sum_runs
from pipeline.film import Film, Quality, rehearse, render_film
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import lettering
from scenes._scan_board import Board
from scenes._scan_sum import SumLine
from scenes._scan_words import describe, full_step, intro, result
from scenes._subtitles import READABLE
from scenes.convolution_scan import ConvolutionScan, alt
from tests.scenes._lessons import EVERY, FILMS, IN_BOTH, trace
from tests.scenes._overlap import text_faults
from tests.scenes._watching import RATES, Texts, Watching, briefest_subtitle, numbers, shown

TINY = Quality(160, 90, 15)
Played = tuple[Trace, Film, "Watched"]


class Watched(Watching, ConvolutionScan):
    """The film, watched."""


@cache
def watched(name: str, lang: str = "en") -> Played:
    lesson = trace(name)
    film = rehearse(Watched, lesson, Look("light", lang), TINY)
    return lesson, film, Watched.latest


@pytest.fixture(scope="module", params=FILMS, ids="-".join)
def played(request: pytest.FixtureRequest) -> Played:
    """Every film; all that is tested of one is tested before the next is played."""
    return watched(*request.param)


def at_highlight(film: Film, scene: Watched) -> Texts:
    """What is written at the last still moment before the poster."""
    assert film.poster_at is not None
    return scene.texts_at(film.poster_at)


def test_it_lasts_eight_seconds_and_no_text_is_in_the_way(played: Played) -> None:
    _, film, scene = played
    assert film.duration == 8
    assert scene.faults == []


@pytest.mark.parametrize("fps", RATES)
def test_it_lasts_eight_seconds_at_every_rate(fps: int) -> None:
    assert rehearse(ConvolutionScan, trace("article"), Look(), Quality(160, 90, fps)).duration == 8


def test_the_digits_are_those_of_the_trace(played: Played) -> None:
    lesson, film, scene = played
    look, board = scene.look, scene.board
    first, last, best = scene.moments[0][1], scene.moments[-1][1], at_highlight(film, scene)
    step = lesson.highlight
    seen = 0
    for lane, (plane, grid) in enumerate(zip(board.layout.planes, board.layout.grids, strict=True)):
        if board.layout.digits:
            assert shown(first, plane, lesson.input[lane]) == numbers(look, lesson.input[lane])
            seen += 1
        if board.layout.resting:
            assert shown(first, grid, lesson.kernel[0, lane]) == numbers(look, lesson.kernel[0, lane])
            seen += 1
        if board.layout.products and board.layout.precision == 4:
            products = [texts[-1:] for texts in shown(best, grid, step.products[lane])]
            assert products == numbers(look, step.products[lane])
            seen += 1
    for channel in board.maps.shown:
        matrix = board.maps.of(channel).matrix
        if not isinstance(matrix, HeatMatrix) and matrix.size:
            assert shown(last, matrix, lesson.output[channel]) == numbers(look, lesson.output[channel])
            seen += 1
    assert seen or lesson.lesson.name in ("picture", "wide", "tall", "far-padding", "fifteen")


def test_the_foot_tells_of_the_step_that_is_shown(played: Played) -> None:
    lesson, _, scene = played
    feet: dict[str, set[str]] = {}
    if isinstance(scene.board.sum, SumLine) and lesson.output.size < 200:
        for step in lesson.steps:
            *before, _ = sum_runs(step, scene.look, most=scene.board.sum.most)
            feet.setdefault("".join(text for text, _ in before), set()).add(scene.foot(step))
    assert scene.mistold(feet) == []


def test_captions_say_every_step_in_order(played: Played) -> None:
    lesson, film, scene = played
    starts = [start for start, _ in film.cues]
    assert starts == sorted(set(starts))
    assert film.cues[0][0] == 0
    assert briefest_subtitle(film) >= READABLE
    assert film.poster_at is not None
    said = [text for start, text in film.cues if start < film.poster_at]
    assert full_step(lesson, lesson.highlight, scene.look) in said
    chapters = [start for start, _ in film.chapters]
    assert chapters == sorted(set(chapters))
    assert chapters[0] == 0
    assert len({text for _, text in film.chapters}) == len(chapters)


@pytest.mark.parametrize(("name", "lang"), IN_BOTH)
def test_the_sum_at_the_highlight_is_written_out(name: str, lang: str) -> None:
    lesson, film, scene = watched(name, lang)
    texts = at_highlight(film, scene).said
    value = scene.look.number(lesson.highlight.value)
    in_its_cell = lesson.output[0].size <= MOST_CELLS
    assert texts.count(value) >= 1 + in_its_cell  # in the sum, and in its cell where cells have room for digits
    assert scene.look.say("common.step", index=lesson.highlight.index + 1, count=len(lesson.steps)) in texts


def test_the_first_frame_shows_what_there_is_and_the_last_the_result() -> None:
    lesson, _, scene = watched("article")
    first, last = (texts.said for _, texts, _ in (scene.moments[0], scene.moments[-1]))
    assert {lesson.lesson.title["en"], "input 5×5", "kernel 3×3", "feature map 3×3"} <= set(first)
    assert any(text.startswith("out = ") and text.endswith("= 3") for text in last)
    assert first.count("−9") == 0
    assert last.count("−9") == 1


def test_of_a_signal_lengths_are_told() -> None:
    text = "title = 't'\n[convolution]\ninput = [0, 0, 1, 4, 4]\nkernel = [-1, 2, 1]\n"
    lesson, look = Trace(parse_lesson(text, name="t")), Look()
    for said in (intro(lesson, look), result(lesson, look), describe(lesson, look)):
        assert "1×" not in said


def test_a_highlight_at_the_first_step_is_not_told_twice() -> None:
    lesson, film, _ = watched("one-step")
    assert lesson.highlight.index == 0
    assert film.poster_at is not None
    assert sum("Step 1 of 1" in text for _, text in film.cues) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", EVERY)
def test_alt_text_has_the_numbers(name: str, lang: str) -> None:
    lesson, look = trace(name), Look(lang=lang)
    text = alt(lesson, look)
    assert look.number(lesson.highlight.value) in text
    assert look.number(len(lesson.steps)) in text
    assert "{" not in text


@pytest.mark.parametrize("name", ["article", "three-channels", "picture"])
def test_it_really_renders(name: str, tmp_path: Any) -> None:
    poster = tmp_path / "poster.png"
    film = render_film(
        ConvolutionScan, trace(name), Look("dark", "zh"), TINY, {"mp4": tmp_path / "a.mp4", "png": poster}
    )
    assert film.frames == 120
    assert poster.stat().st_size > 1000


MIRRORED = """
input = [[1, 2, 3, 4], [4, 5, 6, 2], [7, 8, 9, 1], [3, 2, 1, 0]]
kernel = [[1, 0, 0], [0, 2, 0], [0, 4, 3]]
flip = true
padding = 1
padding_mode = "reflect"
"""
SIGNALS = "input = [[0, 0, 1, 4], [0, 1, 1, 2]]\nkernel = [[[-1, 1], [2, 0]]]\nflip = true"


def watched_lesson(body: str, lang: str) -> Played:
    lesson = Trace(parse_lesson(f"title = 'odd'\n[convolution]\n{body}", name="odd"))
    film = rehearse(Watched, lesson, Look("dark", lang), TINY)
    return lesson, film, Watched.latest


def test_a_flipped_kernel_turns_before_it_scans_and_its_border_shows_what_it_repeats() -> None:
    lesson, film, scene = watched_lesson(MIRRORED, "en")
    assert film.duration == 8
    assert scene.faults == []
    (_, written, _), (_, turned, _), *_ = scene.moments
    grid, plane = scene.board.layout.grids[0], scene.board.layout.planes[0]
    assert shown(written, grid, lesson.kernel[0, 0]) == numbers(scene.look, lesson.kernel[0, 0])
    assert shown(turned, grid, lesson.kernel[0, 0]) == numbers(scene.look, lesson.kernel[0, 0][::-1, ::-1])
    assert "kernel 3×3, turned" in turned.said
    for (row, column), value in np.ndenumerate(lesson.padded[0]):
        assert written.within(plane.at(row - 1, column - 1)) == [scene.look.number(value.item())]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("body", ["input = [0, 0, 1, 4, 4, 4, 1, 0]\nkernel = [-1, 1]", SIGNALS])
def test_a_signal_is_scanned_too(body: str, lang: str) -> None:
    lesson, film, scene = watched_lesson(body, lang)
    assert film.duration == 8
    assert scene.faults == []
    feature_map = scene.board.maps.of(0).matrix
    assert shown(scene.moments[-1][1], feature_map, lesson.output[0]) == numbers(scene.look, lesson.output[0])


@pytest.mark.parametrize("name", EVERY)
def test_a_kernel_has_the_same_parts_on_the_window_as_at_rest(name: str) -> None:
    lesson = trace(name)
    step = lesson.steps[0]
    board = Board(lesson, Look(), [step])
    for riding, resting in zip(board.ride(step), board.home(step), strict=True):
        assert [len(part.submobjects) for part in riding] == [len(part.submobjects) for part in resting]


class Crowded(Scene):
    """Text that overlaps, leaves the frame and is too small: what the checker is for."""

    def construct(self) -> None:
        look = Look()
        self.add(lettering("one", 500, 500, 40, look), lettering("two", 520, 510, 40, look), Square())
        self.add(lettering("outside", 1900, 200, 40, look), lettering("small", 300, 300, 20, look))
        self.add(lettering("unseen", 500, 500, 40, look).set_opacity(0), lettering("apart", 900, 900, 40, look))
        self.faults = text_faults(self)


def test_the_checker_finds_faults() -> None:
    scene = Crowded()
    scene.construct()
    assert scene.faults == ["'small' is 20.0 px", "'outside' leaves the frame", "'one' overlaps 'two'"]
