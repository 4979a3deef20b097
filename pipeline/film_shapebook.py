"""Finds the shape of every mobject by its content: what is unchanged, or was seen a moment ago, is not worked out."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import cairo
import numpy as np
from manim import Mobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP, Camera
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.mobject.types.point_cloud_mobject import PMobject
from manim.mobject.types.vectorized_mobject import VMobject

from pipeline.film_outline import set_path
from pipeline.film_picture import Box
from pipeline.film_shapes import Paint, Pen, RasterShape, Shape, Source, VectorShape

RECENT = 16_000_000
"""How many bytes of points the remembered shapes may have, and the remembered outlines: at most twice as many."""

NOWHERE: Box = (0, 0, 0, 0)

Value = TypeVar("Value")
Known = dict[int, tuple[Mobject, Hashable, Shape]]


class Recent(Generic[Value]):
    """A dictionary that forgets what has not been asked for lately."""

    def __init__(self, limit: int = RECENT) -> None:
        self._limit = limit
        self._weight = 0
        self._young: dict[Hashable, Value] = {}
        self._old: dict[Hashable, Value] = {}

    def get(self, key: Hashable) -> Value | None:
        """The value, or None."""
        value = self._young.get(key)
        return value if value is not None else self._old.get(key)

    def put(self, key: Hashable, value: Value, weight: int) -> None:
        """Remember a value that weighs so many bytes."""
        self._weight += weight
        if self._weight > self._limit:
            self._old, self._young, self._weight = self._young, {}, weight
        self._young[key] = value


@dataclass(frozen=True, slots=True)
class Outline:
    """A path with its extents, in Manim's units, and the boxes that it has with the pens that have drawn it."""

    path: cairo.Path
    extents: tuple[float, ...]
    boxes: dict[tuple[Pen | None, ...], Box]


_outlines: dict[tuple[float, ...], Recent[Outline]] = {}
"""Of every scale at which this process draws."""


