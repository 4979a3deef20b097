"""What `trace` prints, by its format."""

from __future__ import annotations

from collections.abc import Iterator

from core import LessonError, load_lesson, trace_of
from pipeline.plan import find_lesson
from pipeline.request_error import RequestError
from pipeline.rooms import Rooms
from pipeline.tables import conv2d_results
from pipeline.trace_json import json_pieces
from pipeline.trace_size import TooLargeError
from pipeline.trace_text import text_lines


def trace_pieces(named: str, form: str, rooms: Rooms) -> Iterator[str]:
    """The trace of a lesson (name or path) as `json`, `csv` or `text`. Raises RequestError before the first piece."""
    try:
        trace = trace_of(load_lesson(find_lesson(named, rooms)))
        if form == "json":
            return json_pieces(trace)
        return conv2d_results(trace) if form == "csv" else (f"{line}\n" for line in text_lines(trace))
    except (LessonError, TooLargeError) as error:
        raise RequestError(str(error)) from error
