"""The calculation by hand of signals, wide planes and groups: the input has digits, and what is read of it is named."""

from __future__ import annotations

import pytest

from core import AnyTrace, parse_lesson, trace_of
from look import LANGUAGES, Look
from look.numbers import number
from tests.figures._drawings import drawing, module_of
from tests.figures._rules import breaches

FIGURE = module_of("hand_calculation")
SIGNAL = [0, 0, 13, 14, 14, 14, 13, 0, 12]
GROUPS = [[[(row * 7 + col + plane) % 5 for col in range(7)] for row in range(5)] for plane in range(2)]

LESSONS = {
    "signal": f"input = {SIGNAL}\nkernel = [-1, 2, 1]\ndilation = 2\npadding = [2, 1]",
    "signal-bias": f"input = {SIGNAL}\nkernel = [-1, 2, 1]\nbias = 0.5\nhighlight = 6",
    "transposed": "op = 'conv_transpose'\ninput = [[11, 12, 13], [14, 15, 16]]\nkernel = [[1, 2, 1], [3, 0, -1]]\n"
    "stride = [2, 3]\npadding = [0, 1, 1, 0]\noutput_padding = [1, 2]",
    "groups": f"input = {GROUPS}\nkernel = [[[[1, 0, -1]]], [[[2, 1, -1]]]]\ngroups = 2\ndilation = [1, 2]\n"
    "padding = [1, 2, 0, 1]\nstride = [2, 1]\nhighlight = [1, 1]",
    "full": f"input = {[[10 + row * 5 + col for col in range(5)] for row in range(5)]}\n"
    "kernel = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]\npadding = 2",
}


def trace_named(name: str) -> AnyTrace:
    return trace_of(parse_lesson(f"title = 'x'\n[convolution]\n{LESSONS[name]}", name=name))


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_input_has_its_digits_and_the_page_keeps_the_rules(name: str, lang: str) -> None:
    trace = trace_named(name)
    seen = drawing(FIGURE.draw, trace, Look("light", lang))  # type: ignore[arg-type]
    assert breaches(seen, "hand_calculation") == []
    said = [text.content for text in seen.texts]
    channel = trace.windowed.channels(trace.highlight.channel).start  # type: ignore[union-attr]
    for value in trace.input[channel].ravel().tolist():
        assert number(value) in said


def test_of_groups_the_whole_input_and_the_channel_that_is_read_are_named() -> None:
    said = [text.content for text in drawing(FIGURE.draw, trace_named("groups"), Look("dark", "en")).texts]  # type: ignore[arg-type]
    assert "input 2×5×7" in said
    assert any("filter 0" in text and "reads channel 0 of the 2" in text for text in said if text)


def test_a_transposed_calculation_says_which_view_it_is() -> None:
    look = Look("dark", "en")
    said = [text.content for text in drawing(FIGURE.draw, trace_named("transposed"), look).texts]  # type: ignore[arg-type]
    assert any(look.say("common.conventions.gather") in text for text in said if text)
