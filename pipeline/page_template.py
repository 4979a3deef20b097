"""Pages from the templates in `web/`: words in both languages, colours by role, everything that is put in escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from look.look import LANGUAGES
from look.palette import PALETTES
from look.words import load_words
from pipeline.page_font import font_face
from pipeline.rooms import ROOT
from pipeline.store import shown_size

FOLDER = ROOT / "web"
CODE = re.compile(r"`([^`]+)`")


def fill(template: str, values: Mapping[str, Any]) -> str:
    """The page that `template`, a file of `web/`, makes of `values`.

    Templates also have `languages`; `say(lang, key, **values)`, a message of the locales; `palettes`, the colours of
    both themes by role; `clock(seconds)` and `weight(bytes)`, as a reader sees them; and `typed(text)`. The page brings
    the Chinese letters of our words, for a machine that has none.
    """
    text = _templates().get_template(template).render(values)
    return text.replace("</head>", f'<style id="letters">\n{font_face()}\n</style>\n</head>', 1)


def load_templates() -> None:
    """Compile all templates now, rather than when the first page is made."""
    for name in _templates().list_templates(extensions=["j2"]):
        _templates().get_template(name)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {
        "languages": LANGUAGES,
        "palettes": PALETTES,
        "say": _say,
        "clock": clock,
        "weight": shown_size,
        "typed": typed,
    }
    return made


def _say(lang: str, key: str, /, **values: float | str) -> str:
    return load_words(lang)(key, **values)


def typed(text: str) -> Markup:
    """`text`, escaped, in which what stands between backticks is something to type."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))


def clock(seconds: float) -> str:
    """Minutes and seconds: 1:05.2."""
    minutes, tenths = divmod(round(seconds * 10), 600)
    return f"{minutes}:{tenths / 10:04.1f}"
