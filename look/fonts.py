"""The fonts: Noto Sans SC for Latin and Chinese alike, from a pinned package, never the machine's own."""

from __future__ import annotations

import struct
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
def characters() -> frozenset[int]:
    """The code points that the font has glyphs for, from its character map (OpenType's `cmap`, in format 12)."""
    data = font_file().read_bytes()
    tables = {tag: start for tag, _, start, _ in struct.iter_unpack(">4sIII", data[12 : 12 + 16 * _short(data, 4)])}
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for _, _, offset in struct.iter_unpack(">HHI", data[cmap + 4 : cmap + 4 + 8 * _short(data, cmap + 2)]):
        at = cmap + offset
        if _short(data, at) == 12:
            (groups,) = struct.unpack_from(">I", data, at + 12)
            for first, last, _ in struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups]):
                found.update(range(first, last + 1))
    return frozenset(found)


def _short(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2])


def check_characters(text: str) -> None:
    """Raise MissingGlyphError naming the first character of `text` that the font lacks."""
    known = characters()
    for character in text:
        if ord(character) not in known and character != "\n":
            raise MissingGlyphError(
                f"the font {FAMILY} has no glyph for {character!r} (U+{ord(character):04X}) in {text!r}: "
                "write it another way"
            )
