"""The sum of each channel at the end of its lane, and below them the sum across channels, with the bias."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Group

from core import Step
from look import Look
from look.exactness import equals, exact, exact_sum
from look.numbers import number
from look.phrases import bracketed
from look.typesetting import Run, typeset
from scenes._channel_layout import ChannelLayout
from scenes._ink import LEAST, WIDTH, Lettering, lettering, rectangle
from scenes._motion import Slot
from scenes._scan_layout import MARGIN, ROOM, SUM_LINE

LARGEST, SMALLER = 46.0, 38.0
SIDE = 110.0  # px kept free at the left of the maps for what is written under them


class Tally(Group):
    """Fills lane by lane; `value` is the result once it is written."""

    def __init__(self, steps: Sequence[Step], look: Look, layout: ChannelLayout) -> None:
        super().__init__()
        self.look, self.layout = look, layout
        self.value: Lettering | None = None
        self._boxes, self._line = Slot(), Slot()
        self.add(self._boxes, self._line)
        widest = max(typeset(self._runs(step, None), bold=True).width for step in steps)
        self.size = min(LARGEST, max(LEAST, ROOM / widest))
        self._left = (WIDTH - widest * self.size) / 2

    def clear(self) -> None:
        """Nothing is added up, and there is nothing to add to."""
        self._boxes.show()
        self._line.show()

    def add_up(self, step: Step, lanes: int | None) -> None:
        """Show the sums of the first `lanes`, or with None of all of them, and the sum across with the bias."""
        look, where = self.look, self.layout
        parts = self._parts(step)
        self._boxes.show(*(self._box(lane) for lane in range(len(where.sums))))
        for lane, part in enumerate(parts[:lanes]):
            if lane < len(where.sums):
                left, top, right, bottom = where.sums[lane]
                x, y = (left + right) / 2, (top + bottom) / 2
            else:
                assert where.more is not None
                x, y = where.more
            text = number(part) if lane < len(where.sums) else f"+ {bracketed(part)}"
            self._boxes.also(lettering(text, x, y, where.sum_type, look, "product"))
        self._line.show()
        if lanes == 0:
            return
        *terms, value = self._runs(step, lanes)
        if lanes is not None:
            self._line.show(lettering([*terms, value], self._left, SUM_LINE, self.size, look, anchor="left"))
            return
        x = self._left + typeset(terms).width * self.size
        self.value = lettering(value[0], x, SUM_LINE, self.size, look, value[1], anchor="left", bold=True)
        self._line.show(lettering(terms, self._left, SUM_LINE, self.size, look, anchor="left"), self.value)

    def say(self, runs: Sequence[Run]) -> None:
        """Write something else in the place of the sum across."""
        right = self.layout.maps[0].x - SIDE
        middle, room = (MARGIN + right) / 2, right - MARGIN
        self._line.show(lettering(runs, middle, SUM_LINE, SMALLER, self.look, max_width=room))

    def _box(self, lane: int) -> Group:
        left, top, right, bottom = self.layout.sums[lane]
        return rectangle(
            left, top, right - left, bottom - top, self.look, fill="surface", stroke="product", line=2.5, radius=10.0
        )

    def _parts(self, step: Step) -> list[float]:
        """The sum of each lane's channel, and of the channels without a lane together."""
        lanes = len(self.layout.sums)
        shown = step.channel_sums[:lanes].tolist()
        return [*shown, step.sum_over(lanes)] if self.layout.more else shown

    def _runs(self, step: Step, lanes: int | None) -> list[Run]:
        parts = self._parts(step)
        runs: list[Run] = []
        for part in parts[:lanes]:
            runs += [(" + ", "ink"), (bracketed(part), "product")] if runs else [(number(part), "product")]
        if lanes is not None:
            return runs
        if step.bias:
            runs += [(" + ", "ink"), (bracketed(step.bias), "accent")]
        last = len(self.layout.sums)
        wholes = [exact_sum(step, slice(lane, lane + 1)) for lane in range(last)]
        if self.layout.more:
            wholes.append(exact_sum(step, slice(last, None)))
        results = [*zip(parts, wholes, strict=True), (step.value, sum(wholes) + exact(step.bias))]
        sign = equals([step.bias], results)
        return [*runs, (sign, "ink"), (number(step.value), "negative" if step.value < 0 else "positive")]
