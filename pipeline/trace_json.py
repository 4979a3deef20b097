"""A trace as one JSON object, written piece by piece so that a long scan needs no memory for its text.

Every operation has `output_size`, `output`, `im2col_shape`, `im2col` and `steps`. Each step has `index`, `cell` and, as
`patch`, what its window reads, then what the operation makes of it, then its `value`. `op` is left out for an ordinary
convolution, as in its lesson, and `im2col_layout` for a patch per row. What differs:

| `op` | in the object | in each step |
|---|---|---|
| none | | `products` |
| `conv_transpose` | `overlaps`: stamps per output cell; `stamps` | `products`, of the gather |
| `max_pool` | `winners`: `row * W + col` of each winner | `winner` [row, col], `winner_index` |
| `avg_pool` | `divisors` of each output cell | `sum`, `divisor` |

The `steps` and `im2col` of a transposed convolution are the gather: its input with zeros inserted, scanned by the
kernel turned round. Its `stamps` are the scatter: `index`, `cell` (of the input), its `value`, the `products` pressed
on the output, and the output `rows` and `cols` they land on, of which those outside the output are cut off.

A separable convolution has `output_size`, `output`, `weight_counts` and `product_counts` (its own, and those of the one
convolution it replaces), and two such objects: `depthwise` and `pointwise`.

Lists are nested as in the lesson: an image of one plane is a list of rows, a signal one list; with channels, a list of
these. Padding of a max pool, which never wins, is null. `im2col` has a patch per row, or with `im2col_layout` "columns"
a patch per column.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from core import AnyTrace, AverageStep, MaxStep, SeparableTrace, Stamp, Step, TransposeTrace
from core.arrays import Array
from core.trace_cells import entries, nested, op_of, patch_of, place
from core.windowed import Windowed
from pipeline.trace_size import refuse_absurd


def json_pieces(trace: AnyTrace) -> Iterator[str]:
    """The object in pieces that, joined, end with a newline: one im2col line and one step a line.

    Integers stay integers. Raises TooLargeError before the first piece.
    """
    refuse_absurd(trace)
    return _pieces(trace)


def _pieces(trace: AnyTrace) -> Iterator[str]:
    yield from _separable(trace) if isinstance(trace, SeparableTrace) else _object(trace)
    yield "\n"


def _separable(trace: SeparableTrace) -> Iterator[str]:
    operation, separable = trace.pointwise.windowed, trace.separable
    yield f'{{"output_size": {_json(place(trace.output_size, operation))},\n'
    yield f' "output": {_json(nested(trace.output, operation))},\n'
    yield f' "weight_counts": {_json(separable.weight_counts)},\n "product_counts": {_json(separable.product_counts)}'
    for name, stage in (("depthwise", trace.depthwise), ("pointwise", trace.pointwise)):
        yield f',\n "{name}": '
        yield from _object(stage)
    yield "}"


def _object(trace: Any) -> Iterator[str]:
    operation, layout = trace.windowed, trace.lesson.im2col_layout
    shape = list(trace.im2col.shape)
    own = {"op": op_of(trace), "im2col_layout": layout}
    facts = {key: value for key, value in own.items() if value not in ("conv", "rows")}
    facts |= {"output_size": place(trace.output_size, operation), "output": nested(trace.output, operation)}
    for key in ("winners", "divisors", "overlaps"):
        if hasattr(trace, key):
            array = getattr(trace, key)
            facts[key] = nested(array, operation) if array.ndim == 3 else array[0] if operation.line else array
    facts["im2col_shape"] = shape if layout == "rows" else shape[::-1]
    yield "{" + ",\n ".join(f'"{key}": {_json(value)}' for key, value in facts.items()) + ",\n"
    yield from _list("im2col", (_json(line) for line in entries(trace.im2col, layout)))
    yield ",\n"
    yield from _list("steps", (_json(_step(step, operation)) for step in trace.steps))
    if isinstance(trace, TransposeTrace):
        yield ",\n"
        yield from _list("stamps", (_json(_stamp(stamp, operation)) for stamp in trace.stamps))
    yield "}"


def _step(step: Step | MaxStep | AverageStep, operation: Windowed) -> dict[str, Any]:
    facts: dict[str, Any] = {"index": step.index, "cell": step.cell, "patch": nested(patch_of(step), operation)}
    if isinstance(step, MaxStep):
        facts |= {"winner": place(step.winner, operation), "winner_index": step.winner_index}
    elif isinstance(step, AverageStep):
        facts |= {"sum": step.sum, "divisor": step.divisor}
    else:
        facts["products"] = nested(step.products, operation)
    return facts | {"value": step.value}


def _stamp(stamp: Stamp, operation: Windowed) -> dict[str, Any]:
    facts = {"index": stamp.index, "cell": stamp.cell, "value": stamp.value}
    facts["products"] = nested(stamp.products, operation)
    return facts | ({} if operation.line else {"rows": stamp.rows}) | {"cols": stamp.cols}


def _list(key: str, lines: Iterable[str]) -> Iterator[str]:
    yield f' "{key}": [\n'
    between = "  "
    for line in lines:
        yield between + line
        between = ",\n  "
    yield "\n]"


def _json(value: object) -> str:
    return json.dumps(value, default=_plain, allow_nan=False)


def _plain(array: Array) -> object:
    """Lists for an array and a number for a NumPy scalar; adding zero turns -0.0 into 0.0."""
    return array.tolist() if array.dtype == object else (array + 0).tolist()
