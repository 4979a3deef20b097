"""The stage every scene stands on: a trace, a look, words beneath the picture, and time that adds up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from manim import Scene, VGroup

from core import Trace
from look import Look
from look.typesetting import ASCENT, DESCENT, LEADING, Content, Setting, typeset
from scenes._ink import HEIGHT, LEAST, SMALL, SUBTITLE, TITLE, UNIT, WIDTH, Lettering, lettering
from scenes._subtitles import readable

MARGIN = 96.0  # 5 % of the width
SMALLER = 42.0  # type of a title on two lines
LINE = ASCENT + DESCENT + LEADING  # em from one line to the next

Cue = tuple[Fraction, str]


class Stage(Scene):
    """A Manim scene that reads a trace. `cues` and `chapters` are (start in seconds, text) as the scene said them."""

    seconds: float | None = None  # the film's promised length; checked when the scene ends

    def __init__(self, trace: Trace, look: Look, **settings: Any) -> None:
        self.trace, self.look = trace, look
        self.clock = Fraction(0)
        self.cues: list[Cue] = []
        self.chapters: list[Cue] = []
        self.poster_at: Fraction | None = None
        super().__init__(**settings)
        self.camera.background_color = look.background

    def play(self, *animations: Any, **settings: Any) -> None:
        """Manim's play; the clock advances by its exact run time."""
        super().play(*animations, **settings)
        self.clock += Fraction(self.duration).limit_denominator(100_000)

    def tear_down(self) -> None:
        """Hold the scene to its promised length, and give each subtitle the time to be read."""
        super().tear_down()
        self.cues = readable(self.cues, self.clock)
        if self.seconds is not None and abs(self.clock - Fraction(self.seconds)) > Fraction(1, 1000):
            raise ValueError(f"{type(self).__name__} promises {self.seconds} s but plays {float(self.clock):.3f} s")

    def caption(self, text: str) -> None:
        """Subtitle from now on, or from when the one before it has been read, until the next one or the end."""
        self.cues.append((self.clock, text))

    def chapter(self, text: str) -> None:
        """A new chapter starts now."""
        self.chapters.append((self.clock, text))

    def poster(self) -> None:
        """The frame shown now is the film's poster."""
        self.poster_at = self.clock

    def text(
        self, content: Content | Setting, x: float, y: float, size: float, role: str = "ink", **how: Any
    ) -> Lettering:
        """Set type at a page pixel; see `scenes._ink.lettering`."""
        return lettering(content, x, y, size, self.look, role, **how)

    def header(self, title: str, subtitle: Content = "", eyebrow: str = "") -> VGroup:
        """Title top left, on two lines if it must, and a line under it.

        `eyebrow` is a small line over it: the lesson's title, where a film has its own.
        """
        room = WIDTH - 2 * MARGIN
        group, down, largest = VGroup(), 0.0, TITLE
        wrapped: dict[str, Any] = {"anchor": "left", "max_width": room, "max_lines": 2}
        if eyebrow:
            above = self.text(eyebrow, MARGIN, 56, SMALL, "muted", **wrapped)
            group.add(above)
            down, largest = (15.0, TITLE) if above.lines == 1 else (39.0, SMALLER)
        if typeset(title, bold=True).width * SMALLER <= room:
            text = self.text(title, MARGIN, 96 + down, largest, bold=True, anchor="left", max_width=room, least=SMALLER)
        else:
            text = self.text(title, MARGIN, 92 + down, SMALLER, bold=True, least=SMALL, **wrapped)
            text.shift((0.0, LINE / 2 * text.size * UNIT, 0.0))
        group.add(text)
        if subtitle:
            y = 96 + down + (62 if largest == TITLE else 46) + (0 if text.lines == 1 else 8)
            group.add(self.text(subtitle, MARGIN, y, SUBTITLE, "muted", anchor="left", max_width=room))
        return group

    def footer(self, left: Content = "", right: Content = "") -> VGroup:
        """Small print: what is counted at the left, the stated conventions at the right."""
        y, room = HEIGHT - 62, (WIDTH - 2 * MARGIN) * 0.48
        group = VGroup()
        if left:
            group.add(self.text(left, MARGIN, y, SMALL, "muted", anchor="left", max_width=room, least=LEAST))
        if right:
            group.add(self.text(right, WIDTH - MARGIN, y, SMALL, "muted", anchor="right", max_width=room, least=LEAST))
        return group


def shares(total: float, weights: Sequence[float]) -> list[float]:
    """`total` seconds shared out by weight, the last share taking what rounding to milliseconds leaves."""
    scale = total / sum(weights)
    parts = [round(weight * scale, 3) for weight in weights[:-1]]
    return [*parts, round(total - sum(parts), 6)]
