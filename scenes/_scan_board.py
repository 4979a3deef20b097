"""Everything that stands on the stage of the scan, and the changes it can show. Knows no time."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Group, VGroup

from core import Step, Trace
from look import Look
from look.shade import shading
from scenes._heat import MOST_CELLS, HeatMatrix
from scenes._ink import UNIT
from scenes._lights import beam, light, tap_boxes
from scenes._matrix import Matrix, cell_type
from scenes._motion import Slot
from scenes._scan_kernel import Pose, at_rest, glow, holes_at_rest, on_window, pose_kernel, spread, window_shift
from scenes._scan_lane import Lane, portions
from scenes._scan_layout import Layout, layout
from scenes._scan_maps import FeatureMaps
from scenes._scan_plane import draw_channel
from scenes._scan_products import Products
from scenes._scan_progress import Progress
from scenes._scan_signs import Signs
from scenes._scan_sum import LaneSums, SumLine
from scenes._scan_type import MOST_TAPS
from scenes._scan_unread import unread_strips


class Board:
    """The stage's parts in drawing order are `layers`; `shown` are the steps of which every number is shown.

    With `spread`, the kernel at rest is drawn with the holes that its dilation leaves.
    """

    def __init__(self, trace: Trace, look: Look, shown: Sequence[Step], *, spread: bool = False) -> None:
        self.trace, self.look, self.spread = trace, look, spread
        self.layout: Layout = layout(trace, shown)
        self._kernel_shade = shading(look, "kernel", trace.kernel)
        self.lanes = self._lanes(shown)
        self.planes, self.digits = Slot(), Slot()
        self._group: slice | None = None
        self.signs = Signs(trace, look, self.layout, spread=spread)
        self.grids = Slot()  # empty cells for the products
        self.maps = FeatureMaps(trace, look, self.layout.maps)
        self.sum: SumLine | LaneSums = (
            SumLine(shown, look)
            if trace.kernel.shape[1] == 1
            else LaneSums(self.layout.grids, self.layout.more, shown, look)
        )
        self.formula, self.beam = Slot(), Slot()
        self.progress = Progress(len(trace.steps), look)
        self.flight = Slot()
        self.at: Step | None = None  # where the kernel is; None at rest
        self.layers = [
            self.planes,
            *(lane.glow for lane in self.lanes),
            self.digits,
            self.signs,
            self.grids,
            *(lane.resting for lane in self.lanes),
            self.maps,
            self.sum,
            self.formula,
            self.progress,
            self.beam,
            *(lane.kernel for lane in self.lanes),
            *(lane.lights for lane in self.lanes),
            self.flight,
        ]

    def _lanes(self, shown: Sequence[Step]) -> list[Lane]:
        limit = max((step.products for step in shown), key=lambda products: float(abs(products).max()))
        shade = shading(self.look, "product", limit)
        where = self.layout
        return [
            Lane(index, plane, grid, Products(where, index, shade, self.look))
            for index, (plane, grid) in enumerate(zip(where.planes, where.grids, strict=True))
        ]

    def show_planes(self, step: Step) -> None:
        """The channels that a step's filter reads."""
        channels = self.trace.convolution.channels(step.channel)
        if channels == self._group:
            return
        self._group = channels
        self.planes.show()
        self.digits.show()
        for lane in self.lanes:
            channel = channels.start + lane.index
            cells, digits = draw_channel(self.trace, channel, lane.plane, self.layout.digits, self.look)
            self.planes.also(*cells)
            self.digits.also(*digits)
        self.digits.shift((0.0, self.layout.lift * UNIT, 0.0))

    def rest(self, step: Step) -> None:
        """The kernel of a step's filter at rest in its own place; nothing is multiplied."""
        self.show_planes(step)
        for lane in self.lanes:
            weights = step.weights[lane.index]
            lane.kernel.submobjects = self._posed(lane, step, riding=False).submobjects
            lane.products.clear()
            lane.lights.show()
            lane.glow.show()
            if weights.size > MOST_TAPS:
                kind = HeatMatrix if weights.size > MOST_CELLS else Matrix
                grid = lane.grid
                lane.resting.show(kind(weights, grid.x, grid.y, grid.cell, self._kernel_shade, self.look))
            elif self.spread:
                lane.resting.show(holes_at_rest(self._resting_pose(lane), self.look))
        self.at = None
        self._lay_grids()
        self.signs.rest(step)
        self.sum.show()

    def _lay_grids(self, *, needed: bool = False) -> None:
        """Show the products' cells, unless a kernel rests there that is not of their shape."""
        self.grids.show(*(lane.products for lane in self.lanes if needed or not self.spread))

    def ride(self, step: Step) -> list[VGroup]:
        """The kernels as they will be on a step's window."""
        return [self._posed(lane, step, riding=True) for lane in self.lanes]

    def home(self, step: Step) -> list[VGroup]:
        """The kernels as they will be at rest."""
        return [self._posed(lane, step, riding=False) for lane in self.lanes]

    def jump(self, step: Step) -> None:
        """The window stands at a step all at once."""
        self.jump_filter(step)
        assert self.at is not None
        right, down = window_shift(self.lanes[0].plane, self.at, step)
        for part in self.riding:
            part.shift((right * UNIT, -down * UNIT, 0.0))
        self.at = step

    @property
    def riding(self) -> list[Group]:
        """What moves with the window."""
        return [part for lane in self.lanes for part in (lane.glow, lane.kernel)]

    def land(self, step: Step) -> None:
        """The kernel has come to a step's window from its own place: the cells under it light up."""
        self.at = step
        self.signs.scan(step)
        for lane in self.lanes:
            lane.kernel.submobjects = self._posed(lane, step, riding=True).submobjects
            pose = on_window(lane.plane, step, None)
            if len(pose.taps) <= MOST_TAPS and lane.plane.cell >= 12:
                lane.glow.show(*(glow(box, self.look) for box in pose.taps))

    def jump_filter(self, step: Step) -> None:
        """The weights of a step's filter ride in the windows from now on, wherever these are."""
        if self.at is None or self.at.channel == step.channel:
            return
        self.show_planes(step)
        for lane in self.lanes:
            pose = on_window(lane.plane, self.at, self.layout.weights)
            posed = pose_kernel(step.weights[lane.index], pose, self._kernel_shade, self.look)
            lane.kernel.submobjects = posed.submobjects
        self.signs.scan(step)

    def _posed(self, lane: Lane, step: Step, *, riding: bool) -> VGroup:
        pose = on_window(lane.plane, step, self.layout.weights) if riding else self._resting_pose(lane)
        return pose_kernel(step.weights[lane.index], pose, self._kernel_shade, self.look)

    def _resting_pose(self, lane: Lane, *, dense: bool = False) -> Pose:
        dilation = self.trace.convolution.dilation
        if not self.spread:
            return at_rest(lane.grid, self.layout.resting, dilated=bool(self.trace.convolution.skipped))
        place = self.layout.spread[lane.index]
        return spread(place, dilation, cell_type(self.trace.kernel, place.cell), dense=dense)

    def unturned(self, step: Step) -> list[VGroup]:
        """The kernels at rest as the author wrote them, before true convolution turns them round."""
        weights = self.trace.kernel[step.channel]
        return [
            pose_kernel(weights[lane.index], self._resting_pose(lane), self._kernel_shade, self.look)
            for lane in self.lanes
        ]

    def dense(self, step: Step) -> list[VGroup]:
        """The kernels at rest as they are before they are spread."""
        return [
            pose_kernel(step.weights[lane.index], self._resting_pose(lane, dense=True), self._kernel_shade, self.look)
            for lane in self.lanes
        ]

    def begin(self, step: Step) -> None:
        """A step begins that is worked out slowly: no products yet, no sum."""
        for lane in self.lanes:
            lane.resting.show()
            lane.products.clear()
            lane.lights.show()
        self.sum.show()
        self._lay_grids(needed=True)
        if self.at is None:
            self.signs.lift(step)

    def leave(self, step: Step) -> None:
        """The kernel is about to go back to its own place."""
        for lane in self.lanes:
            lane.products.clear()
            lane.glow.show()
        self.sum.show()
        self.turn_to(step.channel, done=len(self.trace.steps))
        self.jump_filter(step)
        self._lay_grids()
        self.signs.lift(step, home=True)

    def magnify(self, step: Step | None) -> None:
        """Lines from the window to the grid that shows its cells enlarged, where the cells themselves are too small."""
        self.beam.show()
        if step is not None and self.layout.magnified:
            lane = self.lanes[0]
            self.beam.show(beam(lane.plane, step, lane.grid, self.look))

    def mark_unread(self) -> None:
        """Mark the rows and columns of the padded input that no window has read."""
        self.beam.show(*(strip for lane in self.lanes for strip in unread_strips(self.trace, lane.plane, self.look)))

    def portions(self, step: Step) -> list[tuple[int, Sequence[int]]]:
        """What is lit one after the other: (lane, taps); a lane at a time where there are several."""
        taps = step.weights[0].size
        if len(self.lanes) > 1:
            return [(lane.index, range(taps)) for lane in self.lanes]
        return [(0, taps) for taps in portions(*step.weights[0].shape)]

    def light(self, step: Step, lane: int, taps: Sequence[int]) -> None:
        """Light products in one lane, their factors with them, and add them to the sum."""
        for other in self.lanes:
            other.lights.show()
        there = self.lanes[lane]
        there.products.light(step, lane, taps)
        there.lights.show(*(light(box, self.look) for box in tap_boxes(there.grid, there.plane, step, taps)))
        if isinstance(self.sum, SumLine):
            self.sum.add_up(step, taps[-1] + 1)
        else:
            self.sum.add_up(step, lane + 1)

    def complete(self, step: Step) -> None:
        """Every product and the whole sum of a step, at once."""
        for lane in self.lanes:
            lane.lights.show()
            lane.products.clear()
            lane.products.light(step, lane.index, range(step.weights[0].size))
        self.sum.add_up(step, None)

    def turn_to(self, channel: int, done: int) -> None:
        """Show the feature map of a filter, `done` steps of the whole scan being filled in, and point at it."""
        self.maps.turn_to(channel, done)
        self.signs.point_at(self.layout.maps[channel % len(self.layout.maps)])

    def arrive(self, step: Step) -> None:
        """The value stands in its output cell."""
        self.maps.of(step.channel).arrive(step.row, step.col)
        self.progress.count_to(step.index + 1)
        self.flight.show()
