"""The letters of last resort: the Chinese characters of our own words, for a machine without a Chinese font.

They lie in `web/letters.woff`, a part of the font that everything else is drawn with: to make it takes as long as to
make all the pages, so `make letters` does when words were edited. What an author writes needs a font of the reader's.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from io import BytesIO

from look.fonts import FAMILY, characters, font_file
from look.words import load_words
from pipeline.rooms import ROOT

FIRST = 0x2E80
"""Where the scripts of East Asia begin: what stands before, every machine has a font for."""

FILE = ROOT / "web" / "letters.woff"

_UNUSED = ["BASE", "DSIG", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
_NAMES = [0, 1, 2, 13, 14]  # with the copyright and the licence, as the Open Font License asks


@lru_cache(maxsize=1)
def font_face() -> str:
    """The `@font-face` rule of these letters.

    The family's name is no installed font's, and it stands last where it is asked for: a browser that finds the
    characters elsewhere never decodes it.
    """
    return (
        f"/* {FAMILY}, in part; SIL Open Font License 1.1, https://openfontlicense.org */\n"
        '@font-face { font-family: "convscan letters"; '
        f'src: url("data:font/woff;base64,{b64encode(FILE.read_bytes()).decode()}") format("woff"); '
        "unicode-range: U+2E80-10FFFF; }"
    )


def our_letters() -> frozenset[int]:
    """The code points that our words need and that the font draws."""
    said = "".join(load_words("zh").messages.values())
    return frozenset(code for code in map(ord, said) if code >= FIRST) & characters()


def letters_file() -> bytes:
    """What `FILE` should be: a WOFF of `our_letters`, the same bytes each time."""
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
        chooser.populate(unicodes=sorted(our_letters()))
        chooser.subset(font)
        subset.save_font(font, file, options)
        return file.getvalue()


if __name__ == "__main__":
    FILE.write_bytes(letters_file())
