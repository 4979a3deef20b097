"""The words and arrows of the transposed film: what stands where, and what is done with what."""

from __future__ import annotations

from manim import Group

from core import Stamp, TransposeTrace
from look import Look
from look.numbers import number, size
from look.phrases import sized
from scenes._ink import WIDTH, arrow, lettering
from scenes._lattice import Box
from scenes._motion import Slot
from scenes._scan_layout import MARGIN
from scenes._transposed_layout import TransposedLayout

NAME = "transposed-scan"
HEADING, WORD, CLEAR = 34.0, 30.0, 24.0
LEAST_ROOM = 200.0  # px beside a kernel, for its name


class TransposedSigns(Group):
    """Headings over the three parts, and the arrows between them."""

    def __init__(self, trace: TransposeTrace, look: Look, layout: TransposedLayout) -> None:
        super().__init__()
        self.trace, self.look, self.layout = trace, look, layout
        self._left, self._middle, self._right, self._arrows = Slot(), Slot(), Slot(), Slot()
        self.add(self._left, self._middle, self._right, self._arrows)
        self._line = trace.windowed.line
        self._channel: int | None = None

    def scatter(self, channel: int) -> None:
        """Before the first stamp."""
        say, place = self.look.say, self.layout.input
        self._name_input(channel)
        self._head(sized("kernel", self.look, *self.trace.kernel.shape[2 + self._line :]), "kernel")
        canvas = (axis.canvas for axis in self.trace.transposed.axes)
        self._over_canvas(say(f"{NAME}.canvas", size=size(*list(canvas)[self._line :])))
        self._point(place.span(0, 0, place.rows, place.columns), say(f"{NAME}.times_kernel"), say(f"{NAME}.stamp_down"))

    def _name_input(self, channel: int) -> None:
        if self._channel == channel:
            return
        self._channel = channel
        place, extents = self.layout.input, self.trace.input.shape[1 + self._line :]
        text = sized("input", self.look, *extents)
        if len(self.trace.input) > 1:
            text = self.look.say("convolution-scan.channel", index=channel, size=size(*extents))
        room = max(300.0, place.right - place.x)
        self._left.show(lettering(text, place.middle[0], place.y - 32, HEADING, self.look, "input", max_width=room))

    def idle(self, channel: int) -> None:
        """Many stamps are made at once."""
        self._name_input(channel)
        self._head(sized("kernel", self.look, *self.trace.kernel.shape[2 + self._line :]), "kernel")

    def stamp(self, stamp: Stamp) -> None:
        """A stamp is made: the cell's value times the kernel."""
        self._name_input(stamp.channel)
        self._head(self.look.say(f"{NAME}.times", value=number(stamp.value)), "ink")

    def cut(self) -> None:
        """The canvas has become the feature map."""
        text = sized("feature_map", self.look, *self.trace.output_size[self._line :])
        if len(self.trace.output) > 1:
            shown = size(*self.trace.output_size[self._line :])
            text = self.look.say("convolution-scan.map", index=0, size=shown)
        self._over_canvas(text)
        self._head(sized("kernel", self.look, *self.trace.kernel.shape[2 + self._line :]), "kernel")

    def gather(self, *, turned: bool) -> None:
        """The input is stuffed with zeros; the kernel has been `turned` or not yet."""
        self._channel = None
        rows, cols = self.trace.transposed.axes
        place, (top, left, _, right) = self.layout.stuffed, self.layout.border
        box = place.span(-top, -left, place.rows, place.columns + right)
        shown = size(*(rows.stuffed, cols.stuffed)[self._line :])
        spread = (rows.stride, cols.stride) != (1, 1)
        text = (
            self.look.say(f"{NAME}.stuffed", size=shown)
            if spread
            else sized("input", self.look, rows.input, cols.input)
        )
        x, room = (box[0] + box[2]) / 2, max(360.0, box[2] - box[0])
        self._left.show(lettering(text, x, box[1] - 32, HEADING, self.look, "input", max_width=room))
        self._middle.show()  # a turning kernel needs the room
        if turned:
            self._head(self.look.say(f"{NAME}.turned"), "kernel")
        times = self.look.say("common.times_kernel")
        if turned or not self.layout.stacked:
            self._point(box, times, self.look.say("common.add_up"))
        else:
            self._arrows.show()  # so does one that turns between what stands over and under it

    def scan(self) -> None:
        """The kernel rides over the stuffed input."""
        self._head(self.look.say("common.products"), "ink")

    def _head(self, text: str, role: str) -> None:
        grid = self.layout.grids[0]
        if self.layout.stacked:
            x, room = grid.right + CLEAR, WIDTH - MARGIN - grid.right - CLEAR
            said = lettering(text, x, grid.middle[1], HEADING, self.look, role, anchor="left", max_width=room)
            self._middle.show(*([said] if room > LEAST_ROOM else []))
            return
        room = max(320.0, grid.right - grid.x)
        self._middle.show(lettering(text, grid.middle[0], grid.y - 32, HEADING, self.look, role, max_width=room))

    def _over_canvas(self, text: str) -> None:
        place = self.layout.canvas
        room = max(320.0, place.right - place.x)
        self._right.show(lettering(text, place.middle[0], place.y - 32, HEADING, self.look, "output", max_width=room))

    def _point(self, source: Box, times: str, onto: str) -> None:
        grid, y = self.layout.grids[0], self.layout.grids[0].middle[1]
        self._arrows.show()
        if self.layout.stacked:
            x, heading = grid.middle[0], self.layout.canvas.y - HEADING - CLEAR
            for start, end, text, role in (
                (self.layout.input.bottom + 12, grid.y - 12, times, "kernel"),
                (grid.bottom + 12, heading, onto, "output"),
            ):
                self._arrows.also(
                    arrow((x, start), (x, end), self.look),
                    lettering(text, x + 20, (start + end) / 2, WORD, self.look, role, anchor="left"),
                )
            return
        if self.layout.raised:
            self._point_over(source, times, onto)
            return
        for start, end, text, role in (
            (source[2], grid.x, times, "kernel"),
            (grid.right, self.layout.canvas.x, onto, "output"),
        ):
            room = end - start - 12
            self._arrows.also(
                lettering(text, (start + end) / 2, y - 32, WORD, self.look, role, max_width=room),
                arrow((start + CLEAR, y), (end - CLEAR, y), self.look),
            )

    def _point_over(self, source: Box, times: str, onto: str) -> None:
        """From the input up to the kernel over it, and from there down to the canvas."""
        grid, (before, after) = self.layout.grids[0], (self.layout.input.middle[0], self.layout.canvas.middle[0])
        y, above = grid.middle[1], HEADING + CLEAR
        for start, end, text, role in (
            ((before, source[1] - above), (grid.x - CLEAR, y), times, "kernel"),
            ((grid.right + CLEAR, y), (after, self.layout.canvas.y - above), onto, "output"),
        ):
            middle, anchor = (start[0] + end[0]) / 2, "right" if role == "kernel" else "left"
            self._arrows.also(
                lettering(text, middle, (start[1] + end[1]) / 2 - WORD, WORD, self.look, role, anchor=anchor),
                arrow(start, end, self.look),
            )
