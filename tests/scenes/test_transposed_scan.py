"""The film of transposed convolution: twelve seconds, two ways, the same digits, no text in the way of other text."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core import TransposeTrace
from look import Look
from look.transposed_phrases import overlap_runs, overlap_terms, spoken_overlap, spoken_transposed, transposed_formula
from pipeline.film import Film, Quality, rehearse, render_film
from scenes._heat import MOST_CELLS
from scenes._scan_layout import BOTTOM, MARGIN, ROOM, TOP
from scenes._scan_schedule import Kind
from scenes._subtitles import READABLE
from scenes._transposed_layout import LARGEST, transposed_layout
from scenes._transposed_press import Press, landed, lifted
from scenes.transposed_scan import BIAS, CUT, FIRST, OPENING, OTHERS, TransposedScan, alt
from tests._shipped import lessons_with
from tests.scenes._operations import TRANSPOSED, films, read
from tests.scenes._watching import RATES, Watching, numbers, shown

TINY = Quality(160, 90, 10)
SHIPPED = tuple(lessons_with("transposed"))
GUIDE = "arithmetic/{}_transposed"
ODDLY = tuple(GUIDE.format(name) for name in ("arbitrary_padding_no_strides", "padding_strides_odd"))
BODIES = {name: f"op = 'conv_transpose'\n{body}" for name, body in TRANSPOSED.items()}
STAMPED = Fraction(OPENING + FIRST + OTHERS + CUT, 1000)


class Watched(Watching, TransposedScan):
    """The film, watched."""


Played = tuple[TransposeTrace, Film, Watched]


@cache
def watched(name: str, lang: str = "en") -> Played:
    lesson = read(name, BODIES.get(name))
    assert isinstance(lesson, TransposeTrace)
    film = rehearse(Watched, lesson, Look("light", lang), TINY)
    return lesson, film, Watched.latest


@pytest.fixture(scope="module", params=[*films(SHIPPED, BODIES), *((name, "zh") for name in ODDLY)], ids="-".join)
def played(request: pytest.FixtureRequest) -> Played:
    """Every film; all that is tested of one is tested before the next is played."""
    return watched(*request.param)


def test_it_lasts_twelve_seconds_and_no_text_is_in_the_way(played: Played) -> None:
    _, film, scene = played
    assert film.duration == 12
    assert scene.faults == []


@pytest.mark.parametrize("fps", RATES)
def test_it_lasts_twelve_seconds_at_every_rate(fps: int) -> None:
    assert rehearse(TransposedScan, read("transposed"), Look(), Quality(160, 90, fps)).frames == 12 * fps


def test_the_digits_are_those_of_the_trace(played: Played) -> None:
    lesson, film, scene = played
    layout = scene.board.layout
    first, last = scene.moments[0][1], scene.moments[-1][1]
    if layout.digits:
        assert shown(first, layout.input, lesson.input[0]) == numbers(scene.look, lesson.input[0])
        assert shown(last, layout.stuffed, lesson.stuffed[0]) == numbers(scene.look, lesson.stuffed[0])
    if layout.resting:
        assert shown(first, layout.grids[0], lesson.kernel[0, 0]) == numbers(scene.look, lesson.kernel[0, 0])
        assert shown(last, layout.grids[0], lesson.weights[0, 0]) == numbers(scene.look, lesson.weights[0, 0])
    if layout.written:
        canvas = lesson.canvas[0]
        scattered = scene.texts_at(STAMPED)
        assert shown(scattered, layout.output, lesson.output[0]) == numbers(scene.look, lesson.output[0])
        if all(beat.kind is Kind.QUICK for beat in scene.beats):  # a sweep does not end in a still moment
            cut = Fraction(CUT + (BIAS if lesson.highlight.bias else 0), 1000)
            stamped = shown(scene.texts_at(STAMPED - cut), layout.canvas, canvas)
            assert all(text in ([], value) for text, value in zip(stamped, numbers(scene.look, canvas), strict=True))
            blank = [value for text, value in zip(stamped, canvas.ravel().tolist(), strict=True) if not text]
            assert not any(blank)  # only cells that no stamp reaches
        assert shown(last, layout.output, lesson.output[0]) == numbers(scene.look, lesson.output[0])
    assert film.poster_at is not None
    assert scene.look.number(lesson.highlight.value) in scene.texts_at(film.poster_at).said


def test_both_ways_write_the_same_sum(played: Played) -> None:
    lesson, film, scene = played
    assert film.poster_at is not None
    terms = overlap_terms(lesson, lesson.highlight)
    assert len(terms) == lesson.overlaps[lesson.highlight.row, lesson.highlight.col] * len(lesson.highlight.patch)
    assert sum(value * weight for value, weight in terms) + lesson.highlight.bias == pytest.approx(
        lesson.highlight.value
    )
    cells = lesson.input[0].size
    stamps = lesson.windowed.channels(0).stop * cells
    scattered = overlap_runs(lesson, lesson.highlight, stamps=stamps)
    gathered = overlap_runs(lesson, lesson.highlight)
    if not lesson.highlight.bias:
        assert scattered == gathered
    rows, cols = lesson.transposed.axes
    step = lesson.highlight
    assert scattered[-1][0] == scene.look.number(
        lesson.canvas[0, step.row + rows.before, step.col + cols.before].item()
    )


def test_the_sum_that_stamps_leave_in_the_map_has_the_bias(played: Played) -> None:
    lesson, _, scene = played
    said = scene.texts_at(STAMPED).said
    whole = overlap_runs(lesson, lesson.highlight, most=scene.board._most)
    if len(whole) > 1:
        assert any(text.endswith("".join(part for part, _ in whole[:-1])) for text in said)
        assert scene.look.number(lesson.highlight.value) in said
    if lesson.highlight.bias:
        assert (scene.look.number(lesson.highlight.bias), "accent") in whole


@pytest.mark.parametrize("count", [1, 5, 30, 300])
def test_a_signal_takes_the_width_of_the_page(count: int) -> None:
    body = f"op = 'conv_transpose'\ninput = {[*range(count)]}\nkernel = [1, 2, 3]\nstride = 2\npadding = 1"
    lesson = read(f"signal-{count}", body)
    assert isinstance(lesson, TransposeTrace)
    where = transposed_layout(lesson, [lesson.highlight])
    stuffed = where.stuffed.span(0, -where.border[1], 1, where.stuffed.columns + where.border[3])
    boxes = [stuffed, *(place.span(0, 0, 1, place.columns) for place in (where.grids[0], where.canvas))]
    cells = max(where.canvas.columns, round((stuffed[2] - stuffed[0]) / where.input.cell))
    assert where.input.cell == min(LARGEST, ROOM / cells) or cells > MOST_CELLS
    assert all(MARGIN - 2 <= left < right <= MARGIN + ROOM + 2 for left, _, right, _ in boxes)
    assert all(TOP - 2 <= top < bottom <= BOTTOM + 2 for _, top, _, bottom in boxes)
    assert all(over[3] + 80 <= under[1] for over, under in pairwise(boxes))
    assert (where.input.y, where.input.bottom) == (where.stuffed.y, where.stuffed.bottom)


def test_a_wide_canvas_has_the_kernel_over_it_and_larger_cells() -> None:
    _, _, scene = watched("wide")
    where = scene.board.layout
    assert where.raised
    assert where.canvas.cell > 56  # in a row with the kernel, 24 columns leave them 50
    assert where.grids[0].bottom < min(where.canvas.y, where.stuffed.y - where.border[0] * where.canvas.cell)
    assert not watched("transposed")[2].board.layout.raised


def test_the_foot_says_when_a_stamp_adds_nothing_to_the_sum_shown() -> None:
    lesson, _, scene = watched("wide")
    step, missed, fourth = lesson.highlight, scene.look.say("transposed-scan.missed"), "stamp 4 / 6"
    assert step.row not in lesson.stamps[3].rows
    landed = [texts.said for _, texts, _ in scene.moments if fourth in texts.said]
    assert any(missed in said for said in landed)
    assert not any(missed in texts.said for _, texts, _ in scene.moments if "stamp 1 / 6" in texts.said)


def test_the_sum_grows_stamp_by_stamp_and_tap_by_tap() -> None:
    lesson = read("transposed")
    assert isinstance(lesson, TransposeTrace)
    step = lesson.highlight

    def said(**so_far: int) -> str:
        return "".join(text for text, _ in overlap_runs(lesson, step, **so_far))

    assert [said(stamps=count) for count in range(5)] == [
        "0",
        "1·2 = 2",
        "1·2 + 2·1 = 4",
        "1·2 + 2·1 + 3·3 = 13",
        "1·2 + 2·1 + 3·3 + 4·1 = 17",
    ]
    assert said(taps=1) == "1·2 = 2"
    assert said(taps=3) == "1·2 + 2·1 = 4"
    assert spoken_overlap(lesson, step) == said() == "1·2 + 2·1 + 3·3 + 4·1 = 17"


def test_formula_of_the_size() -> None:
    lesson = read("transposed")
    assert isinstance(lesson, TransposeTrace)
    axis = lesson.transposed.axes[0]
    assert spoken_transposed(axis, Look()) == "out = (2 − 1)·2 + 3 − 2 + 1 = 4"
    assert transposed_formula(axis, Look()).text == spoken_transposed(axis, Look())


def test_stuffed_is_the_input_with_zeros_between() -> None:
    lesson = read("many", BODIES["many"])
    assert isinstance(lesson, TransposeTrace)
    rows, cols = lesson.transposed.axes
    assert np.array_equal(lesson.stuffed[:, :: rows.stride, :: cols.stride], lesson.input)
    assert np.count_nonzero(lesson.stuffed) == np.count_nonzero(lesson.input)
    top, left, bottom, right = lesson.windowed.padding
    assert np.array_equal(np.pad(lesson.stuffed, ((0, 0), (top, bottom), (left, right))), lesson.padded)
    assert not lesson.stuffed.flags.writeable


def test_a_kernel_and_a_stamp_have_the_same_parts_wherever_they_are(played: Played) -> None:
    lesson, _, scene = played
    board, stamp = scene.board, lesson.stamps[0]
    shade, layout = board.product_shade, board.layout
    poses = [
        (board.ride(lesson.steps[0]), board.home()),
        (
            lifted(Press(stamp), layout.grids[0], layout.products, shade, scene.look),
            landed(Press(stamp), board.canvas.taps(stamp), layout.written, shade, scene.look),
        ),
    ]
    for one, other in poses:
        assert [len(part.submobjects) for part in one] == [len(part.submobjects) for part in other]


def test_of_a_signal_subtitles_and_alt_text_tell_lengths() -> None:
    lesson, film, scene = watched("line", "en")
    for text in (*(text for _, text in film.cues), alt(lesson, scene.look)):
        assert "1×" not in text
        assert "row" not in text


def test_subtitles_can_be_read(played: Played) -> None:
    _, film, _ = played
    starts = [start for start, _ in film.cues]
    assert starts[0] == 0
    assert all(after - before >= READABLE for before, after in pairwise([*starts, Fraction(12)]))
    assert len({text for _, text in film.chapters}) == len(film.chapters) == 5


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [*SHIPPED, *BODIES])
def test_alt_text_has_the_numbers(name: str, lang: str) -> None:
    lesson: Any = read(name, BODIES.get(name))
    text = alt(lesson, Look(lang=lang))
    assert spoken_overlap(lesson, lesson.highlight) in text
    assert "{" not in text


@pytest.mark.parametrize("name", ["transposed", "picture"])
def test_it_really_renders(name: str, tmp_path: Any) -> None:
    files = {"gif": tmp_path / "a.gif", "png": tmp_path / "a.png"}
    film = render_film(TransposedScan, read(name, BODIES.get(name)), Look("dark", "zh"), TINY, files)
    assert film.frames == 120
    assert all(path.stat().st_size > 1000 for path in files.values())
