"""The film of filters times patches: twelve seconds for every lesson, every digit the trace's, texts in their place."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from core import Trace
from core.lesson import parse_lesson
from look import Look
from pipeline.film import Film, Quality, rehearse
from scenes._matmul_schedule import MULTIPLY, PATCHES, SECONDS, patch_beats, product_beats
from scenes.im2col_matmul import Im2colMatmul, alt
from tests.scenes._lessons import UNUSUAL, trace
from tests.scenes._watching import RATES, Watching, assert_filters_counted

TINY = Quality(160, 90, 4)
FILMS = [(name, lang) for name in ("article", "strided-padding", "three-channels") for lang in ("en", "zh")]
FILMS += [(name, ("en", "zh")[index % 2]) for index, name in enumerate(UNUSUAL)]


class Watched(Watching, Im2colMatmul):
    """The film, watched."""


Played = tuple[Trace, Film, Watched]


@cache
def watched(name: str, lang: str = "en") -> Played:
    lesson = trace(name)
    film = rehearse(Watched, lesson, Look("dark", lang), TINY)
    return lesson, film, Watched.latest


@pytest.fixture(scope="module", params=FILMS, ids="-".join)
def played(request: pytest.FixtureRequest) -> Played:
    """Every film; all that is tested of one is tested before the next is played."""
    return watched(*request.param)


def test_it_lasts_twelve_seconds_and_no_text_is_in_the_way(played: Played) -> None:
    _, film, scene = played
    assert film.duration == SECONDS == 12
    assert scene.faults == []


@pytest.mark.parametrize("fps", RATES)
def test_it_lasts_twelve_seconds_at_every_rate(fps: int) -> None:
    assert rehearse(Im2colMatmul, trace("three-channels"), Look(), Quality(160, 90, fps)).frames == 12 * fps


def test_both_factors_and_the_product_are_the_traces(played: Played) -> None:
    lesson, _, scene = played
    places, number, last = scene.board.places, scene.look.number, scene.moments[-1][1]
    product = lesson.im2col.product("columns")
    sums = lesson.im2col.result.T
    assert np.array_equal(sums, product.result + lesson.bias[:, None])
    for typed, values in ((places.weights, product.left), (places.matrix, product.right), (places.product, sums)):
        for row in typed.grid.down:
            for column in typed.grid.across:
                wanted = [number(values[row, column].item())] if typed.size else []
                assert last.within(typed.grid.cell(row, column)) == wanted


def test_filters_left_out_are_counted(played: Played) -> None:
    lesson, _, scene = played
    assert_filters_counted(lesson, scene, scene.moments[0][1].said)


def test_shipped_patches_are_all_shown_with_their_digits() -> None:
    for name in ("article", "strided-padding", "three-channels"):
        lesson, _, scene = watched(name)
        places = scene.board.places
        assert None not in places.excerpt.rows
        assert places.matrix.size
        assert places.product.size
        assert {filter_ for filter_, _ in places.slices} == set(range(len(lesson.kernel)))


def test_maps_biases_and_kernels_are_the_traces(played: Played) -> None:
    lesson, _, scene = played
    places, number, last = scene.board.places, scene.look.number, scene.moments[-1][1]
    for filter_, squares in places.maps.items():
        for (row, col), value in np.ndenumerate(lesson.output[filter_]):
            if squares.size:
                assert last.within(squares.place.at(row, col)) == [number(value.item())]
    for (filter_, channel), squares in places.slices.items():
        depth = channel - lesson.convolution.channels(filter_).start
        for (i, j), value in np.ndenumerate(lesson.kernel[filter_, depth]):
            if squares.size:
                assert last.within(squares.place.at(i, j)) == [number(value.item())]
    assert bool(places.bias) == bool(lesson.bias.any())
    for filter_ in places.bias.grid.down if places.bias and places.bias.size else ():
        assert last.within(places.bias.grid.cell(filter_, 0)) == [number(lesson.bias[filter_].item())]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sizes_and_sums_are_written_out(lang: str) -> None:
    for name, sizes, total in (
        ("article", "1×9 · 9×9 = 1×9", "= −1"),
        ("three-channels", ("2×27 · 27×6 + bias = 2×6", "2×27 · 27×6 + 偏置 = 2×6")[lang == "zh"], "+ (−9) = 6"),
    ):
        lesson, film, scene = watched(name, lang)
        assert sizes in scene.moments[-1][1].said
        assert film.poster_at is not None
        assert any(text.endswith(total) for text in scene.texts_at(film.poster_at).said)
        assert total in alt(lesson, Look("dark", lang))


def test_subtitles_can_be_read_and_chapters_come_in_order(played: Played) -> None:
    _, film, _ = played
    starts = [start for start, _ in film.cues]
    stands = [after - start for start, after in zip(starts, [*starts[1:], Fraction(film.duration)], strict=True)]
    assert min(stands) >= Fraction(3, 2)
    assert all("{" not in text for _, text in (*film.cues, *film.chapters))
    assert len({start for start, _ in film.chapters}) == 4


def test_a_flipped_kernel_lies_backwards_in_its_row() -> None:
    text = "title = 'x'\n[convolution]\ninput = [[1, 2, 3], [4, 5, 6]]\nkernel = [[7, 8], [9, -1]]\nflip = true\n"
    lesson = Trace(parse_lesson(text, name="flipped"))
    rehearse(Watched, lesson, Look("light", "zh"), TINY)
    scene: Watched = Watched.latest
    grid, last = scene.board.places.weights.grid, scene.moments[-1][1]
    assert [last.within(grid.cell(0, tap)) for tap in range(4)] == [["−1"], ["9"], ["8"], ["7"]]
    _, homes = scene.board.filter_row(0)
    assert homes[0] == scene.board.places.slices[0, 0].place.at(1, 1)
    assert scene.faults == []


@pytest.mark.parametrize("count", [1, 2, 6, 9, 30])
@pytest.mark.parametrize("filters", [1, 2, 4])
def test_the_beats_add_up(count: int, filters: int) -> None:
    first, each, sweep, left = patch_beats((*range(count), None, count + 4))
    assert first + each * (count - 1) + sweep + left == PATCHES
    assert min(first, sweep) >= 500
    assert left >= 0
    each, slow, row = product_beats(count, filters)
    assert each * (count - 1) + slow + row * (filters - 1) == MULTIPLY
    assert slow >= 1500
