"""One encoder writes one film file from changed rectangles: H.264 in MP4 or VP9 in WebM, the same bytes every time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import av
from av.video.frame import PictureType
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

from pipeline.film_hints import OPTIONS, Hints
from pipeline.film_picture import Colours, Patch, YuvPicture
from pipeline.film_repeats import Repeats


@dataclass(frozen=True)
class Codec:
    """What FFmpeg is asked for. `per_rate` gives the options that depend on the frames per second."""

    container: str
    name: str
    options: Mapping[str, str]
    per_rate: Callable[[int], Mapping[str, str]]
    container_options: Mapping[str, str]

    def settings(self, fps: int) -> dict[str, str]:
        """All options at that many frames per second."""
        return {**self.options, **self.per_rate(fps)}


# Chosen on evidence: docs/films.md has the table, and why each of these.
MP4 = Codec(
    container="mp4",
    name="libx264",
    options={"preset": "superfast", "qp": "27", "flags": "+bitexact", **OPTIONS},
    per_rate=lambda fps: {
        "x264-params": "threads=1:ref=1:bframes=0:weightp=0:psy=0:scenecut=0:me=umh:subme=1:analyse=i4x4,p8x8:8x8dct=0"
        ":no-deblock=1:deadzone-inter=28:deadzone-intra=14:ipratio=1.8:chroma-qp-offset=-3"
        f":keyint={max(fps, 2)}:min-keyint=1"
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

    colours: Colours = "yuv420p"

    def __init__(self, path: Path, codec: Codec, size: tuple[int, int], fps: int) -> None:
        self._picture = YuvPicture(*size)
        self._hints = Hints(self._picture.frame) if codec.options.items() >= OPTIONS.items() else None
        self._frame = 0
        self._fps = fps
        self._time_base = Fraction(1, fps)
        self._container = av.open(str(path), "w", format=codec.container, options=dict(codec.container_options))
        stream = self._container.add_stream(codec.name, rate=fps, options=codec.settings(fps))
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

    def get_ready(self) -> None:
        """Nothing to do before there is a picture."""

    def write(self, patches: Iterable[Patch], repeat: int) -> None:
        """Bring the picture up to date and show it for `repeat` frames."""
        patches = list(patches)
        for patch in patches:
            self._picture.apply(patch)
        if self._hints is not None:
            self._hints.tell([patch.box for patch in patches])
        self._show(repeat)

    def finish(self) -> None:
        """Write what the encoder still holds, and the file's end."""
        self._mux(self._stream.encode(None))
        self._container.close()

    def abort(self) -> None:
        """Let go of the file, whatever state it is in."""
        self._container.close()

    def _show(self, repeat: int) -> None:
        for _ in range(repeat):
            self._mux(self._stream.encode(self._next_frame()))
            self._frame += 1

    def _next_frame(self) -> av.VideoFrame:
        frame = self._picture.frame
        frame.pts, frame.time_base = self._frame, self._time_base
        return frame

    def _mux(self, packets: list[av.Packet[Any]]) -> None:
        self._container.mux(packets)


class Mp4Encoder(VideoEncoder):
    """Gives x264 each picture once, and again at full seconds for a keyframe; other repeats are copies."""

    def __init__(self, path: Path, size: tuple[int, int], fps: int) -> None:
        super().__init__(path, MP4, size, fps)
        self._size = size
        self._runs: deque[int] = deque()  # for how many frames the pictures that x264 still holds are shown
        self._muxed = 0

    def get_ready(self) -> None:
        """Learn how a repeated picture is written."""
        _ = self._repeats

    @cached_property
    def _repeats(self) -> Repeats:
        return Repeats(MP4.name, MP4.settings(self._fps), self._size, self._fps)

    def _show(self, repeat: int) -> None:
        while repeat:
            into_second = self._frame % self._fps
            run = min(repeat, self._fps - into_second)
            frame = self._next_frame()
            frame.pict_type = PictureType.NONE if into_second else PictureType.I
            self._runs.append(run)
            self._mux(self._stream.encode(frame))
            self._frame += run
            repeat -= run

    def _mux(self, packets: list[av.Packet[Any]]) -> None:
        for packet in packets:
            self._write(self._repeats.encoded(bytes(packet)), packet.is_keyframe)
            for _ in range(self._runs.popleft() - 1):
                self._write(self._repeats.repeated(), False)

    def _write(self, data: bytes, is_keyframe: bool) -> None:
        packet: av.Packet[Any] = av.Packet(data)
        packet.stream, packet.is_keyframe = self._stream, is_keyframe
        packet.pts = packet.dts = self._muxed
        packet.duration, packet.time_base = 1, self._time_base
        self._muxed += 1
        self._container.mux(packet)
