"""The words and signs of the depthwise separable film: its two stages, its columns and its lanes."""

from __future__ import annotations

from itertools import pairwise

from manim import Group

from core import SeparableTrace
from look import Look
from look.numbers import number, size
from scenes._ink import arrow, lettering, strokes
from scenes._motion import Slot
from scenes._scan_kernel import frame
from scenes._scan_layout import MARGIN
from scenes._separable_layout import HEADS, STAGES, SeparableLayout

NAME = "depthwise-separable"
STAGE, HEADING, WORD, SIGN = 32.0, 29.0, 28.0, 52.0
CLEAR, BRACE, UNDER = 18.0, 26.0, 30.0  # px around arrows, to the line that gathers lanes, and down to a count


class Signs(Group):
    """What stays, the stage that is at work, and the filter that is at work."""

    def __init__(self, trace: SeparableTrace, look: Look, layout: SeparableLayout) -> None:
        super().__init__()
        self.trace, self.look, self.layout = trace, look, layout
        self._stages, self.filter = Slot(), Slot()
        self.add(*self._lanes(), *self._columns(), *self._numbers(), *self._mixing(), self._stages, self.filter)
        self.work_on(None)

    def work_on(self, second: bool | None) -> None:
        """One of the two stages, or neither, is at work."""
        self._stages.show()
        for stage, key in ((False, "depthwise"), (True, "pointwise")):
            left, right = self.layout.stage_box(stage)
            lit = second is stage
            role = "ink" if lit or second is None else "muted"
            text = lettering(
                self.look.say(f"{NAME}.{key}"),
                (left + right) / 2,
                STAGES,
                STAGE,
                self.look,
                role,
                bold=lit,
                max_width=right - left,
            )
            line = strokes(
                [((left, STAGES + 22), (right, STAGES + 22))],
                self.look,
                "window" if lit else "grid",
                line=5.0 if lit else 3.0,
            )
            self._stages.also(text, line)

    def turn_to(self, index: int) -> None:
        """A filter of the second stage is at work: its outline is as deep as there are maps, which it adds up."""
        self.filter.show(frame(self.layout.filter_box(index), self.look))
        middles = [place.middle[1] for place in self.layout.table]
        x = self.layout.table[0].center(0, index)[0]
        for above, below in pairwise(middles):
            self.filter.also(lettering("+", x, (above + below) / 2, 40, self.look))

    def _lanes(self) -> list[Group]:
        where, look, stage = self.layout, self.look, self.trace.depthwise
        _, left, _, right = stage.convolution.padding
        drawn: list[Group] = []
        for lane, (plane, kernel, middle, row) in enumerate(
            zip(where.planes, where.kernels, where.middles, where.table, strict=True)
        ):
            y = kernel.middle[1]
            channel = stage.convolution.channels(lane).start
            x = plane.x - left * plane.cell - CLEAR
            name = look.say("common.channel", index=channel)
            drawn.append(lettering(name, x, y, WORD, look, "input", anchor="right", max_width=x - MARGIN))
            edge = plane.right + right * plane.cell
            drawn.append(lettering("⊙", (edge + kernel.x) / 2, y, SIGN, look, "kernel"))
            drawn.append(arrow((kernel.right + CLEAR, y), (middle.x - CLEAR, y), look))
            drawn.append(lettering("×", (middle.right + row.x) / 2, y, SIGN, look, "kernel"))
        if where.more:
            hidden = len(stage.output) - len(where.planes)
            text = look.say(f"{NAME}.more", count=hidden)
            y = where.more[1]
            drawn.append(lettering(text, where.kernels[0].middle[0], y, WORD, look, "muted", max_width=500))
        return drawn

    def _columns(self) -> list[Group]:
        """The columns' headings, and how many weights each kind of kernel has."""
        where, look, trace = self.layout, self.look, self.trace
        names = [
            (
                where.planes,
                look.say("common.sized", thing=look.say("common.input"), size=size(*trace.input.shape)),
                "input",
            ),
            (where.kernels, look.say(f"{NAME}.kernels", size=size(*trace.depthwise.kernel.shape[2:])), "kernel"),
            (where.middles, look.say(f"{NAME}.middles"), "output"),
            (where.table, look.say(f"{NAME}.mixers"), "kernel"),
        ]
        middles = [(column[0].x + column[0].right) / 2 for column, _, _ in names]
        drawn: list[Group] = []
        for index, ((_, text, role), x) in enumerate(zip(names, middles, strict=True)):
            near = [abs(x - other) for other in (middles[index - 1 : index] + middles[index + 1 : index + 2])]
            room = min(min(near) - 16, 2 * (x - MARGIN))
            drawn.append(lettering(text, x, HEADS, HEADING, look, role, max_width=room))
        for column, count in (
            (where.kernels, trace.depthwise.kernel.size),
            (where.table, trace.separable.pointwise.size),
        ):
            if where.more and column is where.kernels:
                continue
            text = look.say(f"{NAME}.weights", count=count)
            x = (column[0].x + column[0].right) / 2
            bottom = max(place.bottom for place in (where.kernels[-1], column[-1]))
            drawn.append(lettering(text, x, bottom + UNDER, WORD, look, "muted", max_width=260))
        return drawn

    def _numbers(self) -> list[Group]:
        """Over each column of the table the number of the map that it makes."""
        first = self.layout.table[0]
        return [
            lettering(number(index), first.center(0, index)[0], first.y - UNDER, WORD, self.look, "output")
            for index in range(first.columns)
        ]

    def _mixing(self) -> list[Group]:
        """From all rows of the table together to the maps; and the maps' names."""
        where, look = self.layout, self.look
        rows = [place.middle[1] for place in where.table]
        last = where.more[1] if where.more else rows[-1]
        x, y = where.table[0].right + BRACE, (rows[0] + last) / 2
        brace = [((x - 12, rows[0]), (x, rows[0])), ((x, rows[0]), (x, last)), ((x, last), (x - 12, last))]
        left = min(place.x for place in where.maps)
        drawn: list[Group] = [strokes(brace, look, "muted", line=3.0), arrow((x, y), (left - CLEAR, y), look)]
        for index, place in enumerate(where.maps):
            text = look.say(f"{NAME}.map", index=index)
            drawn.append(lettering(text, place.middle[0], place.y - 30, WORD, look, "output", max_width=230))
        hidden = len(self.trace.output) - len(where.maps)
        if hidden:
            text = look.say("convolution-scan.more_maps", count=hidden)
            bottom = max(place.bottom for place in where.maps)
            x = (left + max(place.right for place in where.maps)) / 2
            drawn.append(lettering(text, x, bottom + UNDER, WORD, look, "muted", max_width=300))
        return drawn
