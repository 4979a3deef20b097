"""No time is trusted: files from the past and the future, and a clock set back, give the right files."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline import stamp
from pipeline.bytecode import drop_outdated_bytecode
from pipeline.plan import Request
from pipeline.rooms import ROOT
from pipeline.stamp import files_unchanged
from pipeline.store import Store
from tests.pipeline._studio import FIGURE, LESSON, Studio

YEAR = 365 * 24 * 3600
WIDER = FIGURE.replace("(4, 3)", "(5, 3)")
ASKED = {"only": ("square", "summary"), "formats": ("svg", "txt"), "langs": ("en",), "themes": ("dark",)}


def put_at(moment: float, paths: Iterable[Path]) -> None:
    """Give all files the same time."""
    for path in paths:
        if path.is_file():
            os.utime(path, (moment, moment))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def drawn(studio: Studio, store: Store) -> int:
    outcome = studio.build(*ASKED["only"], store=store, **{key: ASKED[key] for key in ("formats", "langs", "themes")})
    assert outcome.failures == ()
    return outcome.drawn


def done(studio: Studio, store: Store) -> int | None:
    return files_unchanged(Request(**ASKED), studio.out, studio.rooms, store)  # type: ignore[arg-type]


def right_files(place: Path, figure: str, lesson: str = LESSON) -> dict[str, bytes]:
    """What a studio that never saw anything else makes."""
    other = Studio(place)
    other.add_figure("square", figure)
    other.add_lesson("article", lesson)
    other.build(*ASKED["only"], formats=("svg", "txt"), langs=("en",), themes=("dark",))
    return other.files()


@pytest.mark.parametrize("moment", [0, 1, time.time() + YEAR, 2**32 + 7], ids=["1970", "1970+1s", "next-year", "2106"])
def test_an_edit_that_keeps_size_and_time_is_seen(studio: Studio, store: Store, tmp_path: Path, moment: float) -> None:
    """As when another version is copied over, with its times, or the clock says the same twice."""
    studio.add_figure("square", FIGURE)
    put_at(moment, studio.rooms.figures.parent.rglob("*"))
    assert drawn(studio, store) == 2
    assert studio.files() == right_files(tmp_path / "one", FIGURE)
    put_at(moment, [*studio.root.rglob("*"), *store.root.rglob("*")])
    assert done(studio, store) == 2
    edits = ((studio.add_figure, "square", WIDER), (studio.add_lesson, "article", LESSON.replace("1,3,2]", "1,3,3]")))
    for number, (write, name, text) in enumerate(edits):
        path = write(name, text)
        put_at(moment, [path, *(path.parent / "__pycache__").glob("*")])
        assert done(studio, store) is None
        assert drawn(studio, store) == 1 + number
        put_at(moment, studio.root.rglob("*"))
    assert studio.files() == right_files(tmp_path / "two", WIDER, edits[1][2])


@pytest.mark.parametrize("years", [-30, -1, 1, 30])
def test_a_clock_that_was_set_between_two_builds(
    studio: Studio, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    studio.add_figure("square", FIGURE)
    drawn(studio, store)
    now, moment = time.time, stamp._moment
    monkeypatch.setattr("pipeline.store.time.time", lambda: now() + years * YEAR)
    monkeypatch.setattr(stamp, "_moment", lambda: moment() + years * YEAR * 10**9)
    put_at(now() - years * YEAR, store.root.rglob("*"))
    assert done(studio, store) == 2
    assert drawn(studio, store) == 0
    studio.add_figure("square", WIDER)
    assert done(studio, store) is None
    assert drawn(studio, store) == 1
    assert studio.files() == right_files(tmp_path / "one", WIDER)
    assert done(studio, store) == 2
    shutil.rmtree(studio.out)
    assert done(studio, store) is None
    assert drawn(studio, store) == 0
    assert studio.files() == right_files(tmp_path / "two", WIDER)
    store.set_limit(0)
    assert store.usage().files == 0
    assert drawn(studio, store) == 2


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with a figure that takes its width from a file that figures share."""
    for name in ("core", "models", "look", "figures", "scenes", "pipeline", "web", "lessons", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("render.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shared = (
        FIGURE.lstrip().replace("def draw", "from figures._shared import WIDE\n\ndef draw").replace("(4,", "(WIDE,")
    )
    (tmp_path / "figures" / "square.py").write_text(shared)
    return tmp_path


def width_of_square(project: Path, *only: str) -> int:
    """Pixels, once it is built by a command of its own."""
    asked = ["--format", "svg", "--lang", "en", "--theme", "dark", "--jobs", "1", "-q", "--only", "square", *only]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "render.py", "build", *asked], cwd=project, env=environment, check=True)
    made = json.loads((project / "out/manifest.json").read_text(encoding="utf-8"))["files"]
    width: int = made["article/square.en.dark.svg"]["size"][0]
    return width


def test_a_shared_file_that_keeps_size_and_time_is_not_run_as_it_was(project: Path) -> None:
    """Python has kept its bytecode, and believes in it."""
    shared, widths = project / "figures" / "_shared.py", []
    for width in (4, 5, 6):
        shared.write_text(f'"""How wide."""\n\nWIDE = {width}\n')
        os.utime(shared, (0, 0))
        widths.append(width_of_square(project))
    assert widths == [widths[0], widths[0] * 5 // 4, widths[0] * 6 // 4]


def test_what_was_drawn_while_its_source_was_edited_is_drawn_again(project: Path) -> None:
    """The process that draws `square` has imported the shared file when `restless`, its first drawing, edits it."""
    shared = project / "figures" / "_shared.py"
    edit = "__import__('pathlib').Path(__file__).with_name('_shared.py').write_text('WIDE = 8')"
    restless = FIGURE.lstrip().replace("def draw", "from figures._shared import WIDE\n\ndef draw")
    (project / "figures" / "a_restless.py").write_text(restless.replace("fig.set_size", f"{edit}\n    fig.set_size", 1))
    shared.write_text("WIDE = 4")
    old = width_of_square(project, "--only", "a-restless")
    assert shared.read_text() == "WIDE = 8"
    assert width_of_square(project) == 2 * old


def test_bytecode_as_new_as_its_source_stays(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("x = 1\n")
    (tmp_path / "without.py").write_text("x = 1\n")
    cache = tmp_path / "__pycache__"
    cache.mkdir()
    for name in ("old", "fresh"):
        if name == "fresh":
            (tmp_path / "fresh.py").write_text("x = 1\n")
            time.sleep(0.02)
        (cache / f"{name}.{sys.implementation.cache_tag}.pyc").write_bytes(b"code")
    time.sleep(0.02)
    (tmp_path / "old.py").chmod(0o600)
    drop_outdated_bytecode([tmp_path])
    assert [path.name.partition(".")[0] for path in cache.iterdir()] == ["fresh"]
