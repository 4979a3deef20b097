"""The picture a film encoder holds: one planar YUV frame, brought up to date rectangle by rectangle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation, VideoReformatter

Pixels = npt.NDArray[Any]
"""8-bit RGBA, shape (height, width, 4), opaque: a picture or a part of one. (Manim types its own as integers.)"""

Box = tuple[int, int, int, int]
"""A rectangle of pixels: left, top, right, bottom; half open."""

Colours = Literal["rgba", "yuv420p"]
"""How the pixels of a patch are told."""

SMALLEST = 16
"""The least width and height of a patch: below this swscale takes other paths and chroma is off by one."""

_FLAGS = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT | Interpolation.FULL_CHR_H_INP
"""Chroma is the mean of exactly its own 2x2 pixels, correctly rounded: a patch converts as it would in its frame."""


@dataclass(frozen=True, slots=True)
class Patch:
    """New pixels for one rectangle of the picture, its own copy, plane by plane: the RGBA one, or Y, U and V."""

    box: Box
    planes: tuple[Pixels, ...]

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(plane.nbytes for plane in self.planes)


def rgba_patch(pixels: Pixels, box: Box) -> Patch:
    """The rectangle `box` of a picture as it is."""
    return Patch(box, (_part(pixels, box).copy(),))


class YuvConverter:
    """Converts rectangles of one film to BT.709, limited-range yuv420p."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def patch(self, pixels: Pixels, box: Box) -> Patch:
        """The rectangle `box` of a picture; its corners must be even."""
        converted = self._reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(_part(pixels, box), format="rgba"),
            format="yuv420p",
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=_FLAGS,
            threads=1,
        )
        return Patch(box, _planes(converted))


class YuvPicture:
    """A yuv420p frame that outlives the frames of the film."""

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self.frame.colorspace = Colorspace.ITU709
        self.frame.color_range = ColorRange.MPEG
        self.frame.color_primaries = ColorPrimaries.BT709
        self.frame.color_trc = ColorTrc.BT709
        self._planes = _planes(self.frame)

    def apply(self, patch: Patch) -> None:
        """Put a converted patch in its place."""
        x0, y0, x1, y1 = patch.box
        self._planes[0][y0:y1, x0:x1] = patch.planes[0]
        for plane, part in zip(self._planes[1:], patch.planes[1:], strict=True):
            plane[y0 // 2 : y1 // 2, x0 // 2 : x1 // 2] = part


def _part(pixels: Pixels, box: Box) -> Pixels:
    return pixels[box[1] : box[3], box[0] : box[2]]


def _planes(frame: av.VideoFrame) -> tuple[Pixels, ...]:
    """Views of a planar frame without the padding at the end of its rows."""
    return tuple(
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]  # type: ignore[call-overload]
        for plane in frame.planes
    )
