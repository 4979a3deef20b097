"""The digest changes with everything that has a say in a drawing, and with nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import source
from pipeline.source import at_one_glance, contents_of, modules_used


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
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
    }.items():
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(source, "ROOT", tmp_path)
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    source._files.cache_clear()


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
    [("one/main.py", True), ("one/far.py", True), ("two/other.py", True), ("one/apart.py", False)],
)
def test_what_counts(project: Path, file: str, counts: bool) -> None:
    before = contents_of(modules_used(project / "one/main.py"))
    (project / file).write_text("changed = 1")
    assert (contents_of(modules_used(project / "one/main.py")) != before) == counts


def test_a_glance_takes_files_to_stay_as_they_are(project: Path) -> None:
    main = project / "one/main.py"
    before = contents_of(modules_used(main))
    with at_one_glance():
        assert contents_of(modules_used(main)) == before
        main.write_text("import two")
        with at_one_glance():
            assert contents_of(modules_used(main)) == before
    after = contents_of(modules_used(main))
    assert set(after) == {"one/main.py", "two/__init__.py"}
    assert after["one/main.py"] != before["one/main.py"]


def test_a_file_outside_the_project_counts_by_its_name(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    contents = []
    for number in range(2):
        path = tmp_path_factory.mktemp(f"place{number}") / "figures" / "own.py"
        path.parent.mkdir()
        path.write_text("from two import deep")
        assert project / "two/deep.py" in modules_used(path)
        contents.append(contents_of(modules_used(path)))
    assert contents[0] == contents[1]
    assert set(contents[0]) == {"figures/own.py", "two/__init__.py", "two/deep.py"}


NESTED = """
import a
if a: import b
elif b: import c
else: import d
for x in a:
    import e
else:
    import f
while a:
    import g
else:
    import h
try:
    import i
except ValueError:
    import j
else:
    import k
finally:
    import l
with a:
    import m
match a:
    case 1:
        import n
class C:
    import o
    async def p(self):
        async with a:
            async for y in a: import p
try:
    pass
except* ValueError:
    import q
f = lambda: (a if b else c)
"""


def test_an_import_counts_wherever_it_stands(project: Path) -> None:
    assert source._names(NESTED.encode(), ()) == frozenset("abcdefghijklmnopq")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import a.b as c, d  # why", {"a.b", "d"}),
        ("from a import (  # why\n    b,  # this, and\n    c as d,\n)", {"a", "a.b", "a.c"}),
        ("from a import b, \\\n    c; import d", {"a", "a.b", "a.c", "d"}),
        ("from . import a", {"here.there", "here.there.a"}),
        ("from .. import a", {"here", "here.a"}),
        ("from ..near import a", {"here.near", "here.near.a"}),
        ("imports = {1: important}", set()),
        ("yield from a", set()),
    ],
)
def test_every_form_of_an_import(text: str, names: set[str]) -> None:
    assert source._names(text.encode(), ("here", "there")) == names


def test_shipped_code_is_read_as_python_reads_it() -> None:
    for path in source.ROOT.glob("[clmpsf]*/*.py"):
        package = path.parent.relative_to(source.ROOT).parts
        parsed = set()
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                parsed |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
                module = f"{start}.{node.module or ''}".strip(".")
                parsed |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
        found = source._names(path.read_bytes(), package)
        assert found >= parsed, path
        assert all(not source._files(name) for name in found - parsed), path


def test_shipped_code_is_followed() -> None:
    names = {path.name for path in modules_used(source.ROOT / "pipeline" / "artifacts.py")}
    assert {"tables.py", "figure.py", "svg.py", "film.py", "film_renderer.py", "trace.py", "look.py"} <= names
