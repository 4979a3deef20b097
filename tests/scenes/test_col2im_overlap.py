"""The col2im film: eleven seconds for every lesson, sums and counts the core's at every still moment."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from core import Trace, col2im
from core.lesson import parse_lesson
from look import Look
from pipeline.film import Film, Quality, rehearse
from scenes._col2im_places import places
from scenes._im2col_places import LEFT, RIGHT
from scenes.col2im_overlap import Col2imOverlap, alt
from tests.scenes._lessons import UNUSUAL, trace
from tests.scenes._watching import RATES, Watching

TINY = Quality(160, 90, 4)
SHOWN = ("apple", "article", "strided-padding", "three-channels")
FILMS = [(name, lang) for name in SHOWN for lang in ("en", "zh")]
FILMS += [
    (name, ("en", "zh")[index % 2]) for index, name in enumerate(UNUSUAL) if "overlapping" in trace(name).lesson.traits
]


class Watched(Watching, Col2imOverlap):
    """The film, watched; `sent` are the patches that have gone home at each still moment."""

    def __init__(self, **settings: object) -> None:
        self.sent: list[int] = []
        self.home = 0
        super().__init__(**settings)

    def send_home(self, index: int, milliseconds: int) -> None:
        self.home = index + 1
        super().send_home(index, milliseconds)

    def wait(self, *arguments: object, **settings: object) -> None:
        self.sent.append(self.home)
        super().wait(*arguments, **settings)


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


def test_it_lasts_eleven_seconds_and_no_text_is_in_the_way(played: Played) -> None:
    _, film, scene = played
    assert film.duration == 11
    assert scene.faults == []


@pytest.mark.parametrize("fps", RATES)
def test_it_lasts_eleven_seconds_at_every_rate(fps: int) -> None:
    assert rehearse(Col2imOverlap, trace("three-channels"), Look(), Quality(160, 90, fps)).frames == 11 * fps


def test_the_last_frame_is_the_identity(played: Played) -> None:
    lesson, _, scene = played
    places, number, last = scene.board.places, scene.look.number, scene.moments[-1][1]
    channel = places.channel
    sums, counts = col2im(lesson.im2col.matrix, lesson)[channel], lesson.im2col.counts[channel]
    assert np.allclose(sums, counts * lesson.input[channel])
    for squares, values in ((places.sums, sums), (places.counts, counts), (places.input, lesson.input[channel])):
        for (row, col), value in np.ndenumerate(values) if squares.size else ():
            come = squares is places.input or bool(counts[row, col] > 0)
            assert last.within(squares.place.at(row, col)) == [number(value.item())] * come
    assert any(text.startswith("fold(unfold(x)) ÷") for text in last.said)


def test_the_columns_are_the_traces(played: Played) -> None:
    lesson, _, scene = played
    typed, number, first = scene.board.places.matrix, scene.look.number, scene.moments[0][1]
    for tap in typed.grid.down:
        for index in typed.grid.across:
            wanted = [number(lesson.im2col.columns[tap, index].item())] if typed.size else []
            assert first.within(typed.grid.cell(tap, index)) == wanted


@pytest.mark.parametrize("name", ["article", "three-channels", "strided-padding"])
def test_sums_and_counts_are_right_while_they_count(name: str) -> None:
    lesson, _, scene = watched(name)
    places, number = scene.board.places, scene.look.number
    seen = set()
    for home, (_, texts, _) in zip(scene.sent, scene.moments, strict=True):
        some = np.arange(len(lesson.im2col.matrix))[:, None] < home
        sums = col2im(np.where(some, lesson.im2col.matrix, 0), lesson)[places.channel]
        counts = col2im(np.where(some, np.ones_like(lesson.im2col.matrix), 0), lesson)[places.channel]
        seen.add(home)
        for squares, values in ((places.sums, sums), (places.counts, counts)):
            for (row, col), value in np.ndenumerate(values):
                wanted = [number(value.item())] if counts[row, col] else []
                assert texts.within(squares.place.at(row, col)) == wanted
    assert {0, 1, len(lesson.im2col.matrix)} <= seen


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_article_adds_nine_copies(lang: str) -> None:
    lesson, film, scene = watched("article", lang)
    assert film.poster_at is not None
    assert "3 + 3 + 3 + 3 + 3 + 3 + 3 + 3 + 3 = 9·3 = 27" in scene.texts_at(film.poster_at).said
    assert any(text.endswith("27 ÷ 9 = 3") for text in scene.moments[-1][1].said)
    counts = scene.board.factors()
    assert [text.content for text in counts.submobjects] == [*"12321" * 2, "×"]
    told = alt(lesson, Look("dark", lang))
    assert "5×5" in told
    assert "9" in told


def test_subtitles_can_be_read(played: Played) -> None:
    _, film, _ = played
    starts = [start for start, _ in film.cues]
    stands = [after - start for start, after in zip(starts, [*starts[1:], Fraction(film.duration)], strict=True)]
    assert min(stands) >= Fraction(3, 2)
    assert all("{" not in text for _, text in (*film.cues, *film.chapters))


def test_padding_that_repeats_cells_goes_home_to_them() -> None:
    text = "title = 'x'\n[convolution]\ninput = [[1, 2], [3, 4]]\nkernel = [[1, 1], [1, 1]]\npadding = 1\n"
    lesson = Trace(parse_lesson(text + "padding_mode = 'circular'\n", name="round"))
    film = rehearse(Watched, lesson, Look("light", "en"), TINY)
    scene: Watched = Watched.latest
    assert film.duration == 11
    assert scene.faults == []
    place, last = scene.board.places.sums.place, scene.moments[-1][1]
    sums = col2im(lesson.im2col.matrix, lesson)[0]
    assert (sums == lesson.im2col.counts[0] * lesson.input[0]).all()
    for (row, col), value in np.ndenumerate(sums):
        assert last.within(place.at(row, col)) == [scene.look.number(value.item())]
    cells, _ = scene.board.flying(0)
    left, top, right, bottom = place.span(0, 0, 2, 2)
    for cell in cells:
        x, y = ((cell.get_x() + 64 / 9) * 135, (4 - cell.get_y()) * 135)
        assert left < x < right
        assert top < y < bottom
    assert scene.look.say("col2im-overlap.repeated") in last.said


def test_planes_take_the_room_that_few_columns_leave() -> None:
    text = "title = 'x'\n[convolution]\ninput = [[1, -2, 3], [0, 4, -1], [2, 2, 1]]\nkernel = [[1, 2], [3, -1]]"
    found = places(Trace(parse_lesson(text, name="few")))
    assert found.sums.place.cell >= 80
    assert found.matrix.grid.x >= LEFT
    assert found.input.place.x + 3 * found.input.place.cell <= RIGHT
