"""The cost of im2col in pictures: what is written is what core counts, and a bar's length is its factor."""

from __future__ import annotations

from math import log2

import pytest

from core import load_lesson, parse_lesson, trace_of
from core.patch_cost import KNOWN_LAYERS, cost_of, other_costs
from figures._byte_bars import Scale, in_bytes
from figures.im2col_memory import alt, draw
from look import LANGUAGES, Look
from look.numbers import factor
from tests._shipped import LESSONS as FOLDER
from tests._shipped import lessons_with
from tests.figures._drawings import drawing
from tests.figures._rules import breaches

LESSONS = ("article", "three-channels", *lessons_with("pooling", "plane"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LESSONS)
def test_every_size_and_factor_is_written(name: str, lang: str) -> None:
    look, trace = Look("light", lang), trace_of(load_lesson(FOLDER / f"{name}.toml"))
    seen = drawing(draw, trace, look)
    assert breaches(seen, "im2col_memory", cut=True) == []
    said = [text.content for text in seen.texts]
    own = cost_of(trace.windowed)
    for count in (own.input_bytes, own.matrix_bytes):
        assert sum(str(text).endswith(in_bytes(count)) for text in said) >= 1
    for known in KNOWN_LAYERS:
        assert in_bytes(known.cost.input_bytes) in said
        assert in_bytes(known.cost.matrix_bytes) in said
        assert f"×{factor(known.cost.blow_up)}" in said
    others = [other.cost for row in other_costs(trace.windowed) for other in row]
    for cost in others:
        if cost.fits:
            assert f"×{factor(cost.blow_up)}" in said
    assert said.count(look.say("im2col-memory.no_window")) == sum(not cost.fits for cost in others)
    told = alt(trace, look)
    assert f"×{factor(trace.im2col.blow_up)}" in told
    assert in_bytes(own.matrix_bytes) in told


def test_bytes_are_told_in_units_that_keep_them_short() -> None:
    assert [in_bytes(count) for count in (1, 1023, 1024, 12845056, 3 << 30)] == [
        "1 B",
        "1023 B",
        "1 KiB",
        "12.2 MiB",
        "3 GiB",
    ]


def test_equal_lengths_are_equal_factors() -> None:
    scale = Scale(10, 30, 100.0, 500.0)
    assert (scale.x(1 << 10), scale.x(1 << 30)) == (100.0, 500.0)
    for start in (3000, 50_000, 7_000_000):
        assert scale.x(9 * start) - scale.x(start) == pytest.approx(log2(9) * 20)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_stride_of_two_numbers_is_not_cut(lang: str) -> None:
    text = f"title = 'x'\n[convolution]\ninput = {[[1] * 9] * 9}\nkernel = [[1, 2, 3], [4, 5, 6]]\nstride = [1, 2]"
    seen = drawing(draw, trace_of(parse_lesson(text, name="x")), Look("light", lang))
    assert breaches(seen, "im2col_memory", cut=True) == []
    assert sum((text.content or "").endswith("1×2") for text in seen.texts) == 1
