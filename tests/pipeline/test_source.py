"""The digest changes with everything that has a say in a drawing, and with nothing else."""

from pathlib import Path

import pytest

from pipeline import source
from pipeline.source import modules_used, source_digest, words_used


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of packages `one` and `two`; `one/main.py` uses two/deep.py by way of one/near.py."""
    for file, text in {
        "one/__init__.py": "",
        "one/main.py": "from one import near\nimport numpy\ndef late():\n    from two.other import thing\n",
        "one/near.py": "from .far import x\nimport two.deep as d\n",
        "one/far.py": "from one.near import y",
        "one/apart.py": "",
        "two/__init__.py": "",
        "two/deep.py": "",
        "two/other.py": "thing = 1",
        "data.toml": "a = 1",
    }.items():
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(source, "ROOT", tmp_path)
    forget()
    return tmp_path


def forget() -> None:
    for cached in (source.modules_used, source._imported, source._content):
        cached.cache_clear()


def test_imports_are_followed(project: Path) -> None:
    used = {path.relative_to(project).as_posix() for path in modules_used(project / "one/main.py")}
    assert used == {
        "one/__init__.py",
        "one/main.py",
        "one/near.py",
        "one/far.py",
        "two/__init__.py",
        "two/deep.py",
        "two/other.py",
    }


@pytest.mark.parametrize(
    ("file", "counts"),
    [("one/main.py", True), ("one/far.py", True), ("two/other.py", True), ("data.toml", True), ("one/apart.py", False)],
)
def test_what_counts(project: Path, file: str, counts: bool) -> None:
    def digest() -> str:
        forget()
        return source_digest(project / "one/main.py", ["lesson"], [project / "data.toml"])

    before = digest()
    (project / file).write_text("changed = 1")
    assert (digest() != before) == counts


def test_parts_count(project: Path) -> None:
    code = project / "one/main.py"
    assert (
        len(
            {
                source_digest(code),
                source_digest(code, ["a"]),
                source_digest(code, ["b"]),
                source_digest(code, ["a", "b"]),
            }
        )
        == 4
    )


def test_a_file_outside_the_project_counts_by_its_name(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    digests = set()
    for number in range(2):
        path = tmp_path_factory.mktemp(f"place{number}") / "figures" / "own.py"
        path.parent.mkdir()
        path.write_text("from two import deep")
        assert project / "two/deep.py" in modules_used(path)
        digests.add(source_digest(path))
    assert len(digests) == 1


def test_words_are_followed(tmp_path: Path) -> None:
    for name in ("common", "scan", "other"):
        (tmp_path / f"{name}.toml").touch()
    code = tmp_path / "figure.py"
    code.write_text('look.say("scan.step"); look.say(f"common.{key}"); "the other. one"')
    assert {path.stem for path in words_used([code], tmp_path)} == {"scan", "common"}


def test_shipped_code_is_followed() -> None:
    forget()
    names = {path.name for path in modules_used(source.ROOT / "pipeline" / "artifacts.py")}
    assert {"tables.py", "figure.py", "svg.py", "film.py", "film_renderer.py", "trace.py", "look.py"} <= names
