"""A trace as one JSON object, written piece by piece so that a long scan needs no memory for its text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core import Trace

MOST_NUMBERS = 30_000_000
"""More numbers than this make a file that no reader opens (about 150 MB)."""


class TooLargeError(ValueError):
    """A table that would be absurdly long; the text is one sentence."""


def json_pieces(trace: Trace) -> Iterator[str]:
    """`output_size`, `output`, `im2col_shape`, `im2col` and `steps`, nested as the lesson's own rank; integers stay so.

    The pieces joined are one JSON object and a newline: one im2col row and one step a line. A step has `index`,
    `cell`, `patch`, `products` and `value`; for a lesson of rank 2 the arrays are lists of rows, otherwise lists of
    channels. Raises TooLargeError before the first piece.
    """
    refuse_absurd(trace)
    return _pieces(trace)


def refuse_absurd(trace: Trace) -> None:
    """Raise TooLargeError when all steps of `trace` hold more than `MOST_NUMBERS` numbers."""
    height, width = trace.output_size
    channels, per_group, rows, cols = trace.kernel.shape
    numbers = height * width * rows * cols * (2 * channels * per_group + trace.input.shape[0])
    if numbers > MOST_NUMBERS:
        raise TooLargeError(
            f"{trace.lesson.name}: all steps of this lesson are {numbers:,} numbers, more than the {MOST_NUMBERS:,} "
            "that are written out; use a smaller input or a larger stride"
        )


def _pieces(trace: Trace) -> Iterator[str]:
    flat = trace.rank == 2
    im2col = trace.im2col
    output = trace.output[0] if flat else trace.output
    yield f'{{"output_size": {_json(list(trace.output_size))},\n "output": {_json(output)},\n'
    yield f' "im2col_shape": {_json(list(im2col.shape))},\n "im2col": [\n'
    yield from _lines(_json(row) for row in im2col.matrix)
    yield '],\n "steps": [\n'
    yield from _lines(_json(_step(step, flat)) for step in trace.steps)
    yield "]}\n"


def _step(step: Any, flat: bool) -> dict[str, Any]:
    return {
        "index": step.index,
        "cell": step.cell,
        "patch": step.patch[0] if flat else step.patch,
        "products": step.products[0] if flat else step.products,
        "value": step.value,
    }


def _lines(rows: Iterator[str]) -> Iterator[str]:
    between = "  "
    for row in rows:
        yield between + row
        between = ",\n  "
    yield "\n"


def _json(value: object) -> str:
    return json.dumps(value, default=_plain, allow_nan=False)


def _plain(array: Any) -> object:
    """Lists for an array and a number for a NumPy scalar; adding zero turns -0.0 into 0.0."""
    return (array + 0).tolist()
