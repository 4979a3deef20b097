"""The fonts: Noto Sans SC for Latin and Chinese alike, from a pinned package, never the machine's own."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Noto Sans SC"
MATH_FAMILY = "New Computer Modern Math"  # comes inside the typst package
PACKAGE = "pylopdf_fonts_zh_cn"
FILE = "NotoSansSC-Regular.otf"


class MissingGlyphError(ValueError):
    """A character that the font cannot draw."""


@lru_cache(maxsize=1)
def font_file() -> Path:
    """The font's file inside its installed package."""
    return Path(str(files(PACKAGE).joinpath(FILE)))


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font_file(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def check_characters(text: str) -> None:
    """Raise MissingGlyphError naming the first character of `text` that the font lacks."""
    characters = _characters()
    for character in text:
        if ord(character) not in characters and character != "\n":
            raise MissingGlyphError(
                f"the font {FAMILY} has no glyph for {character!r} (U+{ord(character):04X}) in {text!r}: "
                "write it another way"
            )
