"""Workers: a crash is one job's failure, an exception leaves no process, progress crosses over."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core import load_lesson
from pipeline.catalogue import Entry
from pipeline.job import Failure, Job, Made
from pipeline.pool import KILLED, Running, run_jobs
from tests.pipeline._studio import FIGURE, Studio

DIES = FIGURE.replace("fig.set_size", "import os; os.kill(os.getpid(), 9)\n    fig.set_size")


def jobs(studio: Studio, **figures: str) -> list[Job]:
    lesson = load_lesson(studio.rooms.lessons / "article.toml")
    made = []
    for stem, text in figures.items():
        entry = Entry("figure", stem, "Ink.", studio.add_figure(stem, text), ("svg",))
        made.append(Job(entry, lesson, ("svg",), "draft", "en", "light"))
    return made


def children() -> set[int | None]:
    return {process.pid for process in multiprocessing.active_children()}


def test_a_worker_that_dies_fails_its_job_alone(studio: Studio, tmp_path: Path) -> None:
    planned = jobs(studio, one=FIGURE, dies=DIES, two=FIGURE)
    outcomes = {job.entry.name: outcome for job, outcome in run_jobs(planned, 2, tmp_path, lambda now: None)}
    assert outcomes.pop("dies") == Failure("article/dies (en, light)", KILLED)
    assert set(outcomes) == {"one", "two"}
    assert all(isinstance(outcome, Made) for outcome in outcomes.values())


def test_leaving_early_ends_the_workers(studio: Studio, tmp_path: Path) -> None:
    sleeps = FIGURE.replace("fig.set_size", "import time; time.sleep(60)\n    fig.set_size")
    before = children()
    outcomes = run_jobs(jobs(studio, quick=FIGURE, slow=sleeps, later=FIGURE), 2, tmp_path, lambda now: None)
    next(outcomes)
    assert children() - before
    begun = time.monotonic()
    outcomes.close()
    assert time.monotonic() - begun < 30
    assert children() == before


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_what_is_drawn_now_is_told(studio: Studio, tmp_path: Path, workers: int) -> None:
    seen: list[tuple[str, float]] = []

    def tick(now: Running) -> None:
        seen.extend((job.label, part) for job, part in now)

    slow = FIGURE.replace("fig.set_size", "import time; time.sleep(0.3)\n    fig.set_size")
    list(run_jobs(jobs(studio, one=slow, two=slow), workers, tmp_path, tick))
    assert {label for label, _ in seen} == {"article/one (en, light)", "article/two (en, light)"}
    assert all(0 <= part <= 1 for _, part in seen)


def test_workers_leave_when_the_build_is_killed(studio: Studio, tmp_path: Path) -> None:
    """Even kill -9 leaves no process that goes on drawing."""
    note = tmp_path / "pids"
    slow = FIGURE.replace(
        "fig.set_size",
        f"import os, time; open({str(note)!r}, 'a').write(f'{{os.getpid()}} '); time.sleep(60)\n    fig.set_size",
    )
    studio.add_figure("slow", slow)
    script = (
        "import pathlib\n"
        "from pipeline.build import build_files\n"
        "from pipeline.plan import Request\n"
        "from pipeline.progress import Quiet\n"
        "from pipeline.rooms import Rooms\n"
        f"root = pathlib.Path({str(studio.root)!r})\n"
        "if __name__ == '__main__':\n"
        "    build_files(Request(only=('slow',)), root / 'out', Quiet(), workers=2,"
        " rooms=Rooms(root / 'scenes', root / 'figures', root / 'lessons'))\n"
    )
    path = tmp_path / "run.py"
    path.write_text(script)
    checkout = Path(__file__).resolve().parents[2]
    build = subprocess.Popen(
        [sys.executable, str(path)], env={**os.environ, "PYTHONPATH": str(checkout), "TMPDIR": str(tmp_path)}
    )
    try:
        workers = wait_for(lambda: [int(pid) for pid in note.read_text().split()] if note.exists() else [], 2)
    finally:
        build.send_signal(signal.SIGKILL)
        build.wait()
    wait_for(lambda: [pid for pid in workers if not alive(pid)], 2)


@pytest.mark.parametrize("early", [False, True])
def test_workers_do_not_load_the_file_that_was_started(studio: Studio, tmp_path: Path, early: bool) -> None:
    """As multiprocessing would have it: for the command line that is a third of a second for each of them."""
    studio.add_figure("one", FIGURE)
    note = tmp_path / "loaded"
    script = (
        f"open({str(note)!r}, 'a').write(__name__ + ' ')\n"
        "import pathlib\n"
        "from pipeline.build import build_files\n"
        "from pipeline.early_crew import getting_ready\n"
        "from pipeline.plan import Request\n"
        "from pipeline.progress import Quiet\n"
        "from pipeline.rooms import Rooms\n"
        f"root = pathlib.Path({str(studio.root)!r})\n"
        "rooms = Rooms(root / 'scenes', root / 'figures', root / 'lessons')\n"
        "request = Request(only=('one',), formats=('svg',))\n"
        "if __name__ == '__main__':\n"
        + (
            "    with getting_ready(request, rooms, 2) as crew:\n"
            "        build_files(request, root / 'out', Quiet(), workers=crew, rooms=rooms)\n"
            if early
            else "    build_files(request, root / 'out', Quiet(), workers=2, rooms=rooms)\n"
        )
    )
    path = tmp_path / "run.py"
    path.write_text(script)
    checkout = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, str(path)], env={**os.environ, "PYTHONPATH": str(checkout)}, check=True)
    assert (studio.out / "article" / "one.en.light.svg").is_file()
    assert note.read_text().split() == ["__main__"]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(find: object, count: int) -> list[int]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found: list[int] = find()  # type: ignore[operator]
        if len(found) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")
