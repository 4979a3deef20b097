"""Films leave whole files or none, nothing else behind, and say what is wrong with a request."""

import os
import random
import threading
from pathlib import Path

import numpy as np
import pytest
from manim import Circle, FadeIn, config

from pipeline.aside import sweep
from pipeline.film import Quality, rehearse, render_film
from pipeline.film_output import FilmFiles
from tests.pipeline._film_scenes import TINY, Bare, EightSeconds, Short


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("manim.cfg").write_text("[CLI]\npixel_width = 333\n")
    before, state, legacy = dict(config), random.getstate(), np.random.get_state()[1].copy()
    render_film(Short, None, None, TINY, {"mp4": tmp_path / "film.mp4"})
    assert {key: str(value) for key, value in config.items()} == {key: str(value) for key, value in before.items()}
    assert random.getstate() == state
    assert (np.random.get_state()[1] == legacy).all()
    assert sorted(os.listdir(tmp_path)) == ["film.mp4", "manim.cfg"]


@pytest.mark.parametrize("error", [RuntimeError("the author's mistake"), KeyboardInterrupt()])
def test_a_failing_scene_leaves_no_file(error, tmp_path):
    class Broken(Short):
        def construct(self):
            super().construct()
            raise error

    outputs = {kind: tmp_path / f"film.{kind}" for kind in ("mp4", "webm", "gif", "png")}
    outputs["mp4"].write_bytes(b"the film before")
    threads = threading.active_count()
    with pytest.raises(type(error)):
        render_film(Broken, None, None, TINY, outputs)
    assert os.listdir(tmp_path) == ["film.mp4"]
    assert outputs["mp4"].read_bytes() == b"the film before"
    assert threading.active_count() == threads


def test_an_encoder_error_is_raised_and_leaves_no_file(tmp_path, monkeypatch):
    from pipeline import film_encoder

    calls = []

    def broken(self, patches, repeat):
        calls.append(repeat)
        raise OSError("no space left on device")

    monkeypatch.setattr(film_encoder.VideoEncoder, "write", broken)
    with pytest.raises(OSError, match="no space left"):
        render_film(EightSeconds, None, None, TINY, {"mp4": tmp_path / "film.mp4"})
    assert len(calls) == 1
    assert os.listdir(tmp_path) == []


def test_what_a_killed_film_leaves_is_swept(tmp_path):
    files = FilmFiles({})
    left = files.reserve(tmp_path / "film.mp4")
    left.write_bytes(b"half a film")
    sweep(tmp_path)
    assert os.listdir(tmp_path) == []


def test_progress_runs_from_nought_to_one(tmp_path):
    told = []
    render_film(EightSeconds, None, None, TINY, {"mp4": tmp_path / "film.mp4"}, told.append)
    assert told == sorted(told)
    assert 0 < told[0] < 0.02
    assert told[-1] == 1
    assert len(set(told)) > 20


def test_a_scene_without_a_play_is_an_error(tmp_path):
    with pytest.raises(ValueError, match=r"Bare shows nothing: call self\.play or self\.wait"):
        render_film(Bare, None, None, TINY, {"mp4": tmp_path / "film.mp4"})
    assert os.listdir(tmp_path) == []


def test_bad_requests_name_the_rule(tmp_path):
    with pytest.raises(ValueError, match="a film has no format 'avi': choose mp4, webm, gif or png"):
        render_film(Short, None, None, TINY, {"avi": tmp_path / "film.avi"})
    with pytest.raises(ValueError, match="unknown quality '4k': choose draft, hd, hd60, uhd"):
        rehearse(Short, None, None, "4k")
    with pytest.raises(ValueError, match="161x90 pixels: both must be even"):
        Quality(161, 90, 15)

    class Instant(Bare):
        def construct(self):
            self.play(FadeIn(Circle()), run_time=0)

    with pytest.raises(ValueError, match="it must be more than 0 seconds"):
        rehearse(Instant, None, None, TINY)
