"""What each padding and stride reads of the same input, and how much comes out."""

from __future__ import annotations

import re
from typing import Final

from matplotlib.figure import Figure

from core import Trace
from core.variant import PaddingChoice, Variant, padding_choices, stride_choices, variants
from figures._page import LABEL, LEAST, LINE, MARGIN, SMALL, Page
from figures._setting_panel import ARROW, DOWN, LABEL_ROOM, Setting, draw_frame, draw_mark, draw_panel
from look import Look
from look.drawing import whole_side
from look.extents import extents_in
from look.numbers import number, size
from look.phrases import DOT, pair, settings, sides, sized
from look.typesetting import fit

NEEDS: Final = ("convolution", "not wrapped")

NAME = "padding-stride"
NAMES = 150.0  # the column of paddings at the left
HEADING = 42.0  # the row of strides at the top
INSET, BETWEEN = 9.0, 14.0  # inside a panel and between panels
LARGEST = 40.0
TALLEST = 250.0  # a panel is not taller, where there are few


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """A row for each padding, a column for each stride, all at one scale; the lesson's own setting is framed."""
    page = Page(fig, look)
    convolution = trace.convolution
    top = page.header(look.say(f"{NAME}.title"), _subtitle(trace, look), trace.lesson.title[look.lang])
    table, paddings, strides = variants(convolution), padding_choices(convolution), stride_choices(convolution)
    left, bottom, right = MARGIN + NAMES, page.height - 68, page.width - MARGIN
    width = (right - left - BETWEEN * (len(strides) - 1)) / len(strides)
    room = bottom - top - HEADING - BETWEEN * (len(paddings) - 1)
    height = min(TALLEST, room / len(paddings))
    top += (room - height * len(paddings)) / 2.5
    shown = [variant for row in table for variant in row]
    inside = width - 2 * INSET, height - 2 * INSET
    stacked = _side(shown, *inside, stacked=True) > _side(shown, *inside, stacked=False)
    cell, widths = _scale(shown, *inside, stacked=stacked)
    for column, stride in enumerate(strides):
        x = left + column * (width + BETWEEN)
        text = look.say("common.conventions.stride", value=_along(trace, stride))
        page.text(x + width / 2, top + HEADING / 2 - 2, text, LABEL, "ink", max_width=width)
    for row, choice in enumerate(paddings):
        y = top + HEADING + row * (height + BETWEEN)
        _draw_name(page, trace, choice, y + height / 2)
        for column, variant in enumerate(table[row]):
            x = left + column * (width + BETWEEN)
            draw_frame(page, (x, y, x + width, y + height), own=variant.own)
            setting = Setting(variant.axes, variant.inner, variant.fits, line=convolution.line, stacked=stacked)
            draw_panel(page, setting, (x + INSET, y + INSET, x + width - INSET, y + height - INSET), cell, widths)
    _draw_key(page, page.height - 36)


def _subtitle(trace: Trace, look: Look) -> str:
    parts = [
        sized("input", look, *extents_in(trace, *trace.input.shape[-2:])),
        sized("kernel", look, *extents_in(trace, *trace.kernel.shape[-2:])),
        *settings(trace, look)[2:],
        look.say(f"{NAME}.same_note"),
    ]
    return DOT.join(parts)


def _side(table: list[Variant], width: float, height: float, *, stacked: bool) -> float:
    """The one side of a cell with which every setting fits its panel, `stacked` with the output under the input."""
    fitting = [variant for variant in table if variant.fits]
    tallest = max(variant.axes[0].padded for variant in table)
    widest = max(variant.axes[1].padded for variant in table)
    highest = max(variant.axes[0].output for variant in fitting)
    broadest = max(variant.axes[1].output for variant in fitting)
    if stacked:
        return min(LARGEST, width / max(widest, broadest), (height - DOWN) / (tallest + highest))
    return min(LARGEST, (width - ARROW) / (widest + broadest), height / tallest, (height - LABEL_ROOM) / highest)


def _scale(table: list[Variant], width: float, height: float, *, stacked: bool) -> tuple[float, tuple[float, float]]:
    """The side of a cell, whole where that cannot be seen, and the widths of the widest padded input and output."""
    cell = whole_side(_side(table, width, height, stacked=stacked))
    widest = max(variant.axes[1].padded for variant in table)
    broadest = max(variant.axes[1].output for variant in table if variant.fits)
    return cell, (widest * cell, broadest * cell)


def _draw_name(page: Page, trace: Trace, choice: PaddingChoice, middle: float) -> None:
    """A padding, and what it is usually called."""
    look = page.look
    text = look.say("common.conventions.padding", value=sides(choice.padding, look, line=trace.convolution.line))
    text = re.sub(r" (?=\d)", "\N{NO-BREAK SPACE}", text)  # a side and its number share a line
    setting, type_size = fit(text, LABEL, NAMES - 14, least=LEAST, max_lines=3)
    last = (setting.lines - 1) * LINE * type_size
    y = middle - last / 2 - (13 if choice.names else 0)
    page.text(MARGIN, y, text, LABEL, anchor="left", max_width=NAMES - 14, max_lines=3)
    if choice.names:
        names = " = ".join(look.say(f"{NAME}.{name}") for name in choice.names)
        page.text(MARGIN, y + last + 28, names, SMALL, "muted", anchor="left", max_width=NAMES - 14)


def _draw_key(page: Page, y: float) -> None:
    """What the marks mean, in one line at the foot."""
    x = MARGIN
    for mark in ("padding", "window", "centre", "unread", "output"):
        x = draw_mark(page, mark, x, y) + 30


def _along(trace: Trace, values: tuple[int, int]) -> str:
    """A stride, of a signal along its one axis."""
    return number(values[1]) if trace.convolution.line else pair(values)


def alt(trace: Trace, look: Look) -> str:
    """The output sizes of all settings, and the lesson's own."""
    said = []
    own = ""
    for row in variants(trace.convolution):
        for variant in row:
            rows, cols = variant.axes
            output = size(*extents_in(trace, rows.output, cols.output)) if variant.fits else look.say(f"{NAME}.nothing")
            padding = sides(variant.padding, look, line=trace.convolution.line)
            values = {"padding": padding, "stride": _along(trace, variant.stride), "output": output}
            said.append(look.say(f"{NAME}.alt_setting", **values))
            if variant.own:
                own = said[-1]
    return look.say(f"{NAME}.alt", settings=look.say(f"{NAME}.alt_join").join(said), own=own)
