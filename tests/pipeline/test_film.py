"""Films: exact frame counts, the same bytes, nothing left behind, and errors that leave no file."""

import hashlib
import os
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from manim import BLUE, RIGHT, UP, Circle, FadeIn, FadeOut, Scene, Square, ValueTracker, config
from PIL import Image

from pipeline.film import QUALITIES, Film, Quality, rehearse, render_film

TINY = Quality(160, 90, 15)
ROOT = Path(__file__).resolve().parents[2]


class Bare(Scene):
    """The least that a film needs: it takes a trace, a look and a renderer."""

    def __init__(self, trace, look, renderer):
        self.cues, self.chapters, self.poster_at = [], [], None
        super().__init__(renderer=renderer)


class EightSeconds(Bare):
    seconds = 8

    def construct(self):
        square = Square(color=BLUE, fill_opacity=0.5)
        self.cues.append((self.renderer.clock, "in"))
        self.play(FadeIn(square), run_time=0.37)
        self.play(square.animate.shift(RIGHT), run_time=1 / 3)
        self.poster_at = self.renderer.clock
        self.cues.append((self.renderer.clock, "rest"))
        self.wait(4.1)
        self.play(square.animate.shift(RIGHT), run_time=0.01)
        square.add_updater(lambda m, dt: m.rotate(dt))
        self.wait(2)
        square.clear_updaters()
        self.play(FadeOut(square), run_time=8 - 0.37 - 1 / 3 - 4.1 - 0.01 - 2)


class Short(Bare):
    seconds = 1

    def construct(self):
        square = Square(color=BLUE, fill_opacity=0.5)
        self.play(FadeIn(square, shift=UP), run_time=0.5)
        self.poster_at = self.renderer.clock
        self.play(square.animate.scale(2).rotate(1), run_time=0.5)


