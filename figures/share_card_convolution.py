"""The convolution share card: one patch, one kernel, one number."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import Trace, TransposeTrace
from figures._card import ART, LEAST, draw_card
from figures._matrix import draw_corner, draw_matrix, draw_planes_behind, draw_window
from figures._source_plane import is_turned, kernel_name
from look import Look
from look.drawing import cell_side
from look.extents import extents_in, place
from look.numbers import size
from look.phrases import fitting_sum, spoken_sum
from look.shade import shading

NEEDS: Final = ("convolution|transposed",)

NAME = "share-card-convolution"


def draw(trace: Trace | TransposeTrace, fig: Figure, look: Look) -> None:
    """The patch at the highlight ⊙ the kernel, the sum written out, and the value it makes."""
    step = trace.highlight
    page = draw_card(
        trace, fig, look, trace.lesson.title[look.lang], look.say(f"{NAME}.title"), look.say(f"{NAME}.tagline")
    )
    x0, _, x1, _ = ART
    rows, columns = step.patch.shape[-2:]
    gap = 84.0
    cell = cell_side(rows, 2 * columns, x1 - x0 - gap, 262, largest=82)
    x = (x0 + x1 - 2 * columns * cell - gap) / 2
    y = 116 + (262 - rows * cell) / 2
    patch = draw_matrix(page, step.patch[0], x, y, cell, shading(look, "input", trace.input))
    kernel = draw_matrix(page, step.weights[0], patch.box[2] + gap, y, cell, shading(look, "kernel", trace.kernel))
    draw_window(page, patch.box, thickness=5)
    page.text(patch.box[2] + gap / 2, patch.middle[1], "⊙", 46)
    draw_planes_behind(page, patch, len(step.patch) - 1)
    label = y - 32 - draw_planes_behind(page, kernel, len(step.weights) - 1)
    page.text(patch.middle[0], label, look.say(f"{NAME}.patch"), 21, "input")
    named = kernel_name(trace, look, rows, columns) if is_turned(trace) else look.say("common.kernel")
    page.text(kernel.middle[0], label, named, 21, "kernel")
    page.text((x0 + x1) / 2, 436, fitting_sum(step, look, x1 - x0, 22), 30, max_width=x1 - x0, least=LEAST)
    side = 88.0
    left, top = (x0 + x1 - side) / 2, 484.0
    page.arrow(((x0 + x1) / 2, 456), ((x0 + x1) / 2, top - 6), "output")
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
    page.text(
        value.box[2] + 18,
        value.middle[1],
        place(step, look),
        19,
        "muted",
        anchor="left",
        max_width=x1 - value.box[2] - 18,
        least=LEAST,
    )


def alt(trace: Trace | TransposeTrace, look: Look) -> str:
    """What the card shows, with its numbers."""
    step = trace.highlight
    return look.say(
        f"{NAME}.alt",
        kernel=size(*extents_in(trace, *trace.kernel.shape[-2:])),
        sum=spoken_sum(step, look),
        place=place(step, look),
    )
