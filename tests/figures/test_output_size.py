"""The output-size formula is as large for columns as for rows, whatever stands below it."""

from __future__ import annotations

import pytest

from core import parse_lesson, trace_of
from figures import output_size
from look import LANGUAGES, Look
from tests.figures._drawings import drawing
from tests.figures._rules import breaches

LESSONS = {  # each with more to explain of one axis than of the other
    "unread": "kernel = [[1, 2, 0, 1], [0, 1, 1, 2]]\nstride = [2, 3]",
    "ceil": "op = 'avg_pool'\nkernel_size = [3, 2]\nstride = [2, 3]\npadding = 1\nceil_mode = true",
    "sides": "kernel = [[1, 0, 1], [2, 1, 0], [0, 1, 1]]\npadding = [2, 1, 0, 1]\npadding_mode = 'reflect'",
    "dilated": "kernel = [[1, 0, 1], [2, 1, 0]]\ndilation = [1, 2]\nstride = [2, 3]\npadding = [2, 1, 0, 1]",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LESSONS)
def test_both_axes_have_formulas_of_one_size(name: str, lang: str) -> None:
    look = Look("light", lang)
    text = f"title = 'x'\n[convolution]\ninput = {[[3, 1, 4, 1, 5, 9, 2, 6]] * 6}\n{LESSONS[name]}"
    seen = drawing(output_size.draw, trace_of(parse_lesson(text, name=name)), look)
    assert breaches(seen, "output_size", cut=True) == []
    opening = f"{look.say('common.formula.out')} = "
    rows, columns = (line for line in seen.texts if (line.content or "").startswith(opening))
    assert rows.size == columns.size >= 17  # the letters of a fraction are smaller
