"""From page pixels and roles to Manim: the one place where scenes meet units.

Scenes are laid out in pixels of a 1920 × 1080 page, the origin top left, y running down. Manim's frame is 8 units high.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from manim import LineJointType, VGroup, VMobject
from numpy.typing import NDArray

from look import Look
from look.drawing import hatch
from look.typesetting import Content, Setting, place
from look.typst_svg import CURVE, LINE, MOVE, Shape

WIDTH, HEIGHT = 1920.0, 1080.0
UNIT = 8.0 / HEIGHT  # Manim units a pixel
TITLE, SUBTITLE, LABEL, BODY, SMALL = 58.0, 31.0, 34.0, 40.0, 28.0
LEAST = 24.0  # 2.2 % of the height

Point = NDArray[np.float64]


def at(x: float, y: float) -> Point:
    """The Manim point of a page pixel."""
    return np.array([(x - WIDTH / 2) * UNIT, (HEIGHT / 2 - y) * UNIT, 0.0])


def thickness(pixels: float) -> float:
    """Manim's stroke width for a stroke of so many page pixels (one Manim unit is a hundred of its stroke widths)."""
    return pixels * UNIT * 100


class Lettering(VGroup):
    """Set type, a path for each colour. `content` is the plain text, `size` the em in pixels, `lines` how many."""

    def __init__(self, setting: Setting, size: float, look: Look) -> None:
        super().__init__()
        self.content, self.size, self.lines = setting.text, size, setting.lines
        parts: dict[tuple[str, float], list[Shape]] = {}
        for shape in setting.shapes:
            parts.setdefault((shape.role, shape.outline), []).append(shape)
        for (role, outline), shapes in parts.items():
            colour = look.colour(role)
            part = VMobject(
                fill_color=colour,
                fill_opacity=1,
                stroke_color=colour,
                stroke_width=thickness(outline * size),
                stroke_opacity=1 if outline else 0,
                joint_type=LineJointType.ROUND,
            )
            part.points = np.concatenate([_curves(shape) for shape in shapes]) * (size * UNIT)
            self.add(part)


@lru_cache(maxsize=4096)
def _curves(shape: Shape) -> NDArray[np.float64]:
    """Manim's points of an outline: four for each cubic curve, lines as curves, contours closed."""
    corners, straight = _segments(shape.codes.tobytes())
    curves = shape.points[corners]
    way = curves[straight, 3] - curves[straight, 0]
    curves[straight, 1] = curves[straight, 0] + way / 3
    curves[straight, 2] = curves[straight, 0] + way * 2 / 3
    stays = straight & (curves[:, 0] == curves[:, 3]).all(axis=1)
    flat = curves[~stays].reshape(-1, 2)
    return np.column_stack([flat, np.zeros(len(flat))])


