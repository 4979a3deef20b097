"""Subtitles are moved apart until each can be read, and no further."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes._scan_schedule import Beat, Kind
from scenes._scan_subtitles import subtitles
from scenes._subtitles import READABLE, spaced


def test_a_short_opening_takes_time_from_what_follows() -> None:
    starts = [Fraction(0), Fraction(4, 5), Fraction(4), Fraction(36, 5)]
    assert spaced(starts, Fraction(8)) == [0, Fraction(3, 2), 4, Fraction(13, 2)]


@given(st.lists(st.fractions(0, 20), min_size=1, max_size=8).map(sorted))
def test_each_stands_long_enough_and_none_moves_without_need(starts: list[Fraction]) -> None:
    end = starts[-1] + READABLE * len(starts)
    moved = spaced(starts, end)
    assert all(later - earlier >= READABLE for earlier, later in zip(moved, [*moved[1:], end], strict=True))
    assert spaced(moved, end) == moved
    assert moved[0] == starts[0]


def test_too_little_time_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"^2 subtitles do not have 1.5 s each before 2.0 s$"):
        spaced([Fraction(0), Fraction(1)], Fraction(2))


def test_a_run_too_brief_for_a_subtitle_goes_by_in_silence() -> None:
    beats = [
        Beat(Kind.INTRO, 0, 0, 1500),
        Beat(Kind.FULL, 0, 1, 1600),
        Beat(Kind.QUICK, 1, 3, 400),
        Beat(Kind.FULL, 3, 4, 1800),
        Beat(Kind.RESULT, 4, 4, 1500),
    ]
    said = subtitles(beats, lambda kind, first, last: f"{kind.name} {first}-{last}")
    texts = ["INTRO 0-0", "FULL 0-1", "", "FULL 3-4", "RESULT 4-4"]
    assert said == list(zip(map(Fraction, ("0", "1.5", "3.1", "3.5", "5.3")), texts, strict=True))
