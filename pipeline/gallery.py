"""The gallery, `index.html`: every artifact of every lesson that an output folder holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.gallery_shelf import read_shelves
from pipeline.manifest import read_lessons, read_manifest
from pipeline.page_template import fill
from pipeline.pages import GALLERY, put_page


def write_gallery(out: Path, say: Callable[[str], None]) -> None:
    """Write the gallery of what `out` holds. Raises RequestError."""
    shelves = read_shelves(out, read_manifest(out), read_lessons(out))
    put_page(out, GALLERY, fill("gallery.html.j2", {"shelves": shelves}), say)
