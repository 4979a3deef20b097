"""Where a film's frames go: into its files, into one still picture, or nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, Protocol

from pipeline.film import Film, poster_frame
from pipeline.film_output import FilmFiles
from pipeline.film_picture import Box, Pixels


class Screen(Protocol):
    """What a renderer plays to."""

    def wants(self, first: int, count: int) -> bool:
        """Whether any of the frames `first` to `first + count - 1` is to be drawn."""

    def show(self, pixels: Pixels, boxes: Iterable[Box], repeat: int) -> None:
        """Show a picture for `repeat` frames; since the last one shown only the `boxes` have changed."""

    def between_plays(self, scene: Any, frames: int, pixels: Pixels) -> None:
        """A play is about to begin, or the scene has ended, after `frames` frames; `pixels` is the last one drawn."""


class Blank:
    """Sees nothing."""

    def wants(self, first: int, count: int) -> bool:
        """Nothing."""
        return False

    def show(self, pixels: Pixels, boxes: Iterable[Box], repeat: int) -> None:
        """Never called."""

    def between_plays(self, scene: Any, frames: int, pixels: Pixels) -> None:
        """Nothing to note."""


class Still(Blank):
    """Keeps the picture of one frame."""

    pixels: Pixels

    def __init__(self, frame: int) -> None:
        self._frame = frame

    def wants(self, first: int, count: int) -> bool:
        """Only its frame."""
        return first <= self._frame < first + count

    def show(self, pixels: Pixels, boxes: Iterable[Box], repeat: int) -> None:
        """Keep a copy."""
        self.pixels = pixels.copy()


class Recording:
    """Hands every frame to the files and notes the poster as the scene names it."""

    def __init__(
        self, files: FilmFiles, seconds: float | None, fps: int, progress: Callable[[float], None] | None
    ) -> None:
        self._files = files
        self._fps = fps
        self._total = seconds * fps if seconds else None
        self._progress = progress
        self._shown = 0
        self._poster_at: Fraction | None = None
        self._poster: tuple[int, Pixels] | None = None
        self._last: Pixels | None = None

    def wants(self, first: int, count: int) -> bool:
        """Everything."""
        return True

    def show(self, pixels: Pixels, boxes: Iterable[Box], repeat: int) -> None:
        """Hand the picture on, and tell how far the film is."""
        self._files.show(pixels, boxes, repeat)
        self._shown += repeat
        if self._progress is not None and self._total:
            self._progress(min(self._shown / self._total, 1.0))

    def between_plays(self, scene: Any, frames: int, pixels: Pixels) -> None:
        """Keep the picture if the scene has just called it the poster."""
        self._last = pixels
        at = getattr(scene, "poster_at", None)
        if at is not None and at != self._poster_at and poster_frame(at, self._fps, frames) == frames - 1:
            self._poster_at, self._poster = at, (frames - 1, pixels.copy())

    def poster(self, film: Film) -> Pixels | None:
        """The poster of the finished film, or None when its moment had passed before the scene named it."""
        if self._poster is not None and self._poster[0] == film.poster_frame:
            return self._poster[1]
        return self._last if film.poster_frame == film.frames - 1 else None
