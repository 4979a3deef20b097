"""The words and arrows between input, kernel and feature map: what is done with what."""

from __future__ import annotations

from manim import Group

from core import Step, Trace
from look import Look
from look.extents import extents_in
from look.numbers import size
from look.phrases import sized
from scenes._ink import arrow, lettering
from scenes._lattice import Place
from scenes._motion import Slot
from scenes._scan_layout import LABEL, Layout

SIGN, WORD, HEADING = 64.0, 30.0, 34.0
CLEAR = 26.0  # px between an arrow and what it points at


class Signs(Group):
    """At rest: input ⊙ kernel → feature map. While it scans: an arrow for the product, headings for the products."""

    def __init__(self, trace: Trace, look: Look, layout: Layout, *, spread: bool = False) -> None:
        super().__init__()
        self.trace, self.look, self.layout, self.spread = trace, look, layout, spread
        self._resting = False
        self._target: Place | None = None
        self._changing, self._pointing = Slot(), Slot()
        self.add(self._changing, self._pointing, *self._hidden_channels())

    @property
    def _in_a_row(self) -> bool:
        return self.trace.kernel.shape[1] == 1 and not self.layout.stacked

    def rest(self, step: Step) -> None:
        """The kernel is at rest."""
        self.lift(step, home=True)
        grid, plane = self._kernel, self.layout.planes[0]
        if self._in_a_row:
            right = plane.right + self.trace.convolution.padding[3] * plane.cell
            self._changing.also(lettering("⊙", (right + grid.x) / 2, grid.middle[1], SIGN, self.look, "kernel"))

    @property
    def _kernel(self) -> Place:
        """Where the first lane's kernel or products stand."""
        return self.layout.spread[0] if self.spread and self._resting else self.layout.grids[0]

    def _turn(self, *, resting: bool) -> None:
        """The arrow starts where the kernel rests, or at the products."""
        self._resting = resting
        if self.spread and self._target is not None:
            self.point_at(self._target)

    def lift(self, step: Step, *, home: bool = False) -> None:
        """The kernel is on its way, to the input or `home`."""
        self._turn(resting=home)
        self._changing.show()
        if self._in_a_row:
            self._head(self._kernel_name(step), "kernel")
        else:
            stacked = self.layout.stacked
            name = self._kernel_name(step) if stacked else self.look.say("common.filter", index=step.channel)
            self._fall(f"⊙ {name}")

    def scan(self, step: Step) -> None:
        """The kernel rides over the input."""
        self._turn(resting=False)
        self._changing.show()
        grid, plane = self.layout.grids[0], self.layout.planes[0]
        several = len(self.trace.output) > 1
        name = "⊙ " + self.look.say("common.filter", index=step.channel) if several else None
        times = name or self.look.say("common.times_kernel")
        if not self._in_a_row:
            self._fall(times)
            return
        if self.layout.magnified:
            self._head(self.look.say("convolution-scan.magnified"), "ink")
            return
        left = plane.right + self.trace.convolution.padding[3] * plane.cell
        y, room = grid.middle[1], grid.x - left - 12
        self._changing.also(
            lettering(times, (left + grid.x) / 2, y - 32, WORD, self.look, "kernel", max_width=room),
            arrow((left + CLEAR, y), (grid.x - CLEAR, y), self.look),
        )
        self._head(self.look.say("common.products"), "ink")

    def clear(self) -> None:
        """Nothing is said of the kernel while it turns."""
        self._changing.show()

    def _head(self, text: str, role: str) -> None:
        grid = self._kernel
        room = max(300.0, grid.right - grid.x)
        self._changing.also(lettering(text, grid.middle[0], grid.y - 32, HEADING, self.look, role, max_width=room))

    def _kernel_name(self, step: Step) -> str:
        rows, columns = self.trace.axes
        extents = extents_in(self.trace, rows.kernel, columns.kernel)
        if self.spread:
            spans = extents_in(self.trace, rows.span, columns.span)
            if len(self.trace.output) > 1:
                return self.look.say("dilated-scan.filter", index=step.channel, size=size(*extents), span=size(*spans))
            return self.look.say("dilated-scan.kernel", size=size(*extents), span=size(*spans))
        if len(self.trace.output) > 1:
            return self.look.say("convolution-scan.filter", index=step.channel, size=size(*extents))
        name = sized("kernel", self.look, *extents)
        turned = self.trace.convolution.flip and self.trace.kernel[0, 0].size > 1
        return self.look.say("common.turned", thing=name) if turned else name

    def _fall(self, times: str) -> None:
        """From each plane an arrow down to its grid, the first with what is done."""
        below = self.trace.convolution.padding[2]
        for plane, grid in zip(self.layout.planes, self.layout.grids, strict=True):
            x = grid.middle[0]
            start = plane.bottom + below * plane.cell
            self._changing.also(arrow((x, start + 12), (x, grid.y - 12), self.look))
            y, room = (start + grid.y) / 2, max(grid.right, plane.right) - x - 20
            self._changing.also(
                lettering(times, x + 20, y, 28, self.look, "kernel", anchor="left", max_width=room + 20)
            )

    def point_at(self, target: Place) -> None:
        """The arrow that adds up points at a feature map."""
        self._target = target
        if self.layout.stacked:
            self._drop(target)
            return
        y = target.middle[1]
        if self._in_a_row:
            start, from_y = self._kernel.right, self._kernel.middle[1]
        else:
            padding = self.trace.convolution.padding[3]
            edges = [plane.right + padding * plane.cell for plane in self.layout.planes]
            more = [self.layout.more[0] + 88] if self.layout.more else []
            start, from_y = max(self.layout.lanes_right, *edges, *more), y
        end = target.x
        text = self.look.say("common.add_up")
        above = min(y, from_y)  # over the whole arrow, however steep it is
        beside = abs(above - target.y) < HEADING  # the map's heading, which may be wider than the map
        until = min(end, target.middle[0] - LABEL / 2) if beside else end
        self._pointing.show(
            lettering(text, (start + until) / 2, above - 32, WORD, self.look, "output", max_width=until - start - 12),
            arrow((start + CLEAR, from_y), (end - CLEAR, y), self.look),
        )

    def _drop(self, target: Place) -> None:
        """From the products an arrow down to the map under them, as far as its heading."""
        x, start, end = self._kernel.middle[0], self._kernel.bottom + 12, target.y - HEADING - CLEAR
        text = self.look.say("common.add_up")
        self._pointing.show(
            arrow((x, start), (x, end), self.look),
            lettering(text, x + 20, (start + end) / 2, WORD, self.look, "output", anchor="left"),
        )

    def _hidden_channels(self) -> list[Group]:
        if self.layout.more is None:
            return []
        hidden = self.trace.kernel.shape[1] - len(self.layout.grids)
        x, y = self.layout.more
        plane = self.layout.planes[0]
        text = self.look.say("convolution-scan.more_channels", count=hidden)
        return [
            lettering("…", x, plane.middle[1], 60, self.look, "muted"),
            lettering("…", x, y - 30, 60, self.look, "muted"),
            lettering(text, x, y + 30, 28, self.look, "muted", max_width=176, max_lines=2),
        ]
