"""The lock names packages and hashes and nothing else, and agrees with pyproject.toml and install.sh."""

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ["requirements.txt", "requirements-build.txt"]
REQUIREMENT = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def strays(lock: str) -> list[str]:
    """The lines that are neither a pinned requirement, a hash nor a comment without an address."""
    return [
        line
        for line in lock.splitlines()
        if not REQUIREMENT.fullmatch(line)
        and not HASH.fullmatch(line)
        and not (line.lstrip().startswith("#") and "/" not in line)
    ]


def pinned(lock: str) -> dict[str, tuple[str, str]]:
    """Name -> (version, marker); a name twice is an error."""
    found = [match.group("name", "version", "marker") for match in REQUIREMENT.finditer(lock)]
    assert len({name for name, _, _ in found}) == len(found), "a package is pinned to two versions"
    return {name: (version, marker or "") for name, version, marker in found}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_and_hashes_only(checkout: Path, name: str) -> None:
    lock = (checkout / name).read_text()
    assert strays(lock) == []
    assert len(pinned(lock)) > 5
    assert re.findall(r"== ?\S+[^\\]*\\\n(?!    --hash)", lock) == [], "a pin without a hash"


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "# from https://example.org/simple",
        "numpy>=2 \\",
        "numpy @ file:///srv/numpy.whl \\",
        "--find-links wheels",
        "    --hash=md5:abc",
    ],
)
def test_a_stray_line_is_found(line: str) -> None:
    assert strays(f"# a comment\n{line}\n") == [line]


@pytest.mark.parametrize("name", LOCKS)
def test_every_python_gets_the_same_versions(checkout: Path, name: str) -> None:
    by_python = {name for name, (_, marker) in pinned((checkout / name).read_text()).items() if "python_" in marker}
    back = {"audioop-lts"}  # into 3.13 what it left out
    newer = {"importlib-metadata", "lazy-importer", "zipp"}  # importlib.metadata as it is from 3.12 on, for Dask
    assert by_python <= {*back, *newer, "librt"}  # the last is for CPython only


def test_what_the_project_asks_for_is_locked(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text())
    groups, extras = project["dependency-groups"], project["project"]["optional-dependencies"]
    for lock, asked in {
        "requirements.txt": [*project["project"]["dependencies"], *extras["cluster"], *groups["dev"]],
        "requirements-build.txt": groups["build"],
    }.items():
        names = {re.split(r"[^a-z0-9-]", name, maxsplit=1)[0] for name in asked}
        assert names <= pinned((checkout / lock).read_text()).keys()


def test_the_two_locks_agree(checkout: Path) -> None:
    first, second = (pinned((checkout / name).read_text()) for name in LOCKS)
    # Cython is locked for macOS in the first, and in the second in the older version that ManimPango is built with.
    assert {name for name in first.keys() & second.keys() if first[name] != second[name]} <= {"cython"}


def test_the_pythons_are_the_same_everywhere(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text())
    assert project["project"]["requires-python"] == ">=3.11,<3.14"
    assert project["tool"]["ruff"]["target-version"] == "py311"
    assert project["tool"]["mypy"]["python_version"] == "3.11"
    install = (checkout / "install.sh").read_text()
    assert "(3, 11) <= sys.version_info[:2] <= (3, 13)" in install
    assert "for name in python3 python3.13 python3.12 python3.11;" in install
