"""Set type as matplotlib artists."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from look import Look
from look.typesetting import Setting

POINTS = 0.72  # pt per page unit (1/100 inch)

Box = tuple[float, float, float, float]  # left, top, right, bottom; y runs down


class Lettering(PathPatch):
    """A part of a text in one colour; its text's first part has the `content`, `extent` and `within` (its box)."""

    content: str | None = None
    extent: Box = (0.0, 0.0, 0.0, 0.0)
    within: Box | None = None
    size: float = 0.0


def letter(setting: Setting, x: float, y: float, size: float, look: Look, zorder: float) -> list[Lettering]:
    """Artists of `setting` with its origin at (x, y) on a page whose y runs down; a compound path for each role."""
    parts: dict[tuple[str, float], tuple[list[np.ndarray], list[np.ndarray]]] = {}
    for shape in setting.shapes:
        points, codes = parts.setdefault((shape.role, shape.outline), ([], []))
        points.append(shape.points * (size, -size) + (x, y))
        codes.append(shape.codes)
    artists = []
    for (role, outline), (points, codes) in parts.items():
        colour = look.colour(role)
        artists.append(
            Lettering(
                Path(np.concatenate(points), np.concatenate(codes)),
                facecolor=colour,
                edgecolor=colour if outline else "none",
                linewidth=outline * size * POINTS,
                joinstyle="round",
                zorder=zorder,
            )
        )
    if artists:
        left, bottom, right, top = setting.bounds
        first = artists[0]
        first.content = setting.text
        first.extent = (x + left * size, y - top * size, x + right * size, y - bottom * size)
        first.size = size
    return artists
