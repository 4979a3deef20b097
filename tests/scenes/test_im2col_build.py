"""The im2col film: twelve seconds for every lesson, every digit the trace's, no text in the way of other text."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from manim import Group, VGroup

from core import Trace
from core.lesson import parse_lesson
from look import Look
from pipeline.film import Film, Quality, rehearse
from scenes._heat import MOST_CELLS
from scenes._im2col_cells import filled_cell
from scenes._im2col_flight import Flight
from scenes._im2col_places import HEADS
from scenes._im2col_schedule import ROWS, SECONDS, row_beats, runs
from scenes._im2col_words import flattening, folding, kernel_line
from scenes._ink import UNIT, at
from scenes.im2col_build import Im2colBuild, alt
from tests.scenes._lessons import FILMS, SHIPPED, trace
from tests.scenes._overlap import letterings
from tests.scenes._watching import RATES, Watching, assert_filters_counted, numbers, shown

TINY = Quality(160, 90, 4)
Played = tuple[Trace, Film, "Watched"]


class Watched(Watching, Im2colBuild):
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


def test_it_lasts_twelve_seconds_and_no_text_is_in_the_way(played: Played) -> None:
    _, film, scene = played
    assert film.duration == 12
    assert scene.faults == []


@pytest.mark.parametrize("fps", RATES)
def test_it_lasts_twelve_seconds_at_every_rate(fps: int) -> None:
    assert rehearse(Im2colBuild, trace("three-channels"), Look(), Quality(160, 90, fps)).frames == 12 * fps


def test_the_matrix_is_the_traces(played: Played) -> None:
    lesson, _, scene = played
    typed, number = scene.board.places.matrix, scene.look.number
    last = scene.moments[-1][1]
    for row in typed.grid.down:
        for column in typed.grid.across:
            wanted = [number(lesson.im2col.matrix[row, column].item())] if typed.size else []
            assert last.within(typed.grid.cell(row, column)) == wanted
    if lesson.lesson.name in SHIPPED and lesson.input[0].size <= MOST_CELLS:
        assert scene.board.places.excerpt.whole
        assert typed.size


def test_weights_results_and_feature_maps_are_the_traces(played: Played) -> None:
    lesson, _, scene = played
    places, number, last = scene.board.places, scene.look.number, scene.moments[-1][1]
    columns = [(places.column, lesson.im2col.weights), (places.results, lesson.im2col.result)]
    for typed, values in columns:
        for row in typed.grid.down:
            for filter_ in typed.grid.across:
                wanted = [number(values[row, filter_].item())] if typed.size else []
                assert last.within(typed.grid.cell(row, filter_)) == wanted
    for filter_, squares in places.maps.items():
        for (row, col), value in np.ndenumerate(lesson.output[filter_]):
            wanted = [number(value.item())] if squares.size else []
            if squares.size or lesson.output[filter_].size < 1000:
                assert last.within(squares.place.at(row, col)) == wanted


def test_the_input_is_the_traces(played: Played) -> None:
    lesson, _, scene = played
    first = scene.moments[0][1]
    for channel, squares in scene.board.places.planes.items():
        if squares.size:
            for (row, col), value in np.ndenumerate(lesson.input[channel]):
                assert first.within(squares.place.at(row, col)) == [scene.look.number(value.item())]
    for channel, typed in scene.board.places.lenses.items():
        patch = lesson.padded[(slice(None), *lesson.steps[0].window[1:])][channel]
        for (i, j), value in np.ndenumerate(patch):
            wanted = [scene.look.number(value.item())] if typed.size else []
            assert first.within(typed.grid.cell(i, j)) == wanted


def test_filters_and_maps_left_out_are_counted(played: Played) -> None:
    lesson, _, scene = played
    said = scene.moments[0][1].said
    assert_filters_counted(lesson, scene, said)
    maps = len(scene.board.places.maps)
    note = scene.look.say("im2col-build.maps_shown", shown=maps, count=len(lesson.kernel))
    assert (note in said) == (maps < len(lesson.kernel))


def test_a_map_of_six_rows_has_its_digits_under_a_smaller_kernel() -> None:
    lesson, _, scene = watched("six-rows")
    squares = scene.board.places.maps[0]
    last = scene.moments[-1][1]
    assert shown(last, squares.place, lesson.output[0]) == numbers(scene.look, lesson.output[0])


def test_the_only_slice_of_several_filters_is_named_as_one_of_them() -> None:
    _, _, scene = watched("six-filters")
    assert {"filter 0", "filters shown: 1 of 6"} <= set(scene.moments[0][1].said)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_article_says_its_numbers(lang: str) -> None:
    _, film, scene = watched("article", lang)
    said = {content for _, texts, _ in scene.moments for content in texts.said}
    last = scene.moments[-1][1].said
    assert "9×9 · 9×1 = 9×1" in last
    assert film.poster_at is not None
    sums = [content for content in scene.texts_at(film.poster_at).said if content.endswith("= −1")]
    assert sums == ["1·(−1) + 2·1 + 2·(−2) + 1·2 + 1·(−1) + 1·1 = −1"]
    (line,) = {content for content in said if "×3.24" in content}
    for part in ("81", "25", "9"):
        assert part in line


def test_three_channels_add_their_bias() -> None:
    _, _, scene = watched("three-channels")
    last = scene.moments[-1][1].said
    assert "6×27 · 27×2 + bias = 6×2" in last
    assert "+ b =" in last


def test_captions_and_chapters_come_in_order(played: Played) -> None:
    lesson, film, scene = played
    for told in (film.cues, film.chapters):
        starts = [start for start, _ in told]
        assert starts == sorted(set(starts))
        assert starts[0] == 0
        assert starts[-1] < 12
        assert all("{" not in text for _, text in told)
    assert len({text for _, text in film.chapters}) == 5
    assert film.poster_at is not None
    value = scene.look.number(lesson.highlight.value)
    put_off = Fraction(1, 4)  # where the first row is the highlighted one, until the kernel's subtitle has been read
    assert value in [text for start, text in film.cues if start < film.poster_at + put_off][-1]


def test_the_first_row_is_said_with_its_values(played: Played) -> None:
    lesson, film, scene = played
    values = [scene.look.number(value) for value in lesson.im2col.matrix[0].tolist()[:9]]
    assert scene.look.say("im2col-build.comma").join(values) in film.cues[1][1]


def test_every_copy_shown_is_marked_with_the_cell_it_comes_from(played: Played) -> None:
    lesson, _, scene = played
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


def test_a_turned_kernel_and_a_mirrored_border_are_the_traces() -> None:
    text = "title = 'x'\n[convolution]\ninput = [[1, 2, 3], [4, 5, 6]]\nkernel = [[7, 8], [9, -1]]\nflip = true\n"
    lesson = Trace(parse_lesson(f"{text}padding = 1\npadding_mode = 'reflect'\n", name="turned"))
    film = rehearse(Watched, lesson, Look("light", "zh"), TINY)
    scene: Watched = Watched.latest
    last, places = scene.moments[-1][1], scene.board.places
    assert film.duration == 12
    assert scene.faults == []
    assert [last.within(places.column.grid.cell(tap, 0)) for tap in range(4)] == [["−1"], ["9"], ["8"], ["7"]]
    assert scene.board.column(0)[1][0] == places.slices[0, 0].place.at(1, 1)
    for (row, col), value in np.ndenumerate(lesson.padded[0]):
        assert last.within(places.planes[0].place.at(row - 1, col - 1)) == [scene.look.number(value.item())]
    assert places.excerpt.whole
    for (row, column), value in np.ndenumerate(lesson.im2col.matrix):
        assert last.within(places.matrix.grid.cell(row, column)) == [scene.look.number(value.item())]
    source = places.excerpt.most_copied(lesson)
    assert len(places.excerpt.copies(source)) == lesson.im2col.counts[source]


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


def test_the_heads_over_rows_and_columns_can_be_read() -> None:
    _, _, scene = watched("article")
    heads = [text.size for text in letterings(scene.mobjects) if text.content in ("r", "c", "i", "j")]
    assert heads == [HEADS] * 4


def test_several_filters_are_told_as_several() -> None:
    lesson = trace("three-channels")
    filters = len(lesson.kernel)
    said = [words(lesson, Look()) for words in (kernel_line, flattening, folding)]
    assert filters == 2
    assert f"{filters} filters" in said[0]
    assert f"{filters} filters" in said[1]
    assert f"{filters} filters" in said[2]
    assert f"{filters} filters" in alt(lesson, Look())
