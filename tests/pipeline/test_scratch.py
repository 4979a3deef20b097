"""Scratch folders go with their builds; those of killed builds are swept, and those of running ones are not."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from pipeline.scratch import PREFIX, scratch_folder, sweep_abandoned
from tests.pipeline._sabotage import CHECKOUT, finish, start_build
from tests.pipeline._studio import FIGURE, Studio

HOLDS = """import time
from pipeline.scratch import scratch_folder
with scratch_folder():
    print(1, flush=True)
    time.sleep(60)
"""
SLEEPS = "import pathlib, time; pathlib.Path({note!r}).touch(); time.sleep({s})\n    fig.set_size"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's folder for temporary ones, of this test alone."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    return place


def test_it_goes_with_its_end(place: Path) -> None:
    with scratch_folder() as one, scratch_folder() as other:
        assert sorted(place.iterdir()) == sorted([one, other])
        (one / "half.mp4").touch()
    assert list(place.iterdir()) == []


def test_only_what_nobody_holds_is_swept(place: Path, tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDS], cwd=CHECKOUT, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"1\n"
    held = list(place.iterdir())
    kept = [place / "convscan-mine", place / f"{PREFIX}of-another-name", tmp_path / "target"]
    for folder in [*kept, place / f"{PREFIX}abandon1/deep"]:
        folder.mkdir(parents=True)
    (place / f"{PREFIX}abandon1/deep/film.mp4").touch()
    (place / f"{PREFIX}symlink1").symlink_to(kept[-1])
    (place / f"{PREFIX}afile000").touch()
    sweep_abandoned(place)
    names = {f"{PREFIX}symlink1", f"{PREFIX}afile000", *(path.name for path in [*held, *kept[:-1]])}
    assert {path.name for path in place.iterdir()} == names
    assert kept[-1].is_dir()
    holder.kill()
    holder.communicate()
    sweep_abandoned(place)
    assert {path.name for path in place.iterdir()} == names - {held[0].name}


def test_what_a_killed_build_leaves_the_next_one_sweeps(studio: Studio, place: Path) -> None:
    note = place.parent / "note"
    studio.add_scene("patience")
    studio.add_figure("sleeps", FIGURE.replace("fig.set_size", SLEEPS.format(note=str(note), s=60)))
    studio.add_figure("square")
    build = start_build(studio, "--only", "sleeps", "--jobs", "1", temporary=place)
    while not note.exists():
        assert build.poll() is None
        time.sleep(0.02)
    os.killpg(build.pid, signal.SIGKILL)
    build.communicate()
    assert list(place.iterdir()) != []
    code, _, errors = finish(start_build(studio, "--only", "square", "--jobs", "1", temporary=place))
    assert (code, errors) == (0, "")
    assert list(place.iterdir()) == []
