"""A crew of the workers of a Dask cluster, behind distributed's own executor."""

from __future__ import annotations

import asyncio
import importlib
import logging
import pickle
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

from pipeline.cluster_task import Errand, Unfit, anywhere, fitness
from pipeline.footing import Footing, footing_of
from pipeline.job import Failure, Job, Made, failed
from pipeline.request_error import RequestError

CONNECT = 5.0
"""Seconds that a scheduler has to answer."""

SILENCE = 30.0
"""Seconds without a word of the scheduler after which none is expected."""

PATIENCE = 30.0
"""Seconds without any worker after which none is expected."""

LEAVE = 0.5
"""Seconds to say goodbye to the scheduler, which forgets our jobs in any case."""

COUNT = 0.5
"""Seconds between two counts of the workers."""


class ClusterCrew:
    """A crew (see `pipeline.pool.Crew`): each worker of the cluster does one job at a time, and sends bytes back.

    When a worker is lost, the scheduler gives its jobs to others, a few times; then it says that they kill workers.
    """

    def __init__(self, address: str, client: Any, footing: Footing, workers: int) -> None:
        self.address, self.client, self.footing = address, client, footing
        self.killed: type[BaseException] = _distributed().KilledWorker
        self.executor = client.get_executor(pure=False)
        self.topic = f"convscan-{client.id}"
        self.parts: dict[int, float] = {}
        self.numbers: dict[Future[Made | Failure], int] = {}
        self.begun = 0
        self.workers = workers
        self.heard = self.seen = monotonic()  # a word of the scheduler, and workers
        self.left = threading.Event()
        client.subscribe_topic(self.topic, self._news)
        threading.Thread(target=self._count, daemon=True).start()

    def seats(self) -> int:
        """As many as there are workers now. Raises RequestError when the scheduler or the last worker is gone."""
        if self.client.status != "running" or monotonic() - self.heard > SILENCE:
            raise _gone(self.address)
        if self.workers:
            self.seen = monotonic()
        elif monotonic() - self.seen > PATIENCE:
            raise RequestError(
                f"The cluster at {self.address} has no workers, and none came in {PATIENCE:.0f} seconds: start one, in "
                f"a checkout of convscan, with `{_start(self.address)}`, and build again."
            )
        return self.workers

    def submit(self, job: Job) -> Future[Made | Failure]:
        """Hand `job` to the scheduler."""
        self.begun += 1
        errand = Errand(anywhere(job), self.begun, self.topic, self.footing)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")  # a lesson may well be large
            future: Future[Made | Failure] = self.executor.submit(pickle.loads, errand.sealed())
        self.numbers[future] = self.begun
        self.parts[self.begun] = 0.0
        return future

    def outcome(self, job: Job, future: Future[Made | Failure]) -> Made | Failure | None:
        """What a worker sent; None when the job, or a neighbour of it, kills workers."""
        del self.parts[self.numbers.pop(future)]
        try:
            outcome: Made | Failure | Unfit = future.result()
        except self.killed:
            return None
        except CancelledError:
            raise _gone(self.address) from None
        except Exception as error:  # a worker's own: it cannot read what we send, or has no room for it
            return failed(job, error)
        if isinstance(outcome, Unfit):
            raise _unfit(outcome.worker, outcome.differences)
        return outcome

    def part(self, future: Future[Made | Failure]) -> float:
        """What the worker last told."""
        return self.parts[self.numbers[future]]

    def leave(self, *, hurry: bool) -> None:
        """Ask for nothing more; the scheduler forgets what is left when `cluster_at` says goodbye to it."""
        self.left.set()

    def _news(self, event: tuple[float, Any]) -> None:
        number, part = event[1]
        if number in self.parts:
            self.parts[number] = part

    def _count(self) -> None:
        """Counting asks the scheduler; one that does not answer must not keep the build from stopping."""
        while not self.left.is_set():
            with suppress(Exception):
                self.workers = len(self.client.nthreads())
                self.heard = monotonic()
            self.left.wait(COUNT)


@contextmanager
def cluster_at(address: str, jobs: Sequence[Job], notice: Callable[[str], None]) -> Iterator[ClusterCrew]:
    """The workers of the cluster whose scheduler is at `address`, if all of them draw `jobs` as they are drawn here.

    `notice` is told when there are none yet. Raises RequestError when the scheduler does not answer, or when a worker
    has another version or other source.
    """
    distributed = _distributed()
    for name in ("distributed", "distributed.client", "distributed.gc"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what there is to say, the build says
    try:
        # A client that finds no scheduler takes long to go, so one comes only after its scheduler.
        is_scheduler = asyncio.run(_answer(distributed, address))["type"] == "Scheduler"
    except Exception:  # whatever a wrong address may lead to, from no answer to that of another kind of server
        is_scheduler = False
    if not is_scheduler:
        raise RequestError(
            f"No Dask scheduler answers at {address}: start one with `python -m dask scheduler`, and give --cluster "
            "the address that it says."
        )
    client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
    try:
        footing = footing_of(jobs)
        answers = client.run(fitness, footing, on_error="return")
        for worker, found in answers.items():
            if isinstance(found, BaseException):
                raise RequestError(
                    f"The worker at {worker} cannot run convscan ({type(found).__name__}: {found}): start it with "
                    f"`{_start(address)}` in a checkout of convscan."
                )
            if found:
                raise _unfit(worker, found)
        if not answers:
            notice(f"The cluster at {address} has no workers yet; this build waits for one.")
        crew = ClusterCrew(address, client, footing, len(answers))
        try:
            yield crew
        finally:
            crew.leave(hurry=True)
    finally:
        with suppress(Exception):
            client.close(timeout=LEAVE)


async def _answer(distributed: Any, address: str) -> Any:
    async with asyncio.timeout(CONNECT), distributed.rpc(address) as server:
        return await server.identity()


def _distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise RequestError(
            "--cluster needs the package distributed, which is not installed: run `pip install .[cluster]`."
        ) from error


def _gone(address: str) -> RequestError:
    return RequestError(
        f"The Dask scheduler at {address} is gone: what was finished is in the manifest; build again when it is back."
    )


def _unfit(worker: str, differences: Sequence[str]) -> RequestError:
    return RequestError(
        f"The worker at {worker} would not draw the same, as {'; '.join(differences)}: bring its checkout to the state "
        "of this one, run `make install` there, start it again, and build again."
    )


def _start(address: str) -> str:
    return f"python -m dask worker {address} --nthreads 1"
