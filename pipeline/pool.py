"""Jobs over a crew of processes, here or on a cluster: one loop, in which a crash fails no job but its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path
from time import sleep
from typing import Protocol

from pipeline.held_signals import hold_signals
from pipeline.job import Failure, Job, Made, perform
from pipeline.local_crew import LocalCrew

Running = Sequence[tuple[Job, float]]
"""What is being drawn now, each with the part of it that is done, 0 to 1."""

Outcomes = Generator[tuple[Job, Made | Failure], None, None]

TICK = 0.1
"""Seconds between looks at how far the running jobs are."""

KILLED = "its process was killed, or crashed inside a library; memory may have run out"


class Crew(Protocol):
    """Processes that do jobs, behind an executor of `concurrent.futures`. Each does one job at a time."""

    def seats(self) -> int:
        """How many jobs can be under way at once, now. Raises RequestError when no process will ever come again."""

    def submit(self, job: Job) -> Future[Made | Failure]:
        """Have `job` done."""

    def outcome(self, job: Job, future: Future[Made | Failure]) -> Made | Failure | None:
        """What came of a job that is over; None when its process, or one beside it, died under it."""

    def part(self, future: Future[Made | Failure]) -> float:
        """How far a job under way is, 0 to 1."""

    def leave(self, *, hurry: bool) -> None:
        """Let the processes go; in a `hurry`, at once, whatever they are at."""


def run_jobs(jobs: Sequence[Job], workers: int | Crew, scratch: Path, tick: Callable[[Running], None]) -> Outcomes:
    """Do `jobs` in their order with a crew, or over at most so many processes; give each with its outcome as it ends.

    No workers at all means in this process, as is done for tables alone. `tick` is called at least every `TICK` seconds
    or, in this process, as a film advances. Leaving early (an exception, Ctrl-C) stops the work before it returns.
    """
    if not workers or all(job.entry.kind == "table" for job in jobs):
        yield from _here(jobs, scratch, tick)
        return
    with hold_signals() as act:
        crew = LocalCrew(min(workers, len(jobs)), scratch) if isinstance(workers, int) else workers
        try:
            lost: list[Job] = []
            for job, outcome in _done(crew, jobs, crew.seats, tick, act):
                if outcome is None:
                    lost.append(job)
                else:
                    yield job, outcome
            # A process died and took other jobs with its own: one by one, each shows whether it is the one that kills.
            for job, outcome in _done(crew, lost, lambda: min(1, crew.seats()), tick, act):
                yield job, outcome or Failure(job.label, KILLED)
        except BaseException:
            crew.leave(hurry=True)
            raise
        crew.leave(hurry=False)


def _here(jobs: Sequence[Job], scratch: Path, tick: Callable[[Running], None]) -> Outcomes:
    for job in jobs:
        tick([(job, 0.0)])
        yield job, perform(job, scratch, lambda part, job=job: tick([(job, part)]))  # type: ignore[misc]


def _done(
    crew: Crew, jobs: Iterable[Job], seats: Callable[[], int], tick: Callable[[Running], None], act: Callable[[], None]
) -> Generator[tuple[Job, Made | Failure | None], None, None]:
    """Each job with what came of it, or None if its process was lost. At most `seats()` are under way at once."""
    waiting = deque(jobs)
    running: dict[Future[Made | Failure], Job] = {}
    while waiting or running:
        for _ in range(min(len(waiting), seats() - len(running))):
            job = waiting.popleft()
            running[crew.submit(job)] = job
        if not running:  # nobody is there to work
            sleep(TICK)
        over, _ = wait(running, timeout=TICK, return_when=FIRST_COMPLETED)
        act()
        for future in over:
            job = running.pop(future)
            yield job, crew.outcome(job, future)
        tick([(job, crew.part(future)) for future, job in running.items()])
