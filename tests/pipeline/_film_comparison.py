"""Compares every frame that is drawn with Manim's own drawing, and with what the changed rectangles alone add up to."""

import numpy as np
from manim import Camera

from pipeline.film_camera import FilmCamera


def compare_every_frame(monkeypatch):
    """From now on frames are compared as they are drawn; the list that is given fills with their redrawn pixels."""
    draw, frames, patched = FilmCamera.draw, [], {}

    def checked(camera, mobjects):
        boxes = draw(camera, mobjects)
        stock = Camera(background=camera.background)
        stock.background = camera.background
        stock.reset()
        stock.capture_mobjects(mobjects)
        np.testing.assert_array_equal(camera.pixel_array, stock.pixel_array)
        picture = patched.setdefault(camera, np.zeros_like(camera.pixel_array))
        for x0, y0, x1, y1 in boxes:
            assert x0 % 2 == y0 % 2 == x1 % 2 == y1 % 2 == 0
            assert min(x1 - x0, y1 - y0) >= 16
            picture[y0:y1, x0:x1] = camera.pixel_array[y0:y1, x0:x1]
        np.testing.assert_array_equal(picture, stock.pixel_array)
        frames.append(sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes))
        return boxes

    monkeypatch.setattr(FilmCamera, "draw", checked)
    return frames
