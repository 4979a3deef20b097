"""The table of the guide's cases: every case once, with the sizes that core computes, the lesson's own marked."""

from __future__ import annotations

import pytest

from core.guide_case import CASES
from look import LANGUAGES, Look
from look.numbers import size
from tests.figures._drawings import drawing, module_of
from tests.figures.test_other_lessons import trace_named

TABLE = module_of("arithmetic_table")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_case_has_its_name_its_settings_and_its_output(lang: str) -> None:
    look = Look("light", lang)
    texts = [text.content for text in drawing(TABLE.draw, trace_named("dilation"), look).texts]
    sizes = [text for text in texts if "×" in text]
    assert sizes == [size(*case.windowed.output_size) for case in CASES]
    assert sum(text.startswith(("i 2", "i 3", "i 4", "i 5", "i 6", "i 7")) for text in texts) == len(CASES)
    assert f"i {CASES[-1].size} · k {CASES[-1].kernel} · s 2 · p 1 · a 1" in texts
    assert texts.count(look.say("common.setting.own")) == 1


def test_another_lesson_marks_another_case() -> None:
    first, second = (
        drawing(TABLE.draw, trace_named(name), Look()) for name in ("dilation", "padding_strides_odd_transposed")
    )
    mark = Look().say("common.setting.own")
    places = [next(text.extent for text in seen.texts if text.content == mark) for seen in (first, second)]
    assert places[0] != places[1]


def test_the_alt_text_names_the_lessons_case() -> None:
    said = TABLE.alt(trace_named("padding_strides_odd"), Look())
    assert said.endswith("The lesson is padding, strides, one cell over: 6×6 to 3×3.")
