"""The receptive fields of a network as text, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.network_errors import NetworkError
from core.node_text import HEADER, WIDEST, node_line, plain_number, plane_text, told
from core.number_text import number

if TYPE_CHECKING:
    from core import NetworkField, NodeField

CSV_HEADER = (
    "name,op,plane_h,plane_w,size_h,size_w,stride_h,stride_w,start_h,start_w,padding_h,padding_w,aligned,misaligned_at"
)


def field_json(field: NetworkField, rows: Sequence[NodeField]) -> Iterator[str]:
    """One object with `input` and `nodes`, a node a line; a stride that is no whole number is a decimal."""
    yield f'{{"input": {json.dumps(field.network.input)},\n "nodes": ['
    between = "\n  "
    for row in rows:
        node = {
            "name": row.name,
            "op": row.op,
            "size": row.size,
            "stride": [plain_number(jump) for jump in row.stride],
            "padding": row.padding,
            "aligned": row.aligned,
        }
        yield between + json.dumps(node)
        between = ",\n  "
    yield "\n]}\n"


def field_csv(rows: Iterable[NodeField]) -> Iterator[str]:
    """A header and a line for each node; what is not known is left empty."""
    yield CSV_HEADER + "\n"
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(
            [
                *(row.name, row.op, *row.plane, *row.size),
                *map(plain_number, row.stride),
                *(map(plain_number, row.start) if row.start else (None, None)),
                *(row.padding or (None, None)),
                *("yes" if row.aligned else "no", row.misaligned),
            ]
        )
        yield line.getvalue()


def network_text(field: NetworkField, rows: Sequence[NodeField]) -> Iterator[str]:
    """A table, all in cells of the picture but the planes; columns as wide as they need to be."""
    network = field.network
    yield f"{network.name}: input {told(network.input)}, {plane_text(_cells(field))}"
    yield ""
    if not rows:
        yield "No node has rows and columns."
        return
    lines = [HEADER, *(node_line(row) for row in rows)]
    widths = [min(max(len(line[at]) for line in lines), WIDEST) for at in range(len(HEADER))]
    for line in lines:
        yield "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()


def node_text(field: NetworkField, row: NodeField) -> Iterator[str]:
    """One node at length, with the exact cells that its middle unit reads."""
    facts = dict(zip(HEADER[1:], node_line(row)[1:], strict=True))
    yield told(row.name)
    for name, text in facts.items():
        yield f"  {name:<9}{text}"
    if None in row.plane or None in _cells(field):
        return
    unit = (int(row.plane[0] or 1) // 2, int(row.plane[1] or 1) // 2)
    try:
        mask = field.cells(row.name, unit)
    except NetworkError:
        yield f"  reads    unit {unit[0]}, {unit[1]}: over planes too large to be told cell by cell"
        return
    rows, cols = (np.flatnonzero(mask.any(axis=1 - axis)) for axis in (0, 1))
    if not mask.any():
        yield f"  reads    unit {unit[0]}, {unit[1]} reads nothing of the picture"
        return
    box = (int(rows[-1] - rows[0]) + 1) * (int(cols[-1] - cols[0]) + 1)
    holes = box - int(mask.sum())
    yield (
        f"  reads    unit {unit[0]}, {unit[1]}: rows {rows[0]} to {rows[-1]} and columns {cols[0]} to {cols[-1]}, "
        + (f"{number(box - holes)} of their {number(box)} cells" if holes else f"all {number(box)} cells")
    )


def notes(field: NetworkField, rows: Iterable[NodeField]) -> Iterator[str]:
    """What a reader must know to read the numbers right, a sentence each."""
    rows = list(rows)
    blamed = dict.fromkeys(row.misaligned for row in rows if row.misaligned)
    for name in list(blamed)[:3]:
        yield f"The branches that meet at {told(str(name))} look at different places; what follows is not aligned."
    unknown = next((row for row in rows if row.padding is None), None)
    if unknown:
        yield (
            f"The padding is not known from {told(unknown.name)} on: 'same' padding depends on the input's size; "
            "give --input-size H W."
        )
    others = [name for name, shape in field.network.others.items() if shape is not None and len(shape) > 1]
    if others:
        given = ", ".join(map(told, others[:3])) + (" …" if len(others) > 3 else "")
        yield f"Fields are measured on input {told(field.network.input)}; other inputs are taken as given: {given}."


def _cells(field: NetworkField) -> tuple[int | None, int | None]:
    rows, cols = field.size
    return rows, cols
