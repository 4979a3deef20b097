"""A picture from a PNG file: 8-bit grey or RGB, unpacked within bounds.

Source: Portable Network Graphics (PNG) Specification, W3C.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from core.arrays import Array

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB = 0, 2
_OTHERS = {3: "a palette", 4: "transparency", 6: "transparency"}
_PLAIN = "save it as an 8-bit grey or RGB picture"
_CHUNK = 1 << 20  # bytes of an image chunk that are read at a time


class PngError(ValueError):
    """What is wrong with a file and what to do, to follow "is 'photo.png', "."""


@dataclass(frozen=True)
class _Header:
    """``size`` (height, width) in pixels and the number of ``channels``, a byte each."""

    size: tuple[int, int]
    channels: int

    @property
    def line(self) -> int:
        """Bytes of a row of pixels."""
        return self.size[1] * self.channels

    @property
    def cells(self) -> int:
        """Numbers in the picture."""
        return self.size[0] * self.line


def read_png(file: BinaryIO, most: int) -> Array:
    """The picture in ``file``: int64 of 0 to 255, (H, W) if it is grey, (3, H, W) if it is RGB; at most ``most`` cells.

    The header is checked before anything is unpacked, and no more is unpacked than it promises. PngError for anything
    that is not such a picture.
    """
    if file.read(len(_SIGNATURE)) != _SIGNATURE:
        raise PngError(f"which is not a PNG file: {_PLAIN} in PNG form")
    header = _read_header(file, most)
    packed = zlib.decompressobj()
    wanted = header.size[0] * (header.line + 1)
    data = bytearray()
    while True:
        length, kind = _chunk_start(file)
        if kind == b"IEND":
            break
        if kind != b"IDAT":
            _skip(file, length)
            continue
        check = zlib.crc32(kind)
        while length:
            part = _exactly(file, min(length, _CHUNK))
            length -= len(part)
            check = zlib.crc32(part, check)
            data += _unpack(packed, part, wanted + 1 - len(data))
        if check != int.from_bytes(_exactly(file, 4)):
            raise PngError("which is damaged: save it again")
    if len(data) != wanted:
        raise PngError("which is cut short: save it again" if len(data) < wanted else "which is damaged: save it again")
    pixels = _unfiltered(np.frombuffer(data, np.uint8).reshape(header.size[0], -1), header.channels)
    picture = pixels.reshape(*header.size, header.channels).astype(np.int64)
    return np.ascontiguousarray(picture[..., 0] if header.channels == 1 else np.moveaxis(picture, 2, 0))


def _read_header(file: BinaryIO, most: int) -> _Header:
    length, kind = _chunk_start(file)
    if (length, kind) != (13, b"IHDR"):
        raise PngError("which is damaged: save it again")
    body = _exactly(file, length)
    if zlib.crc32(kind + body) != int.from_bytes(_exactly(file, 4)):
        raise PngError("which is damaged: save it again")
    width, height, depth, colour, compression, filtering, interlaced = struct.unpack(">IIBBBBB", body)
    if colour in _OTHERS:
        raise PngError(f"which has {_OTHERS[colour]}: {_PLAIN}")
    if colour not in (_GREY, _RGB) or compression or filtering or not (width and height):
        raise PngError("which is damaged: save it again")
    if depth != 8:
        raise PngError(f"which has {depth}-bit channels: {_PLAIN}")
    if interlaced:
        raise PngError("which is interlaced: save it without interlacing")
    header = _Header((height, width), 3 if colour == _RGB else 1)
    if header.cells > most:
        raise PngError(f"which has {header.cells:,} cells, and the most is {most:,}: save it smaller")
    return header


def _chunk_start(file: BinaryIO) -> tuple[int, bytes]:
    length, kind = struct.unpack(">I4s", _exactly(file, 8))
    return length, kind


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise PngError("which is cut short: save it again")
    return data


def _skip(file: BinaryIO, length: int) -> None:
    """Past a chunk that does not matter, and its check sum."""
    file.seek(length, 1)
    _exactly(file, 4)


def _unpack(packed: zlib._Decompress, part: bytes, room: int) -> bytes:
    """Of what a part of the stream unpacks to, at most ``room`` bytes: one too many breaks the promise."""
    if room <= 0 or packed.eof:
        return b""
    try:
        return packed.decompress(part, room)
    except zlib.error:
        raise PngError("which is damaged: save it again") from None


def _unfiltered(lines: Array, channels: int) -> Array:
    """(H, line) bytes: every line, whose first byte names its filter, made whole from its left and from above."""
    whole = np.zeros((len(lines), lines.shape[1] - 1), np.uint8)
    above = whole[0]  # before the first line there is a line of zeros
    for row, line in enumerate(lines):
        name, rest = int(line[0]), line[1:]
        if name == 0:
            whole[row] = rest
        elif name == 1:
            sums = np.cumsum(rest.reshape(-1, channels), axis=0, dtype=np.uint64)
            whole[row] = sums.astype(np.uint8).ravel()
        elif name == 2:
            whole[row] = rest + above
        elif name == 3:
            whole[row] = _averaged(rest.tolist(), above.tolist(), channels)
        elif name == 4:
            whole[row] = _paeth(rest.tolist(), above.tolist(), channels)
        else:
            raise PngError("which is damaged: save it again")
        above = whole[row]
    return whole


def _averaged(line: list[int], above: list[int], channels: int) -> list[int]:
    """To each byte, half the sum of the one at its left and the one above."""
    done = [0] * channels
    for byte, over in zip(line, above, strict=True):
        done.append((byte + (done[-channels] + over) // 2) & 255)
    return done[channels:]


def _paeth(line: list[int], above: list[int], channels: int) -> list[int]:
    """To each byte, that of its left, upper and upper left neighbour which is nearest to left + upper - upper left."""
    done = [0] * channels
    corners = [0] * channels + above
    for byte, over, corner in zip(line, above, corners, strict=False):  # no byte needs the last corners
        left = done[-channels]
        to_left, to_over, to_corner = abs(over - corner), abs(left - corner), abs(left + over - 2 * corner)
        nearest = corner
        if to_left <= to_over and to_left <= to_corner:
            nearest = left
        elif to_over <= to_corner:
            nearest = over
        done.append((byte + nearest) & 255)
    return done[channels:]
