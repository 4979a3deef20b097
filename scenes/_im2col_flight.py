"""Cells that lift off and land elsewhere, one after the other in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Group, VMobject
from manim.utils.rate_functions import linear, smooth

from look.grid import Box
from scenes._ink import UNIT, Point, at
from scenes._motion import Run

ARC = 0.35  # Manim units: how high a cell rises on its way
RAISED = np.array([0.1, 0.13, 0.0])  # Manim units: where a patch hovers over its place before it flies


@dataclass(frozen=True)
class Part:
    """One that flies: its members with their points at rest, where it comes from and goes to, its size at the start."""

    members: list[tuple[VMobject, Point]]
    source: Point
    target: Point
    scale: float


class Flight(Run):
    """Carries the members of a group from boxes on the page to where they stand.

    First all of them lift off together, for the share `lift` of the time; then they fly one after the other, `spread`
    being the share of what is left between the start of the first and that of the last. Each member takes its width
    from the box it comes from and grows into its own on the way.
    """

    def __init__(
        self,
        group: Group,
        sources: Sequence[Box],
        *,
        spread: float = 0.5,
        lift: float = 0.0,
        arc: float = ARC,
        **settings: Any,
    ) -> None:
        self.spread, self.lift, self.arc = spread if len(sources) > 1 else 0.0, lift, arc
        self.parts: list[Part] = []
        for mobject, (left, top, right, bottom) in zip(group.submobjects, sources, strict=True):
            members = [member for member in mobject.get_family() if isinstance(member, VMobject) and len(member.points)]
            target = np.array(members[0].get_center())
            scale = (right - left) * UNIT / max(float(members[0].width), 1e-6)
            source = at((left + right) / 2, (top + bottom) / 2)
            self.parts.append(Part([(member, member.points.copy()) for member in members], source, target, scale))
        super().__init__(group, self._fly, **{"rate_func": linear, **settings})

    def _fly(self, alpha: float) -> None:
        """Put every part where it is at `alpha`."""
        last = max(1, len(self.parts) - 1)
        raised = RAISED * smooth(min(1.0, alpha / self.lift)) if self.lift else np.zeros(3)
        flown = (alpha - self.lift) / (1.0 - self.lift)
        for index, part in enumerate(self.parts):
            share = smooth(min(1.0, max(0.0, (flown - self.spread * index / last) / (1.0 - self.spread))))
            rise = np.array([0.0, self.arc * 4 * share * (1 - share), 0.0])
            start = part.source + raised
            place = start + (part.target - start) * share + rise
            size = part.scale + (1.0 - part.scale) * share
            for member, points in part.members:
                member.points = points if share == 1.0 else (points - part.target) * size + place
