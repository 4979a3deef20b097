"""One output value by hand: patch ⊙ kernel = products, added up."""

from __future__ import annotations

from math import ceil
from typing import Final

from matplotlib.figure import Figure

from core import AverageStep, MaxStep, Step
from figures._channel_equations import draw_channels, missing_height
from figures._page import HEIGHT, Page, header_bottom
from figures._patch_equation import draw_one_channel, plane_cell
from figures._pool_equation import draw_pooling
from figures._signal_equations import draw_signal_channels, lines_height, signals_fit
from figures._source_plane import beyond_notes, stated_conventions
from figures._stacked_equation import Stack, draw_stacked, fitting_stack
from figures._sum_lines import draw_sum
from look import Look
from look.extents import AnyScan, counting, extents_in, place, place_in_output
from look.numbers import size
from look.phrases import DOT, channel_runs, leaves_out_zero_weights, spoken_sum, sum_runs
from look.pool_phrases import pool_runs, spoken_pool

NEEDS: Final = ("convolution|transposed|pooling",)

NAME = "hand-calculation"
HIGHER = (0.0, 60.0, 120.0, 180.0)  # how much higher a page may be on which input and equation stand in a stack
ENOUGH, WIDE = 28.0, 1.4  # cells of an input that has no need of a stack, or it is not so much wider than high
MOST_MORE = 150.0  # height that rows of channels may add to the page for the sake of their numbers


def draw(trace: AnyScan, fig: Figure, look: Look) -> None:
    """Left to right: the window on the input, its patch, the kernel, the products, the sum's place in the output."""
    step = trace.highlight
    words = look.say(f"{NAME}.title"), stated_conventions(trace, look), trace.lesson.title[look.lang]
    more = 0.0
    lines = isinstance(step, Step) and len(step.patch) > 1 and trace.windowed.line
    lines = lines and signals_fit(step, trace, (60, 0, 1140, HEIGHT))
    if lines:
        more = max(0.0, lines_height(step) - 516 + header_bottom(*words))
    elif isinstance(step, Step) and len(step.patch) > 1:
        more = float(ceil(min(MOST_MORE, missing_height(step, 516 - header_bottom(*words)))))
    stack = None
    if isinstance(step, Step) and len(step.patch) == 1:
        more, stack = _stack(step, trace, header_bottom(*words))
    page = Page(fig, look, height=HEIGHT + more)
    top = page.header(*words)
    channels, leaves_out = len(step.patch), False
    if isinstance(step, MaxStep | AverageStep):
        draw_pooling(page, step, trace, (60, top + 20, 1140, 500))
        whole = draw_sum(page, lambda most: pool_runs(step, most=most), step.patch.size, 600, 550, 1080)
    elif channels == 1:
        if stack:
            draw_stacked(page, step, trace, (60, top + 6, 1140, 514 + more), stack)
        else:
            draw_one_channel(page, step, trace, (60, top + 20, 1140, 500))
        whole = draw_sum(page, lambda most: sum_runs(step, look, most=most), step.patch.size, 600, 550 + more, 1080)
        leaves_out = leaves_out_zero_weights(step)
    else:
        draw_rows = draw_signal_channels if lines else draw_channels
        draw_rows(page, step, trace, (60, top + (0 if lines else 14), 1140, 530 + more))
        whole = draw_sum(page, lambda most: channel_runs(step, look, most=most), channels, 600, 574 + more, 1080)
    where = [place_in_output(step, look)]
    if len(trace.output) > 1:
        where.append(look.say(f"common.{'filter' if isinstance(step, Step) else 'channel'}", index=step.channel))
    if isinstance(step, Step) and len(trace.input) > channels:
        where.append(_reads(step, trace, look))
    notes = [*beyond_notes(trace, look), counting(trace, look)]
    if not whole:
        notes = [look.say(f"{NAME}.some_terms")]
    elif leaves_out:
        notes = [look.say("common.conventions.zero_weights"), *notes]
    page.footer(DOT.join(where), DOT.join(notes))


def _stack(step: Step, trace: AnyScan, top: float) -> tuple[float, Stack | None]:
    """How much higher the page is, and the stack on it: of a signal, and where the input's cells are larger so."""
    _, tall, wide = trace.padded.shape
    least = 0.0 if trace.windowed.line else plane_cell(step, trace, (60, top + 20, 1140, 500))
    if least >= ENOUGH or (least and wide < WIDE * tall):
        return 0.0, None
    found: tuple[float, Stack | None] = (0.0, None)
    for more in HIGHER:
        stack = fitting_stack(step, trace, (60, top + 6, 1140, 514 + more))
        if stack and stack.plane > least:
            found = (more, stack)
            if stack.comfortable:
                break
    return found


def _reads(step: Step, trace: AnyScan, look: Look) -> str:
    """Which of the input's channels the calculation reads."""
    count = len(trace.input)
    channels = range(count)[trace.windowed.channels(step.channel)]
    if len(channels) == 1:
        return look.say(f"{NAME}.reads_one", index=channels[0], count=count)
    return look.say(f"{NAME}.reads", first=channels[0], last=channels[-1], count=count)


def alt(trace: AnyScan, look: Look) -> str:
    """The sum, or what the pool does with its window, in words and numbers."""
    step = trace.highlight
    window = size(*extents_in(trace, *step.patch.shape[-2:]))
    if isinstance(step, MaxStep | AverageStep):
        return look.say(f"{NAME}.alt_pool", window=window, place=place(step, look), value=spoken_pool(step))
    return look.say(f"{NAME}.alt", kernel=window, place=place(step, look), sum=spoken_sum(step, look))
