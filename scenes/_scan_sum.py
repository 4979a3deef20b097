"""The sum under the picture: one channel's products written out term by term, or the sums of several channels."""

from __future__ import annotations

from collections.abc import Sequence

from core import Step
from look import Look
from look.numbers import number
from look.phrases import bracketed, sum_runs
from look.typesetting import Run, typeset
from scenes._ink import LEAST, WIDTH, Lettering, lettering, strokes
from scenes._lattice import Place, Spot
from scenes._motion import Slot
from scenes._scan_layout import LANE_GAP, MARGIN, ROOM, SUM_LINE

LARGEST, SMALLEST = 44.0, 27.0  # type sizes
MOST_TERMS = 12


class SumLine(Slot):
    """The running sum of one channel. It starts at the same place for every step, so that nothing jitters."""

    def __init__(self, steps: Sequence[Step], look: Look) -> None:
        super().__init__()
        self.look = look
        self.value: Lettering | None = None
        self.most = MOST_TERMS
        while self.most > 1 and self._widest(steps) * SMALLEST > ROOM:
            self.most -= 1
        widest = self._widest(steps)
        self.size = min(LARGEST, ROOM / widest)
        self.left = (WIDTH - widest * self.size) / 2

    def _widest(self, steps: Sequence[Step]) -> float:
        return max(typeset(sum_runs(step, self.look, most=self.most), bold=True).width for step in steps)

    def add_up(self, step: Step, taps: int | None) -> None:
        """Show the sum of the first `taps` products, or with None of all of them and the bias."""
        self.show()
        if taps is not None and not step.weights.ravel()[:taps].any() and step.weights.any():
            return  # only weights of zero so far: nothing to add
        *terms, value = sum_runs(step, self.look, most=self.most, taps=taps)
        self._write(terms, value)

    def terms_shown(self, step: Step) -> tuple[int, int]:
        """How many of the step's terms are written out, and how many there are."""
        count = int((step.weights != 0).sum())
        return min(count, self.most), count

    def _write(self, terms: Sequence[Run], value: Run) -> None:
        before = lettering(terms, self.left, SUM_LINE, self.size, self.look, anchor="left")
        x = self.left + typeset(terms).width * self.size
        self.value = lettering(value[0], x, SUM_LINE, self.size, self.look, value[1], anchor="left", bold=True)
        self.show(before, self.value)


class LaneSums(Slot):
    """The sum of each channel under its products, then across the channels, and the bias, to the value."""

    def __init__(self, grids: Sequence[Place], more: Spot | None, steps: Sequence[Step], look: Look) -> None:
        super().__init__()
        self.grids, self.more, self.look = grids, more, look
        self.value: Lettering | None = None
        self.middles = [grid.middle[0] for grid in grids] + ([more[0]] if more else [])
        self.size = min(LARGEST, self._fitting(steps))

    def _fitting(self, steps: Sequence[Step]) -> float:
        pitch = min(
            (after - before for before, after in zip(self.middles, self.middles[1:], strict=False)), default=ROOM
        )
        widest = max(typeset(text).width for step in steps for text in map(bracketed, self.parts(step)))
        tail = max(typeset(self._tail(step, None), bold=True).width for step in steps)
        return max(LEAST, min((pitch - 8) / (widest + 0.9), (WIDTH - MARGIN - self._tail_left()) / tail))

    def parts(self, step: Step) -> list[float]:
        """The sum of each lane's channel, and of the channels without a lane together."""
        lanes = len(self.grids)
        shown = step.channel_sums[:lanes].tolist()
        return [*shown, step.sum_over(lanes)] if self.more else shown

    def add_up(self, step: Step, lanes: int | None) -> None:
        """Show the sums of the first `lanes`, or with None of all of them and the bias."""
        self.show()
        parts = self.parts(step)
        look, size = self.look, self.size
        for index, part in enumerate(parts[:lanes]):
            x = self.middles[index]
            text = bracketed(part) if index else number(part)
            self.also(lettering(text, x, SUM_LINE, size, look, "product"))
            if index < len(self.grids):
                grid = self.grids[index]
                y = SUM_LINE - 0.68 * size
                self.also(strokes([((grid.x, y), (grid.right, y))], look, "muted", line=2.0))
            if index:
                self.also(lettering("+", (self.middles[index - 1] + x) / 2, SUM_LINE, size, look))
        if lanes == 0:
            return
        *before, value = self._tail(step, lanes)
        x = self._tail_left()
        if before:
            self.also(lettering(before, x, SUM_LINE, size, look, anchor="left"))
            x += typeset(before).width * size
        self.value = lettering(value[0], x, SUM_LINE, size, look, value[1], anchor="left", bold=True)
        self.also(self.value)

    def _tail_left(self) -> float:
        last = self.grids[-1]
        return last.right + LANE_GAP * 0.4 if self.more is None else self.middles[-1] + 80

    def _tail(self, step: Step, lanes: int | None) -> list[Run]:
        """The bias, an equals sign and the sum so far."""
        parts = self.parts(step)
        done = lanes is None
        shown = min(lanes or len(parts), len(parts))
        value = step.value if done else step.sum_over(0, shown if shown <= len(self.grids) else None)
        bias: list[Run] = [("+ ", "ink"), (bracketed(step.bias) + " ", "accent")] if step.bias and done else []
        return [*bias, ("= ", "ink"), (number(value), "negative" if value < 0 else "positive")]
