"""The words and signs around the stacks and along the lanes of the film of many channels."""

from __future__ import annotations

from manim import Group

from core import Step, Trace
from look import Look
from look.numbers import size
from scenes._channel_layout import ChannelLayout
from scenes._ink import arrow, lettering, strokes
from scenes._motion import Slot

NAME = "multi-channel-scan"
SIGN, HEADING, WORD = 58.0, 34.0, 28.0
HEAD = 34.0  # px from a heading to what it is about
BRACE = 30.0  # px from the sums to the line that gathers them
CLEAR = 22.0  # px between an arrow and what it points at


class Signs(Group):
    """Names of the stacks, or of the lanes and their columns; and the arrow to the map that is filled."""

    def __init__(self, trace: Trace, look: Look, layout: ChannelLayout) -> None:
        super().__init__()
        self.trace, self.look, self.layout = trace, look, layout
        self._changing, self._pointing = Slot(), Slot()
        self.add(self._changing, self._pointing)

    def clear(self) -> None:
        """Nothing is named: things are moving."""
        self._changing.show()
        self._pointing.show()

    def stacked(self, step: Step, *, deep: bool) -> None:
        """The input's and each filter's name and depth, and what leads to what."""
        self.clear()
        trace, look, where = self.trace, self.look, self.layout
        left, top, right, bottom = where.input_deck.box
        middle = (top + bottom) / 2
        name = look.say("common.sized", thing=look.say("common.input"), size=size(*trace.input.shape))
        self._write(name, (left + right) / 2, top - HEAD, "input", 520)
        self._write(self._planes(step), (left + right) / 2, bottom + HEAD, "muted", 520, WORD)
        for index, (deck, place) in enumerate(zip(where.filter_decks, where.maps, strict=True)):
            text = look.say("convolution-scan.filter", index=index, size=size(*trace.kernel.shape[1:]))
            x, y = (deck.box[0] + deck.box[2]) / 2, place.middle[1]
            self._write(text, x, deck.box[1] - HEAD + 4, "kernel", 400, WORD + 2)
            if trace.convolution.channels(index) == trace.convolution.channels(
                step.channel
            ):  # the stack's, which it reads
                self._changing.also(arrow((right + CLEAR, middle), (deck.box[0] - CLEAR, y), look))
            self._changing.also(arrow((deck.box[2] + CLEAR, y), (place.x - CLEAR, y), look))
        if deep and trace.convolution.groups == 1:
            left, _, right, bottom = where.filter_decks[-1].box
            self._write(look.say(f"{NAME}.as_deep"), (left + right) / 2, bottom + HEAD, "muted", 520, WORD)

    def _planes(self, step: Step) -> str:
        """How many planes the input has, and which of them are in the stack."""
        count, lanes = len(self.trace.input), len(self.layout.planes)
        channels = self.trace.convolution.channels(step.channel)
        if channels.stop - channels.start < count:
            return self.look.say(f"{NAME}.group", first=channels.start, last=channels.stop - 1, count=count)
        if lanes < count:
            return self.look.say(f"{NAME}.planes_some", count=count, shown=lanes)
        return self.look.say(f"{NAME}.planes", count=count)

    def fanned(self, step: Step) -> None:
        """Each lane's channel, what is multiplied and added in it, and the columns' headings."""
        self.clear()
        look, where = self.look, self.layout
        above, _, _, beside = self.trace.convolution.padding
        first = self.trace.convolution.channels(step.channel).start
        planes, filters, grids = where.planes, where.filters, where.grids
        top = min(planes[0].y - above * planes[0].cell, filters[0].y) - HEAD
        columns = [*([where.patches] if where.patches else []), filters, grids]
        names = [
            *([look.say(f"{NAME}.patch")] if where.patches else []),
            look.say("common.filter", index=step.channel),
            look.say("common.products"),
        ]
        roles = [*(["input"] if where.patches else []), "kernel", "ink"]
        self._write(look.say("common.input"), planes[0].middle[0], top, "input", 260)
        for column, name, role in zip(columns, names, roles, strict=True):
            self._write(name, column[0].middle[0], top, role, 240)
        self._write(look.say(f"{NAME}.sums"), (where.sums[0][0] + where.sums[0][2]) / 2, top, "product", 230)
        for lane, (plane, filter_, grid, box) in enumerate(zip(planes, filters, grids, where.sums, strict=True)):
            y = filter_.middle[1]
            name = look.say("common.channel", index=first + lane)
            left = plane.x - self.trace.convolution.padding[1] * plane.cell
            self._changing.also(lettering(name, left - 24, y, WORD, look, "input", anchor="right", max_width=132))
            edge = plane.right + beside * plane.cell
            if where.patches:
                edge = where.patches[lane].right
            self._write("⊙", (edge + filter_.x) / 2, y, "kernel", 90, SIGN)
            self._write("=", (filter_.right + grid.x) / 2, y, "ink", 90, SIGN)
            self._changing.also(arrow((grid.right + CLEAR, y), (box[0] - 14, y), look))
            if lane:
                over = where.sums[lane - 1]
                self._write("+", (box[0] + box[2]) / 2, (over[3] + box[1]) / 2, "ink", 60, 44)
        if where.more:
            hidden = self.trace.kernel.shape[1] - len(planes)
            text = look.say("convolution-scan.more_channels", count=hidden)
            y = where.more[1]
            self._changing.also(lettering(text, grids[0].right, y, WORD, look, "muted", anchor="right", max_width=420))

    def point_at(self, channel: int) -> None:
        """All channel sums together lead to a filter's map."""
        where = self.layout
        place = where.maps[channel % len(where.maps)]
        tops = [(top + bottom) / 2 for _, top, _, bottom in where.sums]
        last = where.more[1] if where.more else tops[-1]
        x, y = where.lanes_right + BRACE, (tops[0] + last) / 2
        brace = [
            ((x - BRACE + 10, tops[0]), (x, tops[0])),
            ((x, tops[0]), (x, last)),
            ((x, last), (x - BRACE + 10, last)),
        ]
        self._pointing.show(
            strokes(brace, self.look, "muted", line=3.0), arrow((x, y), (place.x - CLEAR, place.middle[1]), self.look)
        )

    def _write(self, text: str, x: float, y: float, role: str, room: float, type_: float = HEADING) -> None:
        self._changing.also(lettering(text, x, y, type_, self.look, role, max_width=room))
