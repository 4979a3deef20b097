"""Who draws in a preview: processes that stay, those for figures beside those for films.

An edit ends a film at once, whatever it had drawn, and the processes that drew figures go on with warm fonts.
"""

from __future__ import annotations

from concurrent.futures import Future
from multiprocessing.context import BaseContext
from pathlib import Path

from look.words import FOLDER, load_words
from pipeline.job import Failure, Job, Made, Progress, perform
from pipeline.local_crew import LocalCrew


class WatchCrew:
    """A crew (see `pipeline.pool.Crew`) that outlives the builds it works for and draws so many jobs at once.

    Its processes are born in `context` and work in `scratch`.
    """

    def __init__(self, count: int, scratch: Path, context: BaseContext) -> None:
        self.count, self.scratch, self.context = count, scratch, context
        self.figures = self._crew(films=False)
        self.figures.start()
        self.films = self._crew(films=True)
        self.under_way: dict[Future[Made | Failure], tuple[LocalCrew, Job]] = {}
        self.warming: list[tuple[Job, Future[Made | Failure]]] = []
        self.warm = False

    def seats(self) -> int:
        """As many for films and figures together as there are for each."""
        return self.count

    def submit(self, job: Job) -> Future[Made | Failure]:
        """Give `job` to a process of its kind."""
        self._settle()
        crew = self.films if job.entry.kind == "film" else self.figures
        self.warm |= crew is self.figures
        future = crew.submit(job)
        self.under_way[future] = crew, job
        return future

    def outcome(self, job: Job, future: Future[Made | Failure]) -> Made | Failure | None:
        """What the process sent."""
        crew, _ = self.under_way.pop(future)
        return crew.outcome(job, future)

    def part(self, future: Future[Made | Failure]) -> float:
        """What the process last noted."""
        crew, _ = self.under_way[future]
        return crew.part(future)

    def leave(self, *, hurry: bool) -> None:
        """Keep the processes for the next build. In a hurry, films under way end with theirs."""
        left, self.under_way = self.under_way, {}
        if any(crew is self.films for crew, _ in left.values()):
            self.films.leave(hurry=True)
            self.films = self._crew(films=True)  # they start with the next film: figures want the processors now
        self.warming += [(job, future) for future, (crew, job) in left.items() if crew is self.figures]

    def warm_up(self, job: Job) -> None:
        """Have each process that draws figures do `job` for nothing, if none has drawn yet: fonts are loaded then."""
        if not self.warm:
            self.warm = True
            self.warming = [(job, self.figures.submit(job)) for _ in range(self.count)]
            self.films.start()

    def end(self) -> None:
        """Let all processes go, at once."""
        self.films.leave(hurry=True)
        self.figures.leave(hurry=True)

    def _settle(self) -> None:
        """Wait for figures that nobody wants any more; they take a moment, and a process that ends takes its fonts."""
        for job, future in self.warming:
            self.figures.outcome(job, future)
        self.warming = []

    def _crew(self, *, films: bool) -> LocalCrew:
        return LocalCrew(self.count, self.scratch, films=films, context=self.context, work=perform_afresh)


def perform_afresh(job: Job, scratch: Path, progress: Progress | None) -> Made | Failure:
    """Do `job` in a process that may have done others before the words were edited."""
    forget_old_words()
    return perform(job, scratch, progress)


def forget_old_words() -> None:
    """Have the words read again if a file of them is not as it was at the last call."""
    global _words
    now = tuple((str(path), *_times(path)) for path in sorted(FOLDER.glob("*/*.toml")))
    if now != _words:
        load_words.cache_clear()
        _words = now


_words: tuple[tuple[object, ...], ...] = ()


def _times(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except OSError:  # gone since it was listed
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
