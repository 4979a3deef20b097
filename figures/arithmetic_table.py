"""Every case of "A guide to convolution arithmetic" in small: what its windows read, and how much comes out."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import AnyTrace
from core.guide_case import CASES, GuideCase, case_of
from figures._page import LABEL, LEAST, MARGIN, SMALL, WIDTH, Box, Page
from figures._setting_panel import ARROW, LABEL_ROOM, Setting, draw_frame, draw_mark, draw_panel
from look import Look
from look.numbers import number, size
from look.phrases import DOT

NEEDS: Final = ("guide-case",)
NAME = "arithmetic-table"
HEIGHT = 1060.0
COLUMNS = 4
BETWEEN = 14.0
HEADING = 40.0  # over each group
TITLE, FACTS = 30.0, 26.0  # in a panel: its name above, its settings below
INSET = 7.0
LARGEST = 16.0


def draw(trace: AnyTrace, fig: Figure, look: Look) -> None:
    """Convolutions above, transposed ones below, all at one scale; the lesson's own case is framed."""
    page = Page(fig, look, WIDTH, HEIGHT)
    top = page.header(look.say(f"{NAME}.title"), look.say(f"{NAME}.conventions"), trace.lesson.title[look.lang]) + 6
    groups = [[case for case in CASES if case.transposed == transposed] for transposed in (False, True)]
    rows = [-(-len(group) // COLUMNS) for group in groups]
    width = (WIDTH - 2 * MARGIN - BETWEEN * (COLUMNS - 1)) / COLUMNS
    height = (HEIGHT - 64 - top - HEADING * len(groups)) / sum(rows) - BETWEEN
    cell, widths = _scale(width - 2 * INSET, height - TITLE - FACTS)
    own = case_of(trace.lesson.convolution)
    for group, heading, count in zip(groups, ("plain", "transposed"), rows, strict=True):
        _draw_heading(page, heading, top + HEADING / 2)
        top += HEADING
        for at, case in enumerate(group):
            row, column = divmod(at, COLUMNS)
            x, y = MARGIN + column * (width + BETWEEN), top + row * (height + BETWEEN)
            _draw_case(page, case, (x, y, x + width, y + height), cell, widths, own=case is own)
        top += count * (height + BETWEEN)
    _draw_key(page, MARGIN + (COLUMNS - 1) * (width + BETWEEN) + 10, top - height - BETWEEN, height)
    page.footer(look.say(f"{NAME}.letters"))


def _draw_heading(page: Page, group: str, y: float) -> None:
    """A group's name, and how its cases are drawn."""
    look = page.look
    box = page.text(MARGIN, y, look.say(f"{NAME}.{group}"), LABEL, anchor="left", bold=True)
    room = page.width - MARGIN - box[2] - 20
    page.text(box[2] + 20, y, look.say(f"{NAME}.{group}_note"), SMALL, "muted", anchor="left", max_width=room)


def _scale(width: float, height: float) -> tuple[float, tuple[float, float]]:
    """The one side of a cell with which every case fits its panel; widths of the widest padded input and output."""
    axes = [case.windowed.axes[0] for case in CASES]
    widest, broadest = max(axis.padded for axis in axes), max(axis.output for axis in axes)
    cell = min(LARGEST, (width - ARROW) / (widest + broadest), height / widest, (height - LABEL_ROOM) / broadest)
    cell = float(int(cell))
    return cell, (widest * cell, broadest * cell)


def _draw_case(page: Page, case: GuideCase, box: Box, cell: float, widths: tuple[float, float], *, own: bool) -> None:
    left, top, right, bottom = box
    draw_frame(page, box, own=own)
    room = right - left - 2 * INSET - 8
    page.text(left + INSET + 4, top + TITLE / 2 + 5, _name(case, page.look), SMALL, anchor="left", max_width=room)
    setting = Setting(case.windowed.axes, case.windowed.inner, centres=not case.transposed)
    draw_panel(page, setting, (left + INSET, top + TITLE, right - INSET, bottom - FACTS), cell, widths)
    page.text(left + INSET + 4, bottom - FACTS / 2 - 3, _facts(case), LEAST, "muted", anchor="left", max_width=room)


def _facts(case: GuideCase) -> str:
    """The case's settings in the guide's letters."""
    said = [
        f"i {number(case.size)}",
        f"k {number(case.kernel)}",
        f"s {number(case.stride)}",
        f"p {number(case.padding)}",
    ]
    if case.dilation != 1:
        said.append(f"d {number(case.dilation)}")
    if case.extended:
        said.append(f"a {number(case.extended)}")
    return DOT.join(said).replace("  ", " ")


def _name(case: GuideCase, look: Look) -> str:
    """Of a transposed case, the name of the one that it goes back from: its group says the rest."""
    return look.say(f"{NAME}.case.{case.name.removesuffix('_transposed')}")


def _draw_key(page: Page, x: float, top: float, height: float) -> None:
    """What the marks mean, in the place that is left."""
    marks = ("input", "padding", "zero", "window", "centre", "unread", "output")
    for at, mark in enumerate(marks):
        draw_mark(page, mark, x, top + height * (at + 0.5) / len(marks))


def alt(trace: AnyTrace, look: Look) -> str:
    """Every case with what goes in and what comes out, and the lesson's own."""
    own = case_of(trace.lesson.convolution)
    assert own is not None  # what NEEDS asks for
    said = {case.name: _said(case, look) for case in CASES}
    return look.say(f"{NAME}.alt", cases=look.say(f"{NAME}.alt_join").join(said.values()), own=said[own.name])


def _said(case: GuideCase, look: Look) -> str:
    output = case.operation.axes[0].output
    sizes = {"input": size(case.size, case.size), "output": size(output, output)}
    said = f"{NAME}.alt_transposed" if case.transposed else f"{NAME}.alt_case"
    return look.say(said, name=_name(case, look), **sizes)
