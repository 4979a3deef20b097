"""Films: a scene, a trace and a look in; video files, a poster and cues out. Loads Manim only when drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.garbage import garbage_searched_seldom

if TYPE_CHECKING:
    from pipeline.film_output import Encoder, FilmFiles
    from pipeline.film_picture import Pixels
    from pipeline.film_screen import Screen

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Quality:
    """The size of a film in pixels, both even, and its frames per second."""

    width: int
    height: int
    fps: int

    def __post_init__(self) -> None:
        if self.width < 16 or self.height < 16 or self.width % 2 or self.height % 2:
            raise ValueError(f"a film of {self.width}x{self.height} pixels: both must be even and at least 16")
        if self.fps < 1:
            raise ValueError(f"a film of {self.fps} frames per second: it needs at least 1")


QUALITIES: Mapping[str, Quality] = {
    "draft": Quality(854, 480, 15),
    "hd": Quality(1920, 1080, 30),
    "hd60": Quality(1920, 1080, 60),
    "uhd": Quality(3840, 2160, 60),
}


@dataclass(frozen=True)
class Film:
    """What a scene turned out to be. Times are in seconds; `poster_at` is the moment of the poster, if it named one."""

    frames: int
    fps: int
    size: tuple[int, int]
    cues: tuple[tuple[Fraction, str], ...] = ()
    chapters: tuple[tuple[Fraction, str], ...] = ()
    poster_at: Fraction | None = None

    @property
    def duration(self) -> Fraction:
        """Exactly frames / fps."""
        return Fraction(self.frames, self.fps)

    @property
    def poster_frame(self) -> int:
        """Index of the poster: the frame on screen as its moment comes, else the last."""
        return poster_frame(self.poster_at, self.fps, self.frames)


def poster_frame(poster_at: Fraction | None, fps: int, frames: int) -> int:
    """Of `frames` frames, the one on screen as the moment `poster_at` comes; the last one for None."""
    if poster_at is None:
        return frames - 1
    return min(max(round(poster_at * fps) - 1, 0), frames - 1)


def rehearse(scene_class: type[Any], trace: Any, look: Any, quality: Quality | str) -> Film:
    """Play a scene without drawing: its frames, duration, cues and chapters at this quality."""
    from pipeline.film_screen import Blank

    return _play(scene_class, trace, look, _quality(quality), Blank())


def render_film(
    scene_class: type[Any],
    trace: Any,
    look: Any,
    quality: Quality | str,
    outputs: Mapping[str, Path],
    progress: Progress | None = None,
) -> Film:
    """Draw a scene once into every file of `outputs`: "mp4", "webm", "gif" or "png" (the poster) to a path.

    The files appear, complete, when all of them are; after any error or Ctrl-C there are none. `progress` is called
    with the fraction done, which is known along the way for scenes that promise their `seconds`.
    """
    from pipeline.film_poster import write_poster
    from pipeline.film_screen import Recording

    quality = _quality(quality)
    unknown = sorted(set(outputs) - {"mp4", "webm", "gif", "png"})
    if unknown:
        raise ValueError(f"a film has no format '{unknown[0]}': choose mp4, webm, gif or png")
    poster = outputs.get("png")
    with _files(quality, {kind: Path(path) for kind, path in outputs.items() if kind != "png"}) as files:
        if len(outputs) > (poster is not None):
            recording = Recording(files, getattr(scene_class, "seconds", None), quality.fps, progress)
            film = _play(scene_class, trace, look, quality, recording)
            pixels = recording.poster(film)
        else:
            film, pixels = rehearse(scene_class, trace, look, quality), None
        if poster is not None:
            if pixels is None:
                pixels = _still(scene_class, trace, look, quality, film.poster_frame)
            write_poster(files.reserve(Path(poster)), pixels)
    if progress is not None:
        progress(1.0)
    return film


def _quality(quality: Quality | str) -> Quality:
    if isinstance(quality, Quality):
        return quality
    if quality not in QUALITIES:
        raise ValueError(f"unknown quality '{quality}': choose {', '.join(QUALITIES)}")
    return QUALITIES[quality]


def _files(quality: Quality, outputs: Mapping[str, Path]) -> FilmFiles:
    from pipeline.film_encoder import WEBM, Mp4Encoder, VideoEncoder
    from pipeline.film_gif import GifEncoder
    from pipeline.film_output import FilmFiles

    size, fps = (quality.width, quality.height), quality.fps
    openers: dict[str, Callable[[Path], Encoder]] = {
        "mp4": lambda path: Mp4Encoder(path, size, fps),
        "webm": lambda path: VideoEncoder(path, WEBM, size, fps),
        "gif": lambda path: GifEncoder(path, size, fps),
    }
    return FilmFiles({path: openers[kind] for kind, path in outputs.items()})


def _play(scene_class: type[Any], trace: Any, look: Any, quality: Quality, screen: Screen) -> Film:
    from pipeline.film_renderer import FilmRenderer, camera_class
    from pipeline.film_settings import manim_settings

    with garbage_searched_seldom(), manim_settings(quality.width, quality.height, quality.fps):
        renderer = FilmRenderer(screen, quality.fps, camera_class(scene_class))
        scene = scene_class(trace=trace, look=look, renderer=renderer)
        scene.render()
    if not renderer.frames:
        raise ValueError(f"{scene_class.__name__} shows nothing: call self.play or self.wait in its construct method")
    return Film(
        frames=renderer.frames,
        fps=quality.fps,
        size=(quality.width, quality.height),
        cues=tuple(getattr(scene, "cues", ())),
        chapters=tuple(getattr(scene, "chapters", ())),
        poster_at=getattr(scene, "poster_at", None),
    )


def _still(scene_class: type[Any], trace: Any, look: Any, quality: Quality, frame: int) -> Pixels:
    from pipeline.film_screen import Still

    still = Still(frame)
    _play(scene_class, trace, look, quality, still)
    return still.pixels
