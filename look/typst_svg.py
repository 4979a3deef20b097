"""Reading back what Typst set: its SVG, as outlines in em with roles in place of colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"

# Path codes, as matplotlib numbers them: start a contour, line to, cubic curve (three points), close.
MOVE, LINE, CURVE, CLOSE = 1, 2, 4, 79

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, eq=False)
class Shape:
    """One filled outline: `points` (n, 2) in em, a path `code` for each, and the width of its own stroke in em."""

    points: NDArray[np.float64]
    codes: NDArray[np.uint8]
    role: str
    outline: float
    baseline: float


def read_svg(svg: bytes, unit: float, roles: Sequence[str]) -> tuple[float, tuple[Shape, ...]]:
    """Width in em and the shapes of a Typst SVG whose type size is `unit` points; colour i+1 stands for `roles[i]`."""
    root = ElementTree.fromstring(svg)
    symbols = {
        symbol.get("id", ""): path.get("d", "")
        for symbol in root.iter(f"{_SVG}symbol")
        for path in symbol.iter(f"{_SVG}path")
    }
    width = float(root.get("viewBox", "0 0 0 0").split()[2])
    drawn: list[tuple[NDArray[np.float64], NDArray[np.uint8], str, float, float]] = []
    _walk(root, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), symbols, roles, drawn)
    origin = drawn[0][4] if drawn else 0.0
    shapes = []
    for points, codes, role, outline, baseline in drawn:
        placed = np.column_stack([points[:, 0], origin - points[:, 1]]) / unit
        placed.setflags(write=False)
        shapes.append(Shape(placed, codes, role, outline / unit, (origin - baseline) / unit))
    return width / unit, tuple(shapes)


def _walk(node, matrix, symbols, roles, drawn) -> None:  # type: ignore[no-untyped-def]
    for child in node:
        if child.tag == f"{_SVG}defs":
            continue
        here = _times(matrix, _transform(child.get("transform", "")))
        if child.tag == f"{_SVG}g":
            _walk(child, here, symbols, roles, drawn)
        elif child.tag == f"{_SVG}use":
            here = _times(here, (1, 0, 0, 1, float(child.get("x", 0)), float(child.get("y", 0))))
            points, codes = _outline(symbols[child.get(_LINK, "")[1:]])
            stroke = float(child.get("stroke-width", 0)) if child.get("stroke") else 0.0
            if len(points):
                role = _role(child.get("fill", ""), roles)
                drawn.append((_apply(here, points), codes, role, stroke, here[5]))
        elif child.tag == f"{_SVG}path" and child.get("stroke"):
            points, codes = _bar(child.get("d", ""), float(child.get("stroke-width", 0)))
            drawn.append((_apply(here, points), codes, _role(child.get("stroke", ""), roles), 0.0, here[5]))


def _role(colour: str, roles: Sequence[str]) -> str:
    return roles[int(colour[1:], 16) - 1]


def _transform(text: str) -> Matrix:
    values = [float(value) for value in re.findall(r"-?[\d.]+(?:e-?\d+)?", text)]
    if text.startswith("matrix"):
        return tuple(values)  # type: ignore[return-value]
    if text.startswith("translate"):
        return (1.0, 0.0, 0.0, 1.0, values[0], values[1] if len(values) > 1 else 0.0)
    if text:
        raise ValueError(f"a transform that Typst was not known to write: {text}")
    return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    )


def _apply(m: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = points[:, 0], points[:, 1]
    return np.column_stack([m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]])


def _bar(d: str, thickness: float) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """A straight horizontal or vertical stroke, as the rectangle it covers."""
    points, _ = _outline(d)
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    half = thickness / 2
    if x1 - x0 >= y1 - y0:
        y0, y1 = y0 - half, y1 + half
    else:
        x0, x1 = x0 - half, x1 + half
    corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]])
    return corners, np.array([MOVE, LINE, LINE, LINE, CLOSE], dtype=np.uint8)


@lru_cache(maxsize=4096)
def _outline(d: str) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path

    pen = RecordingPen()
    parse_path(d, pen)
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    start = (0.0, 0.0)
    for verb, arguments in pen.value:
        if verb == "moveTo":
            start = arguments[0]
            if codes and codes[-1] == MOVE:  # Typst begins every glyph at its origin, where there is no ink
                points[-1] = start
            else:
                points.append(start)
                codes.append(MOVE)
        elif verb == "lineTo":
            points.append(arguments[0])
            codes.append(LINE)
        elif verb == "curveTo":
            points.extend(arguments)
            codes.extend([CURVE] * 3)
        elif verb == "closePath":
            points.append(start)
            codes.append(CLOSE)
        elif verb != "endPath":
            raise ValueError(f"a path command that Typst was not known to write: {verb}")
    xy = np.array(points, dtype=np.float64).reshape(-1, 2)
    xy.setflags(write=False)
    kinds = np.array(codes, dtype=np.uint8)
    kinds.setflags(write=False)
    return xy, kinds
