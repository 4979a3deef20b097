"""What im2col costs in memory: the patch matrix against the input, for this lesson and for layers of real networks."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import Trace
from core.patch_cost import FLOAT_BYTES, OtherCost, cost_of, other_costs
from figures._byte_bars import NAME, draw_byte_bars, in_bytes, told
from figures._page import BODY, LABEL, LEAST, MARGIN, SMALL, Box, Page
from look import Look
from look.numbers import factor, size
from look.phrases import DOT, conventions, pair
from look.typesetting import typeset

NEEDS: Final = ("convolution|pooling", "plane")

PANEL = 372.0  # the lesson's
BETWEEN = 64.0  # from it to the layers
NAMES = 206.0  # of the layers
BOTTOM = 612.0
BAR, ROW = 30.0, 58.0  # a bar of the lesson; from one to the next
LINE = 56.0  # a row of the table, at most
HEAD = 74.0  # the table's column of kernels


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """At the left the lesson: its two sizes, the factor under other kernels and strides; at the right real layers."""
    page = Page(fig, look)
    top = page.header(look.say(f"{NAME}.title"), conventions(trace, look), trace.lesson.title[look.lang])
    top += 8
    right = MARGIN + PANEL
    page.text(MARGIN, top + 14, look.say(f"{NAME}.lesson"), LABEL, anchor="left", bold=True, max_width=PANEL - 110)
    y = _draw_lesson(page, trace, top + 14)
    _draw_table(page, trace, (MARGIN, y, right, BOTTOM))
    x = right + BETWEEN
    page.line([(right + BETWEEN / 2, top + 4), (right + BETWEEN / 2, BOTTOM - 4)], "grid", 1.5)
    page.text(
        x, top + 14, look.say(f"{NAME}.layers"), LABEL, anchor="left", bold=True, max_width=page.width - MARGIN - x
    )
    draw_byte_bars(page, (x, top + 36, page.width - MARGIN, BOTTOM), NAMES)
    counted = look.say(f"{NAME}.bytes", count=FLOAT_BYTES, bits=8 * FLOAT_BYTES)
    page.footer(counted, look.say(f"{NAME}.log"))


def _draw_lesson(page: Page, trace: Trace, y: float) -> float:
    """The factor, and a bar each for the input and its matrix, on one scale from zero; returns where they end."""
    look, cost = page.look, cost_of(trace.windowed)
    times = look.say(f"{NAME}.times", ratio=factor(cost.blow_up))
    page.text(MARGIN + PANEL, y, times, 30, "kernel", anchor="right", bold=True, max_width=110)
    most = max(cost.cells, cost.entries)
    bars = (
        ("input", look.say("common.input"), (cost.channels, *(axis.input for axis in cost.axes)), cost.cells),
        ("kernel", look.say(f"{NAME}.matrix"), cost.shape, cost.entries),
    )
    counts = (cost.input_bytes, cost.matrix_bytes)
    for index, ((role, name, extents, count), stored) in enumerate(zip(bars, counts, strict=True)):
        middle = y + 34 + index * ROW
        shown = extents if role == "kernel" or cost.channels > 1 else extents[1:]
        said = look.say(f"{NAME}.values", thing=name, size=size(*shown), count=count)
        page.text(
            MARGIN, middle, [(said, role), (DOT + in_bytes(stored), "muted")], SMALL, anchor="left", max_width=PANEL
        )
        page.rect(MARGIN, middle + 13, PANEL * count / most, BAR - 8, fill=look.cell(role, 0.9), radius=3)
    return y + 34 + 2 * ROW + 6


def _draw_table(page: Page, trace: Trace, box: Box) -> None:
    """The factor under other kernels and strides; the lesson's own is framed, what does not fit has none."""
    look, table = page.look, other_costs(trace.windowed)
    left, top, right, bottom = box
    page.text(left, top + 4, look.say(f"{NAME}.others"), SMALL, "muted", anchor="left", max_width=right - left)
    top += 20
    wide, high = (right - left - HEAD) / len(table[0]), min(LINE, (bottom - top) / (len(table) + 0.8))
    most = max((other.cost.blow_up for row in table for other in row if other.cost.fits), default=1.0)
    heads = [look.say("common.conventions.stride", value=pair(other.stride)) for other in table[0]]
    if max(typeset(head).width for head in heads) * LEAST > wide - 6:  # said once, at the left
        heads = [pair(other.stride) for other in table[0]]
        page.text(left, top + high * 0.4, look.say("output-size.stride"), SMALL, anchor="left", max_width=HEAD - 8)
    for column, head in enumerate(heads):
        page.text(left + HEAD + (column + 0.5) * wide, top + high * 0.4, head, SMALL, max_width=wide - 6)
    top += high * 0.8
    for line, row in enumerate(table):
        y = top + line * high
        page.text(left, y + high / 2, size(*row[0].kernel), SMALL, "kernel", anchor="left", max_width=HEAD - 8)
        for column, other in enumerate(row):
            x = left + HEAD + column * wide
            _draw_factor(page, other, (x + 1.5, y + 1.5, x + wide - 1.5, y + high - 1.5), most)


def _draw_factor(page: Page, other: OtherCost, box: Box, most: float) -> None:
    look, (left, top, right, bottom) = page.look, box
    fill = look.surface
    if other.cost.fits:
        fill = look.cell("kernel", round(min(1.0, other.cost.blow_up / most), 3))
    page.rect(left, top, right - left, bottom - top, fill=fill, stroke="grid", thickness=1, radius=3)
    if other.own:
        page.rect(left, top, right - left, bottom - top, stroke="ink", thickness=3, radius=3, zorder=3)
    text, role = look.say(f"{NAME}.no_window"), "muted"
    if other.cost.fits:
        text = look.say(f"{NAME}.times", ratio=factor(other.cost.blow_up))
        role = look.ink_role(fill)
    size_ = BODY if other.cost.fits else LEAST
    page.text((left + right) / 2, (top + bottom) / 2, text, size_, role, bold=other.own, max_width=right - left - 8)


def alt(trace: Trace, look: Look) -> str:
    """The lesson's sizes and factor, and those of the layers."""
    cost = cost_of(trace.windowed)
    said = look.say(
        f"{NAME}.alt",
        cells=cost.cells,
        matrix=size(*cost.shape),
        entries=cost.entries,
        input_bytes=in_bytes(cost.input_bytes),
        matrix_bytes=in_bytes(cost.matrix_bytes),
        ratio=factor(cost.blow_up),
    )
    layers = look.say(f"{NAME}.alt_join").join(told(look))
    return said + look.say(f"{NAME}.alt_begin") + layers + look.say(f"{NAME}.alt_end")
