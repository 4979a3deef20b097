"""What a notebook shows of a trace: the numbers that the trace has, and nobody's markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from core import LessonField, load_lesson, load_network, parse_lesson, trace_of
from core.html_table import MOST_COLUMNS, MOST_ROWS
from core.number_text import number
from core.trace_sums import step_sum

LESSONS = Path(__file__).parents[2] / "lessons"
SHIPPED = sorted(
    path.relative_to(LESSONS).as_posix() for path in [*LESSONS.glob("*.toml"), *LESSONS.glob("arithmetic/*")]
)
CEIL = """
title = "Ceil"
[convolution]
op = "max_pool"
input = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6], [5, 4, 3, 2]]
kernel_size = 3
stride = 2
padding = 1
ceil_mode = true
highlight = [0, 0]
"""


class Page(HTMLParser):
    """The tables of a page, by their captions, as lists of rows of (text, classes); and what else it says."""

    VOID = ("br", "meta")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open, self.tables, self.texts, self.rows, self.caption = [], {}, [], [], ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag in self.VOID:
            return
        self.open.append(tag)
        if tag == "table":
            self.rows = []
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append(["", set((dict(attrs).get("class") or "").split()), tag])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag == "table":
            self.tables[self.caption] = [
                [(text, marks) for text, marks, kind in row if kind == "td" and "corner" not in marks]
                for row in self.rows
            ]
            self.rows, self.caption = [], ""

    def handle_data(self, data):
        if "figcaption" in self.open:
            self.caption += data
        elif self.open[-1:] in (["td"], ["th"]):
            self.rows[-1][-1][0] += data
        elif self.open[-1] != "style":
            self.texts.append(data)

    def cells(self, caption):
        return [[text for text, _ in row] for row in self.tables[caption] if row]

    def marked(self, caption, mark):
        rows = [row for row in self.tables[caption] if row]
        return {(at, col) for at, row in enumerate(rows) for col, (_, marks) in enumerate(row) if mark in marks}


def texts_of(array):
    return [[number(value) for value in row] for row in np.asarray(array).tolist()]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_lesson_shows_itself(name):
    trace = trace_of(load_lesson(LESSONS / name))
    page = Page(trace._repr_html_())
    assert trace.lesson.title["zh"] in "".join(page.texts)
    shown = next(caption for caption in page.tables if caption.startswith("output"))
    (cell,) = page.marked(shown, "result")
    assert page.cells(shown)[cell[0]][cell[1]] == number(trace.highlight.value)


def test_the_article_is_shown_with_its_window_and_its_sum():
    trace = trace_of(load_lesson(LESSONS / "article.toml"))
    page = Page(trace._repr_html_())
    assert page.cells("input, 5×5") == texts_of(trace.input[0])
    assert page.cells("kernel, 3×3") == texts_of(trace.kernel[0, 0])
    assert page.cells("output, 3×3") == texts_of(trace.output[0])
    step = trace.highlight
    assert page.marked("input, 5×5", "window") == {(row, col) for row in step.rows for col in step.cols}
    assert page.marked("output, 3×3", "result") == {(step.row, step.col)}
    assert f"output (1, 1): {step_sum(step)}" in page.texts
    assert "floor((5 + 0 + 0 − 3) / 1) + 1 = floor(2 / 1) + 1 = 3" in str(page.tables[""])
    assert "not flipped (cross-correlation)" in str(page.tables[""])


def test_a_border_is_told_from_the_input():
    trace = trace_of(load_lesson(LESSONS / "strided-padding.toml"))
    page = Page(trace._repr_html_())
    caption = "input with its border, 8×8"
    assert page.cells(caption) == texts_of(trace.padded[0])
    rows, cols = trace.windowed.inner
    assert page.marked(caption, "off") == set(zip(*np.nonzero(~(rows[:, None] & cols)), strict=True))


def test_a_max_pool_shows_no_stand_in_for_minus_infinity():
    trace = trace_of(parse_lesson(CEIL, name="ceil"))
    for html in (trace._repr_html_(), trace.highlight._repr_html_(), trace.im2col._repr_html_()):
        assert str(np.iinfo(np.int64).min)[1:6] not in html
        assert "9.223" not in html
    page = Page(trace.highlight._repr_html_())
    assert page.cells("patch, its largest cell marked") == [["", "", ""], ["", "1", "2"], ["", "5", "6"]]
    assert page.marked("patch, its largest cell marked", "result") == {trace.highlight.winner_tap}


@pytest.mark.parametrize("name", ["article.toml", "three-channels.toml", "average-pooling.toml", "dilated.toml"])
def test_a_step_shows_what_it_computes(name):
    step = trace_of(load_lesson(LESSONS / name)).highlight
    page = Page(step._repr_html_())
    assert step_sum(step) in page.texts
    one = "patch" if len(step.patch) == 1 else "patch, channel 0"
    assert page.cells(one) == texts_of(step.patch[0])
    if hasattr(step, "products"):
        assert page.cells(one.replace("patch", "products")) == texts_of(step.products[0])


def test_a_stamp_shows_what_it_adds_and_where():
    stamp = trace_of(load_lesson(LESSONS / "transposed.toml")).stamps[0]
    page = Page(stamp._repr_html_())
    assert page.cells(f"{number(stamp.value)} × kernel, added to the output") == texts_of(stamp.products[0])


def test_im2col_shows_its_product():
    im2col = trace_of(load_lesson(LESSONS / "article.toml")).im2col
    page = Page(im2col._repr_html_())
    assert page.cells("matrix 9×9, a patch per row") == texts_of(im2col.matrix)
    assert page.cells("weights 9×1") == texts_of(im2col.weights)
    assert page.cells("result 9×1") == texts_of(im2col.result)


def test_a_large_trace_shows_an_excerpt_around_its_window():
    trace = trace_of(load_lesson(LESSONS / "apple.toml"))
    html = trace._repr_html_()
    assert len(html) < 60_000
    page, step = Page(html), trace.highlight
    caption = next(caption for caption in page.tables if caption.startswith("input"))
    (top,), (left,) = (map(int, re.findall(rf"{axis} (\d+) to", caption)) for axis in ("rows", "columns"))
    assert page.cells(caption) == texts_of(trace.input[0, top : top + MOST_ROWS, left : left + MOST_COLUMNS])
    assert page.marked(caption, "window") == {(row - top, col - left) for row in step.rows for col in step.cols}


def test_a_large_matrix_is_not_made_to_be_shown(monkeypatch):
    monkeypatch.setattr("core.trace_display.MOST_ENTRIES", 100)
    im2col = trace_of(load_lesson(LESSONS / "apple.toml")).im2col
    shown = Page(im2col._repr_html_())
    assert "columns" not in vars(im2col)
    assert shown.cells("matrix 6580×9, a patch per row, the first 12") == texts_of(im2col.matrix[:12])


def test_titles_are_text():
    lesson = parse_lesson(
        'title = "<script>alert(1)</script> & co"\n[convolution]\ninput=[[1]]\nkernel=[[1]]', name="x"
    )
    html = trace_of(lesson)._repr_html_()
    assert "<script" not in html
    assert "<script>alert(1)</script> & co" in "".join(Page(html).texts)


def test_a_field_shows_its_rows_and_paths():
    field = trace_of(load_lesson(LESSONS / "article.toml")).field
    page = Page(field._repr_html_())
    assert page.cells("paths from each input cell to unit (0, 0)") == texts_of(field.paths)
    assert [row[5] for row in page.cells("")] == ["1×1", "3×3", "5×5"]


def test_a_network_shows_its_nodes():
    field = LessonField(load_network(LESSONS / "networks" / "vgg16.toml"))
    page = Page(field._repr_html_())
    last = page.cells("")[-1]
    assert len(page.cells("")) == len(field.rows)
    assert last[0] == field.rows[-1].name
    assert [row[at] for row in page.cells("") if row[0] == "pool5" for at in (0, 3, 4, 6)] == [
        "pool5",
        "212×212",
        "32",
        "90",
    ]


def test_names_are_short():
    lesson = load_lesson(LESSONS / "article.toml")
    network = load_network(LESSONS / "networks" / "vgg16.toml")
    assert repr(trace_of(lesson)) == "Trace(lesson=Lesson('article'))"
    assert (repr(network), repr(LessonField(network))) == ("NetworkLesson('vgg16')", "LessonField('vgg16')")
