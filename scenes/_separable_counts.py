"""What a depthwise separable convolution saves: its weights in the bar of those of the one that it replaces."""

from __future__ import annotations

from manim import Group

from core import SeparableTrace
from look import Look
from look.numbers import number
from look.phrases import DOT
from look.typesetting import typeset
from scenes._ink import WIDTH, lettering, rectangle
from scenes._motion import Slot
from scenes._scan_layout import MARGIN

NAME = "depthwise-separable"
TOP, HIGH, WIDE = 908.0, 36.0, 1190.0
READING = 974.0  # the height of the line under the bar
NAMES, CLEAR = 150.0, 18.0
TYPE, LARGE = 29.0, 36.0


class Counts(Group):
    """Nothing at first; `fill` shows the bar and fills it, `tell` says what it comes to."""

    def __init__(self, trace: SeparableTrace, look: Look) -> None:
        super().__init__()
        self.trace, self.look = trace, look
        self.both, self.one = trace.separable.weight_counts
        self.parts = trace.depthwise.kernel.size, trace.separable.pointwise.size
        self.unit = WIDE / max(self.both, self.one)
        self.start = MARGIN + NAMES
        self._bar, self._said = Slot(), Slot()
        self.add(self._bar, self._said)

    def fill(self, share: float) -> None:
        """The bar of the ordinary convolution's weights, with so much of the two stages' in it."""
        look, middle = self.look, TOP + HIGH / 2
        self._bar.show()
        start, reach = self.start, self.start + self.both * self.unit * share
        for count, strength in zip(self.parts, (1.0, 0.55), strict=True):
            stop = min(start + count * self.unit, reach)
            if stop - start > 2:
                fill = look.cell("kernel", strength)
                self._bar.also(rectangle(start, TOP, stop - start - 2, HIGH, look, fill=fill))
            if share == 1 and typeset(number(count)).width * TYPE + 12 <= stop - start:
                self._bar.also(lettering(number(count), (start + stop) / 2, middle, TYPE, look))
            start = stop
        end = self.start + max(self.both, self.one) * self.unit + CLEAR
        name, ordinary = look.say(f"{NAME}.count.bar"), look.say(f"{NAME}.count.ordinary", one=self.one)
        self._bar.also(
            rectangle(self.start, TOP, self.one * self.unit, HIGH, look, stroke="ink", line=3.0, radius=4.0),
            lettering(name, self.start - CLEAR, middle, TYPE, look, anchor="right", max_width=NAMES - CLEAR),
            lettering(ordinary, end, middle, TYPE, look, anchor="left", max_width=WIDTH - MARGIN - end),
        )

    def tell(self) -> None:
        """The weights of both stages and of the convolution that they replace; and the products of all steps."""
        look, (products, replaced) = self.look, self.trace.separable.product_counts
        first, second = self.parts
        said = [
            look.say(f"{NAME}.count.weights", first=first, second=second, both=self.both, one=self.one),
            look.say(f"{NAME}.count.products", both=products, one=replaced),
        ]
        self._said.show(lettering(DOT.join(said), WIDTH / 2, READING, LARGE, look, max_width=WIDTH - 2 * MARGIN))
