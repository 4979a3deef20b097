"""H.264 pictures that only repeat the one before: copied rather than encoded.

Such a picture is one slice that skips every macroblock, and the same each time but for `frame_num`, the picture's place
modulo 16 since the last keyframe. x264 writes it once; here it is numbered anew for each use, and so are the pictures
that x264 encodes afterwards, since it does not know of the copies. (Rec. ITU-T H.264, 7.3.3 and 7.4.3.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

import av
import numpy as np

SLICE, KEY_SLICE, PARAMETERS = 1, 5, 7
"""Types of NAL units."""

START = b"\0\0\0\1"
HIGH = frozenset((100, 110, 122, 244))
"""Profiles whose sequence parameters say how colours are stored."""


class Repeats:
    """Numbers the pictures of one H.264 stream that has one reference picture and no B-frames."""

    def __init__(self, name: str, options: Mapping[str, str], size: tuple[int, int], fps: int) -> None:
        self._unchanged, self._bits = _unchanged_picture(name, tuple(options.items()), size, fps)
        self._number = 0

    def encoded(self, packet: bytes) -> bytes:
        """The next picture, as x264 encoded it."""
        units = _units(packet)
        if any(unit[0] & 31 == KEY_SLICE for unit in units):
            self._number = 0
            return packet
        return b"".join(START + (self._next(unit) if unit[0] & 31 == SLICE else unit) for unit in units)

    def repeated(self) -> bytes:
        """The next picture: the same as the one before."""
        return START + self._next(self._unchanged)

    def _next(self, unit: bytes) -> bytes:
        self._number = (self._number + 1) % (1 << self._bits)
        return _numbered(unit, self._number, self._bits)


@lru_cache(maxsize=8)
def _unchanged_picture(
    name: str, options: tuple[tuple[str, str], ...], size: tuple[int, int], fps: int
) -> tuple[bytes, int]:
    """The slice that repeats a picture, and how many bits its `frame_num` has."""
    context = av.CodecContext.create(name, "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height = size
    context.pix_fmt, context.framerate = "yuv420p", Fraction(fps)
    context.options = dict(options)
    grey = np.full((size[1] * 3 // 2, size[0]), 128, np.uint8)
    packets = []
    for at in (0, 1, None):
        frame = None if at is None else av.VideoFrame.from_ndarray(grey, format="yuv420p")
        if frame is not None:
            frame.pts = at
        packets += [bytes(packet) for packet in context.encode(frame)]
    first, (unchanged,) = _units(packets[0]), _units(packets[1])
    return unchanged, _number_bits(next(unit for unit in first if unit[0] & 31 == PARAMETERS))


class _Bits:
    """Reads a NAL unit's first bits, after the byte with its type."""

    def __init__(self, unit: bytes) -> None:
        self._value = int.from_bytes(unit[1:33].ljust(32, b"\0"))
        self.at = 0

    def fixed(self, count: int) -> int:
        self.at += count
        return self._value >> (256 - self.at) & ((1 << count) - 1)

    def golomb(self) -> int:
        zeros = 0
        while not self.fixed(1):
            zeros += 1
        return (1 << zeros) - 1 + self.fixed(zeros)


def _units(packet: bytes) -> list[bytes]:
    return [unit for unit in re.split(rb"\x00?\x00\x00\x01", packet) if unit]


def _number_bits(parameters: bytes) -> int:
    """How many bits `frame_num` has. The stream must count its pictures by that alone."""
    bits = _Bits(parameters.replace(b"\0\0\3", b"\0\0"))
    profile = bits.fixed(8)
    bits.fixed(16)
    bits.golomb()
    if profile in HIGH:
        colours = [bits.golomb() for _ in range(3)], bits.fixed(2)
        assert colours == ([1, 0, 0], 0), "8 bits, 4:2:0, no scaling matrices"
    count = bits.golomb() + 4
    assert bits.golomb() == 2, "pictures are shown in the order in which they are coded"
    return count


def _numbered(unit: bytes, number: int, count: int) -> bytes:
    plain = unit.replace(b"\0\0\3", b"\0\0")  # a 3 keeps zeros in the data from looking like the next unit's start
    bits = _Bits(plain)
    for _ in ("first_mb_in_slice", "slice_type", "pic_parameter_set_id"):
        bits.golomb()
    head = plain[:8]
    shift = 8 * (len(head) - 1) - bits.at - count
    value = int.from_bytes(head) & ~(((1 << count) - 1) << shift) | number << shift
    return re.sub(rb"\x00\x00(?=[\x00-\x03]|\Z)", b"\0\0\3", value.to_bytes(len(head)) + plain[8:])
