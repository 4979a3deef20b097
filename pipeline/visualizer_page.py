"""The visualizer: one page that scans what a reader types, made of the modules in `web/`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from graphlib import TopologicalSorter
from pathlib import Path, PurePosixPath

from core import load_lesson
from look.look import LANGUAGES, THEMES
from look.palette import cell
from look.words import WordsError, load_words
from pipeline.page_template import FOLDER, fill
from pipeline.pages import VISUALIZER, put_page
from pipeline.rooms import ROOT
from pipeline.visualizer import LIMITS, setting_text

_IMPORT = re.compile(r'^import \{ \w+(?:, \w+)* \} from "([./\w-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)
_OWN = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_KEY = re.compile(r"""["`]((?:common|visualizer|[a-z0-9]+(?:-[a-z0-9]+)+)\.[\w.]+)(["`]|\$\{)""")


def write_visualizer(out: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """Put the page into `out`. `say` is told what else was found under its name; raises RequestError."""
    put_page(out, VISUALIZER, page_text(), say)


def page_text() -> str:
    """The whole page, which asks for no other file: words in both languages, colours of both themes, one script."""
    script = joined_modules(FOLDER / "visualizer" / "main.mjs")
    article = load_lesson(ROOT / "lessons" / "article.toml")
    data = {
        "article": setting_text(article),
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
