"""The film of the padding modes: every border cell comes from where core says, and its numbers are the trace's."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from core import Trace, parse_lesson
from core.mode_variant import border_step, mode_variants
from core.padding import PADDING_MODES
from look import Look
from pipeline.film import Film, Quality, rehearse
from scenes._ink import SMALL
from scenes._mode_layout import BOTTOM, TOP, panel_places
from scenes._mode_panel import ModePanel
from scenes.padding_modes import PaddingModes, alt
from tests._shipped import shipped
from tests.scenes._lessons import trace as unusual
from tests.scenes._overlap import letterings
from tests.scenes._watching import Watching

LESSONS = {
    "signal": "input = [3, 1, 4, 1, 5, 9, 2]\nkernel = [1, -2, 1]\npadding = 3\npadding_mode = 'circular'",
    "narrow": "input = [[1, 2, 3], [4, 5, 6]]\nkernel = [[1, 2, 1], [0.5, 1, 0]]\npadding = [2, 1, 3, 4]",
    "colours": f"input = {[[[1, 2, 3, 4, 5]] * 3] * 2}\nkernel = [[[[1, 2]], [[3, 4]]]]\npadding = [0, 1]",
    "tall": f"input = {[[at] for at in range(12)]}\nkernel = [[1], [1]]\npadding = [2, 0]\npadding_mode = 'reflect'\n"
    "highlight = [6, 0]",
}
NAMES = ("padding-modes", *LESSONS, "far-padding", "eight-channels")
LOOKS = {name: (Look("dark", "en"), Look("light", "zh"))[at % 2] for at, name in enumerate(NAMES)}
TINY = Quality(160, 90, 4)


@cache
def trace_named(name: str) -> Trace:
    if name in LESSONS:
        return Trace(parse_lesson(f"title = '{name}'\n[convolution]\n{LESSONS[name]}", name=name))
    lesson = shipped().get(name)
    return Trace(lesson) if lesson else unusual(name)  # type: ignore[arg-type]


class Watched(Watching, PaddingModes):
    """The film, watched."""


@cache
def watched(name: str) -> tuple[Film, Watched]:
    """The film and its scene."""
    film = rehearse(Watched, trace_named(name), LOOKS[name], TINY)
    return film, Watched.latest


@pytest.mark.parametrize("name", NAMES)
def test_it_plays_twelve_seconds_and_its_texts_are_in_their_place(name: str) -> None:
    film, scene = watched(name)
    assert film.duration == 12
    assert scene.faults == []
    assert not [text for text in scene.moments[-1][1].said if text.endswith("…")]
    starts = [start for start, _ in film.cues] + [film.duration]
    assert min(after - before for before, after in pairwise(starts)) >= 1.5


@pytest.mark.parametrize("name", NAMES)
def test_the_last_frame_says_what_each_mode_gives(name: str) -> None:
    trace, look = trace_named(name), LOOKS[name]
    last = watched(name)[1].moments[-1][1].said
    step = border_step(trace)
    values = [
        look.number(variant.trace.step_at(step.row, step.col).value)
        for variant in mode_variants(trace)
        if variant.trace
    ]
    assert [text.partition(" = ")[2] for text in last if text.startswith("(") and " = " in text] == values
    assert all(value in alt(trace, look) for value in values)


def test_the_sum_under_a_mode_is_as_large_as_the_rule_over_it() -> None:
    _, scene = watched("padding-modes")
    sums = [text.size for text in letterings(scene.mobjects) if text.content.count("·") > 1 and "=" in text.content]
    assert len(sums) == len(PADDING_MODES)
    assert min(sums) >= SMALL


@pytest.mark.parametrize("name", ["padding-modes", *LESSONS])
def test_every_border_cell_glides_from_the_cell_it_copies(name: str) -> None:
    trace, look = trace_named(name), LOOKS[name]
    variants = mode_variants(trace)
    top, left, _, _ = trace.convolution.padding
    for variant, place in zip(variants, panel_places(trace, len(variants)), strict=True):
        panel = ModePanel(variant, trace, place, look)
        if variant.trace is None:
            assert panel.rings == []
            continue
        padded = variant.trace.padded[0]
        found = np.full(padded.shape, -1)
        for ring in panel.rings:
            for cell, right, down in ring:
                x, y = _spot(cell)
                plane = place.plane
                column, row = round((x - plane.x) / plane.cell - 0.5), round((y - plane.y) / plane.cell - 0.5)
                to = row + round(down / plane.cell) + top, column + round(right / plane.cell) + left
                assert cell.submobjects[-1].content == look.number(padded[to].item())
                found[to] = row * plane.columns + column if right or down else -2
        rows, cols = variant.sources
        copied = np.where((rows[:, None] >= 0) & (cols >= 0), rows[:, None] * trace.input.shape[2] + cols, -2)
        height, width = trace.input.shape[1:]
        copied[top : top + height, left : left + width] = -1
        assert (found == copied).all(), variant.mode


def _spot(cell: object) -> tuple[float, float]:
    """The middle of a cell, in pixels."""
    from scenes._ink import HEIGHT, UNIT, WIDTH

    points = cell.submobjects[0].points  # type: ignore[attr-defined]
    (left, bottom, _), (right, top, _) = points.min(axis=0), points.max(axis=0)
    return WIDTH / 2 + (left + right) / 2 / UNIT, HEIGHT / 2 - (bottom + top) / 2 / UNIT


@pytest.mark.parametrize("name", NAMES)
def test_the_panels_stand_apart_within_the_stage(name: str) -> None:
    trace = trace_named(name)
    boxes = []
    for place in panel_places(trace, len(PADDING_MODES)):
        top, left, bottom, right = trace.convolution.padding
        boxes.append(place.plane.span(-top, -left, place.plane.rows + bottom, place.plane.columns + right))
    assert all(box[1] >= TOP and box[3] <= BOTTOM for box in boxes)
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert one[2] < other[0] or one[3] < other[1]


def test_a_window_that_reads_no_border_is_not_chosen() -> None:
    trace = trace_named("tall")
    assert trace.highlight.inside.all()
    assert border_step(trace).cell == (0, 0)
    other = trace_named("padding-modes")
    assert border_step(other).cell == other.highlight.cell == (1, 1)


def test_small_inputs_are_drawn_in_large_cells() -> None:
    text = "title = 'x'\n[convolution]\ninput = [[1, -2], [0, 4]]\nkernel = [[1, 2], [3, -1]]\npadding = 1"
    found = panel_places(Trace(parse_lesson(text, name="small")), len(PADDING_MODES))
    assert all(place.plane.cell >= 80 for place in found)
