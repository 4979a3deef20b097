"""What is in the files: codecs, tags, colours, keyframes, the loop of a GIF, the poster's pixels."""

from fractions import Fraction

import av
import numpy as np
import pytest
from manim import Square
from PIL import Image

from pipeline.film import Quality, render_film
from tests.pipeline._film_scenes import TINY, Bare, EightSeconds, Short


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


def test_webm_is_tagged_and_seekable(tmp_path):
    path = tmp_path / "film.webm"
    render_film(EightSeconds, None, None, TINY, {"webm": path})
    data = path.read_bytes()
    cues, first_cluster = b"\x1c\x53\xbb\x6b", b"\x1f\x43\xb6\x75"
    assert data.rindex(cues) < data.index(first_cluster)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.codec.name, context.pix_fmt) == ("vp9", "yuv420p")
        assert (context.colorspace, context.color_range, context.color_primaries, context.color_trc) == (1, 1, 1, 1)
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


def decoded(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


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
