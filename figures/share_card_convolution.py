"""The convolution share card: one patch, one kernel, one number."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import Trace, TransposeTrace
from figures._card import ART, LEAST, draw_card, left_out, written_sum
from figures._card_equation import draw_equation
from figures._matrix import draw_corner, draw_matrix, draw_window
from figures._source_plane import stated_conventions
from look import Look
from look.extents import extents_in, place
from look.numbers import size
from look.phrases import spoken_sum
from look.shade import shading

NEEDS: Final = ("convolution|transposed",)

NAME = "share-card-convolution"


def draw(trace: Trace | TransposeTrace, fig: Figure, look: Look) -> None:
    """The patch at the highlight ⊙ the kernel, channel by channel, the sum written out, and the value it makes."""
    step = trace.highlight
    title, words = look.say(f"{NAME}.title"), look.say(f"{NAME}.tagline")
    page = draw_card(trace, fig, look, trace.lesson.title[look.lang], title, words, stated_conventions(trace, look))
    x0, _, x1, _ = ART
    draw_equation(page, trace, (x0, 112.0, x1, 380.0))
    page.text((x0 + x1) / 2, 432, written_sum(step, look, x1 - x0), 30, max_width=x1 - x0, least=LEAST)
    side = 88.0
    left, top = (x0 + x1 - side) / 2, 480.0
    page.arrow(((x0 + x1) / 2, 452), ((x0 + x1) / 2, top - 6), "output")
    value = draw_matrix(
        page,
        trace.output[step.channel, step.row : step.row + 1, step.col : step.col + 1],
        left,
        top,
        side,
        shading(look, "output", trace.output),
        bold=lambda row, column: True,
    )
    draw_window(page, value.box, role="output")
    draw_corner(page, value.box)
    room = x1 - value.box[2] - 18
    if note := left_out(step, look):
        page.text(value.box[0] - 18, value.middle[1], note, 19, "muted", anchor="right", max_width=room, least=LEAST)
    where = place(step, look)
    page.text(value.box[2] + 18, value.middle[1], where, 19, "muted", anchor="left", max_width=room, least=LEAST)


def alt(trace: Trace | TransposeTrace, look: Look) -> str:
    """What the card shows, with its numbers."""
    step = trace.highlight
    return look.say(
        f"{NAME}.alt",
        kernel=size(*extents_in(trace, *trace.kernel.shape[-2:])),
        sum=spoken_sum(step, look),
        place=place(step, look),
    )
