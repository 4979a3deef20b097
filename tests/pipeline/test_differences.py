"""The first difference is named where a person would look for it."""

import io
from collections.abc import Sequence

import av
import numpy as np
import pytest

from pipeline.differences import first_difference

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><path d="M0 0"/><path d="{d}"/></g>{more}</svg>'


def svg(d: str = "M1 1", more: str = "") -> bytes:
    return SVG.format(d=d, more=more).encode()


def picture(*changed: tuple[int, int]) -> bytes:
    pixels = np.zeros((4, 6, 3), np.uint8)
    for x, y in changed:
        pixels[y, x] = (255, 0, 16)
    return encoded([pixels], "png", "image2pipe", "rgb24")


def film(values: Sequence[int]) -> bytes:
    return encoded([np.full((16, 16, 3), value, np.uint8) for value in values], "ffv1", "matroska", "bgr0")


def encoded(frames: list[np.ndarray], codec: str, container: str, pixels: str) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = output.add_stream(codec, rate=4)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = pixels
        for frame in frames:
            output.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        output.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize(
    ("form", "old", "new", "where"),
    [
        ("csv", b"a,b\n1,2\n3,4\n", b"a,b\n1,2\n3,5\n", "line 3: '3,4' is now '3,5'"),
        ("txt", b"a\n", b"a\nb\n", "line 2: '' is now 'b'"),
        ("vtt", b"a\nb", b"a", "line 2: 'b' is now nothing"),
        ("json", b'{"a": [1, {"b": 2}]}', b'{"a": [1, {"b": 3}]}', "$.a[1].b: '2' is now '3'"),
        ("json", b'{"a": 1}', b'{"a": 1.0}', "$.a: '1' is now '1.0'"),
        ("json", b'{"a": 1}', b'{"a": 1, "c": "x"}', "$.c: nothing is now 'x'"),
        ("json", b'{"a":1}', b'{"a": 1}', "byte 5 of 7, now 8 bytes"),
        ("json", b"{", b"[", "byte 0 of 1"),
        ("svg", svg(), svg("M2 2"), "node /svg/g[1]/path[2], d: 'M1 1' is now 'M2 2'"),
        ("svg", svg(), svg(more="<text>x</text>"), "node /svg/text[1] is new"),
        ("svg", svg(more="<text>x</text>"), svg(), "node /svg/text[1] is gone"),
        ("svg", svg(more="<text>x</text>"), svg(more="<text>y</text>"), "node /svg/text[1], text: 'x' is now 'y'"),
        ("svg", svg(more="<text/>"), svg(more="<rect/>"), "node /svg/text[1] is now /svg/rect[1]"),
        ("pdf", b"1 0 obj a endobj 2 0 obj b endobj", b"1 0 obj a endobj 2 0 obj c endobj", "object 2, byte 25 of 33"),
        ("png", picture(), picture((2, 1), (3, 3)), "pixel (2, 1): #000000 is now #ff0010"),
        ("png", b"damaged", picture(), None),
        ("mp4", film([0, 10, 20]), film([0, 10, 30]), "frame 2 at 0.500 s"),
        ("mp4", film([0, 10, 20]), film([0, 10]), "it has 2 frames or more, and ends there now"),
        ("mp4", film([0, 10]), film([0, 10, 20]), "it has 2 frames or more, and ends there no longer"),
        ("csv", b"a", b"a", "no difference"),
        ("txt", b"\xff", b"\xfe", "byte 0 of 1"),
    ],
)
def test_where(form: str, old: bytes, new: bytes, where: str | None) -> None:
    assert first_difference(form, old, new) == (where or f"byte 0 of {len(old)}, now {len(new)} bytes")


def test_long_values_are_cut() -> None:
    assert first_difference("csv", b"a" * 1000, b"b") == f"line 1: '{'a' * 60}…' is now 'b'"


def test_the_same_frames_packed_otherwise() -> None:
    once = film([0, 10])
    assert first_difference("mp4", once, once + b"\0" * 8) == "every frame is the same, only their packing is not"
