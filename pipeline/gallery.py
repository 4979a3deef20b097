"""The gallery, `index.html`: every artifact of every lesson that an output folder holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from look.look import LANGUAGES
from pipeline.gallery_shelf import Piece, read_shelves
from pipeline.manifest import TOOL, read_lessons, read_manifest
from pipeline.page_template import fill
from pipeline.pages import GALLERY, put_page


def write_gallery(out: Path, say: Callable[[str], None]) -> None:
    """Write the gallery of what `out` holds. Raises RequestError."""
    shelves = read_shelves(out, read_manifest(out), read_lessons(out))
    named = shelves[0].title if len(shelves) == 1 else {}
    titles = {lang: " · ".join(filter(None, (named.get(lang), TOOL))) for lang in LANGUAGES}
    values = {"shelves": shelves, "titles": titles, "place": place_of}
    put_page(out, GALLERY, fill("gallery.html.j2", values), say)


def place_of(piece: Piece, at: int, count: int) -> str:
    """How much room piece `at` of `count` of its kind has: wide, or half the page.

    Films open with a wide one; figures come in a rhythm of one and two; a table is as wide as its columns want, and
    cards are shown in their own size.
    """
    if piece.kind == "card":
        return "wide"
    if piece.kind == "table":
        return "wide" if piece.excerpt and piece.excerpt.wide else "half"
    if piece.kind == "film":
        alone = at == count - 1 and count % 2 == 0
        return "wide" if at == 0 or alone else "half"
    alone = at == count - 1 and at % 3 == 1
    return "wide" if at % 3 == 0 or alone else "half"
