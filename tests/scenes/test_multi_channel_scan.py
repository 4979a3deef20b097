"""The film of many channels: fourteen seconds for every lesson, every digit the trace's, texts in their place."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core import Trace
from core.lesson import parse_lesson
from look import Look
from pipeline.film import Film, Quality, rehearse
from scenes._heat import HeatMatrix
from scenes._subtitles import READABLE
from scenes.multi_channel_scan import SECONDS, MultiChannelScan, alt
from tests.scenes._lessons import trace
from tests.scenes._watching import RATES, Watching, briefest_subtitle

TINY = Quality(160, 90, 10)


def _numbers(shape: tuple[int, ...], low: int, high: int) -> Any:
    return np.random.default_rng(3).integers(low, high, shape).tolist()


_FLOATS = [[0.125, -12.5, 0.5, 3.25], [1.5, 2.75, -1 / 3, 10.125], [0.1, 0.2, 0.3, 0.4], [-12.5, 0.125, 7.75, 0.001]]
ODD = {
    "wrapped": f"input = {_numbers((3, 6, 7), 0, 9)}\nkernel = {_numbers((3, 3, 3, 2), -2, 3)}\n"
    "stride = [2, 3]\npadding = [1, 0, 0, 2]\npadding_mode = 'replicate'\nhighlight = [1, 0]",
    "decimals": f"input = {[_FLOATS, _FLOATS]}\nkernel = [[[[0.125, -12.5], [-0.3333, 0.5]], [[1, 2.75], [0, 3.5]]]]",
    "pointwise": f"input = {_numbers((5, 3, 3), 0, 9)}\nkernel = {_numbers((1, 5, 1, 1), -2, 3)}",
    "flipped": f"input = {_numbers((2, 4, 4), 0, 9)}\nkernel = {_numbers((2, 2, 3, 3), -2, 3)}\nflip = true",
    "dilated": f"input = {_numbers((2, 7, 7), 0, 9)}\nkernel = {_numbers((4, 2, 3, 3), -2, 3)}\ndilation = 2",
    "single": f"input = {_numbers((3, 3, 3), 0, 9)}\nkernel = {_numbers((2, 3, 3, 3), -2, 3)}",
    "eleven": f"input = {_numbers((3, 12, 12), 0, 9)}\nkernel = {_numbers((1, 3, 11, 11), -2, 3)}",
}
USUAL = ("four-channels", "eight-channels", "colour-picture", "groups")
FILMS = [("three-channels", "en"), ("three-channels", "zh")]
FILMS += [(name, ("en", "zh")[index % 2]) for index, name in enumerate((*USUAL, *ODD))]


class Watched(Watching, MultiChannelScan):
    """The film, watched."""


Played = tuple[Trace, Film, Watched]


def lesson_of(name: str) -> Trace:
    return (
        Trace(parse_lesson(f"title = '{name}'\n[convolution]\n{ODD[name]}", name=name)) if name in ODD else trace(name)
    )


@cache
def watched(name: str, lang: str = "en") -> Played:
    lesson = lesson_of(name)
    film = rehearse(Watched, lesson, Look("dark", lang), TINY)
    return lesson, film, Watched.latest


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
    assert rehearse(MultiChannelScan, trace("three-channels"), Look(), Quality(160, 90, fps)).frames == 14 * fps


def test_subtitles_can_be_read_and_say_the_sums(played: Played) -> None:
    lesson, film, scene = played
    starts = [start for start, _ in film.cues]
    assert starts[0] == 0
    assert briefest_subtitle(film) >= READABLE
    assert film.poster_at is not None
    said = [text for start, text in film.cues if start < film.poster_at][-1]
    assert scene.look.number(lesson.highlight.value) in said
    chapters = [start for start, _ in film.chapters]
    assert chapters == sorted(set(chapters))


def test_the_digits_at_the_highlight_are_the_traces(played: Played) -> None:
    lesson, film, scene = played
    where, step, number = scene.board.layout, lesson.highlight, scene.look.number
    assert film.poster_at is not None
    texts = scene.texts_at(film.poster_at)

    def check(place: Any, values: NDArray[Any]) -> None:
        for (row, column), value in np.ndenumerate(values):
            assert texts.within(place.at(row, column))[-1:] == [number(value.item())]

    for lane in scene.board.lanes:
        if where.digits:
            check(where.planes[lane], lesson.input[lane])
        if where.weights:
            check(where.filters[lane], lesson.weights[0, lane])
        if where.products and where.precision == 4:
            check(where.grids[lane], step.products[lane])
        assert texts.within(where.sums[lane]) == [number(step.channel_sums[lane].item())]
    assert texts.said.count(number(step.value)) >= (2 if scene.board.maps.of(0).matrix.size else 1)
    if where.more:
        hidden = step.sum_over(len(where.planes))
        assert any(text.startswith("+ ") and number(hidden) in text for text in texts.said)


def test_at_last_the_maps_are_full_and_the_weights_counted(played: Played) -> None:
    lesson, _, scene = played
    texts = scene.moments[-1][1]
    for channel in scene.board.maps.shown:
        matrix = scene.board.maps.of(channel).matrix
        if isinstance(matrix, HeatMatrix) or not matrix.size:
            continue
        for (row, column), value in np.ndenumerate(lesson.output[channel]):
            assert texts.within(matrix.at(row, column)) == [scene.look.number(value.item())]
    count = f" = {scene.look.number(lesson.kernel.size)}"
    assert any(count in text for text in texts.said)


def test_the_planes_are_stacked_first_and_last_and_all_seen_in_between() -> None:
    lesson, film, scene = watched("three-channels")
    values = lesson.input[0].size
    deck, lane = scene.board.layout.input_deck.box, scene.board.layout.planes[2]
    first, last = scene.moments[0][1], scene.moments[-1][1]
    assert len(first.within(deck)) == len(last.within(deck)) == values  # the front plane's digits alone
    assert film.poster_at is not None
    assert len(scene.texts_at(film.poster_at).within(lane.span(0, 0, lane.rows, lane.columns))) == values


def test_a_group_reads_its_own_channels() -> None:
    lesson, _, scene = watched("groups", "zh")
    assert scene.look.say("multi-channel-scan.title_groups") in scene.moments[0][1].said
    assert lesson.convolution.channels(1) == slice(2, 4)
    names = [scene.look.say("common.channel", index=index) for index in (2, 3)]
    assert any(set(names) <= set(texts.said) for _, texts, _ in scene.moments)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [name for name, _ in FILMS])
def test_alt_text_has_the_numbers(name: str, lang: str) -> None:
    lesson, look = lesson_of(name), Look(lang=lang)
    text = alt(lesson, look)
    assert look.number(lesson.highlight.value) in text
    assert look.number(len(lesson.kernel)) in text
