"""The planes of the input and the slices of the filters: stacked behind each other, or fanned out into lanes."""

from __future__ import annotations

from dataclasses import replace

from core import Step, Trace
from look import Look
from scenes._channel_layout import ChannelLayout, Deck
from scenes._ink import LEAST
from scenes._lattice import Place
from scenes._motion import Slot
from scenes._movable import Movable, Stand
from scenes._plane import border_of, draw_plane
from scenes._scan_kernel import frame
from scenes._scan_unread import unread_strips


class Stacks:
    """`cells` lie under what lights up in the windows, `digits` over it."""

    def __init__(self, trace: Trace, look: Look, layout: ChannelLayout) -> None:
        self.trace, self.look, self.layout = trace, look, layout
        self.cells, self.digits = Slot(), Slot()
        self._planes: list[Movable] = []
        self._read: slice | None = None
        self._filters = [self._filter(index) for index in range(len(layout.filter_decks))]

    def put(self, step: Step, share: float) -> None:
        """From fanned out (0) to stacked (1): all filters when stacked, else a step's, and the channels it reads."""
        self._draw_planes(self.trace.convolution.channels(step.channel))
        self._place(self._planes, self.layout.planes, self.layout.input_deck, self.layout.digits, share)
        for index, (slices, deck) in enumerate(zip(self._filters, self.layout.filter_decks, strict=True)):
            here = index == step.channel
            self._place(slices, self.layout.filters if here else None, deck, self.layout.weights, share)
        self._show()

    def swap(self, before: Step, after: Step, share: float) -> None:
        """In the lanes, from one step's filter (0) to another's (1), and the channels that the other reads."""
        self._draw_planes(self.trace.convolution.channels(after.channel))
        self._place(self._planes, self.layout.planes, self.layout.input_deck, self.layout.digits, 0.0)
        seen = {before.channel: 1 - share, after.channel: share}
        for index, slices in enumerate(self._filters):
            for part, lane in zip(slices, self.layout.filters, strict=True):
                part.put(Stand(lane.x, lane.y, seen=seen.get(index, 0.0)))
        self._show()

    def _show(self) -> None:
        shown = [part for part in self._filters if part[0].stand.seen > 0]
        stacks = [self._planes, *shown]
        self.cells.show(*(part.cells for stack in stacks for part in reversed(stack)))
        self.digits.show(*(part.digits for stack in stacks for part in reversed(stack)))

    def _draw_planes(self, channels: slice) -> None:
        if channels == self._read:
            return
        self._read = channels
        padding, size = self.trace.convolution.padding, self.layout.digits or 0.0
        self._planes = []
        for lane, place in enumerate(self.layout.planes):
            channel = channels.start + lane
            border = border_of(self.trace, channel)
            drawn = draw_plane(
                self.trace.input[channel],
                place,
                "input",
                self.trace.input,
                self.look,
                padding=padding,
                padded=border,
                size=size,
            )
            unread = unread_strips(self.trace, place, self.look)
            self._planes.append(Movable([*drawn.cells, *unread], [*drawn.digits], drawn.home))

    def _filter(self, index: int) -> list[Movable]:
        return [self._slice(index, lane, place) for lane, place in enumerate(self.layout.filters)]

    def _slice(self, index: int, lane: int, place: Place) -> Movable:
        """One slice of a filter, in the outline that the windows have too."""
        weights, size = self.trace.weights[index, lane], self.layout.weights or 0.0
        drawn = draw_plane(weights, place, "kernel", self.trace.kernel, self.look, size=size)
        outline = frame(place.span(0, 0, place.rows, place.columns), self.look)
        return Movable([*drawn.cells, outline], [*drawn.digits], drawn.home)

    @staticmethod
    def _place(
        parts: list[Movable], lanes: tuple[Place, ...] | None, deck: Deck, size: float | None, share: float
    ) -> None:
        """Between their lanes (0) and their stack (1); without lanes they fade into their stack."""
        for index, (part, stand) in enumerate(zip(parts, deck.stands, strict=True)):
            readable = size is not None and size * stand.scale >= LEAST
            there = stand if readable else replace(stand, digits=0.0)
            part.put(
                (Stand(lanes[index].x, lanes[index].y) if lanes else replace(there, seen=0.0)).towards(there, share)
            )
