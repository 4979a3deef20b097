"""One encoder writes one film file from changed rectangles: H.264 in MP4 or VP9 in WebM, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

from pipeline.film_picture import Patch, YuvPicture


@dataclass(frozen=True)
class Codec:
    """What FFmpeg is asked for. `per_rate` gives the options that depend on the frames per second."""

    container: str
    name: str
    options: Mapping[str, str]
    per_rate: Callable[[int], Mapping[str, str]]
    container_options: Mapping[str, str]


# Chosen on the article's scan at 1080p60, against the drawn frames: x264's `medium` at crf 18 with a keyframe a second
# takes 6.2 CPU s for 1014 kB at SSIM 0.9997; these options take 1.5 CPU s for 1107 kB at 0.9993. Flat graphics look
# alike at one fixed quantiser, which spares x264 its look ahead, gain nothing from B-frames then, and only suffer from
# psychovisual noise; `ultrafast` saves another 0.1 s but needs 1500 kB. Two threads, never "as many as there are
# cores": their number changes the bytes.
MP4 = Codec(
    container="mp4",
    name="libx264",
    options={"preset": "superfast", "qp": "25", "flags": "+bitexact"},
    per_rate=lambda fps: {
        "x264-params": f"threads=2:bframes=0:weightp=0:psy=0:scenecut=0:keyint={fps}:min-keyint={fps}"
    },
    container_options={"movflags": "+faststart", "fflags": "+bitexact"},
)

# `realtime` is as close to the frames and as small as `good` here, in an eighth of the time.
WEBM = Codec(
    container="webm",
    name="libvpx-vp9",
    options={
        "crf": "26",
        "b": "0",
        "deadline": "realtime",
        "cpu-used": "6",
        "tile-columns": "0",
        "row-mt": "0",
        "threads": "1",
        "flags": "+bitexact",
    },
    per_rate=lambda fps: {"g": str(fps), "keyint_min": str(fps)},
    container_options={"fflags": "+bitexact", "cues_to_front": "1"},
)


class VideoEncoder:
    """Encodes a film into `path` frame by frame."""

    def __init__(self, path: Path, codec: Codec, size: tuple[int, int], fps: int) -> None:
        self._picture = YuvPicture(*size)
        self._frame = 0
        self._time_base = Fraction(1, fps)
        self._container = av.open(str(path), "w", format=codec.container, options=dict(codec.container_options))
        stream = self._container.add_stream(codec.name, rate=fps, options={**codec.options, **codec.per_rate(fps)})
        assert isinstance(stream, av.VideoStream)
        self._stream = stream
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "yuv420p"
        self._stream.time_base = self._time_base
        context = self._stream.codec_context
        context.colorspace = Colorspace.ITU709
        context.color_range = ColorRange.MPEG
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709

    def write(self, patches: Iterable[Patch], repeat: int) -> None:
        """Bring the picture up to date and show it for `repeat` frames."""
        for patch in patches:
            self._picture.apply(patch)
        frame = self._picture.frame
        for _ in range(repeat):
            frame.pts = self._frame
            frame.time_base = self._time_base
            self._frame += 1
            self._container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder still holds, and the file's end."""
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def abort(self) -> None:
        """Let go of the file, whatever state it is in."""
        self._container.close()
