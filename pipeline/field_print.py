"""What `field` prints, by its format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core import LessonError, NetworkError, NetworkField
from pipeline.field_source import find_network, load
from pipeline.field_text import field_csv, field_json, network_text, node_text, notes
from pipeline.request_error import RequestError
from pipeline.rooms import Rooms


@dataclass(frozen=True)
class Printed:
    """Text for standard output in pieces, and notes to the reader, which are no part of a CSV or JSON file."""

    pieces: Iterator[str]
    notes: list[str]


def field_of(named: str, node: str | None, input_size: tuple[int, int] | None, form: str, rooms: Rooms) -> Printed:
    """The fields of a network (name or path) as `json`, `csv` or `text`, of every node or of one.

    Raises RequestError, in one sentence, for whatever the file or the question has wrong.
    """
    try:
        field = NetworkField(load(find_network(named, rooms)), input_size)
        if node is None and field.stops:
            raise NetworkError(field.stops[0].sentence(field.network.opening))
        rows = [field[node]] if node is not None else list(field.rows)
        said = list(notes(field, rows))
        if form == "json":
            return Printed(field_json(field, rows), said)
        if form == "csv":
            return Printed(field_csv(rows), said)
        lines = list(network_text(field, rows) if node is None else node_text(field, rows[0]))
    except (LessonError, NetworkError) as error:
        raise RequestError(str(error)) from error
    return Printed((f"{line}\n" for line in [*lines, *([""] if said else []), *said]), [])
