"""Jobs over processes: the longest first, each crash its own failure, and nothing left behind when it stops."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from ctypes import Array, c_double
from multiprocessing.connection import wait as wait_for
from pathlib import Path

from pipeline.held_signals import deaf_to_ctrl_c, hold_signals
from pipeline.job import Failure, Job, Made, perform

Running = Sequence[tuple[Job, float]]
"""What is being drawn now, each with the part of it that is done, 0 to 1."""

Outcomes = Generator[tuple[Job, Made | Failure], None, None]

TICK = 0.1
"""Seconds between looks at how far the running jobs are."""

KILLED = "its process was killed, or crashed inside a library; memory may have run out"

_parts: Array[c_double] | None = None
"""In a worker: how far each running job is, in memory shared with the build."""


def run_jobs(jobs: Sequence[Job], workers: int, scratch: Path, tick: Callable[[Running], None]) -> Outcomes:
    """Do `jobs` in their order over at most `workers` processes; give each with its outcome as it finishes.

    No workers at all means in this process, as is done for tables alone. `tick` is called at least every `TICK` seconds
    or, in this process, as a film advances. Leaving early (an exception, Ctrl-C) kills the workers before it returns.
    """
    if workers == 0 or all(job.entry.kind == "table" for job in jobs):
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
    # Fresh processes: forked ones would inherit threads' locks, and a server that forks is slow to stop.
    context = multiprocessing.get_context("spawn")
    parts: Array[c_double] = context.RawArray(c_double, workers)
    waiting = list(reversed(jobs))
    free = list(range(workers))
    running: dict[Future[Made | Failure], tuple[Job, int]] = {}
    before = set(multiprocessing.active_children())
    with hold_signals() as act:
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_enter_worker, initargs=(parts, scratch))
        try:
            while waiting or running:
                with deaf_to_ctrl_c():
                    while waiting and free:
                        job, slot = waiting.pop(), free.pop()
                        parts[slot] = 0.0
                        running[pool.submit(_work, job, scratch, slot)] = (job, slot)
                done, _ = wait(running, timeout=TICK, return_when=FIRST_COMPLETED)
                act()
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


def _enter_worker(parts: Array[c_double], scratch: Path) -> None:
    global _parts
    _parts = parts
    tempfile.tempdir = str(scratch)  # what a killed worker leaves there goes with the build
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_the_build, daemon=True).start()


def _leave_with_the_build() -> None:
    """End this worker when the build is gone, however it went: a worker never outlives it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
