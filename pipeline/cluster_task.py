"""What a worker of a cluster does for a build: one job at a time, if all that has a say is as it is for the build."""

from __future__ import annotations

import importlib
import pickle
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from pipeline.footing import Footing, contents_at_start
from pipeline.job import Failure, Job, Made, perform
from pipeline.rooms import ROOT

NEWS = 0.25
"""Seconds between two words of a job about how far it is."""

_alone = threading.Lock()
"""A worker may have many threads, and drawing libraries keep their settings for the whole process."""

contents_at_start()  # now, before there is anything else of ours in this process


@dataclass(frozen=True)
class Errand:
    """A job for a worker, which sends its `number` and how far it is to `topic`."""

    job: Job
    number: int
    topic: str
    footing: Footing

    def sealed(self) -> bytes:
        """What a worker does when it reads it with `pickle.loads`, which is all that the scheduler is told.

        A scheduler reads whatever tasks name, and would otherwise need this project as well.
        """
        return pickle.dumps(_Sealed(self))


@dataclass(frozen=True)
class Unfit:
    """A worker that would not draw the same, and why."""

    worker: str
    differences: tuple[str, ...]


def fitness(footing: Footing) -> tuple[str, ...]:
    """How this worker differs from a build's `footing`; nothing if it may work for it."""
    return tuple(footing.differences())


def work(errand: Errand) -> Made | Failure | Unfit:
    """Do the job of `errand`, whose artifact is named relative to the checkout, in this worker's own folder."""
    worker: Any = importlib.import_module("distributed").get_worker()
    told = -NEWS

    def progress(part: float) -> None:
        nonlocal told
        if monotonic() - told >= NEWS:
            told = monotonic()
            worker.log_event(errand.topic, [errand.number, part])

    with _alone:
        differences = fitness(errand.footing)
        if differences:
            return Unfit(worker.address, differences)
        progress(0.0)
        return perform(_at(ROOT / errand.job.entry.path, errand.job), Path(worker.local_directory), progress)


def anywhere(job: Job) -> Job:
    """`job` as it is in any checkout, wherever that lies. An artifact of another folder has to be there as well."""
    path = job.entry.path
    return _at(path.relative_to(ROOT), job) if path.is_relative_to(ROOT) else job


@dataclass(frozen=True)
class _Sealed:
    errand: Errand

    def __reduce__(self) -> tuple[object, tuple[Errand]]:
        return work, (self.errand,)


def _at(path: Path, job: Job) -> Job:
    return replace(job, entry=replace(job.entry, path=path))
