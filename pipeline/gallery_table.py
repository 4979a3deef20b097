"""The beginning of a table's file, to be shown on a page; the rest is in the file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

MOST_ROWS, MOST_COLUMNS = 12, 20
MOST_LINES, LONGEST_LINE = 12, 150
"""Of what is shown as text."""
MOST_NARROW = 7
"""Columns that half a page has room for."""


@dataclass(frozen=True)
class Excerpt:
    """Rows of cells under a head, or of a list of facts rows of two without a head, or lines of text.

    `more_rows` and `more_columns` are how many the file has beyond these; for text, lines.
    """

    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    more_rows: int = 0
    more_columns: int = 0

    @property
    def wide(self) -> bool:
        """Whether it wants the whole width of a page."""
        return bool(self.lines) or len(self.head) > MOST_NARROW


def read_excerpt(path: Path) -> Excerpt | None:
    """The beginning of a .csv, .txt or .json file; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            total = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
        with path.open(encoding="utf-8", newline="") as text:
            if path.suffix == ".csv":
                return _cells(list(islice(csv.reader(text), MOST_ROWS + 1)), total)
            lines = [line.rstrip("\n") for line in islice(text, MOST_ROWS * 4)]
    except (OSError, ValueError, csv.Error):
        return None
    if path.suffix == ".txt":
        return Excerpt(rows=tuple((*line.partition("=")[::2],) for line in lines), more_rows=total - len(lines))
    shown = tuple(line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + " …" for line in lines[:MOST_LINES])
    return Excerpt(lines=shown, more_rows=max(0, total - len(shown)))


def _cells(rows: list[list[str]], total: int) -> Excerpt | None:
    if not rows:
        return None
    head, *body = (tuple(row[:MOST_COLUMNS]) for row in rows)
    return Excerpt(head, tuple(body), (), max(0, total - len(rows)), max(0, len(rows[0]) - MOST_COLUMNS))
