"""One output value by hand: patch ⊙ kernel = products, added up."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from core import Trace
from figures._channel_equations import draw_channels
from figures._page import Page
from figures._patch_equation import draw_one_channel
from figures._sum_lines import draw_sum
from look import Look
from look.numbers import size
from look.phrases import DOT, channel_runs, conventions, leaves_out_zero_weights, spoken_sum, sum_runs

NEEDS: Final = ("convolution", "plane", "not flipped", "not wrapped")

NAME = "hand-calculation"


def draw(trace: Trace, fig: Figure, look: Look) -> None:
    """Left to right: the window on the input, its patch, the kernel, the products, the sum's place in the output."""
    step = trace.highlight
    page = Page(fig, look)
    top = page.header(look.say(f"{NAME}.title"), conventions(trace, look), trace.lesson.title[look.lang])
    channels = len(step.patch)
    if channels == 1:
        draw_one_channel(page, step, trace, (60, top + 20, 1140, 500))
        whole = draw_sum(page, lambda most: sum_runs(step, look, most=most), step.patch.size, 600, 550, 1080)
        leaves_out = leaves_out_zero_weights(step)
    else:
        draw_channels(page, step, trace, (60, top + 14, 1140, 530))
        whole = draw_sum(page, lambda most: channel_runs(step, look, most=most), channels, 600, 574, 1080)
        leaves_out = False
    place = [look.say("common.output_cell", row=step.row, col=step.col)]
    if len(trace.kernel) > 1:
        place.append(look.say("common.filter", index=step.channel))
    notes = [look.say("common.conventions.rows_from_zero")]
    if not whole:
        notes = [look.say(f"{NAME}.some_terms")]
    elif leaves_out:
        notes = [look.say("common.conventions.zero_weights"), *notes]
    page.footer(DOT.join(place), DOT.join(notes))


def alt(trace: Trace, look: Look) -> str:
    """The sum in words and numbers."""
    step = trace.highlight
    return look.say(
        f"{NAME}.alt",
        kernel=size(*trace.kernel.shape[-2:]),
        row=step.row,
        col=step.col,
        sum=spoken_sum(step, look),
    )
