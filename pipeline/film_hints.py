"""Tells x264 which parts of a picture differ from the one before, so that it need not look at the rest of it.

FFmpeg passes an `AVVideoHint` on to x264 as its `mb_info`: a macroblock outside all rectangles is skipped at once. PyAV
has no name for this, so the hint is attached through FFmpeg's own function, and written where that function put it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import av
import av.frame

from pipeline.film_picture import Box

MOST = 16
"""Rectangles that a hint has room for; of more, one that covers them all is told."""

CHANGED = 1
"""FFmpeg's AV_VIDEO_HINT_TYPE_CHANGED: all that is not in a rectangle is as it was."""

OPTIONS = {"mb_info": "1"}
"""What libx264 must be asked for to heed hints."""


class _Hint(ctypes.Structure):
    """FFmpeg's AVVideoHint."""

    _fields_ = (
        ("rectangles", ctypes.c_size_t),
        ("offset", ctypes.c_size_t),
        ("rectangle_size", ctypes.c_size_t),
        ("kind", ctypes.c_int),
    )


class _Rectangle(ctypes.Structure):
    """FFmpeg's AVVideoRect."""

    _fields_ = (("x", ctypes.c_uint32), ("y", ctypes.c_uint32), ("width", ctypes.c_uint32), ("height", ctypes.c_uint32))


class _Frame(ctypes.Structure):
    """How PyAV's frames begin: as every object, with its methods, and then with FFmpeg's own frame."""

    _fields_ = (
        ("references", ctypes.c_ssize_t),
        ("type", ctypes.c_void_p),
        ("methods", ctypes.c_void_p),
        ("address", ctypes.POINTER(ctypes.c_void_p)),
    )


class Hints:
    """The hint that goes with `frame` whenever it is encoded."""

    def __init__(self, frame: av.VideoFrame) -> None:
        address = _Frame.from_address(id(frame)).address
        # FFmpeg's frame begins with the address of its first plane.
        if address.contents.value != frame.planes[0].buffer_ptr:
            raise RuntimeError(f"PyAV {av.__version__} keeps its frames elsewhere: install what requirements.txt pins")
        create = ctypes.CDLL(av.frame.__file__).av_video_hint_create_side_data
        create.argtypes, create.restype = [ctypes.c_void_p, ctypes.c_size_t], ctypes.c_void_p
        place = create(ctypes.cast(address, ctypes.c_void_p), MOST)
        if place is None:
            raise MemoryError
        self._frame = frame  # which owns the hint's memory
        self._hint = _Hint.from_address(place)
        self._hint.kind = CHANGED
        self._rectangles = (_Rectangle * MOST).from_address(place + self._hint.offset)

    def tell(self, boxes: Sequence[Box]) -> None:
        """From now on the frame differs within `boxes` only from what was encoded before it."""
        if len(boxes) > MOST:
            left, top, right, bottom = zip(*boxes, strict=True)
            boxes = [(min(left), min(top), max(right), max(bottom))]
        for at, (x0, y0, x1, y1) in enumerate(boxes):
            self._rectangles[at] = _Rectangle(x0, y0, x1 - x0, y1 - y0)
        self._hint.rectangles = len(boxes)
