"""Numbers as HTML tables for a notebook: plain strings, everything escaped, legible on light ground and dark.

Text takes the notebook's own colour and marks are translucent, so that no theme needs to be known. Where a style sheet
is not let through, as on a page that shows somebody else's notebook, plain tables are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import numpy as np

from core.arrays import Array, Pair
from core.number_text import number

MOST_ROWS, MOST_COLUMNS = 12, 20
"""What is shown of a larger array, around its mark if it has one."""

STYLE = """<style>
.convscan { font: 14px/1.4 system-ui, sans-serif; color: inherit; max-width: 100%; padding: 2px }
.convscan p { margin: .4em 0 } .convscan b { font-weight: 600 }
.convscan .parts { display: flex; flex-wrap: wrap; gap: 1em 1.6em; align-items: flex-start; margin: .6em 0 }
.convscan table { border-collapse: collapse; table-layout: auto; margin: 0; border: 0; font-size: 13px; color: inherit }
.convscan figure { margin: 0 } .convscan figcaption { font-size: 13px; padding: 0 0 .3em }
.convscan table tr, .convscan table tbody tr:nth-child(n), .convscan table tbody tr:nth-child(n):hover {
  background: none; border: 0; text-align: right }
.convscan table td, .convscan table th { background: none; border: 1px solid rgba(128, 128, 128, .45);
  padding: .15em .45em; min-width: 1.1em; text-align: right; font-weight: 400; font-variant-numeric: tabular-nums;
  color: inherit; white-space: nowrap; vertical-align: middle; max-width: none }
.convscan table th { border: 0; opacity: .75 } .convscan table td.corner { border: 0 }
.convscan table td.off { border-style: dashed; font-style: italic; opacity: .65 }
.convscan table td.window { background: rgba(230, 150, 0, .3); box-shadow: inset 0 0 0 1px rgb(200, 125, 0) }
.convscan table td.off.window { opacity: .8 }
.convscan table td.result { background: rgba(0, 158, 115, .3); box-shadow: inset 0 0 0 2px rgb(0, 140, 100) }
.convscan table td.result, .convscan table td.window.result { font-weight: 600 }
.convscan table.words th, .convscan table.words td { text-align: left; border: 0; padding: .1em 1.2em .1em 0 }
.convscan table.lines td, .convscan table.lines th { border: 0; border-bottom: 1px solid rgba(128, 128, 128, .3) }
.convscan table.lines td, .convscan table.lines th { text-align: left; padding-right: 1em }
.convscan .scroll { max-height: 30em; overflow: auto }
</style>"""


def page(*parts: str) -> str:
    """The parts under one another, with the style they share."""
    return f'<div class="convscan">{STYLE}{"".join(parts)}</div>'


def heading(name: str, *others: str) -> str:
    """A name in bold, and what else is to be said beside it."""
    return f"<p><b>{escape(name)}</b>" + "".join(f" · {escape(other)}" for other in others if other) + "</p>"


def line(text: str) -> str:
    """A paragraph."""
    return f"<p>{escape(text)}</p>"


def beside(tables: Iterable[str]) -> str:
    """Tables next to each other, as many as there is room for."""
    return f'<div class="parts">{"".join(tables)}</div>'


def facts_table(facts: Mapping[str, str]) -> str:
    """Names and what is to be said of each."""
    rows = (f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in facts.items())
    return f'<table class="words"><tbody>{"".join(rows)}</tbody></table>'


def lines_table(name: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Texts in columns, in a box of their own, with a name, that scrolls when there are many."""
    top = "".join(f'<th scope="col">{escape(text)}</th>' for text in header)
    rows = ("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in texts) + "</tr>" for texts in lines)
    table = f'<table class="lines"><thead><tr>{top}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}">{table}</div>'


def number_table(
    values: Array,
    caption: str,
    marks: Mapping[str, Array] | None = None,
    *,
    blank: Array | None = None,
    heads: tuple[Sequence[str], Sequence[str]] | None = None,
) -> str:
    """A (rows, cols) array as a table. ``marks`` names classes of cells: to each a bool array of the same shape.

    Cells that are ``blank`` (bool, likewise) say nothing. ``heads`` are the names of the rows and of the columns. Of a
    large array an excerpt is shown, around the first cell that is marked, and the caption says which.
    """
    marks = marks or {}
    rows, cols = excerpt(values.shape, next((mark for mark in marks.values() if mark.any()), None))
    lines = []
    if heads:
        lines.append(
            "<tr><td class='corner'></td>"
            + "".join(f'<th scope="col">{escape(heads[1][col])}</th>' for col in cols)
            + "</tr>"
        )
    for row in rows:
        name = f'<th scope="row">{escape(heads[0][row])}</th>' if heads else ""
        lines.append(f"<tr>{name}" + "".join(_cell(values, marks, blank, row, col) for col in cols) + "</tr>")
    part = _part(rows, cols, values.shape)
    return _captioned(f"<table><tbody>{''.join(lines)}</tbody></table>", escape(caption) + part)


def _captioned(table: str, caption: str) -> str:
    """Not a caption in the table, which would be stretched to its width."""
    return f"<figure><figcaption>{caption}</figcaption>{table}</figure>"


def excerpt(shape: Sequence[int], marked: Array | None) -> tuple[range, range]:
    """The rows and the columns to show: all of a small array, else so many around the first marked cell."""
    first = (0, 0)
    if marked is not None:
        row, col = np.unravel_index(int(marked.argmax()), marked.shape)
        first = int(row), int(col)
    rows, cols = (
        range(start := max(0, min(at - most // 3, length - most)), min(length, start + most))
        for at, length, most in zip(first, shape, (MOST_ROWS, MOST_COLUMNS), strict=True)
    )
    return rows, cols


def _part(rows: range, cols: range, shape: Sequence[int]) -> str:
    parts = [
        f"{name} {shown[0]} to {shown[-1]} of {length}"
        for name, shown, length in zip(("rows", "columns"), (rows, cols), shape, strict=True)
        if len(shown) < length
    ]
    return f"<br>{', '.join(parts)}" if parts else ""


def _cell(values: Array, marks: Mapping[str, Array], blank: Array | None, row: int, col: int) -> str:
    classes = " ".join(name for name, mark in marks.items() if mark[row, col])
    text = "" if blank is not None and blank[row, col] else number(values[row, col].item())
    return f'<td class="{classes}">{text}</td>' if classes else f"<td>{text}</td>"


def ones_at(shape: Pair, rows: Sequence[int], cols: Sequence[int]) -> Array:
    """A bool array that is true where these rows meet these columns."""
    marked = np.zeros(shape, bool)
    marked[np.ix_(rows, cols)] = True
    return marked