def packets(path):
    """Start and end in seconds of every packet, in presentation order."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        found = [
            (p.pts * stream.time_base, (p.pts + p.duration) * stream.time_base)
            for p in container.demux(stream)
            if p.size
        ]
    return sorted(found)


def decoded(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@pytest.mark.parametrize("fps", [15, 24, 25, 30, 50, 60])
def test_eight_seconds_are_eight_seconds_at_every_rate(fps, tmp_path):
    quality = Quality(160, 90, fps)
    film = rehearse(EightSeconds, None, None, quality)
    assert film.frames == 8 * fps
    assert film.duration == 8
    assert film.cues == ((0, "in"), (Fraction(37, 100) + Fraction(1, 3), "rest"))


@pytest.mark.parametrize("fps", [15, 24, 30, 60])
def test_files_last_as_long_as_the_film(fps, tmp_path):
    outputs = {kind: tmp_path / f"film.{kind}" for kind in ("mp4", "webm", "gif")}
    film = render_film(EightSeconds, None, None, Quality(160, 90, fps), outputs)
    assert film == rehearse(EightSeconds, None, None, Quality(160, 90, fps))
    assert len(packets(outputs["mp4"])) == len(packets(outputs["webm"])) == film.frames
    assert packets(outputs["mp4"])[0][0] == 0
    assert packets(outputs["mp4"])[-1][1] == 8
    assert packets(outputs["gif"])[-1][1] == 8
    for path in outputs.values():
        with av.open(str(path)) as container:
            assert container.duration == 8_000_000


def test_every_quality_has_the_same_duration():
    films = [rehearse(EightSeconds, None, None, name) for name in QUALITIES]
    assert [film.frames for film in films] == [120, 240, 480, 480]
    assert {film.duration for film in films} == {8}
    assert films[-1].size == (3840, 2160)


def test_the_last_frame_of_a_play_is_its_end_and_updaters_get_their_time():
    seen, total = [], []

    class Watched(Bare):
        def construct(self):
            square = Square()
            self.play(square.animate.shift(RIGHT), run_time=0.5)
            square.add_updater(lambda m, dt: total.append(dt))
            seen.append(float(square.get_x()))
            self.wait(1.3)
            tracker = ValueTracker(0)
            tracker.add_updater(lambda m: seen.append(m.get_value()))
            self.add(tracker)
            self.play(tracker.animate.set_value(1), run_time=1)

    film = rehearse(Watched, None, None, TINY)
    assert film.frames == round(Fraction(28, 10) * 15)
    assert seen[0] == 1
    assert sum(total) == pytest.approx(1.3 + 1)


def test_a_wait_ends_when_its_condition_is_met(tmp_path):
    class Impatient(Bare):
        def construct(self):
            tracker = ValueTracker(0)
            tracker.add_updater(lambda m, dt: m.increment_value(dt))
            self.add(tracker)
            self.wait_until(lambda: tracker.get_value() >= 0.5, max_time=3)
            self.wait(1)

    rehearsed = rehearse(Impatient, None, None, TINY)
    drawn = render_film(Impatient, None, None, TINY, {"mp4": tmp_path / "a.mp4"})
    assert rehearsed == drawn
    assert rehearsed.frames == 8 + 15


def test_mp4_is_tagged_streamable_and_seekable(tmp_path):
    path = tmp_path / "film.mp4"
    render_film(EightSeconds, None, None, TINY, {"mp4": path})
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.codec.name, context.pix_fmt) == ("h264", "yuv420p")
        assert (context.colorspace, context.color_range, context.color_primaries, context.color_trc) == (1, 1, 1, 1)
        assert len(container.streams) == 1
        keys = [packet.pts * stream.time_base for packet in container.demux(stream) if packet.is_keyframe]
    assert keys == list(range(8))


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_colours_survive(kind, tmp_path):
    class Colours(Bare):
        def construct(self):
            self.camera.background_color = "#101418"
            self.add(Square(8, fill_color="#56B4E9", fill_opacity=1, stroke_width=0))
            self.wait(1)

    path = tmp_path / f"film.{kind}"
    render_film(Colours, None, None, TINY, {kind: path})
    frame = decoded_709(path)[7]
    assert np.abs(frame[45, 80] - [0x56, 0xB4, 0xE9]).max() <= 3
    assert np.abs(frame[45, 4] - [0x10, 0x14, 0x18]).max() <= 3


def decoded_709(path):
    """Frames converted from BT.709 limited range by the formula, not by the library that encoded them."""
    frames = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            y, u, v = (np.frombuffer(p, np.uint8).reshape(-1, p.line_size)[: p.height, : p.width] for p in frame.planes)
            y = (y - 16.0) / 219
            u, v = ((c.repeat(2, 0).repeat(2, 1) - 128.0) / 224 for c in (u, v))
            red, blue = y + 1.5748 * v, y + 1.8556 * u
            green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
            frames.append(np.stack([red, green, blue], -1) * 255)
    return frames


def test_gif_is_small_slow_and_loops_for_ever(tmp_path):
    outputs = {"gif": tmp_path / "film.gif", "png": tmp_path / "film.png"}
    render_film(Short, None, None, Quality(960, 540, 60), outputs)
    with Image.open(outputs["gif"]) as picture:
        assert picture.size == (800, 450)
        assert picture.info["loop"] == 0
        assert 1 < picture.n_frames <= 15
        durations = []
        for index in range(picture.n_frames):
            picture.seek(index)
            durations.append(picture.info["duration"])
    assert sum(durations) == 1000
    assert min(durations) >= 60


def test_poster_is_the_frame_the_scene_chose(tmp_path):
    outputs = {"mp4": tmp_path / "film.mp4", "png": tmp_path / "film.png"}
    film = render_film(Short, None, None, TINY, outputs)
    assert film.poster_at == Fraction(1, 2)
    frames = decoded(outputs["mp4"])
    with Image.open(outputs["png"]) as picture:
        assert picture.mode == "RGB"
        assert not picture.info
        poster = np.asarray(picture).astype(int)
    differences = [np.abs(frame - poster).mean() for frame in frames]
    assert int(np.argmin(differences)) == film.poster_frame == 7
    alone = tmp_path / "alone.png"
    assert render_film(Short, None, None, TINY, {"png": alone}) == film
    assert alone.read_bytes() == outputs["png"].read_bytes()


def test_poster_named_too_late_or_never(tmp_path):
    class Late(Short):
        def construct(self):
            super().construct()
            self.poster_at = Fraction(1, 2)

    class Never(Short):
        def construct(self):
            super().construct()
            self.poster_at = None

    for scene in (Short, Late, Never):
        name = scene.__name__
        render_film(scene, None, None, TINY, {"mp4": tmp_path / f"{name}.mp4", "png": tmp_path / f"{name}.png"})
    short, late, never = ((tmp_path / f"{name}.png").read_bytes() for name in ("Short", "Late", "Never"))
    assert short == late != never


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
    with pytest.raises(type(error)):
        render_film(Broken, None, None, TINY, outputs)
    assert os.listdir(tmp_path) == ["film.mp4"]
    assert outputs["mp4"].read_bytes() == b"the film before"


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


def test_progress_runs_from_nought_to_one(tmp_path):
    told = []
    render_film(EightSeconds, None, None, TINY, {"mp4": tmp_path / "film.mp4"}, told.append)
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == 1
    assert len(set(told)) > 4


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


SCRIPT = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {here!r}]
from test_film import Short, TINY
from pipeline.film import render_film
paths = {{kind: Path(sys.argv[1], "film." + kind) for kind in ("mp4", "webm", "gif", "png")}}
render_film(Short, None, None, TINY, paths)
"""


def test_the_same_bytes_in_every_process(tmp_path):
    hashes = []
    for seed in ("0", "4711"):
        folder = tmp_path / seed
        script = SCRIPT.format(root=str(ROOT), here=str(Path(__file__).parent))
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{len(seed)}", "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, "-c", script, str(folder)], check=True, env=environment, cwd=tmp_path)
        hashes.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) == 4


def test_film_knows_its_poster():
    film = Film(frames=30, fps=15, size=(160, 90))
    assert film.poster_frame == 29
    assert Film(30, 15, (160, 90), poster_at=Fraction(0)).poster_frame == 0
    assert Film(30, 15, (160, 90), poster_at=Fraction(99)).poster_frame == 29


SHUFFLED = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
from manim import Circle, RIGHT, Square, Star, TransformMatchingShapes, Triangle, VGroup
from test_film import Bare, TINY
from pipeline.film import render_film

class Matching(Bare):
    def construct(self):
        kinds = enumerate((Square, Circle, Star, Triangle))
        shapes = [kind(fill_opacity=0.5).shift(RIGHT * n / 3) for n, kind in kinds]
        self.play(TransformMatchingShapes(VGroup(*shapes), VGroup(*(s.copy().shift(RIGHT) for s in shapes[::-1]))))

render_film(Matching, None, None, TINY, {{"mp4": sys.argv[1]}})
"""


def test_matching_shapes_move_in_the_same_order_in_every_process(tmp_path):
    found = set()
    for seed in "1234":
        path = tmp_path / f"{seed}.mp4"
        script = SHUFFLED.format(root=str(ROOT), here=str(Path(__file__).parent))
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, "-c", script, str(path)], check=True, env=environment, cwd=tmp_path)
        found.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(found) == 1
