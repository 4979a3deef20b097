"""Kill it, run two, take its folder away, set the clock back: a right file or none, and never a hang."""

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from pipeline.out_lock import locked
from pipeline.store import Store
from tests.pipeline._sabotage import finish, start_build
from tests.pipeline._studio import FIGURE, Studio

NAMES = ("--only", "square", "--only", "round", "--only", "trace", "--only", "summary", "--quality", "draft")
SLEEPS = FIGURE.replace(
    "fig.set_size", "import pathlib, time; pathlib.Path('{note}').touch(); time.sleep({s})\n    fig.set_size"
)


@pytest.fixture
def rooms(studio: Studio) -> Studio:
    studio.add_figure("square")
    studio.add_figure("round", FIGURE)
    return studio


def test_killed_at_any_moment_every_file_is_whole_and_the_next_build_completes(rooms: Studio, tmp_path: Path) -> None:
    rooms.build("square", "round", "trace", "summary", quality="draft")
    right = rooms.files()
    chance = random.Random(7)
    for trial in range(4):
        rooms.out = tmp_path / f"out{trial % 2}"
        build = start_build(rooms, *NAMES, "--jobs", "1", store=tmp_path / "store")
        time.sleep(chance.uniform(0.3, 2.5))
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
        there = {name: data for name, data in rooms.files().items() if not Path(name).name.startswith(".")}
        assert {name: data for name, data in there.items() if right[name] != data and name != "manifest.json"} == {}
    for number in range(2):
        rooms.out = tmp_path / f"out{number}"
        code, _, errors = finish(start_build(rooms, *NAMES, "-q", store=tmp_path / "store"))
        assert (code, errors) == (0, "")
        assert rooms.files() == right


def test_two_builds_at_once_into_one_folder(rooms: Studio, tmp_path: Path) -> None:
    rooms.build("square", "round", "trace", "summary", quality="draft")
    right = rooms.files()
    rooms.out = tmp_path / "both"
    builds = [start_build(rooms, *NAMES, "--jobs", "1") for _ in range(2)]
    ends = [finish(build) for build in builds]
    assert [(code, errors) for code, _, errors in ends] == [(0, "")] * 2
    assert rooms.files() == right
    assert sum("this one waits for its end" in output for _, output, _ in ends) == 1


def test_a_lock_goes_with_its_process(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        with locked(tmp_path, lambda: None):
            (tmp_path / "held").touch()
            time.sleep(60)
    while not (tmp_path / "held").exists():
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    waited: list[int] = []
    with locked(tmp_path, lambda: waited.append(1)):
        assert waited == []


def test_an_output_folder_deleted_under_it(studio: Studio, tmp_path: Path) -> None:
    note = tmp_path / "note"
    studio.add_figure("sleeps", SLEEPS.format(note=note, s=1))
    studio.add_figure("square")
    looks = ("--lang", "en", "--theme", "dark", "--format", "svg", "--jobs", "1")
    build = start_build(studio, "--only", "sleeps", "--only", "square", *looks)
    while not note.exists():
        assert build.poll() is None
        time.sleep(0.02)
    shutil.rmtree(studio.out)
    code, _, errors = finish(build)
    assert code == 0, errors
    assert set(studio.files()) == {"article/sleeps.en.dark.svg", "article/square.en.dark.svg", "manifest.json"}


def test_finished_files_deleted_under_it_are_told(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(studio.root)
    made = studio.made

    def take_away(job: object, result: object) -> None:
        made(job, result)  # type: ignore[arg-type]
        if len(studio.labels) == 1:
            shutil.rmtree(studio.out)

    monkeypatch.setattr(studio, "made", take_away)
    outcome = studio.build("summary", "im2col", workers=0)
    assert [(failure.label, failure.reason) for failure in outcome.failures] == [
        ("article/im2col.csv", "it was deleted from out while the build went on: build again")
    ]
    assert set(studio.manifest()) == {record.file for record in outcome.records} == {"article/summary.txt"}


def test_half_written_files_of_a_killed_build_are_swept(studio: Studio) -> None:
    (studio.out / "article").mkdir(parents=True)
    for place in (studio.out, studio.out / "article"):
        (place / ".summary.txt.ab_12345.part").touch()
        (place / ".mine.part").touch()
    studio.build("summary")
    assert set(studio.files()) == {".mine.part", "article/.mine.part", "article/summary.txt", "manifest.json"}


def test_a_full_disk_while_taking_from_the_store(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(studio.root)
    store = Store(studio.root / "store")
    studio.build("summary", "im2col", store=store)
    shutil.rmtree(studio.out)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.placing.write_aside", full)
    outcome = studio.build("summary", "im2col", store=store)
    assert [(failure.label, failure.reason) for failure in outcome.failures] == [
        (
            f"article/{name}",
            f"out/article/{name}.{form} cannot be written (No space left on device): "
            "free some space there and build again",
        )
        for name, form in (("im2col", "csv"), ("summary", "txt"))
    ]
    assert studio.files() == {}
