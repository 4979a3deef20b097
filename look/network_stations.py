"""How many of the planes between a unit and the picture are drawn, so that their words stand side by side."""

from __future__ import annotations

from collections.abc import Callable

from core import NetworkCone

STATIONS = (5, 4, 3, 2)
"""At most so many, the first of these whose words leave room for the planes."""


def fitting_stations(
    whole: NetworkCone, width: Callable[[NetworkCone, int], float], room: float, gap: float, share: float
) -> tuple[NetworkCone, list[float]]:
    """As many stations of `whole` as have their words side by side in `room`, `gap` apart, and those words' widths.

    `width` gives the width that the words at a depth of a cone take; of the room they may take a `share`, the less the
    larger the planes. Where even the fewest want more than there is, all are narrowed.
    """
    for most in STATIONS:
        fewer = whole.abridged(most)
        widths = [width(fewer, depth) for depth in range(len(fewer.rows))]
        free = room - gap * (len(widths) - 1) - 1
        if sum(widths) <= free * share:
            return fewer, widths
    return fewer, [each * min(1.0, free / sum(widths)) for each in widths]