class ShapeBook:
    """The shapes of one camera. Equal content gives the same `Shape` object, so that changes are found by identity."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._context = camera.get_cairo_context(camera.pixel_array)
        self._shapes: Recent[VectorShape] = Recent()
        # The films of a lesson differ in colours and words: a process finds most outlines of its second one here.
        scale = (camera.pixel_width, camera.pixel_height, camera.frame_width, camera.frame_height)
        self._outlines = _outlines.setdefault(scale, Recent())
        self._still: Known = {}
        self._moving: Known = {}

    def still(self, mobjects: Iterable[Mobject]) -> list[Shape]:
        """The shapes, in drawing order, of mobjects that will not change for a while; invisible ones are left out."""
        shapes, self._still = self._find(mobjects, {**self._still, **self._moving})
        return shapes

    def moving(self, mobjects: Iterable[Mobject]) -> list[Shape]:
        """The shapes, in drawing order, of mobjects that may be different in the next frame."""
        shapes, self._moving = self._find(mobjects, self._moving)
        return shapes

    def _find(self, mobjects: Iterable[Mobject], before: Known) -> tuple[list[Shape], Known]:
        found: list[Shape] = []
        known: Known = {}
        run: list[Mobject] = []
        for mobject in mobjects:
            if not isinstance(mobject, VMobject) or mobject.background_image:
                if isinstance(mobject, (VMobject, PMobject, AbstractImageMobject)):  # others are never drawn
                    run.append(mobject)
                continue
            if run:
                found.append(self._raster_shape(run, before, known))
                run = []
            content = _vector_content(mobject)
            entry = before.get(id(mobject))
            if entry is None or entry[1] != content:
                entry = (mobject, content, self._vector_shape(mobject, content))
            known[id(mobject)] = entry
            if entry[2].box is not NOWHERE:
                found.append(entry[2])
        if run:
            found.append(self._raster_shape(run, before, known))
        return found, known

    def _raster_shape(self, run: list[Mobject], before: Known, known: Known) -> Shape:
        # Such a shape draws its mobjects as they are at that moment, so it is only found again for the very same ones.
        content = tuple((id(mobject), _raster_content(mobject)) for mobject in run)
        entry = before.get(id(run[0]))
        if entry is None or entry[1] != content:
            entry = (run[0], content, RasterShape(self._camera, run, self._raster_box(run)))
        known[id(run[0])] = entry
        return entry[2]

    def _raster_box(self, run: list[Mobject]) -> Box:
        width, height = self._camera.pixel_width, self._camera.pixel_height
        if not all(isinstance(mobject, AbstractImageMobject) for mobject in run):
            return 0, 0, width, height
        corners = np.concatenate([self._camera.points_to_subpixel_coords(mobject, mobject.points) for mobject in run])
        left, top = np.floor(corners.min(axis=0)).astype(int).tolist()
        right, bottom = np.ceil(corners.max(axis=0)).astype(int).tolist()
        return max(left - 2, 0), max(top - 2, 0), min(right + 2, width), min(bottom + 2, height)

    def _vector_shape(self, mobject: VMobject, content: tuple[Hashable, ...]) -> VectorShape:
        shape = self._shapes.get(content)
        if shape is None:
            outline = self._outline(mobject, content[:2])
            paints = tuple(self._paints(mobject))
            shape = VectorShape(outline.path, paints, self._box(outline, tuple(pen for _, pen in paints)))
            self._shapes.put(content, shape, mobject.points.nbytes)
        return shape

    def _outline(self, mobject: VMobject, key: Hashable) -> Outline:
        outline = self._outlines.get(key)
        if outline is None:
            set_path(self._context, self._camera, mobject)
            outline = Outline(self._context.copy_path(), self._context.path_extents(), {})
            self._outlines.put(key, outline, mobject.points.nbytes)
        return outline

    def _paints(self, mobject: VMobject) -> Iterable[Paint]:
        """What Manim's `display_vectorized` lays on, without what is fully transparent."""
        join, cap = LINE_JOIN_MAP[mobject.joint_type], CAP_STYLE_MAP[mobject.cap_style]
        multiple = self._camera.cairo_line_width_multiple
        for background in (True, False):
            if not background:
                rgbas = mobject.get_fill_rgbas()
                if rgbas[:, 3].any():
                    yield self._source(rgbas, mobject), None
            rgbas, width = mobject.get_stroke_rgbas(background), mobject.get_stroke_width(background)
            if width and rgbas[:, 3].any():
                yield self._source(rgbas, mobject), (float(width * multiple), join, cap)

    def _source(self, rgbas: Any, mobject: VMobject) -> Source:
        if len(rgbas) == 1:
            red, green, blue, alpha = rgbas[0].tolist()
            return blue, green, red, alpha  # Manim's picture is RGBA in the memory that Cairo takes for BGRA
        self._camera.set_cairo_context_color(self._context, rgbas, mobject)
        return self._context.get_source()

    def _box(self, outline: Outline, pens: tuple[Pen | None, ...]) -> Box:
        box = outline.boxes.get(pens)
        if box is None:
            box = outline.boxes[pens] = self._measured(outline, pens) if pens else NOWHERE
        return box

    def _measured(self, outline: Outline, pens: tuple[Pen | None, ...]) -> Box:
        context, camera = self._context, self._camera
        left, top, right, bottom = outline.extents
        for pen in pens:
            if pen is not None:
                context.new_path()
                context.append_path(outline.path)
                context.set_line_width(pen[0])
                context.set_line_join(pen[1])
                context.set_line_cap(pen[2])
                x0, y0, x1, y1 = context.stroke_extents()
                left, top, right, bottom = min(left, x0), min(top, y0), max(right, x1), max(bottom, y1)
        x0, y1 = context.user_to_device(left, top)
        x1, y0 = context.user_to_device(right, bottom)
        # One pixel more on each side: a pixel that is touched by a hair is drawn as well.
        box = (
            max(math.floor(x0) - 1, 0),
            max(math.floor(y0) - 1, 0),
            min(math.ceil(x1) + 1, camera.pixel_width),
            min(math.ceil(y1) + 1, camera.pixel_height),
        )
        return box if box[0] < box[2] and box[1] < box[3] else NOWHERE


def _vector_content(mobject: VMobject) -> tuple[Hashable, ...]:
    """Everything that decides how Manim draws this mobject; the first two decide its outline."""
    fill, stroke = mobject.get_fill_rgbas(), mobject.get_stroke_rgbas()
    behind = mobject.background_stroke_width
    content = (
        mobject.points.tobytes(),
        mobject.tolerance_for_point_equality,
        fill.tobytes(),
        mobject.stroke_width,
        stroke.tobytes() if mobject.stroke_width > 0 else b"",
        id(mobject.joint_type),  # enumerations have one object for each member, and slow hashes
        id(mobject.cap_style),
        mobject.get_stroke_rgbas(background=True).tobytes() if behind > 0 else b"",
        behind,
    )
    if len(fill) > 1 or len(stroke) > 1 or (behind > 0 and len(mobject.get_stroke_rgbas(background=True)) > 1):
        return *content, np.array(mobject.get_gradient_start_and_end_points()).tobytes()
    return content


def _raster_content(mobject: Mobject) -> Hashable:
    if isinstance(mobject, PMobject):
        return mobject.points.tobytes(), mobject.rgbas.tobytes(), mobject.stroke_width
    if isinstance(mobject, AbstractImageMobject):
        pixels = mobject.get_pixel_array()
        return mobject.points.tobytes(), pixels.shape, pixels.tobytes(), mobject.resampling_algorithm
    return object()  # equal to nothing: drawn anew every time
