"""Manim's renderer with exact time: it counts frames in integers, draws each picture once and hands it on."""

from __future__ import annotations

import inspect
from fractions import Fraction
from typing import Any

from manim import Mobject, Scene
from manim.camera.camera import Camera
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.iterables import list_update

from pipeline.film_camera import FilmCamera
from pipeline.film_picture import Box
from pipeline.film_screen import Screen


def camera_class(scene_class: type[Scene]) -> type[Camera]:
    """The camera that a scene class asks for: Manim's plain one, or that of moving-camera and 3-D scenes."""
    for ancestor in scene_class.__mro__:
        if (asked := inspect.signature(ancestor).parameters.get("camera_class")) is not None:
            found: type[Camera] = asked.default
            return found
    return Camera


def exact_seconds(seconds: float) -> Fraction:
    """The fraction an author meant: 0.37 is 37/100 and 1/3 a third."""
    return Fraction(float(seconds)).limit_denominator(100_000)


class FilmRenderer(CairoRenderer):
    """Plays a scene for a `Screen`.

    Every play has an ideal start and end; its frames are `round(end * fps) - round(start * fps)`, so rounding never
    adds up. Frame i of n shows the play at (i + 1) / n of its run time: the last one is its end state.
    """

    def __init__(self, screen: Screen, fps: int, camera_class: type[Camera]) -> None:
        super().__init__(camera_class=FilmCamera if camera_class is Camera else camera_class)
        self.fps = fps
        self.clock = Fraction(0)  # where the current play begins, in seconds
        self.frames = 0
        self._screen = screen

    def init_scene(self, scene: Scene, *settings: Any) -> None:
        """Attach a scene."""
        super().init_scene(scene, *settings)
        # Manim stretches what is shorter than a frame to a frame; here it keeps its length.
        scene.validate_run_time = _validate_run_time  # type: ignore[method-assign]

    def play(self, scene: Scene, *animations: Any, **settings: Any) -> None:
        """Play animations from their start to their end."""
        self._screen.between_plays(scene, self.frames, self.camera.pixel_array)
        scene.compile_animation_data(*animations, **settings)
        scene.begin_animations()
        if isinstance(self.camera, FilmCamera):
            self.camera.begin_play(scene.static_mobjects)
        end = self.clock + exact_seconds(scene.duration)
        count = max(0, round(end * self.fps) - self.frames)
        if scene.is_current_animation_frozen_frame():
            self._show(scene, count)
        else:
            played = self._play_through(scene, count)
            if played < count:  # a stop condition was met
                end = self.clock + Fraction(played, self.fps)
        self.clock = end
        self.time = float(end)
        self.num_plays += 1

    def _play_through(self, scene: Scene, count: int) -> int:
        start, run_time = float(self.clock), float(scene.duration)
        played = 0
        for step in range(1, max(count, 1) + 1):
            moment = run_time * (step / max(count, 1))
            self.time = start + moment
            scene.update_to_time(moment)
            if count:
                self._show(scene, 1)
                played += 1
            if scene.stop_condition is not None and scene.stop_condition():
                break
        for animation in scene.animations or ():
            animation.finish()
            animation.clean_up_from_scene(scene)
        scene.update_mobjects(0)
        return played

    def _show(self, scene: Scene, repeat: int) -> None:
        if repeat and self._screen.wants(self.frames, repeat):
            boxes = self._draw(list_update(scene.mobjects, scene.foreground_mobjects))
            self._screen.show(self.camera.pixel_array, boxes, repeat)
        self.frames += repeat

    def _draw(self, mobjects: list[Mobject]) -> list[Box]:
        if isinstance(self.camera, FilmCamera):
            return self.camera.draw(mobjects)
        self.camera.reset()
        self.camera.capture_mobjects(mobjects)
        return [(0, 0, self.camera.pixel_width, self.camera.pixel_height)]

    def scene_finished(self, scene: Scene) -> None:
        """Every frame has been handed on; the last one is still in hand."""
        self._screen.between_plays(scene, self.frames, self.camera.pixel_array)


def _validate_run_time(run_time: float, method: Any, parameter_name: str = "run_time") -> float:
    if run_time <= 0:
        raise ValueError(f"{method.__name__}: {parameter_name} is {run_time:g}; it must be more than 0 seconds")
    return run_time
