"""Subtitles are moved apart until each can be read, and no further."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
