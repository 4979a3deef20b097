"""Everything that stands on the stage of the pooling film, and the changes it can show. Knows no time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Group
from numpy.typing import NDArray

from core import AveragePoolTrace, AverageStep, MaxPoolTrace, MaxStep
from look import Look
from look.pool_phrases import PoolStep, pool_runs
from look.shade import shading
from look.typesetting import typeset
from scenes._heat import MOST_CELLS
from scenes._ink import WIDTH, Lettering, lettering, polygon
from scenes._lights import beam, light, tap_boxes
from scenes._matrix import cell_type
from scenes._motion import Slot
from scenes._pool_layout import PoolLayout, pool_layout
from scenes._pool_panel import Panel
from scenes._pool_plane import PoolPlane
from scenes._pool_signs import pool_signs
from scenes._scan_kernel import around_window, frame, glow, on_window, veils, window_shift
from scenes._scan_lane import MOST_LIGHTS
from scenes._scan_layout import ROOM, SUM_LINE
from scenes._scan_map import FeatureMap, active_mark
from scenes._scan_progress import Progress
from scenes._scan_unread import unread_strips

PoolTrace = MaxPoolTrace | AveragePoolTrace
LARGEST, SMALLEST = 44.0, 27.0  # type of the sum


class PoolBoard:
    """The stage's parts in drawing order are `layers`; `shown` are the steps of which every number is shown.

    Of several channels the first is shown: each is pooled by itself, in the same way.
    """

    def __init__(self, trace: PoolTrace, look: Look, shown: Sequence[PoolStep]) -> None:
        self.trace, self.look = trace, look
        second = second_map(trace)
        self.layout = pool_layout(trace, 1 if second is None else 2)
        if second is not None and not _fits(self.layout, second, trace.output[0]):
            second, self.layout = None, pool_layout(trace, 1)
        shade = shading(look, "input", trace.input[0], faint=0.62)
        self.panel = Panel(self.layout.panel, shade, self.layout.values, look)
        self.map = FeatureMap(trace.output[0], self.layout.maps[0], shading(look, "output", trace.output[0]), look)
        self.second = None if second is None else FeatureMap(second, self.layout.maps[1], lambda _: look.surface, look)
        self._most, self._size = self._fitting(shown)
        self.glow, self.frame, self.lights, self.won = Slot(), Slot(), Slot(), Slot()
        self.sum, self.beam, self.flight, self.strips = Slot(), Slot(), Slot(), Slot()
        self.progress = Progress(self.count, look)
        self.value: Lettering | None = None
        self.at: PoolStep | None = None
        plane = PoolPlane(trace, look, self.layout.plane, self.layout.digits)
        self.layers = [
            plane,
            self.glow,
            plane.digits,
            self.won,
            pool_signs(trace, look, self.layout, 1 if second is None else 2),
            self.panel,
            self.map,
            *([self.second] if self.second else []),
            self.sum,
            self.progress,
            self.strips,
            self.beam,
            self.frame,
            self.lights,
            self.flight,
        ]

    @property
    def count(self) -> int:
        """How many steps the film shows: those of one channel."""
        return int(self.trace.output[0].size)

    def _fitting(self, shown: Sequence[PoolStep]) -> tuple[int, float]:
        """How many cells of a window are written out, and the type of the sum."""
        most = MOST_LIGHTS
        while most > 2 and self._widest(shown, most) * SMALLEST > ROOM:
            most -= 1
        return most, min(LARGEST, ROOM / self._widest(shown, most))

    @staticmethod
    def _widest(shown: Sequence[PoolStep], most: int) -> float:
        return max(typeset(pool_runs(step, most=most), bold=True).width for step in shown)

    def stand(self, step: PoolStep) -> None:
        """The window stands at a step all at once."""
        pose = around_window(self.layout.plane, step)
        self.frame.show(*veils(pose, self.look), frame(pose.frame, self.look))
        self.glow.show()
        if self.layout.plane.cell >= 12 and step.inside.size <= MOST_CELLS:
            taps = on_window(self.layout.plane, step, None).taps
            read = step.counted if isinstance(step, AverageStep) else step.inside
            lit = (box for box, counts in zip(taps, read.ravel(), strict=True) if counts)
            self.glow.show(*(glow(box, self.look) for box in lit))
        self.at = step

    @property
    def riding(self) -> list[Group]:
        """What moves with the window."""
        return [self.glow, self.frame]

    def shift(self, step: PoolStep) -> tuple[float, float]:
        """How far the window moves to a step: pixels right and down."""
        assert self.at is not None
        return window_shift(self.layout.plane, self.at, step)

    def magnify(self, step: PoolStep | None) -> None:
        """Lines from the window to the panel that shows its cells enlarged, where they are too small to read."""
        self.beam.show()
        if step is not None and self.layout.digits is None:
            self.beam.show(beam(self.layout.plane, step, self.layout.panel, self.look))

    def light(self, step: PoolStep, taps: range) -> None:
        """Read some cells, light them in the input, and compare or add them."""
        boxes = tap_boxes(self.layout.panel, self.layout.plane, step, taps)
        self.lights.show(*(light(box, self.look) for box in boxes))
        self.panel.read(step, taps)
        self.write(step, taps[-1] + 1)

    def complete(self, step: PoolStep) -> None:
        """Every cell of the window is read: the largest wears its crown, in the panel and in the input."""
        self.lights.show()
        self.panel.clear()
        self.panel.read(step, range(step.patch.size))
        if isinstance(step, MaxStep):
            self.panel.crown(step.winner_tap)
            if self.layout.plane.cell >= 24:
                self.lights.show(*active_mark(self.layout.plane.at(*step.winner), self.look))
        self.write(step, None)

    def write(self, step: PoolStep, taps: int | None) -> None:
        """What the first `taps` cells come to, or all."""
        if taps is not None and isinstance(step, AverageStep) and not step.counted.ravel()[:taps].any():
            return  # nothing that counts as yet
        *before, (value, role) = pool_runs(step, most=self._most, taps=taps)
        whole = typeset(pool_runs(step, most=self._most), bold=True).width * self._size
        x = (WIDTH - whole) / 2
        text = lettering(before, x, SUM_LINE, self._size, self.look, anchor="left")
        x += typeset(before).width * self._size
        self.value = lettering(value, x, SUM_LINE, self._size, self.look, role, anchor="left", bold=True)
        self.sum.show(text, self.value)

    def arrive(self, step: PoolStep) -> None:
        """The value stands in its cell, and where it came from, or its divisor, in the second map."""
        self.map.arrive(step.row, step.col)
        if self.second is not None:
            self.second.arrive(step.row, step.col)
        self.remember(step.index, step.index + 1)
        self.progress.count_to(step.index + 1)
        self.flight.show()

    def flight_start(self, step: PoolStep) -> Lettering:
        """What travels to the map: the winner out of the panel, or the mean out of the sum."""
        if isinstance(step, MaxStep) and self.layout.values:
            return self.panel.value(step, *step.winner_tap, bold=True)
        assert self.value is not None
        return self.value.copy()

    def fill(self, first: int, last: int, column: int | None = None) -> None:
        """Show the steps `first` to `last - 1` in the maps, as far as up to a column."""
        for each in (self.map, self.second):
            if each is not None:
                each.fill(first, last, column)

    @property
    def filling(self) -> list[Group]:
        """What changes while many steps are swept over."""
        return [self.map, *([self.second] if self.second else []), self.progress]

    def remember(self, first: int, last: int) -> None:
        """Mark the corners of the input cells that won the steps `first` to `last - 1`."""
        place = self.layout.plane
        if not isinstance(self.trace, MaxPoolTrace) or self.layout.digits is None:
            return
        for step in self.trace.steps[first:last]:
            _, top, right, _ = place.at(*step.winner)
            corner = max(8.0, place.cell * 0.24)
            right, top = right - 2, top + 2
            mark = polygon([(right - corner, top), (right, top), (right, top + corner)], self.look, "output")
            self.won.also(mark)

    def leave(self) -> None:
        """The scan is over: what no window has read is marked."""
        self.magnify(None)
        self.lights.show()
        self.panel.clear()
        self.strips.show(*unread_strips(self.trace, self.layout.plane, self.look))


def second_map(trace: PoolTrace) -> NDArray[np.generic] | None:
    """What is worth knowing beside the output: where each largest came from, or divisors that differ."""
    if trace.output[0].size > MOST_CELLS:
        return None
    if isinstance(trace, MaxPoolTrace):
        return np.asarray(trace.winners[0])
    return None if (trace.divisors == trace.divisors[0, 0]).all() else np.asarray(trace.divisors)


def _fits(layout: PoolLayout, *maps: NDArray[np.generic]) -> bool:
    return all(cell_type(values, place.cell) for values, place in zip(maps, layout.maps[::-1], strict=True))
