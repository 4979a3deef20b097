"""A crew of this machine's processes that gets ready while the build is still being planned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.catalogue import FORMATS
from pipeline.local_crew import LocalCrew
from pipeline.plan import Request
from pipeline.rooms import Rooms
from pipeline.scratch import scratch_folder

DRAWN = frozenset(form for kind in ("film", "figure", "card") for form in FORMATS[kind])

GLOB = frozenset("*?[")


@contextmanager
def getting_ready(request: Request, rooms: Rooms, workers: int) -> Iterator[int | LocalCrew]:
    """Processes that start at once and load what drawing needs; the number `workers` if `request` asks for no drawing.

    They load Manim already if a film is asked for by name: of a whole lesson often only a figure has changed. They are
    gone at the end, whether they were used or not.
    """
    if request.formats and DRAWN.isdisjoint(request.formats):
        yield workers
        return
    if request.only and not any(GLOB.intersection(name) for name in request.only):
        workers = min(workers, len(request.lessons) * len(request.only) * len(request.langs) * len(request.themes))
    films = any((rooms.scenes / f"{name.replace('-', '_')}.py").is_file() for name in request.only)
    with scratch_folder() as scratch:
        crew = LocalCrew(workers, scratch, films=films)
        try:
            crew.start()
            yield crew
        finally:
            crew.leave(hurry=True)
