"""Figures of signals take the page: no row of theirs is too thin to be read."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from core import AnyTrace, parse_lesson, trace_of
from core.variant import variants
from figures._page import LEAST, lettering
from figures.padding_stride import _scale, _side
from look import LANGUAGES, Look
from look.numbers import number
from tests.figures._drawings import drawing, module_of
from tests.figures._rules import breaches

FEATURE_MAP = module_of("feature_map")
KERNELS = [[[-1, 2, 1], [1, 0, 1]], [[1, 1, 1], [0, 1, 0]], [[0, 1, -1], [2, 0, -2]]]
SIGNALS = [[0, 0, 1, 4, 4, 4, 1, 0, 2], [3, 1, 0, 2, 5, 1, 0, 0, 1]]
LONG = [(at * 7) % 19 - 9 for at in range(600)]

LESSONS = {
    "one": f"input = {SIGNALS[0]}\nkernel = [-1, 2, 1]\ndilation = 2\npadding = [2, 1]",
    "several": f"input = {SIGNALS}\nkernel = {KERNELS}\npadding = 1\nbias = [0, 10, -3]",
    "many": f"input = {SIGNALS * 3}\nkernel = {[KERNELS[0] * 3] * 10}\nbias = 4",
    "pooled": f"op = 'max_pool'\ninput = {SIGNALS[0]}\nkernel_size = 3\nceil_mode = true\nstride = 2\npadding = 1",
    "transposed": "op = 'conv_transpose'\ninput = [1, -2, 3]\nkernel = [1, 2, 1]\nstride = 2\nbias = 1",
    "long": f"input = {LONG}\nkernel = [1, 0, -1]\npadding = 40\ndilation = 5",
}


def trace_named(name: str) -> AnyTrace:
    return trace_of(parse_lesson(f"title = 'x'\n[convolution]\n{LESSONS[name]}", name=name))


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_feature_maps_of_signals_keep_the_rules(name: str, lang: str) -> None:
    assert breaches(drawing(FEATURE_MAP.draw, trace_named(name), Look("light", lang)), "feature_map") == []  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["one", "several", "many", "pooled", "transposed"])
def test_every_value_of_a_signal_and_its_maps_can_be_read(name: str) -> None:
    trace = trace_named(name)
    page = Figure()
    FEATURE_MAP.draw(trace, page, Look())
    shown = [text for text in lettering(page) if text.within]
    values = [*trace.input[:3].ravel().tolist(), *trace.output[:8].ravel().tolist()]  # type: ignore[union-attr]
    said = [text.content for text in shown]
    for value in {*values}:
        assert said.count(number(value)) >= values.count(value)
    assert min(text.size for text in shown) >= LEAST


def test_the_settings_of_a_signal_are_drawn_in_large_cells() -> None:
    for name, least in (("one", 20.0), ("several", 20.0)):
        shown = [variant for row in variants(trace_named(name).convolution) for variant in row]  # type: ignore[union-attr]
        cell, (wide, across) = _scale(shown, 284.0, 120.0, stacked=True)
        assert cell >= least
        assert max(wide, across) <= 284.0


def test_wide_inputs_stand_over_their_outputs_and_square_ones_beside() -> None:
    for rows, cols, stacked in ((2, 30, True), (1, 12, True), (6, 6, False), (30, 2, False)):
        text = f"title = 'x'\n[convolution]\ninput = {[[1] * cols] * rows}\nkernel = [[1]]"
        shown = [variant for row in variants(parse_lesson(text, name="x").convolution) for variant in row]  # type: ignore[arg-type]
        sides = {way: _side(shown, 284.0, 120.0, stacked=way) for way in (True, False)}
        assert (sides[True] > sides[False]) == stacked


def test_a_side_and_its_padding_share_a_line() -> None:
    shown = drawing(module_of("padding_stride").draw, trace_named("one"), Look()).texts  # type: ignore[arg-type]
    named = [text.content or "" for text in shown if "left" in (text.content or "")]
    assert named == ["padding left\N{NO-BREAK SPACE}2, right\N{NO-BREAK SPACE}1"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_only_the_padding_repeats_is_told_beside_what_is_unread(lang: str) -> None:
    look, module = Look("light", lang), module_of("output_size")
    setting = "input = [3, 1, 4, 1, 5, 9, 2, 6, 5]\nkernel = [1, -2, 3]\ndilation = 2\nstride = 2\npadding = [1, 3]"
    for mode, count in (("circular", 3), ("zeros", 0)):
        text = f"title = 'x'\n[convolution]\n{setting}\npadding_mode = '{mode}'"
        trace = trace_of(parse_lesson(text, name="copies"))
        seen = drawing(module.draw, trace, look)  # type: ignore[arg-type]
        assert breaches(seen, "output_size") == []
        told = look.say("output-size.copies", count=count)
        assert [text.content for text in seen.texts].count(told) == (count > 0)
        assert (look.say("output-size.alt_copies", told="", counts=count).strip() in module.alt(trace, look)) == (
            count > 0
        )


@pytest.mark.parametrize("name", ["one", "several", "transposed"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_mixed_signals_stand_in_lines_of_large_cells(name: str, lang: str) -> None:
    trace, look = trace_named(name), Look("light", lang)
    seen = drawing(module_of("channel_mixing").draw, trace, look)  # type: ignore[arg-type]
    assert breaches(seen, "channel_mixing", cut=True) == []
    cells = [text for text in seen.texts if text.within]
    step = trace.highlight
    maps = trace.channel_maps(step.channel)  # type: ignore[union-attr]
    for values in (trace.input, maps, trace.output[step.channel]):  # type: ignore[union-attr]
        said = [text.content for text in cells if text.size >= 18]
        for value in values.ravel().tolist():
            assert number(value) in said


@pytest.mark.parametrize("layout", ["rows", "columns"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_signal_stands_over_its_matrix(layout: str, lang: str) -> None:
    for name in ("one", "several"):
        text = f"title = 'x'\n[convolution]\n{LESSONS[name]}\nim2col_layout = '{layout}'"
        trace = trace_of(parse_lesson(text, name=name))
        seen = drawing(module_of("im2col_layout").draw, trace, Look("light", lang))  # type: ignore[arg-type]
        assert breaches(seen, "im2col_layout", cut=True) == []
        heights = [text.within[3] - text.within[1] for text in seen.texts if text.within]
        assert max(heights) >= 50
        assert min(heights) >= 24


@pytest.mark.parametrize("name", ["several", "many"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sum_of_signals_is_calculated_in_lines_of_large_cells(name: str, lang: str) -> None:
    trace, look = trace_named(name), Look("light", lang)
    seen = drawing(module_of("hand_calculation").draw, trace, look)  # type: ignore[arg-type]
    assert breaches(seen, "hand_calculation", cut=True) == []
    cells = [text.content for text in seen.texts if text.within and text.size >= 20]
    step = trace.highlight
    for values in (trace.input[:3], step.patch[:3], step.weights[:3], step.channel_sums[:3]):  # type: ignore[union-attr]
        assert {number(value) for value in values.ravel().tolist()} <= {*cells}
    assert cells.count(number(step.value)) >= 1
