"""The arrow of an im2col card leads from the input that is drawn to its patch's row; what is left out is told."""

from __future__ import annotations

import pytest

from core import Trace, parse_lesson
from figures import share_card_im2col
from figures._matrix import Matrix
from figures._page import Page
from look import Look
from look.grid import Grid
from tests.figures._drawings import drawing

LESSONS = {
    "signal": "input = [3, 1, 4, 1, 5, 9, 2, 6, 5]\nkernel = [1, -2, 1]\nhighlight = {}",
    "strip": f"input = {[[1] * 9] * 2}\nkernel = [[1, 1]]\nhighlight = [0, {{}}]",
    "planes": f"input = {[[[1] * 5] * 5] * 6}\nkernel = {[[[[1, 1]]] * 6]}\nhighlight = [2, {{}}]",
    "plane": f"input = {[[1] * 5] * 5}\nkernel = [[1, 1]]\nhighlight = [2, {{}}]",
}


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("at", [0, 3])
def test_the_arrow_starts_at_the_input(name: str, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    parts: list[tuple[Matrix, float]] = []
    arrows: list[tuple[tuple[float, float], tuple[float, float]]] = []
    draw_input, arrow = share_card_im2col._draw_input, Page.arrow
    monkeypatch.setattr(share_card_im2col, "_draw_input", lambda *args: parts.append(draw_input(*args)) or parts[0])
    monkeypatch.setattr(Page, "arrow", lambda self, *args, **kw: (arrows.append(args[:2]), arrow(self, *args, **kw))[1])
    text = f"title = 'x'\n[convolution]\n{LESSONS[name].format(at)}"
    drawing(share_card_im2col.draw, Trace(parse_lesson(text, name="x")), Look())
    ((x, y), end), (_, top, right, bottom) = arrows[0], parts[0][0].box
    assert right + parts[0][1] < x < end[0] - 30
    assert top < y < bottom


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (f"input = {[[[1] * 4] * 4] * 3}\nkernel = {[[[[1] * 2] * 2] * 3]}", ["columns shown: {}"]),
        (f"input = {[[1] * 30] * 30}\nkernel = {[[1] * 2] * 2}", ["rows shown: {}"]),
        (f"input = {[[1] * 4] * 4}\nkernel = {[[1] * 2] * 2}", []),
    ],
    ids=["channels", "large", "whole"],
)
def test_rows_and_columns_left_out_are_counted(filters: str, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    grids: list[Grid] = []
    grid_of = share_card_im2col._grid
    monkeypatch.setattr(share_card_im2col, "_grid", lambda *args: grids.append(grid_of(*args)) or grids[0])
    trace = Trace(parse_lesson(f"title = 'x'\n[convolution]\n{filters}", name="x"))
    seen = drawing(share_card_im2col.draw, trace, Look("light", "en"))
    counts = {"columns": len(grids[0].across), "rows": len(grids[0].down)}
    said = [text.content for text in seen.texts if text.content and "shown" in text.content]
    assert said == [words.format(counts[words.split()[0]]) for words in told]
