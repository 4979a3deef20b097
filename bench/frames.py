"""The frames of a film as they were drawn, raw, and how like them an encoded film is."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.filter import Graph
from av.video.format import VideoFormat

from core import Trace
from look import Look
from pipeline import film as films
from pipeline.film import Quality
from pipeline.film_picture import Colours, Patch, YuvPicture


class RawFrames:
    """What a film's encoder gets, written as it is: every frame in yuv420p."""

    colours: Colours = "yuv420p"

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        self._file = path.open("wb")
        self._picture = YuvPicture(*size)

    def get_ready(self) -> None:
        pass

    def write(self, patches: Iterable[Patch], repeat: int) -> None:
        for patch in patches:
            self._picture.apply(patch)
        frame = self._picture.frame.to_ndarray().tobytes()
        for _ in range(repeat):
            self._file.write(frame)

    def finish(self) -> None:
        self._file.close()

    def abort(self) -> None:
        self._file.close()


def draw_raw(scene: type[Any], trace: Trace, look: Look, quality: Quality, path: Path) -> int:
    """Draw a film into `path`, uncompressed; gives the number of frames."""
    from pipeline.film_output import FilmFiles
    from pipeline.film_screen import Recording

    size = (quality.width, quality.height)
    with FilmFiles({path: lambda hidden: RawFrames(hidden, size)}) as files:
        return films._play(scene, trace, look, quality, Recording(files, None, quality.fps, None)).frames


def similarity(film: Path, frames: Path, quality: Quality) -> float:
    """FFmpeg's SSIM (all planes, mean over the frames) of a film against raw frames. Exits if their number differs."""
    width, height = quality.width, quality.height
    with tempfile.NamedTemporaryFile("r") as told, frames.open("rb") as raw, av.open(str(film)) as container:
        graph = Graph()
        meter = graph.add("ssim", f"stats_file={told.name}")
        sink = graph.add("buffersink")
        inputs = []
        for number in range(2):
            source = graph.add_buffer(
                width=width, height=height, format=VideoFormat("yuv420p"), time_base=Fraction(1, quality.fps)
            )
            source.link_to(meter, 0, number)
            inputs.append(source)
        meter.link_to(sink)
        graph.configure()
        count = 0
        for count, decoded in enumerate(container.decode(video=0), 1):
            picture = np.frombuffer(raw.read(width * height * 3 // 2), np.uint8).reshape(height * 3 // 2, width)
            planes = (decoded.to_ndarray(format="yuv420p"), picture)
            for source, pixels in zip(inputs, planes, strict=True):
                frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="yuv420p")
                frame.pts, frame.time_base = count, Fraction(1, quality.fps)
                source.push(frame)
            graph.vpull()
        if not count or raw.read(1):
            raise SystemExit(f"{film.name} has {count} frames, and more were drawn")
        del graph, meter, sink, inputs
        values = [float(value) for value in re.findall(r"All:([\d.]+)", Path(told.name).read_text())]
    if len(values) != count:
        raise SystemExit(f"{len(values)} of {count} frames of {film.name} were compared")
    return sum(values) / count
