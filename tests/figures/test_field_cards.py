"""Receptive-field share cards give their planes the room there is: paths can be read, and what is cut is said to be."""

from __future__ import annotations

import numpy as np
import pytest

from core import Trace, parse_lesson
from figures import share_card_receptive_field
from look import LANGUAGES, Look
from look.numbers import number, size
from tests.figures._drawings import drawing
from tests.figures._rules import breaches

LESSONS = {
    "signal": "input = [0, 0, 1, 4, 4, 4, 1, 0, 2]\nkernel = [-1, 2, 1]\ndilation = 2\npadding = [2, 1]",
    "apart": f"input = {[[[1] * 7] * 5] * 2}\nkernel = [[[[1, 0, -1]]], [[[2, 1, -1]]]]\ngroups = 2\n"
    "dilation = [1, 2]\npadding = [1, 2, 0, 1]\nstride = [2, 1]",
    "large": f"input = {[[1] * 40] * 30}\nkernel = {[[1] * 3] * 3}",
    "full": f"input = {[[1] * 5] * 5}\nkernel = {[[1] * 3] * 3}\npadding = 'full'",
}


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_paths_of_a_card_can_be_read(name: str, lang: str) -> None:
    trace, look = Trace(parse_lesson(f"title = 'x'\n[convolution]\n{LESSONS[name]}", name=name)), Look("dark", lang)
    seen = drawing(share_card_receptive_field.draw, trace, look)
    assert breaches(seen, "share_card_receptive_field", cut=True) == []
    digits = [text.content for text in seen.texts if text.within]
    for paths in np.unique(trace.field.paths[trace.field.mask(0)]).tolist():
        assert digits.count(number(paths)) >= (trace.field.paths == paths)[trace.field.mask(0)].sum()
    whole = trace.input.shape[-1:] if trace.windowed.line else trace.input.shape[-2:]
    (told,) = [text.content or "" for text in seen.texts if size(*whole) in (text.content or "") and not text.within][
        :1
    ]
    part = look.say("share-card-im2col.part", whole="").strip()
    assert (part in told) == (name == "large")
