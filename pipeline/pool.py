"""Jobs over processes: the longest first, each crash its own failure, and nothing left behind when it stops."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from ctypes import Array, c_double
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import BaseContext
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path

from pipeline.job import Failure, Job, Made, perform

Running = Sequence[tuple[Job, float]]
"""What is being drawn now, each with the part of it that is done, 0 to 1."""

Outcomes = Generator[tuple[Job, Made | Failure], None, None]

TICK = 0.1
"""Seconds between looks at how far the running jobs are."""

DRAWING = (
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_pdf",
    "fontTools.ttLib",
    "typst",
)

LONGEST_SOCKET = 100
"""Characters in the path of a Unix socket: 108 on Linux, 104 elsewhere."""

KILLED = "its process was killed, or crashed inside a library; memory may have run out"

_parts: Array[c_double] | None = None
"""In a worker: how far each running job is, in memory shared with the build."""


def run_jobs(jobs: Sequence[Job], workers: int, scratch: Path, tick: Callable[[Running], None]) -> Outcomes:
    """Do `jobs` in their order over at most `workers` processes; give each with its outcome as it finishes.

    One worker, one job or tables alone run in this process. `tick` is called at least every `TICK` seconds or, in this
    process, as a film advances. Leaving early (an exception, Ctrl-C) kills the workers before it returns.
    """
    if workers <= 1 or len(jobs) <= 1 or all(job.entry.kind == "table" for job in jobs):
        yield from _here(jobs, scratch, tick)
        return
    waiting = list(jobs)
    while waiting:
        lost: list[Job] = []
        for job, outcome in _pooled(waiting, min(workers, len(waiting)), scratch, tick, lost):
            waiting.remove(job)
            yield job, outcome
        # A process died and took its neighbours' jobs with it: alone, each shows whether it is the one that kills.
        for job in lost:
            waiting.remove(job)
            outcomes = [outcome for _, outcome in _pooled([job], 1, scratch, tick, [])]
            yield job, outcomes[0] if outcomes else Failure(job.label, KILLED)


def _here(jobs: Sequence[Job], scratch: Path, tick: Callable[[Running], None]) -> Outcomes:
    for job in jobs:
        tick([(job, 0.0)])
        yield job, perform(job, scratch, lambda part, job=job: tick([(job, part)]))  # type: ignore[misc]


def _pooled(
    jobs: Sequence[Job], workers: int, scratch: Path, tick: Callable[[Running], None], lost: list[Job]
) -> Outcomes:
    """As `run_jobs`, but ends when a process dies; then `lost` receives the jobs that were running."""
    context = _context(jobs)
    parts: Array[c_double] = context.RawArray(c_double, workers)
    waiting = list(reversed(jobs))
    free = list(range(workers))
    running: dict[Future[Made | Failure], tuple[Job, int]] = {}
    before = set(multiprocessing.active_children())
    ensure_running()  # by itself it would let Ctrl-C through again while workers start
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_enter_worker, initargs=(parts,))
    try:
        while waiting or running:
            with _interrupts_held():
                while waiting and free:
                    job, slot = waiting.pop(), free.pop()
                    parts[slot] = 0.0
                    running[pool.submit(_work, job, scratch, slot)] = (job, slot)
            done, _ = wait(running, timeout=TICK, return_when=FIRST_COMPLETED)
            for future in done:
                outcome = future.result()
                job, slot = running.pop(future)
                free.append(slot)
                yield job, outcome
            tick([(job, parts[slot]) for job, slot in running.values()])
    except BrokenProcessPool:
        lost += [job for job, _ in running.values()]
    except BaseException:
        for process in set(multiprocessing.active_children()) - before:
            process.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _work(job: Job, scratch: Path, slot: int) -> Made | Failure:
    def progress(part: float) -> None:
        if _parts is not None:
            _parts[slot] = part

    return perform(job, scratch, progress)


def _context(jobs: Sequence[Job]) -> BaseContext:
    """A server that has loaded the drawing libraries once and forks workers that share them, where there is one."""
    socket = len(tempfile.gettempdir()) + 32  # below it the server makes a socket, whose path the system keeps short
    if "forkserver" not in multiprocessing.get_all_start_methods() or socket > LONGEST_SOCKET:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    kinds = {job.entry.kind for job in jobs}
    libraries = ["numpy", *DRAWING] if kinds & {"figure", "card"} else ["numpy"]
    context.set_forkserver_preload([*libraries, *(["manim"] if "film" in kinds else [])])
    return context


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started in here never see Ctrl-C, which goes to every process of a terminal: the build stops them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _enter_worker(parts: Array[c_double]) -> None:
    global _parts
    _parts = parts
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_the_build, daemon=True).start()


def _leave_with_the_build() -> None:
    """End this worker when the build is gone, however it went: a worker never outlives it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
