"""The picture a film encoder holds: one planar YUV frame, brought up to date rectangle by rectangle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation, VideoReformatter

Pixels = npt.NDArray[Any]
"""8-bit RGBA, shape (height, width, 4), opaque: a picture or a part of one. (Manim types its own as integers.)"""

Box = tuple[int, int, int, int]
"""A rectangle of pixels: left, top, right, bottom; half open."""

SMALLEST = 16
"""The least width and height of a patch: below this swscale takes other paths and chroma is off by one."""

_FLAGS = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT | Interpolation.FULL_CHR_H_INP
"""Chroma is the mean of exactly its own 2x2 pixels, correctly rounded: a patch converts as it would in its frame."""


@dataclass(frozen=True, slots=True)
class Patch:
    """New pixels for one rectangle of the picture; its corners are even and it owns its pixels."""

    box: Box
    pixels: Pixels


class YuvPicture:
    """A BT.709, limited-range yuv420p frame that outlives the frames of the film."""

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self.frame.colorspace = Colorspace.ITU709
        self.frame.color_range = ColorRange.MPEG
        self.frame.color_primaries = ColorPrimaries.BT709
        self.frame.color_trc = ColorTrc.BT709
        self._planes = _planes(self.frame)
        self._reformatter = VideoReformatter()

    def apply(self, patch: Patch) -> None:
        """Convert a patch and put it in its place."""
        x0, y0, x1, y1 = patch.box
        converted = self._reformatter.reformat(
            av.VideoFrame.from_ndarray(patch.pixels, format="rgba"),
            format="yuv420p",
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=_FLAGS,
            threads=1,
        )
        luma, blue, red = _planes(converted)
        self._planes[0][y0:y1, x0:x1] = luma
        self._planes[1][y0 // 2 : y1 // 2, x0 // 2 : x1 // 2] = blue
        self._planes[2][y0 // 2 : y1 // 2, x0 // 2 : x1 // 2] = red


def _planes(frame: av.VideoFrame) -> list[Pixels]:
    """Views of a planar frame without the padding at the end of its rows."""
    return [
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]  # type: ignore[call-overload]
        for plane in frame.planes
    ]
