"""A crew of this machine's processes that gets ready while the build is still being planned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.local_crew import LocalCrew
from pipeline.plan import Request
from pipeline.rooms import Rooms
from pipeline.scratch import scratch_folder

WITHOUT_DRAWING = frozenset(("csv", "json"))

GLOB = frozenset("*?[")


@contextmanager
def getting_ready(request: Request, rooms: Rooms, workers: int) -> Iterator[int | LocalCrew]:
    """Processes that start at once and load what `request` will likely need; the number `workers` if it draws nothing.

    They are gone at the end, whether they were used or not.
    """
    if request.formats and WITHOUT_DRAWING.issuperset(request.formats):
        yield workers
        return
    if request.only and not any(GLOB.intersection(name) for name in request.only):
        workers = min(workers, len(request.lessons) * len(request.only) * len(request.langs) * len(request.themes))
    films = any((rooms.scenes / f"{name.replace('-', '_')}.py").is_file() for name in request.only)
    with scratch_folder() as scratch:
        crew = LocalCrew(workers, scratch)
        try:
            crew.start(films=films)
            yield crew
        finally:
            crew.leave(hurry=True)
