"""The rooms keep to themselves: who imports whom, what a drawing may not spell out, how files are named and sized."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = {
    "core": set[str](),
    "models": {"core"},
    "look": {"core"},
    "figures": {"core", "look"},
    "scenes": {"core", "look"},
    "pipeline": {"core", "models", "look", "figures", "scenes"},
    "render": {"pipeline", "core"},
}
DRAWING = {"manim", "manimpango", "matplotlib", "mpl_toolkits", "cairo", "pyplot"}
THEIRS_NOT = {
    "models": DRAWING,
    "look": DRAWING,
    "figures": {"manim"},
    "scenes": {"matplotlib"},
    "render": {*DRAWING, "typst", "av"},
}
MODEL_FORMATS = {"onnx", "google"}
"""What only `models` reads files with; protocol buffers are Google's."""
HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
HUES = "WHITE|BLACK|GR[AE]Y|RED|GREEN|BLUE|YELLOW|ORANGE|PURPLE|PINK|TEAL|GOLD|MAROON"
NAMED_COLOUR = re.compile(rf"(?:PURE_|LIGHTE?R?_|DARKE?R?_)?(?:{HUES})(?:_[A-E]|_BROWN)?")  # as Manim names them
VAGUE = {"util", "utils", "helper", "helpers", "misc", "common", "shared", "tools", "stuff"}

Rule = Callable[[PurePath, ast.Module], Iterator[str]]


def room_of(path: PurePath) -> str:
    """The room a file is in; `render` for render.py."""
    return path.parts[0].removesuffix(".py")


def imports(path: PurePath, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and top-level package of every import, also within functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, room_of(path) if node.level else (node.module or "").split(".")[0]


def rooms_import_one_way(path: PurePath, tree: ast.Module) -> Iterator[str]:
    """`core` <- `look` <- `figures`, `scenes` <- `pipeline` <- `render.py`."""
    room = room_of(path)
    for line, package in imports(path, tree):
        if package in OURS and package not in OURS[room] | {room}:
            yield f"{path}:{line} imports {package}, and {room} may import {sorted(OURS[room]) or 'no other room'}"


def rooms_stay_light(path: PurePath, tree: ast.Module) -> Iterator[str]:
    """`core` stands on NumPy alone, and each room loads only the drawing library that is its own."""
    room = room_of(path)
    for line, package in imports(path, tree):
        allowed = sys.stdlib_module_names | {"numpy", "core"}
        foreign = THEIRS_NOT.get(room, set()) | (set() if room == "models" else MODEL_FORMATS)
        if package in foreign or (room == "core" and package not in allowed):
            yield f"{path}:{line} imports {package}"


def drawings_name_roles(path: PurePath, tree: ast.Module) -> Iterator[str]:
    """Figures and scenes say `look.window`; a colour spelled out would not follow the theme."""
    if room_of(path) not in {"figures", "scenes"}:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HEX_COLOUR.fullmatch(node.value):
            yield f"{path}:{node.lineno} spells out the colour {node.value}"
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if NAMED_COLOUR.fullmatch(name):
            yield f"{path}:{node.lineno} names the colour {name}"  # type: ignore[attr-defined]


def names_say_what(path: PurePath, tree: ast.Module) -> Iterator[str]:
    """A name such as `helpers` says nothing; a function imported from a module of its own name hides the module."""
    if VAGUE & set(path.stem.lower().strip("_").split("_")):
        yield f"{path} has a name that says nothing"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == path.stem:
            yield f"{path}:{node.lineno} defines {node.name}, which hides or is hidden by its module"


def files_say_what_they_are(path: PurePath, tree: ast.Module) -> Iterator[str]:
    """Every file opens with a docstring; for a figure or a scene it is the caption."""
    if tree.body and not ast.get_docstring(tree):
        yield f"{path} has no docstring"


RULES: list[Rule] = [
    rooms_import_one_way,
    rooms_stay_light,
    drawings_name_roles,
    names_say_what,
    files_say_what_they_are,
]


def sources(*rooms: str) -> list[Path]:
    """The Python files of these rooms, relative to the checkout."""
    found = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rooms_keep(rule: Rule) -> None:
    files = [*sources(*OURS.keys() - {"render"}), Path("render.py")]
    assert {room_of(path) for path in files} == OURS.keys()
    assert [breach for path in files for breach in rule(path, ast.parse((ROOT / path).read_bytes()))] == []


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (rooms_import_one_way, "core/a.py", "from look import Look"),
        (rooms_import_one_way, "models/a.py", "from look import Look"),
        (rooms_import_one_way, "look/a.py", "import figures._page"),
        (rooms_import_one_way, "figures/a.py", "def draw():\n    from pipeline.film import Film"),
        (rooms_import_one_way, "scenes/a.py", "from figures import _matrix"),
        (rooms_import_one_way, "pipeline/a.py", "import render"),
        (rooms_import_one_way, "render.py", "from look import Look"),
        (rooms_stay_light, "core/a.py", "import scipy.signal"),
        (rooms_stay_light, "core/a.py", "from matplotlib import pyplot"),
        (rooms_stay_light, "look/a.py", "import matplotlib as mpl"),
        (rooms_stay_light, "look/a.py", "def f():\n    import manim"),
        (rooms_stay_light, "figures/a.py", "from manim import Scene"),
        (rooms_stay_light, "scenes/a.py", "import matplotlib.pyplot"),
        (rooms_stay_light, "render.py", "import typst"),
        (rooms_stay_light, "pipeline/a.py", "def f():\n    import onnx"),
        (rooms_stay_light, "models/a.py", "from manim import Scene"),
        (drawings_name_roles, "figures/a.py", "colour = '#E69F00'"),
        (drawings_name_roles, "scenes/a.py", "colour = '#fff'"),
        (drawings_name_roles, "scenes/a.py", "square.set_fill(BLUE_E)"),
        (drawings_name_roles, "scenes/a.py", "square.set_fill(manim.WHITE)"),
        (names_say_what, "pipeline/film_utils.py", ""),
        (names_say_what, "core/_helpers.py", ""),
        (names_say_what, "core/scan.py", "def scan(): ..."),
        (files_say_what_they_are, "figures/a.py", "x = 1"),
    ],
)
def test_a_breach_is_found(rule: Rule, path: str, source: str) -> None:
    assert len(list(rule(PurePath(path), ast.parse(source)))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("core/a.py", '"""A."""\nimport math\nimport numpy as np\nfrom core.trace import Trace\nfrom . import b'),
        ("look/palette.py", '"""A."""\nink = "#000000"'),
        ("figures/a.py", '"""Row #1."""\nfrom core import Trace\nfrom figures import _page\nink = look.ink'),
        ("models/a.py", '"""A."""\nimport onnx\nfrom core import Network'),
        ("pipeline/a.py", '"""A."""\ndef f():\n    import manim\n    import scenes.b'),
        ("scenes/redden.py", '"""A."""\nfrom manim import RIGHT, Scene'),
    ],
)
def test_what_is_allowed_passes(path: str, source: str) -> None:
    assert [breach for rule in RULES for breach in rule(PurePath(path), ast.parse(source))] == []


