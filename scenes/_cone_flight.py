"""A cone reaches from one sheet down to the next: the same flight in every film of a receptive field."""

from __future__ import annotations

from manim import FadeIn, Transform, VMobject

from scenes._field_sheet import FieldSheet, body, outlines, rays
from scenes._stage import Stage


def fly_down(stage: Stage, far: FieldSheet, near: FieldSheet, words: VMobject, seconds: float) -> None:
    """From what is seen of the further sheet an outline flies to what that reads of the nearer one, the cone with it.

    Then the cells that are read light, and the words about them appear.
    """
    start, end = far.sheet.quad(far.region), near.sheet.quad(near.region)
    level = near.level - 4
    flying = outlines([start], stage.look, stroke=near.role, line=5.0).set_z_index(near.level + 4)
    edges = rays(start, start, stage.look, far.role, level + 1)
    stage.add(edges)
    stage.play(
        Transform(flying, near.edge),
        Transform(edges, rays(end, start, stage.look, far.role, level + 1)),
        FadeIn(body(end, start, stage.look, far.role, level)),
        FadeIn(near.beyond),
        run_time=seconds * 0.6,
    )
    stage.remove(flying)
    stage.add(near.edge)
    stage.play(FadeIn(near.lit), FadeIn(words), run_time=seconds * 0.4)
