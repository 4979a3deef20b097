"""Sentences that pictures share: what they say of the lesson, in both languages."""

from __future__ import annotations

import pytest

from core import parse_lesson, trace_of
from look import Look
from look.phrases import conventions, sides

ENGLISH, CHINESE = Look("light", "en"), Look("light", "zh")


@pytest.mark.parametrize(
    ("padding", "line", "english", "chinese"),
    [
        ((2, 2, 2, 2), False, "2", "2"),
        ((1, 2, 1, 2), False, "1×2", "1×2"),
        ((1, 0, 2, 1), False, "top 1, left 0, bottom 2, right 1", "上 1、左 0、下 2、右 1"),
        ((1, 1, 1, 2), False, "top 1, left 1, bottom 1, right 2", "上 1、左 1、下 1、右 2"),
        ((0, 3, 0, 3), True, "3", "3"),
        ((0, 1, 0, 2), True, "left 1, right 2", "左 1、右 2"),
    ],
)
def test_four_paddings_are_never_told_without_their_sides(
    padding: tuple[int, int, int, int], line: bool, english: str, chinese: str
) -> None:
    assert sides(padding, ENGLISH, line=line) == english
    assert sides(padding, CHINESE, line=line) == chinese


def test_the_conventions_name_the_sides_and_the_mode() -> None:
    settings = "padding = [1, 0, 2, 1]\npadding_mode = 'replicate'"
    text = f"title = 'x'\n[convolution]\ninput = {[[1] * 4] * 4}\nkernel = [[1]]\n{settings}"
    trace = trace_of(parse_lesson(text, name="x"))
    assert "padding top 1, left 0, bottom 2, right 1 (replicate)" in conventions(trace, ENGLISH)
    assert "填充 上 1、左 0、下 2、右 1（复制边缘）" in conventions(trace, CHINESE)
