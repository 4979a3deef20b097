"""Everything that stands on the stage of the depthwise separable film, and the changes it can show. Knows no time."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Group

from core import SeparableTrace, Step
from core.window import Window
from look import Look
from look.shade import shading
from scenes._ink import LEAST, WIDTH, lettering
from scenes._lights import light
from scenes._matrix import Matrix, cell_type
from scenes._motion import Slot
from scenes._movable import Movable
from scenes._plane import border_of, draw_plane
from scenes._scan_kernel import frame, on_window
from scenes._scan_layout import SUM_LINE
from scenes._scan_map import FeatureMap
from scenes._scan_progress import Progress
from scenes._scan_sum import SumLine
from scenes._scan_unread import unread_strips
from scenes._separable_counts import Counts
from scenes._separable_layout import separable_layout
from scenes._separable_signs import Signs
from scenes._windows import Windows


class SeparableBoard:
    """The stage's parts in drawing order are `layers`; `shown` are each stage's steps whose sums are written out."""

    def __init__(self, trace: SeparableTrace, look: Look, shown: tuple[Sequence[Step], Sequence[Step]]) -> None:
        self.trace, self.look = trace, look
        self.layout = where = separable_layout(trace)
        self.lanes = range(len(where.planes))
        first, second = trace.stages
        shade = shading(look, "output", first.output)
        self.middles = [FeatureMap(first.output[lane], place, shade, look) for lane, place in enumerate(where.middles)]
        shade = shading(look, "output", second.output)
        self.maps = [FeatureMap(second.output[index], place, shade, look) for index, place in enumerate(where.maps)]
        self.windows, self.cells = Windows(where.planes, look), Windows(where.middles, look, lit=False)
        self.signs = Signs(trace, look, where)
        self._sums = tuple(SumLine(steps, look) for steps in shown)
        self.sum = self._sums[0]
        self.counts = Counts(trace, look)
        self.said, self.lights, self.flight = Slot(), Slot(), Slot()
        self.progress = Progress(len(first.steps) + len(second.steps), look)
        planes = self._planes()
        self.filling = Group(*self.middles, *self.maps)
        self.layers: list[Group] = [
            *(plane.cells for plane in planes),
            self.windows.glows,
            *(plane.digits for plane in planes),
            *self._weights(),
            self.signs,
            self.filling,
            *self._sums,
            self.said,
            self.counts,
            self.progress,
            self.windows.frames,
            self.cells.frames,
            self.lights,
            self.flight,
        ]

    def _planes(self) -> list[Movable]:
        """The channel that each lane's kernel reads."""
        stage, drawn = self.trace.depthwise, []
        size = cell_type(stage.input, self.layout.planes[0].cell) or 0.0
        for lane, place in enumerate(self.layout.planes):
            channel, padding = stage.convolution.channels(lane).start, stage.convolution.padding
            values, border = stage.input[channel], border_of(stage, channel)
            plane = draw_plane(
                values, place, "input", stage.input, self.look, padding=padding, padded=border, size=size
            )
            plane.cells.also(*unread_strips(stage, place, self.look))
            drawn.append(plane)
        return drawn

    def _weights(self) -> list[Group]:
        """The kernel of each lane, in the windows' outline, and its row of the table of 1×1 filters."""
        stage, look, drawn = self.trace.depthwise, self.look, []
        size = cell_type(stage.kernel, self.layout.kernels[0].cell) or 0.0
        for lane, place in enumerate(self.layout.kernels):
            kernel = draw_plane(stage.weights[lane, 0], place, "kernel", stage.kernel, look, size=size)
            drawn += [kernel.cells, kernel.digits, frame(place.span(0, 0, place.rows, place.columns), look)]
        mixers = self.trace.separable.pointwise
        shade = shading(look, "kernel", mixers)
        size = cell_type(mixers, self.layout.table[0].cell) or 0.0
        for lane, place in enumerate(self.layout.table):
            row = mixers[: place.columns, lane][None]
            drawn.append(Matrix(row, place.x, place.y, place.cell, shade, look, size=size))
        return drawn

    def work_on(self, second: bool) -> None:
        """One of the two stages is at work."""
        self.clear()
        self.sum = self._sums[second]
        self.signs.work_on(second)

    def light(self, lane: int, step: Window) -> None:
        """One lane's window and kernel."""
        kernel = self.layout.kernels[lane]
        boxes = [
            on_window(self.layout.planes[lane], step, None).frame,
            kernel.span(0, 0, kernel.rows, kernel.columns),
        ]
        self.lights.show(*(light(box, self.look) for box in boxes))

    def say(self, text: str) -> None:
        """A word in the place of the sum."""
        self.sum.show()
        self.said.show(lettering(text, WIDTH / 2, SUM_LINE, 36, self.look, "muted", max_width=1500, least=LEAST))

    def add_up(self, step: Step) -> None:
        """The whole sum of a step."""
        self.said.show()
        self.sum.add_up(step, None)

    def clear(self) -> None:
        """No sum, nothing lit, no value on its way."""
        self.sum.show()
        for slot in (self.said, self.lights, self.flight):
            slot.show()

    def rest(self) -> None:
        """No window stands anywhere, no cell is active."""
        self.windows.hide()
        self.cells.hide()
        for feature_map in (*self.middles, *self.maps):
            feature_map.rest()
