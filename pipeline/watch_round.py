"""One round of a preview: builds, the most urgent first, until all is as it should be or another order comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from core import AnyLesson, LessonError, load_any_lesson
from look.words import WordsError
from pipeline.build import build_files
from pipeline.catalogue import Catalogue, read_catalogue
from pipeline.field_source import read_model
from pipeline.job import Failure, Job, Made
from pipeline.manifest import NAME, Record, merge_manifest, read_manifest
from pipeline.needs import unmet
from pipeline.pages import GALLERY, write_pages
from pipeline.plan import Request, find_lesson, plan_jobs
from pipeline.pool import Running
from pipeline.progress import Quiet
from pipeline.request_error import RequestError
from pipeline.store import Store, usual_store
from pipeline.watch_builder import Commission, News, Order, sentence
from pipeline.watch_crew import WatchCrew, forget_old_words
from pipeline.watch_nursery import nursery_at
from pipeline.watch_stages import Drawing, stages


class Superseded(Exception):  # noqa: N818
    """Files were edited in the middle of a build."""


class Rounds:
    """Rounds by one builder. `tell` takes the news; `latest` gives an order that came meanwhile, or None."""

    def __init__(
        self, commission: Commission, tell: Callable[[News], None], latest: Callable[[], Order | None]
    ) -> None:
        self.commission, self.tell, self.latest = commission, tell, latest
        self.crew = WatchCrew(commission.workers, commission.scratch, nursery_at(commission.nursery))
        self.catalogue = read_catalogue(commission.rooms)
        self.mistakes: dict[str, str] = {}
        self.later: Order | None = None
        self.page: tuple[bytes | None, ...] = ()

    def build(self, order: Order) -> Order | None:
        """Draw what is not as it should be, and what nobody has drawn; the order that came before the end, if any."""
        forget_old_words()
        self.later = None
        found: dict[str, str] = {}
        wanted: set[str] = set()
        try:
            lessons = list(self._lessons(found))
            drawings = list(drawings_of(lessons, self.catalogue, self.commission.request.only))
            asked = self.commission.request
            if lessons and not drawings:
                plan_jobs(asked, self.catalogue, [lesson for _, lesson in lessons])  # says why there are none
            for request in dict.fromkeys(stages(drawings, asked, order.seen, order.edited)):
                self._hear(order)
                if self.later is not None:
                    return self.later
                wanted |= {record.file for record in self._built(request, found, lambda: self._hear(order))}
        except Superseded:
            return self.later
        except (RequestError, LessonError, WordsError) as error:
            found[""] = str(error)
        except Exception as error:
            found[""] = sentence(error)
        else:
            self._get_warm([lesson for _, lesson in lessons])
        self.mistakes = found
        if not found:
            self._drop_all_but(wanted)
        self._tell(over=True)
        usual_store().evict()
        return None

    def end(self) -> None:
        """Let the processes go."""
        self.crew.end()

    def _get_warm(self, lessons: Sequence[AnyLesson]) -> None:
        """Where nothing had to be drawn, processes are cold; warm, they draw what is edited next in half the time."""
        asked = replace(self.commission.request, only=(), formats=("svg",))
        try:
            jobs, _ = plan_jobs(asked, self.catalogue, lessons) if lessons else ([], [])
        except (RequestError, LessonError, WordsError):  # there are films only, or an edit has just come
            return
        if jobs:
            self.crew.warm_up(jobs[-1])

    def _lessons(self, found: dict[str, str]) -> Iterator[tuple[str, AnyLesson]]:
        for named in self.commission.request.lessons:
            try:
                yield named, load_any_lesson(find_lesson(named, self.commission.rooms), read_model)
            except (LessonError, RequestError) as error:
                found[Path(named).stem] = self.mistakes[Path(named).stem] = str(error)
                self._tell()

    def _hear(self, order: Order) -> None:
        """Note an order that came after this one. Raises Superseded if files were edited meanwhile."""
        self.later = self.latest() or self.later
        if self.later is not None and self.later.edits != order.edits:
            raise Superseded

    def _built(self, request: Request, found: dict[str, str], hear: Callable[[], None]) -> tuple[Record, ...]:
        begun = perf_counter()
        told = _Told(self.tell, hear)
        outcome = build_files(
            request,
            self.commission.out,
            told,
            workers=self.crew,
            rooms=self.commission.rooms,
            store=_Unlimited(usual_store().root),
        )
        for record in outcome.records:
            for label in ("", record.lesson, record.name, record.label):
                self.mistakes.pop(label, None)
        for failure in outcome.failures:
            found[failure.label] = self.mistakes[failure.label] = failure.reason
        self._tell(told.labels, perf_counter() - begun)
        return outcome.records

    def _tell(self, drawn: Sequence[str] = (), seconds: float = 0.0, *, over: bool = False) -> None:
        page = tuple(map(_content, (self.commission.out / NAME, self.commission.out / GALLERY)))
        mistakes: dict[str, tuple[str, ...]] = {}
        for label, reason in self.mistakes.items():
            mistakes[reason] = (*mistakes.get(reason, ()), label)
        self.tell(
            News(
                drawn=tuple(drawn),
                seconds=seconds,
                mistakes=mistakes,
                page=page[1] is not None and page != self.page,
                over=over,
            ),
        )
        self.page = page

    def _drop_all_but(self, wanted: set[str]) -> None:
        """What nothing draws any more goes from the folder, which is the preview's own."""
        out = self.commission.out
        gone = [file for file in read_manifest(out) if file not in wanted]
        for file in gone:
            (out / file).unlink(missing_ok=True)
        if gone:
            merge_manifest(out, ())
            write_pages(out)


class _Unlimited(Store):
    """The store in the middle of a round, at whose end its limit is kept: to look at all its files takes a while."""

    def evict(self) -> None:
        """Not now."""


class _Told(Quiet):
    """Tells what a build does, and calls `hear` often, which may end it."""

    def __init__(self, tell: Callable[[News], None], hear: Callable[[], None]) -> None:
        super().__init__()
        self.tell, self.hear = tell, hear
        self.labels: list[str] = []
        self.doing: tuple[str, ...] = ()

    def running(self, now: Running) -> None:
        """Look for another order, and tell what is being drawn if that is news."""
        self.hear()
        doing = tuple(job.label for job, _ in now)
        if doing != self.doing:
            self.doing = doing
            self.tell(News(doing=doing))

    def made(self, job: Job, made: Made) -> None:
        """Note it for the end of the build, when it is on the page."""
        self.labels.append(job.label)

    def failed(self, failure: Failure, job: Job | None = None) -> None:
        """It is in the outcome."""


def drawings_of(
    lessons: Sequence[tuple[str, AnyLesson]], catalogue: Catalogue, only: Sequence[str]
) -> Iterator[Drawing]:
    """What can be drawn of each lesson, given with its path, or what is broken; with `only`, of these names."""
    for path, lesson in lessons:
        for entry in catalogue.entries:
            if (not only or entry.name in only) and (entry.broken or not unmet(entry.needs, lesson.traits)):
                place = f"{lesson.name}/{entry.name}" + (f".{entry.formats[0]}" if entry.kind == "table" else "")
                yield Drawing(path, place, entry.name, entry.kind == "film")


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
