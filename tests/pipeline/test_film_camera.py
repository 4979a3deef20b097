"""The camera that redraws only what has changed draws what Manim's own camera draws, pixel for pixel."""

import numpy as np
import pytest
from manim import (
    DEGREES,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Camera,
    Dot,
    MovingCameraScene,
    Square,
    ThreeDScene,
    VGroup,
    VMobject,
)

from pipeline.film import Quality, rehearse, render_film
from pipeline.film_family import visible_family
from tests.pipeline._film_awkward_scenes import AWKWARD, Pictures
from tests.pipeline._film_comparison import compare_every_frame
from tests.pipeline._film_scenes import Bare

QUALITY = Quality(192, 108, 10)


@pytest.fixture
def compared(monkeypatch):
    return compare_every_frame(monkeypatch)


@pytest.mark.parametrize("scene", AWKWARD, ids=lambda scene: scene.__name__)
def test_every_frame_is_manims_own(scene, compared, tmp_path, monkeypatch):
    from PIL import Image

    Image.fromarray(np.arange(192 * 108 * 3, dtype=np.uint32).astype(np.uint8).reshape(108, 192, 3)).save(
        tmp_path / "picture.png"
    )
    monkeypatch.setattr(Pictures, "picture_file", str(tmp_path / "picture.png"), raising=False)
    film = render_film(scene, None, None, QUALITY, {"mp4": tmp_path / "film.mp4"})
    assert film == rehearse(scene, None, None, QUALITY)
    assert compared[0] == 192 * 108
    assert len(compared) > 5


def test_only_what_changes_is_redrawn(compared, tmp_path):
    class Quiet(Bare):
        def construct(self):
            self.add(*(Square(0.3).shift(RIGHT * x + UP * y) for x in range(-5, 6) for y in range(-3, 4)))
            dot = Dot(LEFT * 6 + UP * 3)
            self.wait(1)
            self.play(dot.animate.shift(DOWN), run_time=1)
            self.wait(1)

    render_film(Quiet, None, None, QUALITY, {"mp4": tmp_path / "film.mp4"})
    first, *moving, last = compared
    assert first == 192 * 108
    assert len(moving) == 10
    assert all(0 < pixels <= 32 * 48 for pixels in moving)
    assert last == 0


@pytest.mark.parametrize("base", [MovingCameraScene, ThreeDScene])
def test_moving_cameras_are_drawn_in_full(base, tmp_path):
    class Moving(base):
        def __init__(self, trace, look, renderer):
            super().__init__(renderer=renderer)

        def construct(self):
            self.add(Square())
            if base is MovingCameraScene:
                self.play(self.camera.frame.animate.scale(0.5), run_time=0.5)
            else:
                self.set_camera_orientation(phi=60 * DEGREES)
                self.begin_ambient_camera_rotation(3)
                self.wait(0.5)

    path = tmp_path / "poster.png"
    render_film(Moving, None, None, QUALITY, {"png": path, "mp4": tmp_path / "film.mp4"})
    from PIL import Image

    with Image.open(path) as picture:
        pixels = np.asarray(picture)
    rows = np.flatnonzero(pixels.any(axis=(1, 2)))
    side = rows[-1] - rows[0]
    if base is MovingCameraScene:
        assert side == pytest.approx(2 / 4 * 108, abs=3)
    else:
        assert 20 < side < 30 or not np.array_equal(pixels, pixels[::-1])


def test_the_drawing_order_is_manims():
    a, b, c, d = (Square().set_z_index(z) for z in (0, 2, 0, 1))
    inner = VGroup(a, b, VGroup(c, a))
    mobjects = [inner, d, VMobject(), c, VGroup(inner)]
    assert visible_family(mobjects) == Camera().get_mobjects_to_display(mobjects)
    assert visible_family([d, *mobjects]) == Camera().get_mobjects_to_display([d, *mobjects])
