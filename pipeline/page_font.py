"""The letters of last resort: the Chinese characters of our words and of a page, for a machine without such a font."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

from look.fonts import FAMILY, PACKAGE, characters, font_file
from look.words import load_words

if TYPE_CHECKING:
    from pipeline.store import Store

KIND = "letters"

FIRST = 0x2E80
"""Where the scripts of East Asia begin: what stands before, every machine has a font for."""

_UNUSED = ["BASE", "DSIG", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
_fonts: dict[frozenset[int], bytes] = {}
_NAMES = [0, 1, 2, 13, 14]  # with the copyright and the licence, as the Open Font License asks


def font_face(text: str) -> str:
    """The `@font-face` rule of the characters that `text` has; empty if it has none.

    With them come all those of our own words, so that most pages have the same font, which takes a while to make. The
    family's name is no installed font's, and it stands last where it is asked for: a browser that finds the characters
    elsewhere never decodes it.
    """
    if _drawable().isdisjoint(map(ord, text)):
        return ""
    data = b64encode(_font(_letters(text))).decode()
    return (
        f"/* {FAMILY}, in part; SIL Open Font License 1.1, https://openfontlicense.org */\n"
        f'@font-face {{ font-family: "convscan letters"; src: url("data:font/woff;base64,{data}") format("woff"); '
        "unicode-range: U+2E80-10FFFF; }"
    )


def get_ready(text: str, store: Store | None) -> None:
    """Have the font of a page that has no other characters than `text` at hand, from the `store` or for it."""
    letters = _letters(text)
    key = hashlib.sha256(repr([sorted(letters), *map(version, (PACKAGE, "fonttools"))]).encode()).hexdigest()
    data = store.content(store.document(KIND, key) or "") if store else None
    _fonts[letters] = data or _font(letters)
    if store and data is None:
        store.keep_document(KIND, key, store.keep(_fonts[letters]))


def _letters(text: str) -> frozenset[int]:
    ours = chain.from_iterable(load_words("zh").messages.values())
    return frozenset(map(ord, chain(ours, text))) & _drawable()


def _font(letters: frozenset[int]) -> bytes:
    if letters not in _fonts:
        _fonts[letters] = _subset(letters)
    return _fonts[letters]


@lru_cache(maxsize=1)
def _drawable() -> frozenset[int]:
    return frozenset(code for code in characters() if code >= FIRST)


def _subset(letters: frozenset[int]) -> bytes:
    """A WOFF of these code points, the same bytes each time."""
    from fontTools import subset

    options = subset.Options(
        flavor="woff",
        hinting=False,
        layout_features=[],
        drop_tables=_UNUSED,
        name_IDs=_NAMES,
        recalc_timestamp=False,
    )
    with subset.load_font(str(font_file()), options, lazy=True) as font, BytesIO() as file:
        chooser = subset.Subsetter(options)
        chooser.populate(unicodes=sorted(letters))
        chooser.subset(font)
        subset.save_font(font, file, options)
        return file.getvalue()
