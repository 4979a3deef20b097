"""Tables say what the trace says, in the shape they promise."""

import csv
import io

import numpy as np
import pytest

from core import Trace, load_lesson
from pipeline.rooms import ROOT
from pipeline.tables import TABLES, decimal, plain, table
from tests.pipeline._studio import CHANNELS, Studio


def text(name: str, trace: Trace) -> str:
    return "".join(table(name).write(trace))


def rows(name: str, trace: Trace) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text(name, trace))))


@pytest.fixture(scope="module")
def article() -> Trace:
    return Trace(load_lesson(ROOT / "lessons" / "article.toml"))


def test_the_article_s_middle_is_minus_one(article: Trace) -> None:
    lines = text("conv2d-results", article).splitlines()
    assert lines[0] == "row,col,value"
    assert len(lines) == 10
    assert "1,1,-1.000000" in lines


def test_the_article_s_summary(article: Trace) -> None:
    lines = text("summary", article).splitlines()
    for line in (
        "input=5x5",
        "kernel=3x3",
        "stride=1x1",
        "padding=0,0,0,0",
        "dilation=1x1",
        "groups=1",
        "output_size=3x3",
        "im2col_shape=9x9",
        "receptive_field=5x5",
        "highlight=1,1",
        "highlight_value=-1.000000",
    ):
        assert line in lines


def test_several_output_channels_have_a_column(studio: Studio) -> None:
    studio.add_lesson("channels", CHANNELS)
    trace = studio.trace("channels")
    header, *body = rows("conv2d-results", trace)
    assert header == ["channel", "row", "col", "value"]
    read = {(int(o), int(r), int(c)): float(value) for o, r, c, value in body}
    assert read == {index: float(value) for index, value in np.ndenumerate(trace.output)}
    assert "input=2x3x3\nkernel=3x2x2x2\n" in text("summary", trace)
    assert "highlight=0,1,1\nhighlight_value=16.000000\n" in text("summary", trace)


def test_im2col_rows_are_windows(studio: Studio) -> None:
    studio.add_lesson("channels", CHANNELS)
    trace = studio.trace("channels")
    header, *body = rows("im2col", trace)
    assert header == [
        "row",
        "col",
        "c0_i0_j0",
        "c0_i0_j1",
        "c0_i1_j0",
        "c0_i1_j1",
        *(f"c1_i{i}_j{j}" for i in (0, 1) for j in (0, 1)),
    ]
    assert [tuple(map(int, line[:2])) for line in body] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [list(map(int, line[2:])) for line in body] == trace.im2col.matrix.tolist()


def test_receptive_field_rows_are_depths(studio: Studio) -> None:
    layers = (
        "[receptive_field]\nlayers = [{kernel=[3,1], stride=2, padding=1}, {kernel=3, dilation=2, ceil_mode=true}]\n"
    )
    rounds_up = (False, True)
    studio.add_lesson("deep", 'title = "Deep"\n[convolution]\ninput=[[1]]\nkernel=[[1]]\n' + layers)
    trace = studio.trace("deep")
    body = list(csv.DictReader(io.StringIO(text("receptive-field", trace))))
    assert len(body) == 3
    for line, row in zip(body, trace.field.rows, strict=True):
        for name in ("plane", "size", "jump", "start", "padding"):
            assert (float(line[f"{name}_h"]), float(line[f"{name}_w"])) == tuple(map(float, getattr(row, name)))
        for name in ("kernel", "stride", "dilation"):
            pair = (line[f"{name}_h"], line[f"{name}_w"])
            assert pair == (("", "") if row.layer is None else tuple(map(str, getattr(row.layer, name))))
    assert [line["ceil_mode"] for line in body] == ["", *("yes" if ceil else "no" for ceil in rounds_up)]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-1, "-1.000000"),
        (-0.0, "0.000000"),
        (-4e-7, "0.000000"),
        (-6e-7, "-0.000001"),
        (0.5, "0.500000"),
        (10, "10.000000"),
    ],
)
def test_no_zero_has_a_minus(value: float, written: str) -> None:
    assert decimal(value) == written


@pytest.mark.parametrize(("value", "written"), [(3, "3"), (-0.0, "0.0"), (0.5, "0.5"), (0, "0"), (-2.0, "-2.0")])
def test_plain_numbers(value: float, written: str) -> None:
    assert plain(value) == written


def test_every_table_has_a_caption() -> None:
    assert all(table.caption.endswith(".") and len(table.caption) < 110 for table in TABLES)
