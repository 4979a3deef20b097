"""What channel-mixing says of grouped filters, and of weights that its sum leaves out."""

from __future__ import annotations

import pytest

from core import Trace, parse_lesson
from figures import channel_mixing
from look import LANGUAGES, Look
from look.extents import place_in_output
from look.numbers import size
from look.phrases import spoken_sum
from tests.figures._drawings import drawing
from tests.figures._rules import breaches

PLANES = [[[1, 2, 0], [0, 1, 3]], [[3, 0, 1], [1, 1, 0]], [[2, 2, 0], [1, 0, 5]], [[0, 1, 1], [4, 0, 0]]]


def trace_of(kernel: object, settings: str = "") -> Trace:
    return Trace(parse_lesson(f"title = 'x'\n[convolution]\ninput = {PLANES}\nkernel = {kernel}\n{settings}", name="x"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("groups", "read"), [(4, 1), (2, 2)])
def test_a_group_reads_some_of_the_channels(groups: int, read: int, lang: str) -> None:
    trace, look = trace_of([[[[1, -1]]] * read] * 4, f"groups = {groups}"), Look("dark", lang)
    seen = drawing(channel_mixing.draw, trace, look)
    said = [text.content or "" for text in seen.texts]
    told = look.say("channel-mixing.group", read=read, channels=4, filters=4)
    assert any(text.startswith(told) for text in said)
    assert not any(look.say("channel-mixing.one") in text for text in said)
    assert any(size(*trace.input.shape) in text for text in said)
    words = look.say(
        "channel-mixing.alt.group",
        filter=0,
        read=read,
        channels=4,
        kernel=size(1, 2),
        place=place_in_output(trace.highlight, look),
        sum=spoken_sum(trace.highlight, look),
    )
    assert channel_mixing.alt(trace, look) == words
    assert breaches(seen, "channel_mixing", cut=True) == []


def test_all_channels_are_no_group() -> None:
    look = Look()
    said = [text.content or "" for text in drawing(channel_mixing.draw, trace_of([[[[1]]] * 4]), look).texts]
    assert any(text.startswith(look.say("channel-mixing.many", channels=4, filters=1)) for text in said)


@pytest.mark.parametrize(("weights", "told"), [([1, 0, -1], True), ([1, 2, -1], False)])
def test_weights_that_the_sum_leaves_out_are_told(weights: list[int], told: bool) -> None:
    look = Look()
    trace = trace_of([[[weights]]] * 4, "groups = 4")
    said = [text.content or "" for text in drawing(channel_mixing.draw, trace, look).texts]
    assert any(look.say("common.conventions.zero_weights") in text for text in said) == told
