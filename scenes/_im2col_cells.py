"""Cells of the im2col film: in the tint of the input cell they come from, in the shade of their value, or blank."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from manim import VGroup, VMobject

from core import Trace
from look import Look
from look.grid import Box, Grid
from look.numbers import number
from look.patch_row import Source
from look.shade import Shade
from look.tints import Tints
from scenes._ink import hatching, lettering, polygon, rectangle
from scenes._lattice import Lattice


def filled_cell(box: Box, fill: str, value: float, size: float | None, look: Look, *, bold: bool = False) -> VGroup:
    """A cell in a fill with its value on it, if its type has a size."""
    left, top, right, bottom = box
    side = min(right - left, bottom - top)
    gap = min(2.5, side * 0.05)
    chip = rectangle(
        left + gap / 2,
        top + gap / 2,
        right - left - gap,
        bottom - top - gap,
        look,
        fill=fill,
        stroke="grid" if side >= 16 else None,
        line=1.5,
        radius=min(6.0, side * 0.08),
    )
    cell = VGroup(chip)
    if size is not None:
        cell.add(
            lettering(number(value), (left + right) / 2, (top + bottom) / 2, size, look, look.ink_role(fill), bold=bold)
        )
    return cell


def tinted_cell(
    box: Box,
    source: Source | None,
    value: float,
    size: float | None,
    tints: Tints,
    look: Look,
    *,
    inside: bool | None = None,
) -> VGroup:
    """A copy of an input cell; padding is hatched, also where it repeats one and is not `inside`."""
    cell = filled_cell(box, tints(source), value, size, look)
    if source is None if inside is None else not inside:
        left, top, right, bottom = box
        gap = max(5.0, min(13.0, (right - left) / 4))
        cell.insert(1, hatching(left + 2, top + 2, right - left - 4, bottom - top - 4, look, gap=gap))
    return cell


def repeated_ring(plane: Lattice, trace: Trace, channel: int, size: float, tints: Tints, look: Look) -> VGroup:
    """The padding around an input plane as the cells that it repeats, in their tints and hatched."""
    ring, sources = VGroup(), trace.convolution.sources
    top, left, _, _ = trace.convolution.padding
    for row, from_row in enumerate(sources[0].tolist()):
        for column, from_column in enumerate(sources[1].tolist()):
            at = (row - top, column - left)
            if at != (from_row, from_column):
                value = trace.padded[channel, row, column].item()
                source = (channel, from_row, from_column)
                ring.add(tinted_cell(plane.at(*at), source, value, size, tints, look, inside=False))
    return ring


def shaded_cell(box: Box, value: float, shade: Shade, size: float | None, look: Look, *, bold: bool = False) -> VGroup:
    """A weight or an output value."""
    return filled_cell(box, shade(value), value, size, look, bold=bold)


def blank_cells(boxes: Iterable[Box], look: Look) -> VMobject:
    """Empty cells, all of them one mobject."""
    whole: VMobject | None = None
    points = []
    for left, top, right, bottom in boxes:
        side = min(right - left, bottom - top)
        gap = min(2.5, side * 0.05)
        whole = rectangle(
            left + gap / 2,
            top + gap / 2,
            right - left - gap,
            bottom - top - gap,
            look,
            fill="surface",
            stroke="grid" if side >= 16 else None,
            line=1.5,
            radius=min(6.0, side * 0.08),
        )
        points.append(whole.points)
    assert whole is not None
    whole.points = np.concatenate(points)
    return whole


def all_boxes(grid: Grid) -> list[Box]:
    """Every shown cell of a grid."""
    return [grid.cell(row, column) for row in grid.down for column in grid.across]


def gap_dots(grid: Grid, look: Look) -> VGroup:
    """Three dots wherever rows or columns are left out."""
    dots = VGroup()
    for y in grid.row_gaps:
        for _, left, right in grid.spans:
            dots.add(*_dots((left + right) / 2, y, (0.0, 1.0), look))
    for x in grid.column_gaps:
        for top, bottom in grid.down.values():
            dots.add(*_dots(x, (top + bottom) / 2, (1.0, 0.0), look))
    return dots


def _dots(x: float, y: float, along: tuple[float, float], look: Look) -> list[VMobject]:
    step, side = 9.0, 4.5
    return [
        rectangle(
            x + k * step * along[0] - side / 2,
            y + k * step * along[1] - side / 2,
            side,
            side,
            look,
            fill="muted",
            radius=side / 2,
        )
        for k in (-1, 0, 1)
    ]


def outline(box: Box, look: Look, role: str = "window", *, line: float = 6.0, least: float = 0.0) -> VMobject:
    """A thick outline around a box, at least `least` pixels wide and high."""
    left, top, right, bottom = box
    dx, dy = max(0.0, least - (right - left)) / 2, max(0.0, least - (bottom - top)) / 2
    return rectangle(
        left - dx, top - dy, right - left + 2 * dx, bottom - top + 2 * dy, look, stroke=role, line=line, radius=7.0
    )


def corner(box: Box, look: Look, role: str) -> VMobject:
    """The mark in the corner of a lit cell, so that hue is not its only sign."""
    left, top, right, bottom = box
    side = min(right - left, bottom - top) * 0.3
    return polygon([(right - side, top), (right, top), (right, top + side)], look, role)
