"""The im2col figure: its digits are the matrix's, its marks stand on every copy, and it counts what it says."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from core import Trace, parse_lesson
from figures._im2col_input import input_panel
from figures._im2col_matrix import matrix_panel
from figures._page import LEAST, lettering
from figures.im2col_layout import alt, draw
from look import Look
from look.numbers import number, size
from look.shade import PHOTOGRAPH
from tests.figures._drawings import HARD, SHIPPED, Drawing, drawn, trace_of

DARK = Look("dark", "en")


def texts(name: str, look: Look = DARK) -> list[str]:
    return [text.content for text in drawn("im2col_layout", name, look).texts if text.content]


def table(seen: Drawing) -> list[list[str]]:
    """The texts that keep to a cell, row by row from the top, those of the matrix only: right of all others."""
    cells = [text for text in seen.texts if text.within]
    rows: dict[float, list[tuple[float, str]]] = {}
    for text in cells:
        assert text.within is not None
        rows.setdefault(round(text.within[1], 1), []).append((text.within[0], text.content or ""))
    return [[content for _, content in sorted(row)] for _, row in sorted(rows.items())]


@pytest.mark.parametrize("name", [name for name in SHIPPED if trace_of(name).input.size < PHOTOGRAPH])
def test_the_matrix_is_whole_and_its_digits_are_the_traces(name: str) -> None:
    trace = trace_of(name)
    matrix = trace.im2col.matrix
    seen = drawn("im2col_layout", name, DARK)
    columns = matrix.shape[1]
    right = [row[-columns:] for row in table(seen) if len(row) >= columns]
    assert right == [[number(value) for value in row] for row in matrix.tolist()]


@pytest.mark.parametrize("name", [*SHIPPED, *HARD])
def test_what_is_left_out_is_named_by_its_indices(name: str) -> None:
    trace = trace_of(name)
    panel = matrix_panel(trace, 640, 430)
    said = texts(name)
    shown = [row for row in panel.excerpt.rows if row is not None]
    assert shown[0] == 0
    assert shown[-1] == trace.im2col.shape[0] - 1
    assert trace.highlight.row * trace.output_size[1] + trace.highlight.col in shown
    for row in {shown[0], shown[-1]}:
        assert {number(index) for index in trace.im2col.cell(row)} <= set(said)
    for letter in ("r", "c"):
        assert letter in said


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_key_counts_entries_cells_and_copies(name: str, lang: str) -> None:
    trace = trace_of(name)
    rows, columns = trace.im2col.shape
    said = "\n".join(texts(name, Look("light", lang)))
    for part in (
        f"{size(rows, columns)} = {rows * columns}",
        number(trace.input.size),
        f"×{number(round(rows * columns / trace.input.size, 2))}",
        f" {int(np.max(trace.im2col.counts))} " if lang == "en" else f"{int(np.max(trace.im2col.counts))} 份",
        f"({trace.highlight.row}, {trace.highlight.col})",
    ):
        assert part in said


def test_the_article_says_what_the_article_says() -> None:
    said = texts("article")
    assert "entries: 9×9 = 81, input cells: 25 (×3.24)" in said
    assert "one cell, 9 copies" in said
    assert "matrix row 4: the patch of output (1, 1)" in said
    assert "one patch per row, channel-major  ·  same tint = same input cell" in said


def test_no_copy_is_marked_where_nothing_is_copied_twice() -> None:
    assert not [text for text in texts("stride-past-kernel") if "copies" in text]
    assert "No input cell is copied twice." in alt(trace_of("stride-past-kernel"), DARK)


@pytest.mark.parametrize("name", [*SHIPPED, *HARD])
def test_the_alt_text_names_a_cell_and_counts_its_copies(name: str) -> None:
    trace = trace_of(name)
    said = alt(trace, DARK)
    assert size(*trace.im2col.shape) in said
    counts = trace.im2col.counts
    if counts.max() > 1:
        row, column = (int(part) for part in said.split("input cell at row ")[1].split(" is ")[0].split(", column "))
        assert f"is copied {number(int(counts[0, row, column]))} times" in said
        assert counts[0, row, column] == counts.max()


def test_padding_is_in_the_key_where_there_is_padding() -> None:
    assert "padding: zeros, copied too" in texts("strided-padding")
    assert "padding: zeros, copied too" not in texts("article")


@pytest.mark.parametrize("name", [*SHIPPED, *HARD])
def test_panels_keep_to_their_room(name: str) -> None:
    trace: Trace = trace_of(name)
    for width, height in ((640.0, 430.0), (500.0, 300.0)):
        panel = matrix_panel(trace, width, height)
        assert panel.width <= width + 0.1 or not panel.excerpt.digits
        assert panel.height <= height + 0.1
        if panel.excerpt.digits:
            assert panel.cell[0] >= LEAST
    left = input_panel(trace, 330.0, 340.0)
    assert left.height <= 340.1


def small(settings: str, kernel: str = "[[1, 2], [3, 4]]", input: str = str([[1, 2, 3, 4]] * 4)) -> Trace:
    text = f"title = 'x'\n[convolution]\ninput = {input}\nkernel = {kernel}\n{settings}\n"
    return Trace(parse_lesson(text, name="small"))


def said_of(trace: Trace, look: Look = DARK) -> list[str]:
    page = Figure()
    draw(trace, page, look)
    return [text.content for text in lettering(page) if text.content]


@pytest.mark.parametrize("settings", ["dilation = 2\nhighlight = [0, 0]", "dilation = [1, 2]\npadding = 2"])
def test_the_cell_with_copies_is_one_that_a_tap_reads(settings: str) -> None:
    trace = small(settings, input=str([[value + 6 * row for value in range(6)] for row in range(6)]))
    row, column = (int(part) for part in alt(trace, DARK).split("cell at row ")[1].split(" is ")[0].split(", column "))
    assert row in trace.highlight.source_rows
    assert column in trace.highlight.source_cols
    assert not any("skips" in text for text in said_of(trace))


def test_where_only_cells_between_the_taps_have_copies_the_key_says_so() -> None:
    trace = trace_of("dilated")
    taps = np.ix_(trace.highlight.source_rows, trace.highlight.source_cols)
    assert trace.im2col.counts[0][taps].max() == 1
    assert DARK.say("im2col-layout.skipped", copies=DARK.say("im2col-layout.copies", count=4)) in texts("dilated")


@pytest.mark.parametrize("layout", ["rows", "columns"])
def test_a_signal_has_one_index_for_cells_and_one_for_taps(layout: str) -> None:
    trace = small(f"im2col_layout = '{layout}'", "[1, 2]", "[0, 3, 1, 4]")
    said = said_of(trace)
    assert {"n", "k"} <= set(said)
    assert not {"r", "c", "i", "j"} & set(said)
    assert not any("unfold" in text or "(0, 1)" in text for text in said)
    assert any(text.endswith("the patch of output cell 1") for text in said)
    assert "row" not in alt(trace, DARK).replace("matrix row", "").replace("per row", "")


@pytest.mark.parametrize(("layout", "uses"), [("rows", "own_columns"), ("columns", "own_rows")])
def test_groups_say_which_part_of_the_matrix_a_kernel_uses(layout: str, uses: str) -> None:
    two, settings = str([[[1, 2, 3]] * 3] * 2), f"im2col_layout = '{layout}'\n"
    trace = small(f"{settings}groups = 2", "[[[[1, 2]]], [[[3, 4]]]]", two)
    assert DARK.say(f"im2col-layout.{uses}", count=2) in said_of(trace)
    assert DARK.say(f"im2col-layout.alt.{uses}", count=2) in alt(trace, DARK)
    whole = small(settings, "[[[[1, 2]], [[3, 4]]]]", two)
    assert not any("groups" in text for text in said_of(whole))
