"""A plane of a receptive field on the stage: a receding sheet whose seen cells light, and the cones between sheets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LineJointType, VGroup, VMobject

from core.cone import Cone
from look import Look
from look.field_phrases import role_of
from look.sheet import Block, Point, Sheet, hull
from look.sheet_stack import lit_blocks
from scenes._ink import at, polygon, strokes, thickness

LINES = 16.0  # pixels: the smallest cell that is drawn with lines around it


def outlines(
    rings: Sequence[Sequence[Point]],
    look: Look,
    *,
    fill: str | None = None,
    stroke: str | None = None,
    line: float = 2.0,
) -> VMobject:
    """Closed polygons of page points as one mobject. Roles or hex colours."""
    points = []
    for ring in rings:
        corners = [at(*corner) for corner in ring]
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
            points += [a, a + (b - a) / 3, a + (b - a) * 2 / 3, b]
    shape = VMobject(
        fill_color=look.colour(fill) if fill else look.background,
        fill_opacity=1 if fill else 0,
        stroke_color=look.colour(stroke) if stroke else look.background,
        stroke_width=thickness(line) if stroke else 0,
        stroke_opacity=1 if stroke else 0,
        joint_type=LineJointType.ROUND,
    )
    shape.points = np.array(points).reshape(-1, 3)
    return shape


def cells(rings: Sequence[Sequence[Point]], sheet: Sheet, look: Look, fill: str) -> VMobject:
    """Lit cells: parted by thin lines where they are large, else touching without a seam."""
    if sheet.cell >= LINES:
        return outlines(rings, look, fill=fill, stroke="background", line=2.0)
    return outlines(rings, look, fill=fill, stroke=fill, line=0.4)


class FieldSheet:
    """The mobjects of one sheet, in the order in which they lie on each other.

    `base` the plane with its grid; `beyond` what the unit would see outside it, hatched; `lit` the cells it reads;
    `edge` the outline of what it sees. `level` is the z-index of the base: nearer sheets hide further ones.
    """

    def __init__(self, field: Cone, sheet: Sheet, level: float, look: Look) -> None:
        self.sheet, self.level, self.look = sheet, level, look
        self.role = role_of(field, sheet.depth)
        self.region: Block = field.region(sheet.depth)
        self.base = VGroup(outlines([sheet.paper], look, fill="surface", stroke=look.faint(self.role, 0.45), line=2.0))
        if sheet.cell >= LINES:
            self.base.add(strokes(sheet.grid, look, "grid", line=1.5))
        self.beyond = VGroup()
        for block in sheet.outside(self.region):
            self.beyond.add(outlines([sheet.quad(block)], look, fill="background"))
            if sheet.cell >= LINES:
                self.beyond.add(strokes(sheet.lines(block), look, "grid", line=1.2))
            self.beyond.add(strokes(sheet.hatch(block, 13.0), look, "padding", line=1.3, opacity=0.8))
        blocks = lit_blocks(field.mask(sheet.depth), merged=sheet.cell < LINES)
        self.lit = cells([sheet.quad(block) for block in blocks], sheet, look, look.cell(self.role, 0.75))
        self.edge = outlines([sheet.quad(self.region)], look, stroke=self.role, line=5.0)
        for part, above in ((self.base, 0), (self.beyond, 1), (self.lit, 2), (self.edge, 4)):
            part.set_z_index(level + above)

    def corner_mark(self, row: int, col: int) -> VMobject:
        """The mark in the corner of the active cell, so that hue is not its only sign."""
        sheet = self.sheet
        mark = [sheet.point(row, col + 0.62), sheet.point(row, col + 1), sheet.point(row + 0.38, col + 1)]
        return polygon(mark, self.look, self.role).set_z_index(self.level + 4)

    def window(self, block: Block, role: str, line: float = 5.0) -> VMobject:
        """The outline of a block of cells."""
        return outlines([self.sheet.quad(block)], self.look, stroke=role, line=line).set_z_index(self.level + 5)


def rays(near: Sequence[Point], far: Sequence[Point], look: Look, role: str, level: float) -> VMobject:
    """The four edges of a cone from one quad to another."""
    return strokes(list(zip(near, far, strict=True)), look, role, line=2.5).set_z_index(level)


def body(near: Sequence[Point], far: Sequence[Point], look: Look, role: str, level: float) -> VMobject:
    """The cone's shade."""
    return polygon(hull([*near, *far]), look, role, opacity=0.13).set_z_index(level)
