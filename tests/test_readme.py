"""Every command in the README is a real one: typed in a copy of the checkout, with the files that it says to make.

Drawing is done at draft quality; what would draw everything is only parsed, as `make test` and `make render` are.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests._readme import Section, section, sections

ROOT = Path(__file__).resolve().parents[1]
SECTIONS = sections((ROOT / "README.md").read_text())
COPIED = [
    "core",
    "figures",
    "lessons",
    "locales",
    "look",
    "models",
    "pipeline",
    "scenes",
    "web",
    "render.py",
    "pyproject.toml",
    "Makefile",
]
RECIPES = [
    "The article again",
    "One film",
    "One figure",
    "A share card",
    "The guide to convolution arithmetic",
    "A new lesson",
    "Your own arrays",
    "Other operations",
    "A new scene",
    "Receptive fields of real networks",
    "A unit deep in a network, drawn",
    "Again, and checked",
    "More than one machine",
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout of one's own, in which `python` is the Python of these tests."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path)
    (tmp_path / "bin").mkdir()
    for name in ("python", "python3"):
        # A script, not a link: through a link the interpreter would not find its virtual environment.
        (tmp_path / "bin" / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("part", SECTIONS, ids=lambda part: part.title)
def test_a_section_does_what_it_says(part: Section, copy: Path) -> None:
    for name, content in part.files.items():
        assert not (copy / name).exists(), f"{name} is there already"
        (copy / name).write_text(content)
    for command in part.commands:
        try_command(command, copy)


def try_command(command: str, copy: Path) -> None:
    """Do what a reader would do, or at least see that it could be done."""
    words = shlex.split(command)
    if words[0] == "make":
        planned = sh(f"make --dry-run --no-print-directory {words[1]}", copy)
        assert "install.sh" in planned
    elif command == ". .venv/bin/activate" or words[0] == "export":
        pass  # the copy's PATH has it already
    elif words[0] == "eval":
        completes(command, copy)
    elif words[:3] == ["python", "render.py", "build"]:
        build(words[3:], copy)
    elif words[:3] == ["python", "render.py", "watch"]:  # runs until it is stopped
        parse("watch", words[3:])
    elif words[:3] == ["python", "-m", "dask"]:  # runs until it is stopped
        known = sh(f"python -m dask {words[3]} --help", copy)
        assert all(word in known for word in words[4:] if word.startswith("--"))
    else:
        assert words[0] == "python", f"the README says to type '{command}', and this test does not know what that is"
        assert sh(command, copy) or words[1] == "-c"


def build(arguments: list[str], copy: Path) -> None:
    """Parse what draws a whole lesson; draw the rest in draft quality, and see that the files are there."""
    parsed = parse("build", arguments)
    if not parsed["only"]:
        return
    narrow = [
        f"{option} {value}" for option, value in (("--lang", "en"), ("--theme", "dark")) if option not in arguments
    ]
    sh(shlex.join(["python", "render.py", "build", *arguments, "--quality", "draft"]) + " " + " ".join(narrow), copy)
    made = json.loads((copy / "out/manifest.json").read_text())
    for name in parsed["only"]:
        files = [path for path in copy.glob("out/*/*") if path.name.startswith(f"{name}.")]
        assert files, f"no file of {name}"
        assert all(path.name in json.dumps(made) for path in files)


def parse(name: str, arguments: list[str]) -> dict[str, object]:
    """What that command of `render.py` understands of these arguments; raises click's error for what it does not."""
    from render import cli

    command = cli.commands[name]
    return command.make_context(name, list(arguments), parent=click.Context(cli, **cli.context_settings)).params


def completes(command: str, copy: Path) -> None:
    """The line for bash defines a completion, and that answers `render.py bu` with build."""
    defined = sh(f"{command}; complete -p render.py; declare -F", copy)
    assert re.search(r"complete .*-F (\w+) render\.py", defined)
    asked = {"COMP_WORDS": "render.py bu", "COMP_CWORD": "1", "_RENDER_PY_COMPLETE": "bash_complete"}
    assert sh("render.py", copy, **asked) == "plain,build\n"


def sh(command: str, copy: Path, **environment: str) -> str:
    """Run a line in bash, in the copy; its output. It must succeed."""
    path = os.pathsep.join((str(copy), str(copy / "bin"), os.environ["PATH"]))
    run = subprocess.run(
        ["bash", "-c", command],
        cwd=copy,
        env={**os.environ, "PATH": path, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"{command}\n{run.stdout}{run.stderr}"
    return run.stdout


def test_the_recipes_are_there() -> None:
    assert {"Two commands", *RECIPES, "Completion in the shell"} <= {part.title for part in SECTIONS}


def test_every_word_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split())
    assert phony == set(re.findall(r"^(\w+):.* ## \S", makefile, re.MULTILINE))


@pytest.mark.parametrize("arguments", [["--qualty", "hd"], ["--quality", "4k"], ["--lang", "de"], ["--only"]])
def test_a_wrong_build_is_found(arguments: list[str]) -> None:
    with pytest.raises(click.UsageError):
        parse("build", arguments)


@pytest.mark.parametrize(
    "command",
    [
        "make nothing",
        "python render.py lst",
        "python render.py trace nothing",
        "python -m dask worker --nothreads 1",
        "rm -rf out",
    ],
)
def test_a_wrong_command_is_found(command: str, copy: Path) -> None:
    with pytest.raises(AssertionError):
        try_command(command, copy)


def test_a_block_that_says_nothing_is_found() -> None:
    with pytest.raises(ValueError, match="neither commands"):
        section("A recipe", "```toml\ntitle = 'no name'\n```\n")
    assert section("A recipe", "```sh\nmake test   # all\n# nothing\n```\n").commands == ("make test",)
