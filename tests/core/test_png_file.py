"""PNG files as the input of a lesson: every filter, every bound, and any damage."""

import io
import struct
import zlib
from itertools import cycle, pairwise

import numpy as np
import pytest

from core.png_file import PngError, read_png

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST = 1 << 12
DAMAGED = "which is damaged: save it again"
SHORT = "which is cut short: save it again"
PLAIN = "save it as an 8-bit grey or RGB picture"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def header(width: int, height: int, depth: int = 8, colour: int = 0, interlaced: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def filtered(pixels: np.ndarray, filters: tuple[int, ...]) -> bytes:
    """The lines of (H, W, channels) pixels, each behind its filter: the specification's definitions, byte by byte."""
    height, width, channels = pixels.shape
    lines = pixels.reshape(height, width * channels).astype(int)
    out = bytearray()
    for row, name in zip(range(height), cycle(filters)):
        out.append(name)
        for at in range(width * channels):
            left = lines[row, at - channels] if at >= channels else 0
            over = lines[row - 1, at] if row else 0
            corner = lines[row - 1, at - channels] if row and at >= channels else 0
            guess = left + over - corner
            nearest = min((left, over, corner), key=lambda value: abs(guess - value))
            out.append((lines[row, at] - (0, left, over, (left + over) // 2, nearest)[name]) % 256)
    return bytes(out)


def png(pixels: np.ndarray, filters: tuple[int, ...] = (0,), parts: int = 1) -> bytes:
    height, width, channels = pixels.shape
    packed = zlib.compress(filtered(pixels, filters))
    cuts = np.linspace(0, len(packed), parts + 1).astype(int)
    data = [chunk(b"IDAT", packed[a:b]) for a, b in pairwise(cuts)]
    colour = header(width, height, colour=2 if channels == 3 else 0)
    return SIGNATURE + colour + chunk(b"tEXt", b"Title\0x") + b"".join(data) + chunk(b"IEND", b"")


def pixels_of(*shape: int) -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, shape)


def read(data: bytes, most: int = MOST) -> np.ndarray:
    return read_png(io.BytesIO(data), most)


def message(data: bytes, most: int = MOST) -> str:
    with pytest.raises(PngError) as caught:
        read(data, most)
    return str(caught.value)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("filters", [(0,), (1,), (2,), (3,), (4,), (4, 3, 2, 1, 0)])
def test_every_filter_is_undone(filters: tuple[int, ...], channels: int) -> None:
    pixels = pixels_of(7, 9, channels)
    picture = read(png(pixels, filters, parts=3))
    assert picture.dtype == np.int64
    assert (picture == (pixels[..., 0] if channels == 1 else np.moveaxis(pixels, 2, 0))).all()


def test_one_pixel() -> None:
    assert read(png(np.full((1, 1, 1), 200))).tolist() == [[200]]


def test_the_bound_counts_every_channel() -> None:
    assert read(png(pixels_of(4, 5, 3)), 60).size == 60
    assert message(png(pixels_of(4, 5, 3)), 59) == "which has 60 cells, and the most is 59: save it smaller"


def test_a_size_that_is_a_lie_costs_no_memory() -> None:
    huge = SIGNATURE + header(2**31 - 1, 2**31 - 1)
    assert message(huge).startswith("which has 4,611,686,014,132,420,609 cells")
    bomb = SIGNATURE + header(2, 2) + chunk(b"IDAT", zlib.compress(bytes(50_000_000))) + chunk(b"IEND", b"")
    assert message(bomb) == DAMAGED


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GIF89a", f"which is not a PNG file: {PLAIN} in PNG form"),
        (SIGNATURE, SHORT),
        (SIGNATURE + header(2, 2, depth=16), f"which has 16-bit channels: {PLAIN}"),
        (SIGNATURE + header(2, 2, depth=1), f"which has 1-bit channels: {PLAIN}"),
        (SIGNATURE + header(2, 2, colour=3), f"which has a palette: {PLAIN}"),
        (SIGNATURE + header(2, 2, colour=6), f"which has transparency: {PLAIN}"),
        (SIGNATURE + header(2, 2, colour=7), DAMAGED),
        (SIGNATURE + header(0, 2), DAMAGED),
        (SIGNATURE + header(2, 2, interlaced=1), "which is interlaced: save it without interlacing"),
        (SIGNATURE + header(2, 2) + chunk(b"IEND", b""), SHORT),
        (SIGNATURE + header(1, 1) + chunk(b"IDAT", zlib.compress(b"\x05\x00")) + chunk(b"IEND", b""), DAMAGED),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, said: str) -> None:
    assert message(data) == said


def test_any_cut_and_any_flipped_byte_is_noticed() -> None:
    whole = png(pixels_of(5, 4, 3), (4, 1, 3), parts=2)
    for at in range(len(whole) - 4):  # of the last chunk the check sum is not asked for
        assert message(whole[:at])
    text = whole.index(b"tEXt")
    for at in range(len(whole) - 12):
        if text - 4 <= at < text + 4 + len(b"Title\0x") + 4:
            continue  # a chunk that does not matter
        flipped = bytearray(whole)
        flipped[at] ^= 0x55
        assert message(bytes(flipped)), at
