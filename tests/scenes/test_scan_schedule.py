"""How the scan's eight seconds are shared out, and how a sweep covers many steps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes._scan_schedule import EDGE, SECONDS, Kind, run_beats, schedule
from scenes._scan_sweep import SHORTEST, passes

FLASHES = 3  # a second, at the most; a flash is a change and the change back


@st.composite
def scans(draw: st.DrawFn) -> tuple[int, int]:
    count = draw(st.one_of(st.integers(1, 40), st.integers(1, 1 << 22)))
    return count, draw(st.integers(0, count - 1))


@given(scans())
def test_beats_fill_eight_seconds_and_cover_every_step_once_in_order(scan: tuple[int, int]) -> None:
    count, highlight = scan
    beats = schedule(count, highlight)
    assert sum(beat.milliseconds for beat in beats) == SECONDS * 1000
    assert all(beat.milliseconds > 0 for beat in beats)
    assert (beats[0].kind, beats[0].milliseconds) == (Kind.INTRO, EDGE)
    assert (beats[-1].kind, beats[-1].milliseconds) == (Kind.RESULT, EDGE)
    at = 0
    for beat in beats[1:-1]:
        assert beat.first == at < beat.last
        assert beat.last - beat.first == 1 or beat.kind is Kind.SWEEP
        at = beat.last
    assert at == count
    assert [beat.first for beat in beats if beat.kind is Kind.FULL] == sorted({0, highlight})


@given(scans())
def test_what_is_quick_can_be_seen_and_does_not_flash(scan: tuple[int, int]) -> None:
    beats = schedule(*scan)
    for beat in beats:
        if beat.kind is Kind.QUICK:
            assert 2 * beat.milliseconds * FLASHES >= 1000
        if beat.kind is Kind.SWEEP:
            assert beat.milliseconds >= 2 * SHORTEST
        if beat.kind is Kind.FULL:
            assert beat.milliseconds >= 1500
    assert len({beat.milliseconds for beat in beats if beat.kind is Kind.QUICK}) <= 1
    assert len(beats) <= 20


def test_the_article_is_slow_twice_and_even_between() -> None:
    beats = schedule(9, 4)
    kinds = [beat.kind for beat in beats[1:-1]]
    assert kinds == [Kind.FULL, *[Kind.QUICK] * 3, Kind.FULL, *[Kind.QUICK] * 4]


@pytest.mark.parametrize(("count", "highlight"), [(0, 0), (9, 9), (9, -1)])
def test_the_highlight_is_one_of_the_steps(count: int, highlight: int) -> None:
    with pytest.raises(ValueError, match=f"step {highlight} of {count}"):
        schedule(count, highlight)


@given(st.integers(0, 5000), st.integers(1, 3000), st.integers(300, 6000))
def test_a_run_has_all_its_steps_once_in_its_time(first: int, count: int, milliseconds: int) -> None:
    beats = run_beats(first, first + count, milliseconds)
    assert beats[0].first == first
    assert beats[-1].last == first + count
    assert all(one.last == other.first for one, other in pairwise(beats))
    assert sum(beat.milliseconds for beat in beats) == milliseconds
    assert min(beat.milliseconds for beat in beats) > 0
    assert all(beat.last - beat.first == 1 for beat in beats if beat.kind is Kind.QUICK)


@given(st.integers(1, 700), st.integers(0, 5000), st.integers(1, 5000), st.integers(200, 3500))
def test_passes_cover_a_sweep_once_in_order(columns: int, first: int, steps: int, milliseconds: int) -> None:
    last = first + steps
    runs = passes(first, last, columns, milliseconds)
    assert runs[0].first == first
    assert runs[-1].last == last
    assert all(one.last == other.first for one, other in pairwise(runs))
    for run in runs:
        assert run.first <= run.start <= run.stop < run.last
        assert run.start // columns == run.stop // columns
        assert run.weight >= 1
    assert len(runs) <= max(1, milliseconds // SHORTEST)


def test_a_sweep_with_time_enough_runs_along_every_row() -> None:
    runs = passes(4, 40, 10, 1000)
    assert [(run.start, run.stop) for run in runs] == [(4, 9), (10, 19), (20, 29), (30, 39)]
