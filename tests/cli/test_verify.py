"""`verify` finds what is not as it was built, says where, and answers with 1."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.pipeline._studio import FIGURE, LESSON, Studio

Run = Callable[..., Result]

BUILD = ("build", "-q", "--jobs", "1", "--quality", "draft", "--lang", "en", "--theme", "dark")


@pytest.fixture
def built(run: Run, studio: Studio) -> Run:
    """Everything once: a film with captions and poster, a figure, and tables."""
    studio.add_scene("patience")
    studio.add_figure("square")
    assert run(*BUILD).exit_code == 0
    return run


def test_all_is_right(built: Run, studio: Studio) -> None:
    result = built("verify")
    assert (result.exit_code, result.output) == (0, "12 files compared with the manifest: all are right\n")
    before = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*")}
    result = built("verify", "--rebuild", "--jobs", "1")
    assert (result.exit_code, result.output) == (0, "12 files built again and compared: all are right\n")
    assert {path: path.stat().st_mtime_ns for path in Path("out").rglob("*")} == before


def test_what_was_changed_by_hand_is_found(built: Run) -> None:
    table = Path("out/article/conv2d-results.csv")
    table.write_text(table.read_text().replace("1,1,-1.000000", "1,1,-2.000000"))
    Path("out/article/summary.txt").unlink()
    result = built("verify")
    assert result.exit_code == 1
    assert result.stdout == (
        "article/conv2d-results.csv is not what was built: line 6: '1,1,-1.000000' is now '1,1,-2.000000'\n"
        "article/summary.txt is missing\n"
        "12 files compared with the manifest: 2 differ\n"
    )
    built("cache", "--clear")
    assert "conv2d-results.csv is not what was built\n" in built("verify").stdout
    assert built("build", "-q", *BUILD[2:]).exit_code == 0
    assert built("verify").exit_code == 0


def test_what_comes_out_differently_is_found(built: Run, studio: Studio) -> None:
    studio.add_figure("square", FIGURE.replace("look.ink", "look.window"))
    studio.rooms.scenes.joinpath("patience.py").unlink()
    result = built("verify", "--rebuild")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    films = [
        line.partition(" ")[0] for line in lines if line.endswith("cannot be drawn again: there is no film patience")
    ]
    ends = (".en.dark.mp4", ".en.dark.png", "-chapters.en.vtt", ".en.vtt")
    assert films == [f"article/patience{end}" for end in ends]
    assert any(line.startswith("article/square.en.dark.svg comes out differently: node /svg/g[1]") for line in lines)
    assert any(line.startswith("article/square.en.dark.png comes out differently: pixel (") for line in lines)
    assert any(line.startswith("article/square.en.dark.pdf comes out differently: object ") for line in lines)
    assert lines[-1] == "12 files built again and compared: 7 differ"


def test_a_drawing_that_fails_now(run: Run, studio: Studio) -> None:
    studio.add_figure("square")
    run(*BUILD, "--only", "square", "--only", "summary")
    path = studio.add_figure("square", FIGURE.replace("fig.set_size", "1/0\n    fig.set_size"))
    result = run("verify", "--rebuild")
    where = path.relative_to(Path.cwd())
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        f"article/square.en.dark.pdf cannot be drawn again: {where}:3: ZeroDivisionError: division by zero"
    )
    assert result.stdout.splitlines()[-1] == "4 files built again and compared: 3 differ"


def test_lessons_can_be_named(run: Run) -> None:
    Path("mine.toml").write_text(LESSON)
    run(*BUILD, "--only", "summary", "article", "mine.toml")
    Path("out/article/summary.txt").write_text("mine")
    assert run("verify", "mine.toml", "--rebuild").stdout == "1 files built again and compared: all are right\n"
    assert run("verify", "article").exit_code == 1
    result = run("verify", "--rebuild")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: out/manifest.json names files of the lesson 'mine', which is not a shipped one: name the lessons to "
        "check, this one by the path of its .toml file.\n",
    )


REMEDY = "run `render.py build --out {}` first, or name another folder with --out."


@pytest.mark.parametrize("command", ["verify", "verify artcle", "verify --rebuild", "gallery"])
def test_nothing_was_built(run: Run, command: str) -> None:
    def told(out: str) -> str:
        result = run(*command.split(), "--out", out)
        assert (result.exit_code, result.stdout) == (2, "")
        return result.stderr

    assert told("out") == f"Error: There is no folder out: {REMEDY.format('out')}\n"
    assert told("my plots") == "Error: There is no folder my plots: " + REMEDY.format("'my plots'") + "\n"
    Path("out").mkdir()
    assert told("out") == f"Error: out has no manifest.json, so nothing was built there: {REMEDY.format('out')}\n"
    Path("out/manifest.json").write_text('{"tool": "convscan", "schema": 1, "files": {}}')
    assert told("out") == f"Error: out/manifest.json names no files: {REMEDY.format('out')}\n"
    Path("file").touch()
    assert told("file") == "Error: file is no folder: name another with --out.\n"
    assert told("file/out") == "Error: file/out is no folder: name another with --out.\n"
    assert sorted(path.name for path in Path.cwd().rglob("*") if "studio" not in path.parts) == [
        "file",
        "manifest.json",
        "out",
    ]


def test_a_lesson_that_was_not_built(run: Run) -> None:
    run(*BUILD, "--only", "summary")
    Path("mine.toml").write_text(LESSON)
    result = run("verify", "mine.toml")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: out/manifest.json names no files of the lesson 'mine': build it first.\n",
    )
