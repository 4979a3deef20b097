"""The visualizer: one page that scans what a reader types, made of the modules in `web/`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from graphlib import TopologicalSorter
from pathlib import Path, PurePosixPath

from core import Lesson, LessonError, load_any_lesson
from look.look import LANGUAGES, THEMES
from look.palette import cell
from look.words import WordsError, load_words
from pipeline.page_template import FOLDER, fill
from pipeline.pages import VISUALIZER, put_page
from pipeline.plan import USUAL_LESSON
from pipeline.rooms import ROOT
from pipeline.visualizer import LIMITS, setting_text, visualizer_address

_IMPORT = re.compile(r'^import \{ \w+(?:, \w+)* \} from "([./\w-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)
_OWN = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_KEY = re.compile(r"""["`]((?:common|visualizer|[a-z0-9]+(?:-[a-z0-9]+)+)\.[\w.]+)(["`]|\$\{)""")


def write_visualizer(out: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """Put the page into `out`. `say` is told what else was found under its name; raises RequestError.

    While no lesson is there that it could open with, the page stays as it is, and `say` is told so.
    """
    opening = opening_lesson(ROOT / "lessons")
    if opening is None:
        say(f"{VISUALIZER} stays as it is: no lesson of lessons/ is a convolution small enough to open it with.")
    else:
        put_page(out, VISUALIZER, page_text(opening), say)


def opening_lesson(folder: Path) -> Lesson | None:
    """The article's lesson; while it has a mistake or is too large for the page, the first of `folder` that is not."""
    for path in sorted(folder.glob("*.toml"), key=lambda path: (path.stem != USUAL_LESSON, path.name)):
        with suppress(LessonError):
            lesson = load_any_lesson(path)
            if isinstance(lesson, Lesson) and visualizer_address(lesson):
                return lesson
    return None


def page_text(opening: Lesson) -> str:
    """The whole page, which opens with this lesson and asks for no other file: words, colours, and one script."""
    script = joined_modules(FOLDER / "visualizer" / "main.mjs")
    data = {
        "article": setting_text(opening),
        "limits": LIMITS,
        "words": {lang: said_by(script, load_words(lang).messages) for lang in LANGUAGES},
    }
    tints = {
        theme: {role: cell(theme, role, 1) for role in ("input", "kernel", "positive", "negative")} for theme in THEMES
    }
    embedded = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    titles = {lang: load_words(lang)("visualizer.title") for lang in LANGUAGES}
    values = {"script": script, "data": embedded, "tints": tints, "titles": titles}
    return fill("visualizer/visualizer.html.j2", values)


def joined_modules(main: Path) -> str:
    """The ES modules that `main` imports, and `main` last, as the text of one: from a file, a page can import none.

    Modules import by the names they have, one line each. ValueError for any other, and where two
    have a name of their own in common.
    """
    sources: dict[Path, str] = {}
    needs: dict[Path, list[Path]] = {}
    waiting = [main.resolve()]
    while waiting:
        path = waiting.pop()
        sources[path] = path.read_text(encoding="utf-8")
        needs[path] = [(path.parent / PurePosixPath(found)).resolve() for found in _IMPORT.findall(sources[path])]
        waiting += [module for module in needs[path] if module not in sources]
    owners: dict[str, Path] = {}
    for path, source in sources.items():
        for name in _OWN.findall(_EXPORT.sub("", source)):
            if name in owners:
                raise ValueError(f"{path.name} and {owners[name].name} both have a {name!r}: rename one of them")
            owners[name] = path
    texts = {path: _EXPORT.sub("", _IMPORT.sub("", source)) for path, source in sources.items()}
    for path, text in texts.items():
        if odd := re.search(r"^(?:import|export)\b.*", text, re.MULTILINE):
            raise ValueError(f"{path.name} says {odd[0]!r}: write imports and exports as the other modules do")
    return "\n".join(texts[path] for path in TopologicalSorter(needs).static_order())


def said_by(script: str, messages: Mapping[str, str]) -> dict[str, str]:
    """Those of `messages` that the script asks for by name, or by how it begins. WordsError for an unknown name."""
    asked = set(_KEY.findall(script))
    whole = {key for key, end in asked if end != "${"}
    begun = tuple(key for key, end in asked if end == "${")
    if missing := whole - messages.keys():
        raise WordsError(f"web/visualizer: no message {', '.join(sorted(missing))}")
    return {key: text for key, text in messages.items() if key in whole or key.startswith(begun)}
