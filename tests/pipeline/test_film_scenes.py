"""Every scene of the project, with every lesson that it is for, drawn frame for frame as Manim draws it."""

import importlib

import pytest

from core import LessonField, NetworkLesson, trace_of
from look import Look
from pipeline.film import Quality, rehearse, render_film
from tests._shipped import entries_of, lessons_with, shipped
from tests.pipeline._film_comparison import compare_every_frame

PAIRS = [(entry.path.stem, lesson) for lesson in lessons_with("not network") for entry in entries_of(("film",), lesson)]
PAIRS += [(entry.path.stem, lesson) for lesson in ("alexnet", "resnet50") for entry in entries_of(("film",), lesson)]
FIRST = dict(reversed(PAIRS))
"""The first lesson of each scene: its film is also rehearsed."""
SLOW = Quality(256, 144, 5)


@pytest.mark.parametrize(("scene", "lesson"), PAIRS)
def test_every_frame_of_every_scene_is_manims_own(scene, lesson, monkeypatch, tmp_path):
    frames = compare_every_frame(monkeypatch)
    name = "".join(word.capitalize() for word in scene.split("_"))
    scene_class = getattr(importlib.import_module(f"scenes.{scene}"), name)
    found, look = shipped()[lesson], Look("light", "zh")
    trace = LessonField(found) if isinstance(found, NetworkLesson) else trace_of(found)
    film = render_film(scene_class, trace, look, SLOW, {"mp4": tmp_path / "film.mp4"})
    assert film.duration == scene_class.seconds
    assert frames[0] == 256 * 144
    assert sum(frames[1:]) < 256 * 144 * len(frames) / 2
    assert film.frames == scene_class.seconds * SLOW.fps
    if lesson == FIRST[scene]:
        assert film == rehearse(scene_class, trace, look, SLOW)
