"""The foot of the picture: how far the scan has come, and what is stated about it."""

from __future__ import annotations

from manim import Group

from look import Look
from look.typesetting import typeset
from scenes._ink import HEIGHT, LEAST, SMALL, WIDTH, lettering, rectangle
from scenes._motion import Slot
from scenes._scan_layout import MARGIN, ROOM

Y = HEIGHT - 56
MOST_DOTS = 16
DOT, PITCH = 14.0, 29.0
BAR, THICK = 420.0, 10.0


class Progress(Group):
    """A dot for each step, or a bar for many, then "step 5 / 9"; at the right what is stated.

    `one` and `all_of_them` are the messages that count the steps, if they are called otherwise.
    """

    def __init__(
        self, count: int, look: Look, *, one: str = "common.step", all_of_them: str = "convolution-scan.steps"
    ) -> None:
        super().__init__()
        self.count, self.look, self._one, self._all = count, look, one, all_of_them
        self.dots, self.counter, self.said = Slot(), Slot(), Slot()
        self.add(self.dots, self.counter, self.said)

    def count_to(self, step: int) -> None:
        """So many steps are done."""
        self.mark(step)
        if step:
            self._say_step(self._one, index=step)
        else:
            self._say_step(self._all)

    def _say_step(self, key: str, **values: int) -> None:
        text = self.look.say(key, count=self.count, **values)
        self.counter.show(lettering(text, self._text_left, Y, SMALL, self.look, "muted", anchor="left"))

    def turn_to(self, index: int) -> None:
        """The step that is being worked out is number `index`, from 1; its dot fills when it is done."""
        self._say_step(self._one, index=index)

    def mark(self, done: float) -> None:
        """Fill the dots or the bar so far."""
        look = self.look
        if self.count <= MOST_DOTS:
            self.dots.show(
                *(
                    rectangle(
                        MARGIN + index * PITCH,
                        Y - DOT / 2,
                        DOT,
                        DOT,
                        look,
                        fill="output" if index < done else "grid",
                        radius=DOT / 2,
                    )
                    for index in range(self.count)
                )
            )
            return
        filled = max(THICK, BAR * done / self.count)
        self.dots.show(rectangle(MARGIN, Y - THICK / 2, BAR, THICK, look, fill="grid", radius=THICK / 2))
        if done:
            self.dots.also(rectangle(MARGIN, Y - THICK / 2, filled, THICK, look, fill="output", radius=THICK / 2))

    def say(self, text: str) -> None:
        """State something at the right."""
        room = ROOM - (self._text_left - MARGIN) - 60 - self._counter_width
        self.said.show(
            lettering(text, WIDTH - MARGIN, Y, SMALL, self.look, "muted", anchor="right", max_width=room, least=LEAST)
        )

    @property
    def _text_left(self) -> float:
        return MARGIN + (self.count * PITCH - (PITCH - DOT) if self.count <= MOST_DOTS else BAR) + 28

    @property
    def _counter_width(self) -> float:
        return typeset(self.look.say(self._one, index=self.count, count=self.count)).width * SMALL