def test_rooms_are_flat() -> None:
    assert [path for path in sources(*OURS.keys() - {"render"}) if len(path.parts) != 2] == []
    assert [path for path in sources("tests") if len(path.parts) > 3] == []


def page_sources() -> list[Path]:
    """Templates, styles and scripts of the pages, relative to the checkout."""
    found = (path for path in (ROOT / "web").rglob("*.*") if path.is_file() and path.suffix != ".woff")
    return sorted(path.relative_to(ROOT) for path in found)


def breaches_of_pages(text: str) -> list[str]:
    """Addresses of a network, and colours that would not follow the theme."""
    text = re.sub(r"https?://(www\.w3\.org|example\.org)/", "", text)
    return re.findall(r"https?://|(?<![&\w/])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b(?!-)", text)


def test_pages_stand_alone() -> None:
    files = page_sources()
    assert {path.suffix for path in files} >= {".j2", ".css", ".js"}
    found = {str(path): breaches_of_pages((ROOT / path).read_text(encoding="utf-8")) for path in files}
    assert {name: breaches for name, breaches in found.items() if breaches} == {}


@pytest.mark.parametrize(
    "text", ["src='https://cdn.example/x.js'", "color: #fff;", "fill='#E69F00'", "a { b: #10151f80 }"]
)
def test_a_page_that_does_not_is_found(text: str) -> None:
    assert len(breaches_of_pages(text)) == 1


def test_files_stay_small() -> None:
    files = [
        *sources(*OURS, "tests", "bench"),
        *page_sources(),
        *map(Path, ("render.py", "install.sh", "Makefile")),
    ]
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("import core", {"matplotlib", "manim", "typst", "click", "scipy", "onnx"}),
        ("import models.onnx_file", {"onnx", "matplotlib", "manim", "click"}),
        ("import look", {"matplotlib", "manim", "scipy"}),
        ("import runpy; runpy.run_path('render.py')", {"matplotlib", "manim", "typst", "av", "scipy"}),
    ],
)
def test_a_fresh_interpreter_stays_light(code: str, heavy: set[str]) -> None:
    assert heavy & loaded_by(code) == set()


@pytest.mark.parametrize("arguments", ["--help", "list", "list --json", "build --help", "field --help", "--version"])
def test_a_quick_command_stays_light(arguments: str) -> None:
    code = f"""if True:
        import runpy, sys
        sys.argv = ["render.py", *{arguments.split()}]
        try:
            runpy.run_path("render.py", run_name="__main__")
        except SystemExit as end:
            assert not end.code, end.code"""
    assert {"matplotlib", "manim", "typst", "av", "scipy", "onnx"} & loaded_by(code) == set()


def test_what_is_loaded_is_seen() -> None:
    assert "colorsys" in loaded_by("import colorsys")


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has after `code`, run in the checkout."""
    report = "\nimport sys; print('loaded:', *{name.split('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code + report], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.splitlines()[-1].removeprefix("loaded: ").split())
