"""Tables: the trace as CSV, JSON and plain text, for spreadsheets and for checking by program.

A table reads the trace and does no arithmetic. Its docstring's first line is its caption. Importing this module
imports no NumPy: listing tables must be instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.table_places import Places
from pipeline.trace_size import refuse_absurd

if TYPE_CHECKING:
    from core import AnyTrace, LessonField


@dataclass(frozen=True)
class Table:
    """One table: its file is `<name>.<format>`, and `write(trace)` gives its text in pieces.

    `needs` are the traits of the lessons it can be written of: see `pipeline.needs`.
    """

    name: str
    format: str
    write: Callable[[Any], Iterator[str]]
    needs: tuple[str, ...]

    @property
    def caption(self) -> str:
        """The first line of the writer's docstring."""
        return (self.write.__doc__ or "").partition("\n")[0]


def conv2d_results(trace: AnyTrace) -> Iterator[str]:
    """Every output value with its row and column, to six decimals.

    Header `row,col,value`, preceded by `channel` when the lesson has several output channels; in 1-D without `row`.
    """
    channels, line = len(trace.output), trace.lesson.convolution.line
    yield ("" if channels == 1 else "channel,") + ("" if line else "row,") + "col,value\n"
    for channel, plane in enumerate(trace.output):
        lead = "" if channels == 1 else f"{channel},"
        for row, values in enumerate(plane.tolist()):
            at = lead if line else f"{lead}{row},"
            yield "".join(f"{at}{col},{decimal(value)}\n" for col, value in enumerate(values))


def im2col(trace: AnyTrace) -> Iterator[str]:
    """The im2col matrix: one window a row, one kernel cell a column, channel-major.

    `row,col` name the window's output cell; column `c0_i1_j2` is channel 0, kernel row 1, kernel column 2. With
    `im2col_layout` "columns" it is turned: `channel,i,j`, and `r0_c1` is the window of output row 0, column 1. In 1-D
    there are no rows. Padding of a max pool, which never wins, is empty; of a transposed convolution the matrix is that
    of the gather.
    """
    from core import SeparableTrace
    from core.trace_cells import entries

    assert not isinstance(trace, SeparableTrace)  # its two stages have one each: see `TABLES`
    refuse_absurd(trace)
    matrix, operation, layout = trace.im2col, trace.windowed, trace.lesson.im2col_layout
    size, line = (len(trace.input), *operation.window_size), operation.line
    taps = Places.of(("channel", "i", "j"), "cij", size, line)
    windows = Places.of(("row", "col"), "rc", trace.output_size, line)
    leads, heads = (windows, taps) if layout == "rows" else (taps, windows)
    yield _line([*leads.names, *heads.labels])
    for lead, values in zip(leads, entries(matrix, layout), strict=True):
        yield _line([*lead, *("" if value is None else plain(value) for value in values.tolist())])


def receptive_field(trace: AnyTrace) -> Iterator[str]:
    """The receptive field after each layer, per axis: size, jump, start and padding.

    One row per depth, 0 = the input. `_h` is along rows, `_w` along columns; lengths are in input cells, `start` is the
    centre of the first unit's field, and `kernel`, `stride`, `dilation` and `ceil_mode` (yes or no) are empty for the
    input.
    """
    pairs = ("plane", "kernel", "stride", "dilation", "size", "jump", "start", "padding")
    yield _line(["depth", *(f"{name}_{axis}" for name in pairs for axis in "hw"), "ceil_mode"])
    for row in trace.field.rows:
        cells: list[str] = [str(row.depth)]
        for name in pairs:
            owner = row.layer if name in ("kernel", "stride", "dilation") else row
            pair = ("", "") if owner is None else getattr(owner, name)
            cells += [value if isinstance(value, str) else plain(value) for value in pair]
        yield _line([*cells, "" if row.layer is None else "yes" if row.layer.ceil else "no"])


def trace_object(trace: AnyTrace) -> Iterator[str]:
    """Every step of the scan as one JSON object, the same as `render.py trace --json` prints."""
    from pipeline.trace_json import json_pieces

    return json_pieces(trace)


def summary(trace: AnyTrace) -> Iterator[str]:
    """The lesson in lines of key=value: sizes, settings and the highlighted value."""
    from pipeline.trace_summary import facts_of

    for key, value in facts_of(trace).items():
        yield f"{key}={value}\n"


def network_field(field: LessonField) -> Iterator[str]:
    """The receptive field of every node of a network, the same as `render.py field --csv` prints."""
    from pipeline.field_text import field_csv

    return field_csv(field.rows)


SCAN = ("not network",)

TABLES = (
    Table("conv2d-results", "csv", conv2d_results, SCAN),
    # A separable convolution is two scans, and has a matrix for each: both are in its JSON.
    Table("im2col", "csv", im2col, (*SCAN, "not separable")),
    # What an output cell of a transposed convolution reads is no window, and differs from cell to cell.
    Table("receptive-field", "csv", receptive_field, (*SCAN, "not transposed")),
    Table("trace", "json", trace_object, SCAN),
    Table("summary", "txt", summary, SCAN),
    Table("network-field", "csv", network_field, ("network",)),
)


def table(name: str) -> Table:
    """The table called `name`."""
    return next(table for table in TABLES if table.name == name)


def decimal(value: float) -> str:
    """`value` with six decimals, and no minus sign on a zero."""
    text = f"{value:.6f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def plain(value: Any) -> str:
    """A number as Python writes it: integers without a point, no negative zero."""
    return str(value + 0 if value else 0 * abs(value))


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\n"
