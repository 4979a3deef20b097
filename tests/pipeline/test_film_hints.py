"""x264 heeds what it is told of the parts of a picture that changed, and nothing is told wrongly."""

import ctypes
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline import film_hints
from pipeline.film_encoder import Mp4Encoder
from pipeline.film_picture import Box, Patch, Pixels, YuvConverter

SIZE = (640, 320)
RATE = 30


def picture(squares: Sequence[Box]) -> Pixels:
    """White squares on black."""
    pixels = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    pixels[..., 3] = 255
    for x0, y0, x1, y1 in squares:
        pixels[y0:y1, x0:x1] = 255
    return pixels


def film(path: Path, shown: Sequence[tuple[Pixels, Sequence[Box]]]) -> list[Pixels]:
    """The pictures of a film whose frames are brought up to date in these boxes, as a player sees them, in grey."""
    encoder = Mp4Encoder(path, SIZE, RATE)
    for pixels, boxes in shown:
        encoder.write([YuvConverter().patch(pixels, box) for box in boxes], 1)
    encoder.finish()
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]


def square(number: int) -> Box:
    """One of forty places for a square of 16 pixels."""
    x, y = 64 * (number % 10), 64 * (number // 10)
    return x, y, x + 16, y + 16


ALL = (0, 0, *SIZE)


@pytest.mark.parametrize("count", [1, 2, film_hints.MOST, film_hints.MOST + 1, 40])
def test_every_change_is_seen(tmp_path: Path, count: int) -> None:
    places = [square(number) for number in range(count)]
    seen = film(tmp_path / "film.mp4", [(picture([]), [ALL]), (picture(places), places)])
    assert seen[0].max() < 8
    assert np.abs(seen[1].astype(int) - expected(places)).mean() < 2


def expected(places: Sequence[Box]) -> Pixels:
    """The same in grey."""
    return picture(places)[..., 0].astype(int)


def test_what_is_not_told_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, hidden = square(0), square(27)
    frames = [(picture([]), [ALL]), (picture([told, hidden]), [told, hidden])]
    tell = film_hints.Hints.tell
    monkeypatch.setattr(film_hints.Hints, "tell", lambda self, boxes: tell(self, boxes[:1]))
    _, second = film(tmp_path / "film.mp4", frames)
    assert (second[8, 8] > 200, second[hidden[1] + 8, hidden[0] + 8] < 40) == (True, True)


def test_another_layout_of_frames_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Elsewhere(ctypes.Structure):
        _fields_ = (
            ("references", ctypes.c_ssize_t),
            ("type", ctypes.c_void_p),
            ("address", ctypes.POINTER(ctypes.c_void_p)),
        )

    monkeypatch.setattr(film_hints, "_Frame", Elsewhere)
    with pytest.raises(RuntimeError) as refusal:
        film_hints.Hints(av.VideoFrame(64, 64, "yuv420p"))
    assert str(refusal.value) == f"PyAV {av.__version__} keeps its frames elsewhere: install what requirements.txt pins"


def test_patches_are_all_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Sequence[Box]] = []
    monkeypatch.setattr(film_hints.Hints, "tell", lambda _, boxes: told.append(boxes))
    encoder = Mp4Encoder(tmp_path / "film.mp4", SIZE, RATE)
    patch: Patch = YuvConverter().patch(picture([]), ALL)
    encoder.write(iter([patch]), 1)
    encoder.write([], 2)
    encoder.finish()
    assert told == [[ALL], []]
