"""A film's files: each is encoded on its own thread under a hidden name and appears only when all are complete."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from pipeline.film_backlog import Backlog
from pipeline.film_picture import Box, Colours, Patch, Pixels, YuvConverter, rgba_patch


class Encoder(Protocol):
    """What turns changed rectangles into a file. `colours` says what their pixels must be."""

    colours: Colours

    def get_ready(self) -> None:
        """Do what can be done before the first picture is drawn."""

    def write(self, patches: Iterable[Patch], repeat: int) -> None:
        """Show the picture, with `patches` applied, for `repeat` frames."""

    def finish(self) -> None:
        """Complete the file."""

    def abort(self) -> None:
        """Let go of the file."""


class EncoderThread:
    """Feeds one encoder from a backlog; what goes wrong there is raised here, at the next call."""

    def __init__(self, encoder: Encoder, name: str) -> None:
        self._encoder = encoder
        self._backlog: Backlog[tuple[Sequence[Patch], int] | None] = Backlog()
        self._error: BaseException | None = None
        self._aborted = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def colours(self) -> Colours:
        """What the encoder takes."""
        return self._encoder.colours

    def put(self, patches: Sequence[Patch], repeat: int) -> None:
        """Hand over one picture; waits while too much is waiting already."""
        self._raise()
        self._backlog.put((patches, repeat), sum(patch.size for patch in patches))

    def finish(self) -> None:
        """Wait until the file is complete."""
        self._backlog.put(None)
        self._thread.join()
        self._raise()

    def abort(self) -> None:
        """Stop as soon as the frame in hand is done; never raises."""
        self._aborted = True
        self._backlog.put(None)
        self._thread.join()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        self._guard(self._encoder.get_ready)
        # After an error the backlog is still taken, so that the drawing side never waits for a dead encoder.
        while (item := self._backlog.take()) is not None:
            if self._error is None and not self._aborted:
                self._guard(lambda item=item: self._encoder.write(*item))  # type: ignore[misc]
        if self._error is None and not self._aborted:
            self._guard(self._encoder.finish)
        else:
            self._guard(self._encoder.abort)

    def _guard(self, step: Callable[[], None]) -> None:
        try:
            step()
        except BaseException as error:
            self._error = self._error or error


class FilmFiles:
    """The files of one film, as a context: complete and named when it is left well, gone when it is not."""

    def __init__(self, openers: Mapping[Path, Callable[[Path], Encoder]]) -> None:
        self._hidden: dict[Path, Path] = {}
        self._threads: list[EncoderThread] = []
        self._openers = openers
        self._cut: dict[Colours, Callable[[Pixels, Box], Patch]] = {"rgba": rgba_patch, "yuv420p": YuvConverter().patch}

    def __enter__(self) -> Self:
        try:
            for path, opener in self._openers.items():
                hidden = self.reserve(path)
                self._threads.append(EncoderThread(opener(hidden), f"encode {path.suffix[1:]}"))
        except BaseException:
            self._discard()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if kind is None:
                for thread in self._threads:
                    thread.finish()
                self._publish()
        finally:
            self._discard()

    def reserve(self, path: Path) -> Path:
        """A hidden name beside `path` for a file that will be published with the others. Makes the folder."""
        path.parent.mkdir(parents=True, exist_ok=True)
        hidden = path.parent / f".{path.name}.{secrets.token_hex(4)}.part"  # as `pipeline.aside` sweeps them
        self._hidden[path] = hidden
        return hidden

    def show(self, pixels: Pixels, boxes: Iterable[Box], repeat: int) -> None:
        """Show a picture for `repeat` frames; since the last one only the `boxes` have changed."""
        boxes = tuple(boxes)
        wanted = {thread.colours for thread in self._threads}
        # Cut and converted once, for all encoders that take the same colours.
        patches = {colours: [self._cut[colours](pixels, box) for box in boxes] for colours in wanted}
        for thread in self._threads:
            thread.put(patches[thread.colours], repeat)

    def _publish(self) -> None:
        for hidden in self._hidden.values():
            with open(hidden, "rb+") as file:
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
        for path, hidden in self._hidden.items():
            os.replace(hidden, path)
        self._hidden.clear()

    def _discard(self) -> None:
        for thread in self._threads:
            thread.abort()
        for hidden in self._hidden.values():
            hidden.unlink(missing_ok=True)
