"""A lane of the scan: what one channel of the current filter has on the stage; and what of it is lit at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

from manim import VGroup

from scenes._lattice import Place
from scenes._motion import Slot
from scenes._scan_products import Products

MOST_LIGHTS = 12  # cells lit one after the other; of larger windows whole rows


@dataclass
class Lane:
    """One channel of the current filter: its plane, the kernel slice, the products."""

    index: int  # among the channels that the filter reads
    plane: Place
    grid: Place
    products: Products
    kernel: VGroup = field(default_factory=VGroup)
    resting: Slot = field(default_factory=Slot)  # a kernel too large to draw weight by weight, while it is at rest
    glow: Slot = field(default_factory=Slot)  # between the plane's cells and their digits, where the window stands
    lights: Slot = field(default_factory=Slot)


def portions(rows: int, columns: int) -> list[range]:
    """Which taps of a window are lit one after the other: each, or of a large one some rows at a time."""
    if rows * columns <= MOST_LIGHTS:
        return [range(tap, tap + 1) for tap in range(rows * columns)]
    chunk = -(-rows // MOST_LIGHTS)
    return [range(row * columns, min(rows, row + chunk) * columns) for row in range(0, rows, chunk)]
