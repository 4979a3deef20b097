"""Which cells a window reads: under dilation no picture may look as if the cells between were read too."""

from __future__ import annotations

import re
from collections import Counter

import matplotlib
import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from core import AnyTrace, parse_lesson
from core import trace_of as any_trace_of
from figures._matrix import Matrix
from figures._page import Page
from figures._reading import DIM, VEIL, draw_reading, draw_taps
from look import THEMES, Look
from look.numbers import number
from look.palette import contrast, rgb
from pipeline.figure import SETTINGS
from pipeline.needs import unmet
from tests._shipped import entries_of
from tests.figures._drawings import drawing, labels, module_of, svg_of, trace_of
from tests.figures.test_other_lessons import lesson_named, trace_named

WITHOUT = {"output_size", "im2col_memory", "receptive_field", "share_card_receptive_field"}
"""Figures that draw no window on a plane: a ruler's windows, counts, and fields, whose holes stay unlit."""
DILATED = ("dilated", "highest-apart", "back-dilated", "long-signal")


def veils(figure: Figure) -> list[Polygon]:
    """What covers skipped cells and their digits."""
    return [artist for artist in figure.findobj(Polygon) if artist.get_alpha() == DIM]


def figure_of(name: str, trace: AnyTrace) -> Figure:
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        figure = Figure(dpi=100)
        module_of(name).draw(trace, figure, Look())
    return figure


@pytest.mark.parametrize("lesson", DILATED)
def test_every_figure_of_a_window_shows_what_dilation_skips(lesson: str) -> None:
    found = [entry for entry in entries_of(("figure", "card")) if not unmet(entry.needs, lesson_named(lesson).traits)]
    assert found
    bare = {entry.path.stem for entry in found if not veils(figure_of(entry.path.stem, trace_named(lesson)))}
    too_small = {"padding_stride"} if lesson == "long-signal" else set()  # a cell is half a unit there
    assert bare <= WITHOUT | too_small


@pytest.mark.parametrize("figure", ["feature_map", "share_card", "im2col_layout", "padding_stride"])
def test_a_dense_window_skips_nothing(figure: str) -> None:
    assert veils(figure_of(figure, trace_of("article"))) == []


@pytest.mark.parametrize(
    ("rows", "cols"), [((0, 2, 4), (1, 3)), ((1, 2, 3), (0, 3)), ((0, 4), (2, 3, 4)), ((0, 1), (0, 1)), ((-1, 1), (0,))]
)
def test_a_veil_covers_exactly_what_lies_between_the_taps(rows: tuple[int, ...], cols: tuple[int, ...]) -> None:
    figure = Figure()
    plane = Matrix(100.0, 90.0, 40.0, 5, 5)
    box = draw_taps(Page(figure, Look()), plane, rows, cols)
    assert box == plane.span(rows[0], cols[0], rows[-1] + 1, cols[-1] + 1)
    covered = {
        (row, column)
        for veil in veils(figure)
        for row, column in np.ndindex(7, 7)
        if veil.get_path().contains_point(plane.center(row - 1, column - 1))
    }
    spanned = {(row + 1, column + 1) for row in range(rows[0], rows[-1] + 1) for column in range(cols[0], cols[-1] + 1)}
    assert covered == spanned - {(row + 1, column + 1) for row in rows for column in cols}


def test_cells_too_small_to_tell_apart_have_one_outline() -> None:
    figure = Figure()
    step = trace_of("wide-kernel").highlight
    draw_reading(Page(figure, Look()), Matrix(100.0, 90.0, 1.5, 20, 20), step)
    assert veils(figure) == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_skipped_digit_can_still_be_read(theme: str) -> None:
    look = Look(theme)
    for fill in (look.surface, look.cell("input", 1.0), look.cell("negative", 1.0)):
        under = _over(look.background, fill, VEIL)
        ink, ground = (_over(look.background, colour, DIM) for colour in (look.ink_on(fill), under))
        assert contrast(ink, ground) >= 4.5


