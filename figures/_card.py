"""The frame of every share card: 1200 × 630, words at the left, the picture that sells it at the right."""

from __future__ import annotations

from matplotlib.figure import Figure

from core import Step
from figures._page import Box, Page
from look import Look
from look.extents import AnyScan
from look.phrases import DOT, fitting_sum, leaves_out_zero_weights
from look.pool_phrases import PoolStep, pool_runs
from look.typesetting import Content, Run, fit, typeset

WIDTH, HEIGHT = 1200.0, 630.0
LEFT, WORDS = 64.0, 440.0  # where the words begin, and the room they have
ART: Box = (556.0, 66.0, 1140.0, 564.0)  # where the picture goes
LEAST = 14.0
ROWS = ((HEIGHT - 30,), (HEIGHT - 24, HEIGHT - 42))  # where the conventions stand, on one line or two: the last first
MOST_TERMS = 16
SUM = 21.0  # type size at which as many terms of a sum are written as fit


def draw_card(trace: AnyScan, fig: Figure, look: Look, kicker: str, title: str, tagline: Content, stated: str) -> Page:
    """Everything but the picture: a mark and kicker, the title, the tagline, and at the foot the lesson's site line
    and the conventions that are `stated`.
    """
    page = Page(fig, look, WIDTH, HEIGHT)
    page.rect(0, 0, 10, HEIGHT, fill="window")
    _draw_mark(page, LEFT, 66)
    page.text(LEFT + 46, 82, kicker, 21, "muted", anchor="left", max_width=WORDS - 46, least=LEAST)
    setting, size = fit(title, 58, WORDS, least=30, bold=True, max_lines=5)
    sub, sub_size = fit(tagline, 26, WORDS, least=18, role="muted", max_lines=4)
    height = (setting.bounds[3] - setting.bounds[1]) * size + (34 + (sub.bounds[3] - sub.bounds[1]) * sub_size)
    top = 315 - height / 2
    box = page.text(
        LEFT,
        top + setting.bounds[3] * size * 0.5,
        title,
        58,
        anchor="left",
        bold=True,
        max_width=WORDS,
        max_lines=5,
        least=30,
    )
    if sub.text:
        page.text(LEFT, box[3] + 42, tagline, 26, "muted", anchor="left", max_width=WORDS, max_lines=4, least=18)
    site = trace.lesson.card.site[look.lang]
    page.text(LEFT, HEIGHT - 66, site, 20, "muted", anchor="left", max_width=WORDS, least=LEAST)
    room = ART[2] - LEFT
    lines = [stated] if typeset(stated).width * LEAST <= room else stated.rsplit(DOT, 1)
    for line, y in zip(reversed(lines), ROWS[len(lines) > 1], strict=False):
        page.text(ART[2], y, line, 17 if len(lines) == 1 else 15, "muted", anchor="right", max_width=room, least=LEAST)
    return page


def written_sum(step: Step | PoolStep, look: Look, room: float) -> list[Run]:
    """What a step comes to, for `room` page units: a sum of products, or of so many channels; a pool's largest or mean.

    Of many terms as many are written as fit.
    """
    if not isinstance(step, Step):
        written = (pool_runs(step, most=most) for most in range(MOST_TERMS, 2, -1))
        return next((runs for runs in written if typeset(runs).width * SUM <= room), pool_runs(step, most=2))
    runs = fitting_sum(step, look, room, SUM)
    if len(step.patch) == 1:
        return runs
    return [(look.say("common.channel_sums", count=len(step.patch)), "muted"), ("  ", "muted"), *runs]


def left_out(step: Step | PoolStep, look: Look) -> str:
    """What a written sum leaves out, where it leaves anything out."""
    if isinstance(step, Step) and len(step.patch) == 1 and leaves_out_zero_weights(step):
        return look.say("common.conventions.zero_weights")
    return ""


def _draw_mark(page: Page, x: float, y: float) -> None:
    """convscan's mark: a 3 × 3 grid under a window, its middle cell lit."""
    side = 10.0
    for row in range(3):
        for column in range(3):
            lit = (row, column) == (1, 1)
            page.rect(
                x + 1 + column * side,
                y + 1 + row * side,
                side - 2,
                side - 2,
                fill="output" if lit else "grid",
                radius=1.5,
            )
    page.rect(x - 2, y - 2, 3 * side + 4, 3 * side + 4, stroke="window", thickness=2.5, radius=4)
