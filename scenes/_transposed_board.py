"""Everything that stands on the stage of the transposed film, and the changes it can show. Knows no time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Group, VGroup
from numpy.typing import NDArray

from core import Stamp, Step, TransposeTrace
from look import Look
from look.extents import place
from look.shade import shading
from look.transposed_phrases import overlap_runs
from look.typesetting import Run, typeset
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import WIDTH, Lettering, lettering
from scenes._lights import beam, light, tap_boxes
from scenes._matrix import Matrix, padding_ring
from scenes._motion import Slot
from scenes._scan_kernel import at_rest, frame, glow, on_window, pose_kernel, window_shift
from scenes._scan_layout import ROOM, SUM_LINE
from scenes._scan_map import FeatureMap
from scenes._scan_products import Products
from scenes._scan_progress import Progress
from scenes._scan_type import MOST_TAPS, Read
from scenes._transposed_canvas import Canvas, Expected
from scenes._transposed_layout import transposed_layout
from scenes._transposed_plane import StuffedPlane
from scenes._transposed_press import Press, around
from scenes._transposed_signs import TransposedSigns

LARGEST, SMALLEST = 42.0, 27.0  # type of the sum
TITLE = 40.0


class TransposedBoard:
    """The stage's parts in drawing order are `layers`; `shown` are the steps and stamps shown with every number.

    Of several channels that the input has, one is shown at a time; of several feature maps, the first.
    """

    def __init__(self, trace: TransposeTrace, look: Look, stamps: Sequence[Stamp], shown: Sequence[Read]) -> None:
        self.trace, self.look, self.stamps = trace, look, stamps
        self.layout = transposed_layout(trace, shown)
        self.kernel_shade = shading(look, "kernel", trace.kernel)
        limit = max((read.products for read in shown), key=lambda products: float(abs(products).max()))
        self.product_shade = shading(look, "product", np.asarray(limit))
        self.plane = StuffedPlane(trace, look, self.layout)
        self.canvas = Canvas(trace, look, self.layout)
        self.expected = Expected(trace, look, self.layout)
        self.products = Products(self.layout, 0, self.product_shade, look)
        self.signs = TransposedSigns(trace, look, self.layout)
        self.map = self._map(known=False)
        self.right, self.sum, self.progress, self.glow = Slot(), Slot(), Slot(), Slot()
        self.frame, self.light, self.beam, self.flight, self.resting = Slot(), Slot(), Slot(), Slot(), Slot()
        self.kernel = VGroup()
        self.value: Lettering | None = None
        self.at: Step | None = None
        watched = look.say("transposed-scan.at", place=place(self.watched, look))
        self._prefix: list[Run] = [(f"{watched}  ", "muted")]
        self._most, self._size = self._fitting()
        self.layers = [
            self.plane.cells,
            self.glow,
            self.plane.digits,
            self.signs,
            self.right,
            self.products,
            self.resting,
            self.sum,
            self.progress,
            self.beam,
            self.kernel,
            self.frame,
            self.light,
            self.flight,
        ]

    @property
    def watched(self) -> Step:
        """The output cell whose sum is written out, both ways."""
        return self.trace.highlight

    def _fitting(self) -> tuple[int, float]:
        most = 12
        while most > 1 and self._widest(most) * SMALLEST > ROOM:
            most -= 1
        return most, min(LARGEST, ROOM / self._widest(most))

    def _widest(self, most: int) -> float:
        return typeset([*self._prefix, *overlap_runs(self.trace, self.watched, most=most)], bold=True).width

    def _map(self, *, known: bool) -> FeatureMap:
        shade = shading(self.look, "output", self.trace.output[0])
        return FeatureMap(self.trace.output[0], self.layout.output, shade, self.look, known=known)

    # scatter

    def scatter(self) -> None:
        """The input as it is, the kernel at rest, a blank canvas."""
        self.plane.show_dense(self.stamps[0].channel)
        self.rest(turned=False)
        self.canvas.mark(self.watched)
        self.right.show(self.canvas)
        self.signs.scatter(self.stamps[0].channel)
        self.progress.show(
            Progress(len(self.stamps), self.look, one="transposed-scan.stamp", all_of_them="transposed-scan.stamps")
        )

    def rest(self, *, turned: bool) -> None:
        """The kernel in its own place, as written or turned round."""
        self.kernel.submobjects = self.home(turned=turned).submobjects
        self.products.clear()
        self.glow.show()
        self.beam.show()
        self.resting.show()
        if self.trace.kernel[0, 0].size > MOST_TAPS:
            weights, grid = self._weights(turned=turned), self.layout.grids[0]
            kind = HeatMatrix if weights.size > MOST_CELLS else Matrix
            self.resting.show(kind(weights, grid.x, grid.y, grid.cell, self.kernel_shade, self.look))

    def _weights(self, *, turned: bool) -> NDArray[np.generic]:
        return np.asarray(self.trace.windowed.weights[0, 0] if turned else self.stamps[0].weights[0])

    def home(self, *, turned: bool = True) -> VGroup:
        """The kernel as it is in its own place."""
        pose = at_rest(self.layout.grids[0], self.layout.resting, dilated=bool(self.trace.windowed.skipped))
        return pose_kernel(self._weights(turned=turned), pose, self.kernel_shade, self.look)

    def conclude(self) -> None:
        """The scan is over."""
        for slot in (self.light, self.glow, self.beam):
            slot.show()
        self.products.clear()
        self.map.rest()

    def turn_to(self, stamp: Stamp) -> None:
        """Light a stamp's input cell."""
        self.plane.show_dense(stamp.channel)
        self.signs.stamp(stamp)
        if self.layout.input.cell >= 8:
            self.light.show(frame(self.layout.input.at(stamp.row, stamp.col), self.look))

    def press(self, stamp: Stamp, taps: range | None = None) -> None:
        """Multiply some of the kernel's weights, which become products, or all of them."""
        kernel = self.trace.kernel[0, 0]
        self.resting.show()
        last = kernel.size if taps is None else taps[-1] + 1
        if kernel.size <= MOST_TAPS:
            self.kernel.submobjects = self.kernel.submobjects[-1 - max(0, kernel.size - last) :]
        if taps is None:
            self.products.clear()
        self.products.light(Press(stamp), 0, range(last) if taps is None else taps)

    def land(self, stamp: Stamp, done: int) -> None:
        """The stamp is on the canvas, and what the watched cell adds up to by now is written."""
        self.flight.show()
        self.frame.show(frame(around(self.canvas.taps(stamp)), self.look))
        self.add_stamps(done)

    def run_on(self, stamp: Stamp, done: int) -> None:
        """Many stamps follow from this one; `done` are on the canvas."""
        self.rest(turned=False)
        self.signs.idle(stamp.channel)
        self.plane.show_dense(stamp.channel)
        if self.layout.input.cell >= 8:
            self.light.show(frame(self.layout.input.at(stamp.row, stamp.col), self.look))
        self.land(stamp, done)

    def add_stamps(self, done: int) -> None:
        """So many stamps are on the canvas."""
        self.canvas.show(self.stamps, done)
        self.counter.count_to(done)
        runs = overlap_runs(self.trace, self.watched, stamps=self.stamps[0].index + done, most=self._most)
        self.write(runs if len(runs) > 1 else [])

    @property
    def counter(self) -> Progress:
        """What counts at the foot."""
        counter = self.progress.submobjects[0]
        assert isinstance(counter, Progress)
        return counter

    def cut(self) -> None:
        """Padding has cut the ends off, and bias is added: the feature map."""
        for slot in (self.frame, self.light):
            slot.show()
        self.rest(turned=False)
        whole = self._map(known=True)
        whole.arrive(self.watched.row, self.watched.col)
        self.right.show(self._ring(), whole)
        self.signs.cut()
        if self.watched.bias:
            self.write(overlap_runs(self.trace, self.watched, most=self._most))

    def _ring(self) -> Group:
        return padding_ring(self.layout.output, self.trace.transposed.padding, self.look)

    # gather

    def gather(self) -> None:
        """The other way begins: a blank map, on which the values are expected."""
        self.right.show(self._ring(), self.map, self.expected)
        self.progress.show(Progress(self.trace.output[0].size, self.look))
        self.plane.show_dense(self.stamps[0].channel)
        self.signs.gather(turned=False)

    def fill_up(self) -> None:
        """Zeros stand between the cells of the input."""
        self.plane.fill_up(self.stamps[0].channel)

    def turned(self) -> None:
        """The kernel has been turned round."""
        self.rest(turned=True)
        self.signs.gather(turned=True)

    def ride(self, step: Step) -> VGroup:
        """The kernel as it will be on a step's window."""
        pose = on_window(self.layout.stuffed, step, self.layout.weights)
        return pose_kernel(step.weights[0], pose, self.kernel_shade, self.look)

    def stand(self, step: Step) -> None:
        """The window stands at a step; of its cells those light up that are no zeros."""
        self.kernel.submobjects = self.ride(step).submobjects
        pose = on_window(self.layout.stuffed, step, None)
        self.glow.show()
        self.resting.show()
        if len(pose.taps) <= MOST_TAPS and self.layout.stuffed.cell >= 12:
            lit = (box for box, inside in zip(pose.taps, step.inside.ravel(), strict=True) if inside)
            self.glow.show(*(glow(box, self.look) for box in lit))
        self.at = step
        self.signs.scan()

    def shift(self, step: Step) -> tuple[float, float]:
        """How far the window moves to a step: pixels right and down."""
        assert self.at is not None
        return window_shift(self.layout.stuffed, self.at, step)

    def magnify(self, step: Step | None) -> None:
        """Lines from the window to the products, where the input's cells are too small to read."""
        self.beam.show()
        if step is not None and self.layout.picture:
            self.beam.show(beam(self.layout.stuffed, step, self.layout.grids[0], self.look))

    def read(self, step: Step, taps: range) -> None:
        """Multiply some cells of the window."""
        boxes = tap_boxes(self.layout.grids[0], self.layout.stuffed, step, taps)
        self.light.show(*(light(box, self.look) for box in boxes))
        self.products.light(step, 0, taps)
        last = taps[-1] + 1
        whole = last == step.weights[0].size
        runs = overlap_runs(self.trace, step, taps=None if whole else last, most=self._most)
        self.write(runs if whole or len(runs) > 1 else [])

    def arrive(self, step: Step) -> None:
        """The value stands where it was expected."""
        self.flight.show()
        self.light.show()
        self.find(step.index, step.index + 1)
        self.map.arrive(step.row, step.col)

    def find(self, first: int, last: int, column: int | None = None) -> None:
        """Gather has come to the steps `first` to `last - 1`, as far as up to a column."""
        self.map.fill(first, last, column)
        self.expected.found(first, last, column)
        if column is None:
            self.counter.count_to(last)

    def write(self, runs: Sequence[Run]) -> None:
        """The sum of the watched cell so far, from the same place each time."""
        self.sum.show()
        self.value = None
        if not runs:
            return
        whole = [*self._prefix, *overlap_runs(self.trace, self.watched, most=self._most)]
        x = (WIDTH - typeset(whole, bold=True).width * self._size) / 2
        before = [*self._prefix, *runs[:-1]]
        text, role = runs[-1]
        terms = lettering(before, x, SUM_LINE, self._size, self.look, anchor="left")
        x += typeset(before).width * self._size
        self.value = lettering(text, x, SUM_LINE, self._size, self.look, role, anchor="left", bold=True)
        self.sum.show(terms, self.value)

    def title(self, text: str) -> None:
        """What is about to be done, in place of the sum."""
        self.sum.show(lettering(text, WIDTH / 2, SUM_LINE, TITLE, self.look, "ink", max_width=ROOM))
