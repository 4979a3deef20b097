"""A crew of processes of this machine, that never outlive the build."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from ctypes import Array, c_double
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from pathlib import Path

from pipeline.garbage import garbage_left
from pipeline.held_signals import deaf_to_ctrl_c
from pipeline.job import Failure, Job, Made, Progress, perform

Work = Callable[[Job, Path, Progress | None], Made | Failure]
"""What a worker does with a job, given its scratch folder: `perform`, or something around it. Picklable."""

HAND_OVER = 0.0002
"""Seconds for which a worker's thread keeps Python to itself: at the usual 0.005 an encoder waits for the drawing."""

LAST = -1000
"""Of what multiprocessing does as a process ends; what is greater comes before."""

_parts: Array[c_double] | None = None
"""In a worker: how far each running job is, in memory shared with the build."""


class LocalCrew:
    """A crew (see `pipeline.pool.Crew`) of `workers` processes that work in `scratch`; with `films` they load Manim.

    `context` says how they start: by default afresh, since forked ones would inherit threads' locks, and a server that
    forks is slow to stop.
    """

    def __init__(
        self,
        workers: int,
        scratch: Path,
        *,
        films: bool = False,
        context: BaseContext | None = None,
        work: Work = perform,
    ) -> None:
        self.workers, self.scratch, self.films, self.work = workers, scratch, films, work
        self.processes: set[BaseProcess] = set()
        self.context = context or multiprocessing.get_context("spawn")
        self.parts: Array[c_double] = self.context.RawArray(c_double, workers)
        self.slots: dict[Future[Made | Failure], int] = {}
        self.pool = self._pool()

    def start(self) -> None:
        """Start all processes now, before there are jobs."""
        with self._starting():
            for _ in range(self.workers):  # an executor starts one for each piece of work that finds none idle
                self.pool.submit(int)

    def seats(self) -> int:
        """As many as there are processes."""
        return self.workers

    def submit(self, job: Job) -> Future[Made | Failure]:
        """Give `job` to a process; to fresh ones when one of the last died, as its executor then ends them all."""
        slot = min(set(range(self.workers)) - set(self.slots.values()))
        self.parts[slot] = 0.0
        with self._starting():
            try:
                future = self.pool.submit(_work, self.work, job, self.scratch, slot)
            except BrokenProcessPool:
                self.pool.shutdown()
                self.pool = self._pool()
                future = self.pool.submit(_work, self.work, job, self.scratch, slot)
        self.slots[future] = slot
        return future

    def outcome(self, job: Job, future: Future[Made | Failure]) -> Made | Failure | None:
        """What the process sent; None when a process died, whichever it was."""
        del self.slots[future]
        try:
            return future.result()
        except BrokenProcessPool:
            return None

    def part(self, future: Future[Made | Failure]) -> float:
        """What the process last noted."""
        return self.parts[self.slots[future]]

    def leave(self, *, hurry: bool) -> None:
        """Wait for the processes to end; in a hurry, kill them first."""
        if hurry:
            for process in self.processes:
                process.kill()
        self.pool.shutdown(wait=True, cancel_futures=True)

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """The processes that an executor starts in here, at once, are this crew's: others may have theirs."""
        before = set(multiprocessing.active_children())
        with deaf_to_ctrl_c(), no_main_file():
            yield
        now = set(multiprocessing.active_children())
        self.processes = (self.processes & now) | (now - before)

    def _pool(self) -> ProcessPoolExecutor:
        initial = (self.parts, self.scratch, self.films)
        return ProcessPoolExecutor(self.workers, self.context, initializer=_enter_worker, initargs=initial)


@contextmanager
def no_main_file() -> Iterator[None]:
    """Processes started in here do not load the command line, as multiprocessing would have them do: jobs need none."""
    main = vars(sys.modules["__main__"])
    file = main.pop("__file__", None)
    try:
        yield
    finally:
        if file is not None:
            main["__file__"] = file


def _work(work: Work, job: Job, scratch: Path, slot: int) -> Made | Failure:
    def progress(part: float) -> None:
        if _parts is not None:
            _parts[slot] = part

    return work(job, scratch, progress)


def _enter_worker(parts: Array[c_double], scratch: Path, films: bool) -> None:
    global _parts
    _parts = parts
    sys.setswitchinterval(HAND_OVER)
    tempfile.tempdir = str(scratch)  # what a killed worker leaves there goes with the build
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_the_build, daemon=True).start()
    # All is said by then: taking Manim and NumPy apart would only keep the build waiting.
    Finalize(None, os._exit, args=(0,), exitpriority=LAST)
    with garbage_left(), suppress(Exception):  # what cannot be loaded is told by the job that needs it
        _load(films)


def _load(films: bool) -> None:
    import pipeline.artifacts

    if films:
        from pipeline.film_import import import_manim

        import_manim()
        import pipeline.film_encoder
        import pipeline.film_renderer  # noqa: F401


def _leave_with_the_build() -> None:
    """End this worker when the build is gone, however it went: a worker never outlives it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
