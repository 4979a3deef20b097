"""The film of pools: ten seconds, every digit the trace's, the winner where it stood, no text in the way."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core import AveragePoolTrace, MaxPoolTrace
from look import Look, pool_phrases
from look.pool_phrases import NOTHING, pool_runs, spoken_pool
from pipeline.film import Film, Quality, rehearse, render_film
from scenes import _pool_words as words
from scenes._heat import MOST_CELLS
from scenes._ink import WIDTH
from scenes._lattice import Lattice
from scenes._pool_board import second_map
from scenes._pool_layout import pool_layout
from scenes._scan_layout import BOTTOM, LARGEST, MARGIN, TOP
from scenes._subtitles import READABLE
from scenes.pooling_scan import PoolingScan, alt
from tests.scenes._operations import POOLS, films, read
from tests.scenes._watching import RATES, Watching, briefest_subtitle, numbers, shown

TINY = Quality(160, 90, 10)
SHIPPED = ("max-pooling", "average-pooling")


class Watched(Watching, PoolingScan):
    """The film, watched."""


Played = tuple[Any, Film, Watched]


@cache
def watched(name: str, lang: str = "en") -> Played:
    lesson = read(name, POOLS.get(name))
    film = rehearse(Watched, lesson, Look("dark", lang), TINY)
    return lesson, film, Watched.latest


@pytest.fixture(scope="module", params=films(SHIPPED, POOLS), ids="-".join)
def played(request: pytest.FixtureRequest) -> Played:
    """Every film; all that is tested of one is tested before the next is played."""
    return watched(*request.param)


def test_it_lasts_ten_seconds_and_no_text_is_in_the_way(played: Played) -> None:
    _, film, scene = played
    assert film.duration == 10
    assert scene.faults == []


@pytest.mark.parametrize("fps", RATES)
def test_it_lasts_ten_seconds_at_every_rate(fps: int) -> None:
    assert rehearse(PoolingScan, read("max-pooling"), Look(), Quality(160, 90, fps)).frames == 10 * fps


def test_the_digits_are_those_of_the_trace(played: Played) -> None:
    lesson, film, scene = played
    layout = scene.board.layout
    first, last = scene.moments[0][1], scene.moments[-1][1]
    if layout.digits:
        assert shown(first, layout.plane, lesson.input[0]) == numbers(scene.look, lesson.input[0])
    assert all(texts == [] for texts in shown(first, layout.maps[0], lesson.output[0]))
    if scene.board.map.matrix.size:
        assert shown(last, layout.maps[0], lesson.output[0]) == numbers(scene.look, lesson.output[0])
    if scene.board.second is not None:
        wanted = lesson.winners[0] if isinstance(lesson, MaxPoolTrace) else lesson.divisors
        assert shown(last, layout.maps[1], wanted) == numbers(scene.look, wanted)
    assert film.poster_at is not None
    best, step = scene.texts_at(film.poster_at), lesson.highlight
    if layout.values:
        for row, col in np.ndindex(*step.inside.shape):
            text = scene.look.number(step.patch[0, row, col].item()) if step.inside[row, col] else NOTHING
            if isinstance(lesson, AveragePoolTrace) and not step.counted[row, col]:
                assert best.within(layout.panel.at(row, col)) == []
            else:
                assert text in best.within(layout.panel.at(row, col))
    assert scene.look.number(step.value) in best.said


def test_the_second_map_is_what_is_worth_knowing() -> None:
    assert np.array_equal(second_map(read("max-pooling")), read("max-pooling").winners[0])
    assert np.array_equal(second_map(read("average-pooling")), [[4, 6, 4], [6, 9, 6], [4, 6, 4]])
    assert second_map(read("global", POOLS["global"])) is None


@pytest.mark.parametrize(
    ("name", "row", "col", "text"),
    [
        ("max-pooling", 1, 2, "max(8, 1, 8, 3) = 8"),
        ("average-pooling", 0, 0, "(1 + 3 + 2 + 6) / 4 = 3"),
        ("average-pooling", 1, 1, "(6 + 7 + 6 + 8 + 9 + 8 + 6 + 7 + 6) / 9 = 7"),
    ],
)
def test_what_a_window_comes_to_is_written_out(name: str, row: int, col: int, text: str) -> None:
    assert spoken_pool(read(name).step_at(row, col)) == text


def test_of_a_long_sum_the_first_terms_are_written_and_always_the_winner() -> None:
    step = read("global-picture", POOLS["global-picture"]).highlight
    runs = pool_runs(step, most=4)
    assert [text for text, role in runs if role == "output"] == [Look.number(step.value)]
    assert ", …" in [text for text, _ in runs]
    mean = read("global", POOLS["global"]).highlight
    first = [Look.number(value) for value in mean.patch.ravel()[:3].tolist()]
    assert "".join(text for text, _ in pool_runs(mean, most=3)).startswith(f"({' + '.join(first)} + …) / 49 ")


def test_padding_never_wins_and_the_sum_says_so() -> None:
    step = read("holes", POOLS["holes"]).steps[0]
    assert spoken_pool(step).startswith(f"max({NOTHING}, {NOTHING}, {NOTHING}, ")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_foot_says_who_won_that_ties_go_to_the_first_and_what_counts(lang: str) -> None:
    lesson, _, scene = watched("max-pooling", lang)
    step, look = lesson.highlight, scene.look
    said = {text for _, texts, _ in scene.moments for text in texts.said}
    won = look.say("pooling-scan.winner", row=step.winner[0], col=step.winner[1], index=step.winner_index)
    assert won in said
    assert any(look.say("pooling-scan.tie") in text for text in said)
    _, _, scene = watched("average-pooling", lang)
    said = {text for _, texts, _ in scene.moments for text in texts.said}
    assert scene.look.say("pooling-scan.some_count", padding=5, cells=9, count=4) in said


def test_what_ceil_mode_reaches_and_what_nobody_reads_is_stated() -> None:
    for name, key in (("ceil", "pooling-scan.overhang"), ("unread", "convolution-scan.unread")):
        _, _, scene = watched(name, films((), POOLS)[list(POOLS).index(name)][1])
        assert any(scene.look.say(key) in text for text in scene.moments[-1][1].said)


def test_the_foot_tells_of_the_step_that_is_shown(played: Played) -> None:
    lesson, _, scene = played
    feet: dict[str, set[str]] = {}
    for step in lesson.steps[: lesson.output[0].size] if lesson.output[0].size < 100 else ():
        *before, _ = pool_runs(step, most=scene.board._most)
        feet.setdefault("".join(text for text, _ in before), set()).add(words.foot(step, scene.look))
    assert scene.mistold(feet) == []
    read = [said for said in scene.said if any(text in feet for text in said)]
    assert read or not feet


@pytest.mark.parametrize("kind", ["max_pool", "avg_pool"])
@pytest.mark.parametrize("count", [1, 5, 12, 40, 500])
@pytest.mark.parametrize("maps", [1, 2])
def test_a_signal_takes_the_width_of_the_page(kind: str, count: int, maps: int) -> None:
    lesson: Any = read(f"{kind}-{count}", f"op = '{kind}'\ninput = {[*range(count)]}\nkernel_size = {min(3, count)}")
    where = pool_layout(lesson, maps)
    room = WIDTH - 2 * MARGIN
    assert where.plane.cell == min(LARGEST, room / count) or count > MOST_CELLS
    boxes = [place.span(0, 0, place.rows, place.columns) for place in (where.plane, where.panel, *where.maps)]
    for left, top, right, bottom in boxes:
        assert MARGIN - 2 <= left < right <= WIDTH - MARGIN + 2
        assert TOP - 2 <= top < bottom <= BOTTOM + 2
    assert boxes[0][3] + 80 <= boxes[1][1]
    assert all(boxes[1][3] + 80 <= box[1] for box in boxes[2:])
    assert all(one[2] < other[0] for one, other in pairwise(boxes[2:]))


def test_subtitles_can_be_read(played: Played) -> None:
    lesson, film, scene = played
    starts = [start for start, _ in film.cues]
    assert starts[0] == 0
    assert briefest_subtitle(film) >= READABLE
    assert any(scene.look.number(lesson.highlight.value) in text for _, text in film.cues)
    assert len({text for _, text in film.chapters}) == len(film.chapters)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [*SHIPPED, *POOLS])
def test_alt_text_has_the_numbers(name: str, lang: str) -> None:
    lesson: Any = read(name, POOLS.get(name))
    text = alt(lesson, Look(lang=lang))
    assert spoken_pool(lesson.highlight) in text
    assert "{" not in text


@pytest.mark.parametrize("name", ["max-pooling", "average-pooling", "picture"])
def test_it_really_renders(name: str, tmp_path: Any) -> None:
    files = {"gif": tmp_path / "a.gif", "png": tmp_path / "a.png"}
    film = render_film(PoolingScan, read(name, POOLS.get(name)), Look("light", "zh"), TINY, files)
    assert film.frames == 100
    assert all(path.stat().st_size > 1000 for path in files.values())


def _work(side: int, kind: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many numbers are written and cells placed in the film of a global pool of a plane of that side."""
    cells = np.ones((side, side), int).tolist()
    lesson = read(f"{kind}-{side}", f"op = '{kind}'\ninput = {cells}\nkernel_size = 'global'")
    calls = []
    at, written = Lattice.at, pool_phrases.number
    monkeypatch.setattr(Lattice, "at", lambda *where: calls.append(1) or at(*where))
    monkeypatch.setattr(pool_phrases, "number", lambda value: calls.append(1) or written(value))
    rehearse(PoolingScan, lesson, Look(), Quality(160, 90, 2))
    monkeypatch.undo()
    return len(calls)


@pytest.mark.parametrize("kind", ["max_pool", "avg_pool"])
def test_a_window_of_many_cells_takes_no_more_work_than_one_of_few(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (_work(side, kind, monkeypatch) for side in (30, 300))
    assert large <= 1.2 * small