def _over(veil: str, colour: str, alpha: float) -> str:
    mixed = (round(a * alpha + b * (1 - alpha)) for a, b in zip(rgb(veil), rgb(colour), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


@pytest.mark.parametrize(
    ("figure", "lesson"),
    [
        *((figure, lesson) for figure in ("im2col_layout", "feature_map") for lesson in ("mirrored", "round", "held")),
        ("share_card_im2col", "mirrored"),
        ("share_card_im2col", "round"),
    ],
)
def test_a_border_made_of_input_cells_shows_their_values(figure: str, lesson: str) -> None:
    trace = trace_named(lesson)
    shown = Counter(labels(svg_of(figure, trace, Look())))  # type: ignore[arg-type]
    wanted = Counter(number(value) for value in trace.padded.ravel().tolist())  # type: ignore[union-attr]
    assert wanted <= shown


@pytest.mark.parametrize("card", ["share_card", "share_card_convolution"])
@pytest.mark.parametrize("name", ["three-channels", "five-channels"])
def test_a_card_of_several_channels_says_how_many_and_adds_them_all(name: str, card: str) -> None:
    trace, look = trace_of(name), Look()
    step = trace.highlight
    texts = [text.content or "" for text in drawing(module_of(card).draw, trace, look).texts]
    (total,) = [text for text in texts if text.startswith(look.say("common.channel_sums", count=len(step.patch)))]
    for value in step.channel_sums.tolist():
        assert number(value) in total


def test_the_card_counts_the_channels_of_what_goes_in_and_comes_out() -> None:
    trace = trace_named("back-in-colour")
    texts = [text.content for text in drawing(module_of("share_card").draw, trace, Look()).texts]  # type: ignore[arg-type]
    assert "From a 2×5×6 input to a 2×5×7 feature map, step by step." in texts


@pytest.mark.parametrize("figure", ["feature_map", "hand_calculation", "share_card", "output_size"])
def test_what_only_ceil_mode_reaches_does_not_look_like_padding(figure: str) -> None:
    """Without padding nothing is hatched: a line collection is hatching where it has many short slanted strokes."""
    drawn = figure_of(figure, trace_named("highest"))
    slanted = [
        path
        for lines in drawn.findobj(LineCollection)
        for path in lines.get_paths()
        if len(path) == 2 and (np.ptp(path.vertices, axis=0) > 0.5).all() and np.ptp(path.vertices) > 0
    ]
    wedges = 4  # lines of sight, and the cross at what does not fit
    assert len(slanted) <= wedges
    shown = " ".join(
        text.content or "" for text in drawing(module_of(figure).draw, trace_named("highest"), Look()).texts
    )  # type: ignore[arg-type]
    assert "ceil mode" in shown


def test_a_share_card_says_that_zeros_stand_between_the_cells() -> None:
    texts = [text.content for text in drawing(module_of("share_card").draw, trace_named("back"), Look()).texts]  # type: ignore[arg-type]
    assert "input 5×6, zeros between" in texts


@pytest.mark.parametrize("figure", ["share_card", "receptive_field", "share_card_receptive_field", "feature_map"])
@pytest.mark.parametrize("lesson", ["signal", "long-signal"])
def test_a_signal_has_no_rows(figure: str, lesson: str) -> None:
    """Its sizes are one number each: no 1×3, and no paddings above and below."""
    seen = drawing(module_of(figure).draw, trace_named(lesson), Look())  # type: ignore[arg-type]
    said = [text.content or "" for text in seen.texts]
    assert [text for text in said if re.search(r"\d×\d|\brow\b|\btop\b", text)] == []
    assert "×1" not in module_of(figure).alt(trace_named(lesson), Look())


POOLED = f"input = {[[3, 1, 4, 1, 5, 9]] * 6}\nkernel_size = [3, 2]\nstride = [2, 3]\nceil_mode = true\n"


@pytest.mark.parametrize("figure", ["feature_map", "hand_calculation"])
@pytest.mark.parametrize(
    ("pool", "told", "dashed"),
    [
        ("op = 'max_pool'\npadding = 1", "padding (−∞) never wins", "dashed: only ceil mode reaches it"),
        ("op = 'avg_pool'\npadding = 1", "padding counts as zeros", "dashed: past the padding, not counted"),
        (
            "op = 'avg_pool'\npadding = 1\ncount_include_pad = false",
            "padding does not count",
            "dashed: past the padding, not counted",
        ),
        ("op = 'max_pool'", None, "dashed: only ceil mode reaches it"),
    ],
    ids=["max", "mean", "mean-inside", "no-padding"],
)
def test_what_a_pool_makes_of_padding_and_of_what_lies_beyond_is_told(
    figure: str, pool: str, told: str | None, dashed: str
) -> None:
    trace = any_trace_of(parse_lesson(f"title = 'x'\n[convolution]\n{POOLED}{pool}", name="x"))
    said = " ".join(text.content or "" for text in drawing(module_of(figure).draw, trace, Look()).texts)
    assert dashed in said
    meanings = ("padding (−∞) never wins", "padding counts as zeros", "padding does not count")
    assert [words for words in meanings if words in said] == ([told] if told else [])
