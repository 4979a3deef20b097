"""The Cairo path of a mobject: the one that Manim's camera makes, call for call, without its detours."""

from __future__ import annotations

import itertools
from typing import Any

import cairo
import numpy as np
from manim.camera.camera import Camera
from manim.mobject.types.vectorized_mobject import VMobject

CURVE = 4
"""Points of a cubic curve: its start, two handles and its end."""

NEAR = 1e-5
"""Of its size, how much a coordinate may differ from another that counts as the same (NumPy's `isclose`)."""


def set_path(context: cairo.Context[Any], camera: Camera, mobject: VMobject) -> None:
    """Set the path as `Camera.set_cairo_context_path` does."""
    points = mobject.points
    ordinary = len(points) > 0 and len(points) % CURVE == 0 and mobject.n_points_per_cubic_curve == CURVE
    if not (ordinary and np.isfinite(points).all()):
        context.new_path()
        camera.set_cairo_context_path(context, mobject)
        return
    curves = points[:, :2].reshape(-1, 2 * CURVE)
    tolerance = mobject.tolerance_for_point_equality
    ends, starts = curves[:-1, 6:], curves[1:, :2]
    leaps = np.flatnonzero((np.abs(ends - starts) > tolerance + NEAR * np.abs(starts)).any(axis=1)) + 1
    rest = curves[:, 2:].tolist()
    curve_to = context.curve_to
    context.new_path()
    for first, end in itertools.pairwise([0, *leaps.tolist(), len(rest)]):
        context.new_sub_path()
        x, y = curves[first, :2].tolist()
        context.move_to(x, y)
        for handles_and_end in rest[first:end]:
            curve_to(*handles_and_end)
        last_x, last_y = rest[end - 1][4:]
        if abs(x - last_x) <= tolerance + NEAR * abs(last_x) and abs(y - last_y) <= tolerance + NEAR * abs(last_y):
            context.close_path()
