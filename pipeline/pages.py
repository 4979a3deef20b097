"""The pages of an output folder, made from its manifest: they are no artifacts, and no manifest names them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.aside import unwritten
from pipeline.placing import Placing
from pipeline.request_error import RequestError

GALLERY = "index.html"
VISUALIZER = "visualizer.html"
MARK = b'<meta name="generator" content="convscan">'
"""What tells a page of ours from somebody else's of the same name, which is kept."""

NAMES = (GALLERY, VISUALIZER)
"""Every page."""


def get_ready() -> None:
    """Load what the pages are made with: while others draw there is time for it, afterwards somebody waits."""
    import pipeline.gallery
    import pipeline.visualizer_page  # noqa: F401
    from pipeline.page_template import load_templates

    load_templates()


def write_pages(out: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """Make the pages of what `out` holds. `say` is told what else was found under their names, and where it is now.

    A page that is as it should be stays untouched. Raises RequestError for a manifest that cannot be read and for a
    page that cannot be written.
    """
    from pipeline.gallery import write_gallery
    from pipeline.visualizer_page import write_visualizer

    write_gallery(out, say)
    write_visualizer(out, say)


def put_page(out: Path, name: str, text: str, say: Callable[[str], None]) -> None:
    """Put the page `name` into `out`. Raises RequestError."""
    path, data = out / name, text.encode()
    assert MARK in data, f"{name} does not say whose page it is"
    try:
        there = path.read_bytes() if path.is_file() else b""
        if there != data:
            Placing(out, {name} if MARK in there else set(), None, say).put(name, data)
    except OSError as error:
        raise RequestError(f"{unwritten(path, error)}.") from error
