"""The processes of a preview: born with libraries alone, warm for figures, and rid of a film that nobody wants."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from look.words import load_words
from pipeline import watch_crew
from pipeline.build import build_files
from pipeline.plan import Request
from pipeline.pool import Running
from pipeline.progress import Quiet
from pipeline.watch_crew import WatchCrew, forget_old_words
from tests.pipeline._studio import FIGURE, LESSON, SCENE, Studio

TELLS_PROCESS = """
import os

def alt(trace, look):
    return f"process {os.getpid()}"
"""


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[WatchCrew]:
    crew = WatchCrew(1, tmp_path, multiprocessing.get_context("spawn"))
    yield crew
    crew.end()
    assert multiprocessing.active_children() == []


def drawn_by(studio: Studio, crew: WatchCrew, name: str, progress: Quiet | None = None) -> int:
    """The process that drew it."""
    request = Request(only=(name,), langs=("en",), themes=("light",), formats=("svg", "mp4"), quality="draft")
    outcome = build_files(request, studio.out, progress or Quiet(), workers=crew, rooms=studio.rooms)
    assert outcome.failures == ()
    return int(str(outcome.records[0].alt).removeprefix("process "))


class Impatient(Quiet):
    """Ends a build as soon as it draws."""

    def running(self, now: Running) -> None:
        if now:
            raise InterruptedError


def test_an_edit_ends_films_and_keeps_what_draws_figures(tmp_path: Path, crew: WatchCrew) -> None:
    studio = Studio(tmp_path / "studio")
    scene = SCENE[: SCENE.index("def alt")] + TELLS_PROCESS
    endless = scene.replace("class Patience", "import time\n\nclass Ages").replace("self.wait(0.2)", "time.sleep(9999)")
    studio.add_figure("square", FIGURE + TELLS_PROCESS)
    studio.add_scene("patience", scene)
    studio.add_scene("ages", endless)
    figures, films = drawn_by(studio, crew, "square"), drawn_by(studio, crew, "patience")
    assert len({figures, films, os.getpid()}) == 3
    studio.add_lesson("article", LESSON.replace("[0,0,1,2,2]", "[9,0,1,2,2]"))
    assert (drawn_by(studio, crew, "square"), drawn_by(studio, crew, "patience")) == (figures, films)
    with pytest.raises(InterruptedError):
        drawn_by(studio, crew, "ages", Impatient())
    assert films not in {process.pid for process in multiprocessing.active_children()}
    assert drawn_by(studio, crew, "square") == figures
    assert drawn_by(studio, crew, "patience") not in (figures, films)


def test_each_kind_has_processes_of_its_own(tmp_path: Path) -> None:
    crew = WatchCrew(2, tmp_path, multiprocessing.get_context("spawn"))
    try:
        figures = set(multiprocessing.active_children())
        assert (len(figures), crew.figures.processes) == (2, figures)
        crew.films.start()
        assert (len(crew.films.processes), crew.films.processes & figures) == (2, set())
        crew.films.leave(hurry=True)
        assert {process for process in figures if process.is_alive()} == figures
        assert {process for process in crew.films.processes if process.is_alive()} == set()
    finally:
        crew.end()
    assert multiprocessing.active_children() == []


def test_words_are_read_again_when_their_file_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("look.words", watch_crew.__name__):
        monkeypatch.setattr(f"{module}.FOLDER", tmp_path)
    file = tmp_path / "eo" / "scan.toml"
    file.parent.mkdir()
    for text in ("paŝo", "alia", "alia"):
        file.write_text(f'step = "{text}"', encoding="utf-8")
        forget_old_words()
        known = load_words("eo")
        assert known("scan.step") == text
        forget_old_words()
        assert load_words("eo") is known
    load_words.cache_clear()


BIRTHS = """
import os, sys
from multiprocessing import Pipe
from multiprocessing.context import ForkServerContext
from pipeline import watch_nursery

def grandchild(pipe):
    pipe.send((os.getppid(), "decimal" in sys.modules))

def child(address, pipe):
    nursery = watch_nursery.nursery_at(address)
    process = nursery.Process(target=grandchild, args=(pipe,))
    process.start()
    process.join()
    pipe.send((os.getppid(), "decimal" in sys.modules))

if __name__ == "__main__":
    watch_nursery.LIBRARIES = "decimal"
    address = watch_nursery.open_nursery()
    ours, theirs = Pipe()
    process = ForkServerContext().Process(target=child, args=(address, theirs))
    process.start()
    print(ours.recv(), ours.recv())
    process.join()
    watch_nursery.close_nursery()
"""


def test_all_are_born_in_one_place(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "births.py").write_text(BIRTHS)
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    told = subprocess.run(
        [sys.executable, str(tmp_path / "births.py")], capture_output=True, text=True, env=environment, check=True
    )
    first, second = told.stdout.replace(") (", ")|(").strip().split("|")
    assert first == second
    assert first.endswith("True)")
    assert told.stderr == ""
