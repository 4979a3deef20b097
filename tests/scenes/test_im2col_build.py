"""The im2col film: twelve seconds for every lesson, every digit the trace's, no text in the way of other text."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from manim import Group, VGroup

from core import Trace
from look import Look
from look.grid import Box
from pipeline.film import Film, Quality, rehearse
from scenes._im2col_cells import filled_cell
from scenes._im2col_flight import Flight
from scenes._im2col_schedule import ROWS, SECONDS, row_beats, runs
from scenes._ink import UNIT, Lettering, at
from scenes.im2col_build import Im2colBuild, alt
from tests.scenes._lessons import EVERY, SHIPPED, trace
from tests.scenes._overlap import ink_box, letterings, text_faults

TINY = Quality(160, 90, 4)
CASES = [*((name, "en") for name in EVERY), *((name, "zh") for name in (*SHIPPED, "twelve", "eight-channels"))]
Text = tuple[str, float, float]  # content, and the middle of its ink in page pixels


class Watched(Im2colBuild):
    """Notes the texts, and what is wrong with them, whenever nothing moves."""

    latest: Watched

    def __init__(self, **settings: Any) -> None:
        self.moments: list[tuple[Fraction, list[Text], list[str]]] = []
        type(self).latest = self
        super().__init__(**settings)

    def wait(self, *arguments: Any, **settings: Any) -> None:
        texts = [(text.content, *_middle(text)) for text in letterings(self.mobjects)]
        self.moments.append((self.clock, texts, text_faults(self)))
        super().wait(*arguments, **settings)


def _middle(text: Lettering) -> tuple[float, float]:
    left, top, right, bottom = ink_box(text)
    return (left + right) / 2, (top + bottom) / 2


@cache
def watched(name: str, lang: str = "en") -> tuple[Trace, Film, Watched]:
    lesson = trace(name)
    film = rehearse(Watched, lesson, Look("light", lang), TINY)
    return lesson, film, Watched.latest


def texts_at(scene: Watched, moment: Fraction) -> list[Text]:
    """The texts of the last still moment before `moment`."""
    return [texts for start, texts, _ in scene.moments if start < moment][-1]


def shown_in(texts: list[Text], box: Box) -> list[str]:
    left, top, right, bottom = box
    return [content for content, x, y in texts if left < x < right and top < y < bottom]


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_it_lasts_twelve_seconds_and_no_text_is_in_the_way(name: str, lang: str) -> None:
    _, film, scene = watched(name, lang)
    assert film.duration == 12
    assert [(float(start), faults) for start, _, faults in scene.moments if faults] == []


@pytest.mark.parametrize("fps", [15, 24, 30, 60])
def test_it_lasts_twelve_seconds_at_every_rate(fps: int) -> None:
    assert rehearse(Im2colBuild, trace("three-channels"), Look(), Quality(160, 90, fps)).frames == 12 * fps


@pytest.mark.parametrize("name", EVERY)
def test_the_matrix_is_the_traces(name: str) -> None:
    lesson, _, scene = watched(name)
    typed, number = scene.board.places.matrix, scene.look.number
    last = scene.moments[-1][1]
    for row in typed.grid.down:
        for column in typed.grid.across:
            wanted = [number(lesson.im2col.matrix[row, column].item())] if typed.size else []
            assert shown_in(last, typed.grid.cell(row, column)) == wanted
    if name in SHIPPED:
        assert scene.board.places.excerpt.whole
        assert typed.size


@pytest.mark.parametrize("name", EVERY)
def test_weights_results_and_feature_maps_are_the_traces(name: str) -> None:
    lesson, _, scene = watched(name)
    places, number, last = scene.board.places, scene.look.number, scene.moments[-1][1]
    columns = [(places.column, lesson.im2col.weights), (places.results, lesson.im2col.result)]
    for typed, values in columns:
        for row in typed.grid.down:
            for filter_ in typed.grid.across:
                wanted = [number(values[row, filter_].item())] if typed.size else []
                assert shown_in(last, typed.grid.cell(row, filter_)) == wanted
    for filter_, squares in places.maps.items():
        for (row, col), value in np.ndenumerate(lesson.output[filter_]):
            wanted = [number(value.item())] if squares.size else []
            if squares.size or lesson.output[filter_].size < 1000:
                assert shown_in(last, squares.place.at(row, col)) == wanted


@pytest.mark.parametrize("name", EVERY)
def test_the_input_is_the_traces(name: str) -> None:
    lesson, _, scene = watched(name)
    first = scene.moments[0][1]
    for channel, squares in scene.board.places.planes.items():
        if squares.size:
            for (row, col), value in np.ndenumerate(lesson.input[channel]):
                assert shown_in(first, squares.place.at(row, col)) == [scene.look.number(value.item())]
    for channel, typed in scene.board.places.lenses.items():
        patch = lesson.padded[(slice(None), *lesson.steps[0].window[1:])][channel]
        for (i, j), value in np.ndenumerate(patch):
            wanted = [scene.look.number(value.item())] if typed.size else []
            assert shown_in(first, typed.grid.cell(i, j)) == wanted


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_article_says_its_numbers(lang: str) -> None:
    _, film, scene = watched("article", lang)
    said = [content for _, texts, _ in scene.moments for content, _, _ in texts]
    last = [content for content, _, _ in scene.moments[-1][1]]
    assert "9×9 · 9×1 = 9×1" in last
    assert film.poster_at is not None
    sums = [content for content, _, _ in texts_at(scene, film.poster_at) if content.endswith("= −1")]
    assert sums == ["1·(−1) + 2·1 + 2·(−2) + 1·2 + 1·(−1) + 1·1 = −1"]
    (line,) = {content for content in said if "×3.24" in content}
    for part in ("81", "25", "9"):
        assert part in line


def test_three_channels_add_their_bias() -> None:
    _, _, scene = watched("three-channels")
    last = [content for content, _, _ in scene.moments[-1][1]]
    assert "6×27 · 27×2 + bias = 6×2" in last
    assert "+ b =" in last


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_captions_and_chapters_come_in_order(name: str, lang: str) -> None:
    lesson, film, scene = watched(name, lang)
    for told in (film.cues, film.chapters):
        starts = [start for start, _ in told]
        assert starts == sorted(set(starts))
        assert starts[0] == 0
        assert starts[-1] < 12
        assert all("{" not in text for _, text in told)
    assert len({text for _, text in film.chapters}) == 5
    assert film.poster_at is not None
    value = scene.look.number(lesson.highlight.value)
    assert value in [text for start, text in film.cues if start < film.poster_at][-1]


@pytest.mark.parametrize("name", EVERY)
def test_the_first_row_is_said_with_its_values(name: str) -> None:
    lesson, film, scene = watched(name)
    values = [scene.look.number(value) for value in lesson.im2col.matrix[0].tolist()[:9]]
    assert ", ".join(values) in film.cues[1][1]


@pytest.mark.parametrize("name", EVERY)
def test_every_copy_shown_is_marked_with_the_cell_it_comes_from(name: str) -> None:
    lesson, _, scene = watched(name)
    excerpt = scene.board.places.excerpt
    source = excerpt.most_copied(lesson)
    _, height, width = lesson.input.shape
    flat = source[0] * height * width + source[1] * width + source[2]
    everywhere = {(int(row), int(column)) for row, column in np.argwhere(lesson.im2col.origin == flat)}
    assert lesson.im2col.counts[source] == len(everywhere)
    assert lesson.im2col.counts[source] == lesson.im2col.counts[source[0]].max()
    grid = scene.board.places.matrix.grid
    shown = {(row, column) for row in grid.down for column in grid.across}
    assert set(excerpt.copies(source)) == everywhere & shown


def test_alt_text_has_the_numbers() -> None:
    lesson = trace("article")
    for lang in ("en", "zh"):
        said = alt(lesson, Look("dark", lang))
        for part in ("9×9", "9×1", "3×3", "= −1"):
            assert part in said


@pytest.mark.parametrize("head", range(1, 20))
@pytest.mark.parametrize("sweeps", [0, 1, 2])
def test_the_beats_of_the_rows_add_up(head: int, sweeps: int) -> None:
    beats, sweep = row_beats(head, sweeps)
    assert sum(map(sum, beats)) + sweep * sweeps == ROWS
    assert all(part >= 0 for beat in beats for part in beat)
    assert all(flight >= 60 for _, flight, _ in beats)
    assert Im2colBuild.seconds == SECONDS


def test_rows_run_until_a_gap() -> None:
    assert runs((0, 1, None, 5, 6, None, 9)) == ([0, 1], [[5, 6], [9]])


def test_a_flight_starts_in_its_box_and_ends_where_the_cell_stands() -> None:
    look = Look("dark", "en")
    cells = [filled_cell((x, 300, x + 60, 360), "surface", 7, 26, look) for x in (900, 960)]
    rest = [[part.points.copy() for part in cell.family_members_with_points()] for cell in cells]
    flight = Flight(Group(*cells), [(100, 500, 130, 530), (130, 500, 160, 530)], lift=0.2)
    flight.interpolate_mobject(0.0)
    for cell, x in zip(cells, (115, 145), strict=True):
        assert np.allclose(cell.submobjects[0].get_center(), at(x, 515))
        assert cell.submobjects[0].width == pytest.approx(30 * UNIT)
    flight.interpolate_mobject(0.5)
    assert not np.allclose(cells[0].get_center(), at(930, 330))
    flight.interpolate_mobject(1.0)
    for cell, points in zip(cells, rest, strict=True):
        for part, wanted in zip(cell.family_members_with_points(), points, strict=True):
            assert np.array_equal(part.points, wanted)


def test_a_cell_knows_its_hatch() -> None:
    from look.tints import Tints
    from scenes._im2col_cells import tinted_cell

    lesson, look = trace("strided-padding"), Look("dark", "en")
    tints = Tints(lesson, look)
    plain = tinted_cell((0, 0, 60, 60), (0, 0, 0), 1, 26, tints, look)
    padding = tinted_cell((0, 0, 60, 60), None, 0, 26, tints, look)
    assert isinstance(plain, VGroup)
    assert len(padding.submobjects) == len(plain.submobjects) + 1
