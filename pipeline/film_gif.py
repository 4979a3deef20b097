"""GIF: from the film's own frames, small enough to share, exact in time, on one palette chosen from every frame."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.reformatter import Interpolation, VideoReformatter

from pipeline.film_picture import Colours, Patch, Pixels

WIDEST = 800
"""The greatest width of a GIF, in pixels."""

FASTEST = 15
"""The greatest frame rate of a GIF."""

_TICK = Fraction(1, 100)  # GIF counts time in hundredths of a second
_SHRINK = Interpolation.LANCZOS | Interpolation.ACCURATE_RND | Interpolation.BITEXACT


class GifEncoder:
    """Keeps every distinct frame, compressed, until the palette is known; writes the file at the end."""

    colours: Colours = "rgba"

    def __init__(self, path: Path, size: tuple[int, int], fps: int) -> None:
        width, height = size
        self._path = path
        self._fps = fps
        self._step = -(-fps // FASTEST)
        self._width = min(WIDEST, width)
        self._height = max(1, round(height * self._width / width))
        self._full: Pixels = np.zeros((height, width, 4), np.uint8)
        self._reformatter = VideoReformatter()
        self._palette = _Palette(self._width, self._height)
        self._frame = 0
        self._changed = True
        self._kept: list[tuple[int, bytes]] = []  # start in ticks, the picture

    def get_ready(self) -> None:
        """Nothing to do before there is a picture."""

    def write(self, patches: Iterable[Patch], repeat: int) -> None:
        """Show the picture, with `patches` applied, for `repeat` frames of the film."""
        for patch in patches:
            x0, y0, x1, y1 = patch.box
            self._full[y0:y1, x0:x1] = patch.planes[0]
            self._changed = True
        # Of every `step` frames the last one is kept, so that the film's last frame is the GIF's.
        if self._changed and (self._frame + repeat) // self._step > self._frame // self._step:
            first = self._frame // self._step
            self._keep(round(first * self._step * 100 / Fraction(self._fps)))
        self._frame += repeat

    def finish(self) -> None:
        """Choose the palette and write the file."""
        if self._changed:
            first = (self._frame - 1) // self._step
            self._keep(round(first * self._step * 100 / Fraction(self._fps)))
        end = round(self._frame * 100 / Fraction(self._fps))
        starts = [start for start, _ in self._kept]
        mapped = _Mapper(self._width, self._height, self._palette.choose())
        options = {"fflags": "+bitexact", "loop": "0", "final_delay": str(end - starts[-1])}
        with av.open(str(self._path), "w", format="gif", options=options) as container:
            stream = container.add_stream("gif", rate=100, options={"flags": "+bitexact"})
            stream.width, stream.height, stream.pix_fmt = self._width, self._height, "pal8"
            stream.time_base = _TICK
            for start, picture in self._kept:
                frame = mapped.map(self._frame_of(picture))
                frame.pts, frame.time_base = start, _TICK
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))

    def abort(self) -> None:
        """Nothing is open before the end."""

    def _keep(self, start: int) -> None:
        frame = self._reformatter.reformat(
            av.VideoFrame.from_ndarray(self._full, format="rgba"),
            width=self._width,
            height=self._height,
            format="rgb24",
            interpolation=_SHRINK,
            threads=1,
        )
        picture = zlib.compress(frame.to_ndarray().tobytes(), 1)
        self._changed = False
        if self._kept and self._kept[-1][1] == picture:
            return
        self._kept.append((start, picture))
        self._palette.count(self._frame_of(picture))

    def _frame_of(self, picture: bytes) -> av.VideoFrame:
        pixels = np.frombuffer(zlib.decompress(picture), np.uint8).reshape(self._height, self._width, 3)
        return av.VideoFrame.from_ndarray(pixels, format="rgb24")


class _Palette:
    """Gathers the colours of all frames, then chooses 255 of them and leaves one entry for `unchanged`."""

    def __init__(self, width: int, height: int) -> None:
        self._graph = Graph()
        source = self._graph.add_buffer(width=width, height=height, format=VideoFormat("rgb24"), time_base=_TICK)
        chooser = self._graph.add("palettegen", "stats_mode=full:reserve_transparent=1")
        sink = self._graph.add("buffersink")
        source.link_to(chooser)
        chooser.link_to(sink)
        self._graph.configure()
        self._count = 0

    def count(self, frame: av.VideoFrame) -> None:
        frame.pts, frame.time_base = self._count, _TICK
        self._count += 1
        self._graph.vpush(frame)
        with suppress(av.BlockingIOError):  # there is no palette yet, but asking for it makes the filter take the frame
            self._graph.vpull()

    def choose(self) -> av.VideoFrame:
        self._graph.vpush(None)
        return self._graph.vpull()


class _Mapper:
    """Maps frames to the palette; without dithering, which would make flat areas grainy and the file large."""

    def __init__(self, width: int, height: int, palette: av.VideoFrame) -> None:
        self._graph = Graph()
        self._source = self._graph.add_buffer(width=width, height=height, format=VideoFormat("rgb24"), time_base=_TICK)
        chosen = self._graph.add_buffer(
            width=palette.width, height=palette.height, format=palette.format, time_base=_TICK
        )
        mapper = self._graph.add("paletteuse", "dither=none")
        sink = self._graph.add("buffersink")
        self._source.link_to(mapper, 0, 0)
        chosen.link_to(mapper, 0, 1)
        mapper.link_to(sink)
        self._graph.configure()
        palette.pts, palette.time_base = 0, _TICK
        chosen.push(palette)
        chosen.push(None)
        self._count = 0

    def map(self, frame: av.VideoFrame) -> av.VideoFrame:
        frame.pts, frame.time_base = self._count, _TICK
        self._count += 1
        self._source.push(frame)
        return self._graph.vpull()
