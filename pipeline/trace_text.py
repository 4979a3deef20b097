"""A trace as a page of plain text: the sizes with their formula, the output, and the highlighted step worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from core.number_text import number
from core.trace_facts import facts_of
from core.trace_sizes import size_sums
from core.trace_sums import worked_out

if TYPE_CHECKING:
    from core import AnyTrace

MOST_COLUMNS, MOST_ROWS = 16, 16
"""What fits on a screen; the rest is in `--json` and `--csv`."""


def text_lines(trace: AnyTrace) -> Iterator[str]:
    """Lines without newlines."""
    title = trace.lesson.title["en"]
    yield f"{trace.lesson.name}: {title}" + (
        f" / {trace.lesson.title['zh']}" if trace.lesson.title["zh"] != title else ""
    )
    yield ""
    for name, value in facts_of(trace).items():
        yield f"{name:<16} {value}"
    yield ""
    for name, value in size_sums(trace):
        yield f"{name:<16} {value}"
    for channel, plane in enumerate(trace.output):
        yield ""
        yield "output" if len(trace.output) == 1 else f"output, channel {channel}"
        yield from _plane(plane[:MOST_ROWS, :MOST_COLUMNS].tolist(), plane.shape)
        if channel == 3 < len(trace.output) - 1:
            yield f"  … more channels: {number(len(trace.output) - 4)}"
            break
    yield ""
    yield f"highlight at {', '.join(map(str, trace.highlight.cell))}"
    for line in worked_out(trace):
        yield "  " + line


def _plane(rows: list[list[float]], shape: Sequence[int]) -> Iterator[str]:
    texts = [[number(value) for value in row] for row in rows]
    width = max(len(text) for row in texts for text in row)
    for row in texts:
        yield "  " + "  ".join(text.rjust(width) for text in row) + ("  …" if shape[1] > MOST_COLUMNS else "")
    if shape[0] > MOST_ROWS:
        yield "  …"
