"""Shapes: what a mobject puts on the picture, worked out so far that drawing it again costs next to nothing."""

from __future__ import annotations

import itertools
from typing import Any, Protocol

import cairo
from manim import Mobject
from manim.camera.camera import Camera

from pipeline.film_picture import Box, Pixels


class Shape(Protocol):
    """What one mobject puts on the picture. The same object stands for the same pixels over the same ground."""

    box: Box  # every pixel it may touch, within the picture

    def draw(self, context: cairo.Context[Any], pixels: Pixels) -> None:
        """Draw over `pixels`, to which `context` belongs."""


Source = tuple[float, float, float, float] | cairo.Pattern
Pen = tuple[float, cairo.LineJoin, cairo.LineCap]
Paint = tuple[Source, Pen | None]  # a stroke with that pen, or a fill


class VectorShape:
    """An outline with its paints, in the order in which Manim's camera lays them on."""

    __slots__ = ("_paints", "_path", "box")

    def __init__(self, path: cairo.Path, paints: tuple[Paint, ...], box: Box) -> None:
        self._path = path
        self._paints = paints
        self.box = box

    def draw(self, context: cairo.Context[Any], pixels: Pixels) -> None:
        """Fill and stroke the outline."""
        context.new_path()
        context.append_path(self._path)
        for source, pen in self._paints:
            if type(source) is tuple:
                context.set_source_rgba(*source)
            else:
                context.set_source(source)  # type: ignore[arg-type]
            if pen is None:
                context.fill_preserve()
            else:
                width, join, cap = pen
                context.set_line_width(width)
                context.set_line_join(join)
                context.set_line_cap(cap)
                context.stroke_preserve()


class RasterShape:
    """Anything but plain outlines, drawn by Manim's own camera as one run of neighbours."""

    __slots__ = ("_camera", "_mobjects", "box")

    def __init__(self, camera: Camera, mobjects: list[Mobject], box: Box) -> None:
        self._camera = camera
        self._mobjects = mobjects
        self.box = box

    def draw(self, context: cairo.Context[Any], pixels: Pixels) -> None:
        """Hand the mobjects to the camera, as its `capture_mobjects` does."""
        for kind, group in itertools.groupby(self._mobjects, self._camera.type_or_raise):
            self._camera.display_funcs[kind](list(group), pixels)
