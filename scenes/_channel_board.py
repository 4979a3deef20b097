"""Everything that stands on the stage of the film of many channels, and the changes it can show. Knows no time."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Group

from core import Step, Trace
from look import Look
from look.shade import shading
from scenes._channel_layout import channel_layout
from scenes._channel_signs import Signs
from scenes._channel_stacks import Stacks
from scenes._channel_tally import Tally
from scenes._lights import beam, light
from scenes._motion import Slot
from scenes._plane import draw_plane
from scenes._scan_kernel import on_window
from scenes._scan_maps import FeatureMaps
from scenes._scan_products import Products
from scenes._scan_progress import Progress
from scenes._windows import Windows


class ChannelBoard:
    """The stage's parts in drawing order are `layers`; `shown` are the steps of which every number is shown."""

    def __init__(self, trace: Trace, look: Look, shown: Sequence[Step]) -> None:
        self.trace, self.look = trace, look
        self.layout = where = channel_layout(trace, shown)
        self.lanes = range(len(where.planes))
        self.stacks = Stacks(trace, look, where)
        self.windows = Windows(where.planes, look)
        limit = max((step.products for step in shown), key=lambda products: float(abs(products).max()))
        shade = shading(look, "product", limit)
        self._products = [Products(where, lane, shade, look) for lane in self.lanes]
        self.grids, self.patches, self.beams, self.lights, self.flight = (Slot() for _ in range(5))
        self.signs = Signs(trace, look, where)
        self.tally = Tally(shown, look, where)
        self.maps = FeatureMaps(trace, look, where.maps)
        self.progress = Progress(len(trace.steps), look)
        self.layers: list[Group] = [
            self.stacks.cells,
            self.windows.glows,
            self.stacks.digits,
            self.grids,
            self.signs,
            self.maps,
            self.tally,
            self.progress,
            self.beams,
            self.patches,
            self.windows.frames,
            self.lights,
            self.flight,
        ]

    def stack(self, step: Step, *, deep: bool) -> None:
        """Everything stacked, nothing multiplied; with a word on how `deep` the filters are."""
        self.part(step, 1.0)
        self.signs.stacked(step, deep=deep)

    def part(self, step: Step, share: float) -> None:
        """On the way between stacked (1) and fanned out (0): nothing but the stacks is there."""
        self.windows.hide()
        for slot in (self.grids, self.patches, self.beams, self.lights):
            slot.show()
        self.tally.clear()
        self.signs.clear()
        self.stacks.put(step, share)

    def fan(self, step: Step) -> None:
        """A step's filter and the channels that it reads in their lanes, nothing multiplied yet."""
        self.stacks.put(step, 0.0)
        self.signs.fanned(step)
        self.signs.point_at(step.channel)
        self.grids.show(*self._products)
        self.begin(step)

    def begin(self, step: Step) -> None:
        """A step begins that is worked out slowly: no products yet, no sums."""
        for slot in (self.lights, self.patches, self.beams):
            slot.show()
        for products in self._products:
            products.clear()
        self.tally.add_up(step, 0)

    def leave(self) -> None:
        """The windows are about to move: what they read is not at its place until they stand."""
        self.beams.show()

    def enlarge(self, step: Step) -> None:
        """What the windows read, next to planes whose cells are too small to read."""
        self.patches.show()
        self.leave()
        for lane, place in enumerate(self.layout.patches):
            drawn = draw_plane(step.patch[lane], place, "input", self.trace.input, self.look)
            self.patches.also(drawn.cells, drawn.digits)
            self.beams.also(beam(self.layout.planes[lane], step, place, self.look))

    def multiply(self, step: Step, lane: int) -> None:
        """One lane's products, their factors lit with them."""
        self._products[lane].light(step, lane, range(step.weights[0].size))
        where = self.layout
        boxes = [place.span(0, 0, place.rows, place.columns) for place in (where.filters[lane], where.grids[lane])]
        boxes.append(on_window(where.planes[lane], step, None).frame)
        if where.patches:
            patch = where.patches[lane]
            boxes.append(patch.span(0, 0, patch.rows, patch.columns))
        self.lights.show(*(light(box, self.look) for box in boxes))

    def complete(self, step: Step) -> None:
        """Every product and every sum of a step, at once."""
        self.lights.show()
        for lane in self.lanes:
            self._products[lane].clear()
            self._products[lane].light(step, lane, range(step.weights[0].size))
        self.tally.add_up(step, None)

    def arrive(self, step: Step) -> None:
        """The value stands in its output cell."""
        self.maps.of(step.channel).arrive(step.row, step.col)
        self.progress.count_to(step.index + 1)
        self.flight.show()
