"""Every scene of the project, with every lesson, drawn frame for frame as Manim draws it."""

import importlib
from pathlib import Path

import pytest

from core import Trace, load_lesson
from look import Look
from pipeline.film import Quality, rehearse, render_film
from tests.pipeline._film_comparison import compare_every_frame

ROOT = Path(__file__).resolve().parents[2]
SCENES = sorted(path.stem for path in ROOT.glob("scenes/[!_]*.py"))
LESSONS = sorted(path.stem for path in ROOT.glob("lessons/*.toml"))
SLOW = Quality(256, 144, 5)


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("scene", SCENES)
def test_every_frame_of_every_scene_is_manims_own(scene, lesson, monkeypatch, tmp_path):
    frames = compare_every_frame(monkeypatch)
    name = "".join(word.capitalize() for word in scene.split("_"))
    scene_class = getattr(importlib.import_module(f"scenes.{scene}"), name)
    trace, look = Trace(load_lesson(ROOT / "lessons" / f"{lesson}.toml")), Look("light", "zh")
    film = render_film(scene_class, trace, look, SLOW, {"mp4": tmp_path / "film.mp4"})
    assert film.duration == scene_class.seconds
    assert frames[0] == 256 * 144
    assert sum(frames[1:]) < 256 * 144 * len(frames) / 2
    assert film.frames == rehearse(scene_class, trace, look, SLOW).frames
