"""The page that a preview serves: the gallery, with a script that only the preview adds."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from look.look import LANGUAGES
from look.words import WordsError, load_words
from pipeline.pages import GALLERY
from pipeline.rooms import ROOT

SCRIPT = ROOT / "web" / "watch.js"
WORDS = ("drawing", "kept", "lost", "first")
EMPTY = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>convscan</title>'
    "<style>:root { color-scheme: light dark; font: 1.2rem system-ui, sans-serif } main { margin: 20vh 10vw }</style>"
    "<body><main></main></body></html>"
)
"""Until something was drawn."""


_said: dict[str, dict[str, str]] = {}
"""The script's words in each language, as they last could be read."""


def watched_page(out: Path, version: int) -> str:
    """The gallery of `out` with the script, which is told its `version`. What is in the folder stays as it is."""
    try:
        page = (out / GALLERY).read_text(encoding="utf-8")
    except FileNotFoundError:
        page, version = EMPTY, 0  # what the script takes for no page at all
    for lang in LANGUAGES:
        with suppress(WordsError):  # the page tells of it, in the words of before
            _said[lang] = {word: load_words(lang)(f"watch.{word}") for word in WORDS}
    words = {lang: _said.get(lang, dict.fromkeys(WORDS, "")) for lang in LANGUAGES}
    # In a script, nothing of what is put in may end it.
    settings = json.dumps({"version": version, "words": words}).replace("<", "\\u003c")
    # By its digest the script knows whether what it fetches is the page that it stands in: a folder may be a build
    # ahead of the version that is told.
    digest = sha256(page.encode()).hexdigest()
    code = SCRIPT.read_text(encoding="utf-8").replace("SETTINGS", settings, 1)
    script = f'<script id="watch-script" data-digest="{digest}">{code}</script>'
    head, body, rest = page.rpartition("</body>")
    return f"{head}{script}{body}{rest}" if body else page + script
