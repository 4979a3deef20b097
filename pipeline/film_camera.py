"""Manim's camera with a memory: it redraws only the rectangles in which something has changed, the same to the pixel.

Shapes are drawn whole on a scratch surface and the changed rectangles copied from there, because a Cairo clip would
alter the smoothing of shapes that cross its edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from manim import Mobject
from manim.camera.camera import Camera
from manim.utils.color import color_to_int_rgba

from pipeline.film_damage import damage, rectangles
from pipeline.film_family import visible_family
from pipeline.film_picture import Box, Pixels
from pipeline.film_shapebook import ShapeBook
from pipeline.film_shapes import Shape


class FilmCamera(Camera):
    """Keeps its picture, `pixel_array`, up to date with lists of mobjects that differ little from one to the next."""

    def __init__(self, **settings: Any) -> None:
        self._book: ShapeBook | None = None
        self._ground: Pixels | None = None  # the background that the picture and the layer stand on
        self._plain: Pixels | None = None  # a background of one colour: the first use of so much memory takes long
        self._shown: list[Shape] | None = None  # what the picture holds; None when nobody knows
        self._layered: list[Shape] = []  # what the layer holds: the shapes at the back that stay as they are
        self._still: frozenset[int] = frozenset()
        self._back: list[Mobject] | None = None
        self._back_shapes: list[Shape] = []
        super().__init__(**settings)

    def begin_play(self, still: Iterable[Mobject]) -> None:
        """From now until the next call, the mobjects in `still` do not change."""
        self._still = frozenset(map(id, still))
        self._back = None

    def draw(self, mobjects: Sequence[Mobject]) -> list[Box]:
        """Draw mobjects with their families over the background; gives the rectangles that differ from before."""
        book = self._prepare()
        visible = visible_family(mobjects)
        if self._back is None or visible[: len(self._back)] != self._back:
            count = next((i for i, mobject in enumerate(visible) if id(mobject) not in self._still), len(visible))
            self._back = visible[:count]
            self._back_shapes = book.still(self._back)
        front_shapes = book.moving(visible[len(self._back) :])
        now = self._back_shapes + front_shapes
        if self._shown is None:
            changed = [(0, 0, self.pixel_width, self.pixel_height)]
        else:
            changed = rectangles(damage(self._shown, now), self.pixel_width, self.pixel_height)
        if changed:
            behind = rectangles(damage(self._layered, self._back_shapes), self.pixel_width, self.pixel_height)
            self._redraw(self._layer, self.background, self._back_shapes, behind)
            self._redraw(self.pixel_array, self._layer, front_shapes, changed)
            self._layered, self._shown = self._back_shapes, now
        return changed

    def set_pixel_array(self, pixel_array: Any, convert_from_floats: bool = False) -> None:
        """As Manim's; whoever calls it, the picture is no longer the one that was drawn here."""
        self._shown = None
        super().set_pixel_array(pixel_array, convert_from_floats)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **how: Any) -> None:
        """As Manim's; the picture is no longer the one that was drawn here."""
        self._shown = None
        super().capture_mobjects(mobjects, **how)

    def init_background(self) -> None:
        """As Manim's, which fills a plain background channel by channel."""
        if self.background_image is not None:
            super().init_background()
            return
        colour = np.array(color_to_int_rgba(self.background_color, self.background_opacity), np.uint8)
        shape = (self.pixel_height, self.pixel_width, self.n_channels)
        if self._plain is None or self._plain.shape != shape:
            self._plain = np.empty(shape, np.uint8)
        self.background, self._ground = self._plain, None
        self.background.view(np.uint32)[...] = colour.view(np.uint32)

    def _prepare(self) -> ShapeBook:
        if self._book is None:
            self._book = ShapeBook(self)
            self._layer: Pixels = np.empty_like(self.pixel_array)
            self._scratch: Pixels = np.empty_like(self.pixel_array)
        if self._ground is not self.background:
            assert self.background is not None
            self._ground, self._shown, self._layered = self.background, None, []
            np.copyto(self._layer, self.background)
        return self._book

    def _redraw(self, target: Pixels, ground: Any, shapes: Sequence[Shape], boxes: Sequence[Box]) -> None:
        """Bring `boxes` of `target` to `ground` with `shapes` over it."""
        scratch = self._scratch
        context = self.get_cairo_context(scratch)
        for x0, y0, x1, y1 in boxes:
            scratch[y0:y1, x0:x1] = ground[y0:y1, x0:x1]
        for shape in shapes:
            left, top, right, bottom = shape.box
            for x0, y0, x1, y1 in boxes:
                if left < x1 and x0 < right and top < y1 and y0 < bottom:
                    shape.draw(context, scratch)
                    break
        for x0, y0, x1, y1 in boxes:
            target[y0:y1, x0:x1] = scratch[y0:y1, x0:x1]
