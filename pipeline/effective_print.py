"""What `field --effective` prints, by its format."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from core import EffectiveField, LessonError, NetworkError, NetworkField
from core.network_gradient import gradient_field
from look.network_phrases import percent
from look.numbers import number, size
from pipeline.field_print import Printed
from pipeline.field_source import find_network, load
from pipeline.request_error import RequestError
from pipeline.rooms import Rooms

CONVENTIONS = {
    "paths": "each cell counts as many paths as lead from it to the unit; feature maps count once",
    "gradient": "magnitude of the gradient; activations count as the identity, a max pool as an average",
}
LARGEST = 10**308
CSV_HEADER = "row,col,weight"


def effective_of(
    named: str, node: str | None, input_size: tuple[int, int] | None, form: str, rooms: Rooms, *, gradient: bool
) -> Printed:
    """What each cell of the picture counts for the middle unit of a node, by default the deepest.

    As `json`, `csv` or `text`. Raises RequestError, in one sentence, for whatever is wrong.
    """
    try:
        field = NetworkField(load(find_network(named, rooms)), input_size)
        if node is None and field.stops:
            raise NetworkError(field.stops[0].sentence(field.network.opening))
        name = node or field.deepest
        unit = field.middle(name)
        found = gradient_field(field, name, unit) if gradient else field.effective(name, unit)
    except (LessonError, NetworkError) as error:
        raise RequestError(str(error)) from error
    pieces = {"json": _json, "csv": _csv, "text": _text}[form]
    return Printed(pieces(found), [])


def _json(found: EffectiveField) -> Iterator[str]:
    """One object; `rows` and `cols` are the weights along each axis, which add up to 1.

    `paths` beyond `LARGEST` are text, such as 1.148×10⁶⁰², since few programs read such a number.
    """
    rows, cols = found.profiles
    facts = {
        "name": found.node,
        "unit": found.unit,
        "measure": found.measure,
        "size": found.size,
        "box": found.box,
        "effective_size": found.core_size,
        "effective_box": found.core,
        "share": found.held,
        "deviation": found.deviation,
        "cells_read": found.cells_read,
        "rows": rows.tolist(),
        "cols": cols.tolist(),
    }
    if found.measure == "paths":
        facts["paths"] = found.paths if found.paths < LARGEST else number(found.paths)
    yield json.dumps(facts, indent=1) + "\n"


def _csv(found: EffectiveField) -> Iterator[str]:
    """The weight of every cell that has any."""
    yield CSV_HEADER + "\n"
    for row, col in np.argwhere(found.weights).tolist():
        yield f"{row},{col},{found.weights[row, col].item()!r}\n"


def _text(found: EffectiveField) -> Iterator[str]:
    rows, cols = (number(round(value, 2)) for value in found.deviation)
    held = f"{size(*found.core_size)} hold {percent(found.held)}"
    facts = {
        "unit": f"{found.unit[0]}, {found.unit[1]}",
        "field": size(*found.size),
        "effective": f"{held}, {percent(found.area_share)} of the field's area",
        "deviation": rows if rows == cols else f"{rows}, {cols}",
        "reads": f"{number(found.cells_read)} cells of the picture",
    }
    if found.measure == "paths":
        facts["paths"] = number(found.paths)
    facts["weight"] = CONVENTIONS[found.measure]
    yield f"{found.node}\n"
    for name, text in facts.items():
        yield f"  {name:<11}{text}\n"
