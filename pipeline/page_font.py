"""The letters of last resort: those Chinese characters a page has, for a machine that has no Chinese font."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from io import BytesIO

from look.fonts import FAMILY, characters, font_file

FIRST = 0x2E80
"""Where the scripts of East Asia begin: what stands before, every machine has a font for."""

_UNUSED = ["BASE", "DSIG", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
_NAMES = [0, 1, 2, 13, 14]  # with the copyright and the licence, as the Open Font License asks


def font_face(text: str) -> str:
    """The `@font-face` rule of the characters that `text` has; empty if it has none.

    The family's name is no installed font's, and it stands last where it is asked for: a browser that finds the
    characters elsewhere never decodes it.
    """
    letters = frozenset(map(ord, text)) & _drawable()
    if not letters:
        return ""
    data = b64encode(_subset(letters)).decode()
    return (
        f"/* {FAMILY}, in part; SIL Open Font License 1.1, https://openfontlicense.org */\n"
        f'@font-face {{ font-family: "convscan letters"; src: url("data:font/woff;base64,{data}") format("woff"); '
        "unicode-range: U+2E80-10FFFF; }"
    )


@lru_cache(maxsize=1)
def _drawable() -> frozenset[int]:
    return frozenset(code for code in characters() if code >= FIRST)


@lru_cache(maxsize=4)
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