@lru_cache(maxsize=1024)
def _segments(codes: bytes) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Of each segment the indices of its four points, (n, 4), and whether it is a line, whose handles come later."""
    corners: list[tuple[int, int, int, int]] = []
    straight: list[bool] = []
    start = pen = i = 0
    while i < len(codes):
        if codes[i] == MOVE:
            start = pen = i
        elif codes[i] == CURVE:
            corners.append((pen, i, i + 1, i + 2))
            straight.append(False)
            pen = i = i + 2
        else:
            end = i if codes[i] == LINE else start
            corners.append((pen, pen, pen, end))
            straight.append(True)
            pen = end
        i += 1
    return np.array(corners, dtype=np.intp).reshape(-1, 4), np.array(straight, dtype=np.bool_)


def lettering(
    content: Content | Setting,
    x: float,
    y: float,
    size: float,
    look: Look,
    role: str = "ink",
    *,
    anchor: str = "center",
    bold: bool = False,
    max_width: float | None = None,
    max_lines: int = 1,
    least: float = LEAST,
) -> Lettering:
    """Set type with the middle of its first line's digits at (x, y); `anchor` is left, center or right.

    `max_width` (pixels) shrinks, wraps or at last cuts it. A `Setting` (a formula) is placed by its ink's middle.
    """
    setting, size, left, baseline = place(
        content, x, y, size, role, least=least, anchor=anchor, bold=bold, max_width=max_width, max_lines=max_lines
    )
    drawn = Lettering(setting, size, look)
    drawn.shift(at(left, baseline))
    return drawn


def rectangle(
    x: float,
    y: float,
    width: float,
    height: float,
    look: Look,
    *,
    fill: str | None = None,
    stroke: str | None = None,
    line: float = 2.0,
    radius: float = 0.0,
) -> VMobject:
    """A rectangle with its top left corner at (x, y); corners round by `radius`. Roles or hex colours."""
    r = min(radius, width / 2, height / 2)
    k = r * 0.5522847498  # the cubic that comes closest to a quarter circle
    left, top, right, bottom = x, y, x + width, y + height
    corners = [
        [(left + r, top), (right - r, top), (right - r + k, top), (right, top + r - k), (right, top + r)],
        [(right, top + r), (right, bottom - r), (right, bottom - r + k), (right - r + k, bottom), (right - r, bottom)],
        [(right - r, bottom), (left + r, bottom), (left + r - k, bottom), (left, bottom - r + k), (left, bottom - r)],
        [(left, bottom - r), (left, top + r), (left, top + r - k), (left + r - k, top), (left + r, top)],
    ]
    points: list[Point] = []
    for a, b, c, d, e in corners:
        first, second = at(*a), at(*b)
        points += [first, first + (second - first) / 3, first + (second - first) * 2 / 3, second]
        if r:
            points += [second, at(*c), at(*d), at(*e)]
    shape = VMobject(
        fill_color=look.colour(fill) if fill else look.background,
        fill_opacity=1 if fill else 0,
        stroke_color=look.colour(stroke) if stroke else look.background,
        stroke_width=thickness(line) if stroke else 0,
        stroke_opacity=1 if stroke else 0,
    )
    shape.points = np.array(points)
    return shape


def strokes(
    segments: Sequence[tuple[tuple[float, float], tuple[float, float]]],
    look: Look,
    role: str = "muted",
    *,
    line: float = 2.0,
    opacity: float = 1.0,
) -> VMobject:
    """Straight strokes between page points, as one mobject."""
    points: list[Point] = []
    for start, end in segments:
        a, b = at(*start), at(*end)
        points += [a, a + (b - a) / 3, a + (b - a) * 2 / 3, b]
    shape = VMobject(
        stroke_color=look.colour(role), stroke_width=thickness(line), stroke_opacity=opacity, fill_opacity=0
    )
    shape.points = np.array(points).reshape(-1, 3)
    return shape


def polygon(corners: Sequence[tuple[float, float]], look: Look, fill: str, *, opacity: float = 1.0) -> VMobject:
    """A filled polygon of page points."""
    ring = [at(*corner) for corner in corners]
    points: list[Point] = []
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        points += [a, a + (b - a) / 3, a + (b - a) * 2 / 3, b]
    shape = VMobject(fill_color=look.colour(fill), fill_opacity=opacity, stroke_width=0, stroke_opacity=0)
    shape.points = np.array(points)
    return shape


def hatching(x: float, y: float, width: float, height: float, look: Look, *, gap: float = 13.0) -> VMobject:
    """Diagonal strokes over a rectangle of padding; `scenes._scan_unread` hatches what no window reads."""
    return strokes(hatch(x, y, width, height, gap), look, "padding", line=1.3, opacity=0.8)


def arrow(
    start: tuple[float, float], end: tuple[float, float], look: Look, role: str = "muted", line: float = 3.0
) -> VGroup:
    """A straight arrow between page points."""
    (x0, y0), (x1, y1) = start, end
    length = float(np.hypot(x1 - x0, y1 - y0))
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    head, side = 16.0, 8.5
    base = (x1 - ux * head, y1 - uy * head)
    tip = [end, (base[0] - uy * side, base[1] + ux * side), (base[0] + uy * side, base[1] - ux * side)]
    return VGroup(strokes([(start, base)], look, role, line=line), polygon(tip, look, role))
