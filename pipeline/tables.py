"""Tables: the trace as CSV, JSON and plain text, for spreadsheets and for checking by program.

A table reads the trace and does no arithmetic. Its docstring's first line is its caption. Importing this module
imports no NumPy: listing tables must be instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.trace_json import json_pieces, refuse_absurd

if TYPE_CHECKING:
    from core import Trace


@dataclass(frozen=True)
class Table:
    """One table: its file is `<name>.<format>`, and `write(trace)` gives its text in pieces.

    `needs` are the traits of the lessons it can be written of: see `pipeline.needs`.
    """

    name: str
    format: str
    write: Callable[[Any], Iterator[str]]
    needs: tuple[str, ...] = ("convolution",)

    @property
    def caption(self) -> str:
        """The first line of the writer's docstring."""
        return (self.write.__doc__ or "").partition("\n")[0]


def conv2d_results(trace: Trace) -> Iterator[str]:
    """Every output value with its row and column, to six decimals.

    Header `row,col,value`, preceded by `channel` when the lesson has several output channels.
    """
    channels = len(trace.output)
    yield "row,col,value\n" if channels == 1 else "channel,row,col,value\n"
    for channel, plane in enumerate(trace.output):
        lead = "" if channels == 1 else f"{channel},"
        for row, values in enumerate(plane.tolist()):
            yield "".join(f"{lead}{row},{col},{decimal(value)}\n" for col, value in enumerate(values))


def im2col(trace: Trace) -> Iterator[str]:
    """The im2col matrix: one window a row, one kernel cell a column, channel-major.

    `row,col` name the window's output cell; column `c0_i1_j2` is channel 0, kernel row 1, kernel column 2.
    """
    refuse_absurd(trace)
    matrix = trace.im2col.matrix
    names = [f"c{channel}_i{i}_j{j}" for channel, i, j in trace.im2col.column]
    yield _line(["row", "col", *names])
    width = trace.output_size[1]
    for at, values in enumerate(matrix):
        yield _line([*map(str, divmod(at, width)), *map(plain, values.tolist())])


def receptive_field(trace: Trace) -> Iterator[str]:
    """The receptive field after each layer, per axis: size, jump, start and padding.

    One row per depth, 0 = the input. `_h` is along rows, `_w` along columns; lengths are in input cells, `start` is the
    centre of the first unit's field, and `kernel`, `stride` and `dilation` are empty for the input.
    """
    pairs = ("plane", "kernel", "stride", "dilation", "size", "jump", "start", "padding")
    yield _line(["depth", *(f"{name}_{axis}" for name in pairs for axis in "hw")])
    for row in trace.field.rows:
        cells: list[str] = [str(row.depth)]
        for name in pairs:
            owner = row.layer if name in ("kernel", "stride", "dilation") else row
            pair = ("", "") if owner is None else getattr(owner, name)
            cells += [value if isinstance(value, str) else plain(value) for value in pair]
        yield _line(cells)


def trace_object(trace: Trace) -> Iterator[str]:
    """Every step of the scan as one JSON object, the same as `render.py trace --json` prints."""
    return json_pieces(trace)


def summary(trace: Trace) -> Iterator[str]:
    """The lesson in lines of key=value: sizes, settings and the highlighted value."""
    convolution, step = trace.convolution, trace.highlight
    flat = trace.rank == 2
    facts = {
        "lesson": trace.lesson.name,
        "input": _by(trace.input.shape[1:] if flat else trace.input.shape),
        "kernel": _by(trace.kernel.shape[2:] if flat else trace.kernel.shape),
        "stride": _by(convolution.stride),
        "padding": ",".join(map(str, convolution.padding)),
        "dilation": _by(convolution.dilation),
        "groups": str(convolution.groups),
        "output_size": _by(trace.output_size),
        "output_channels": str(len(trace.output)),
        "steps": str(len(trace.steps)),
        "im2col_shape": _by(trace.im2col.shape),
        "receptive_field": _by(trace.field.rows[-1].size),
        "highlight": ",".join(map(str, step.cell)),
        "highlight_value": decimal(step.value),
    }
    for key, value in facts.items():
        yield f"{key}={value}\n"


TABLES = (
    Table("conv2d-results", "csv", conv2d_results),
    Table("im2col", "csv", im2col),
    Table("receptive-field", "csv", receptive_field),
    Table("trace", "json", trace_object),
    Table("summary", "txt", summary),
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


def _by(lengths: Iterable[int]) -> str:
    return "x".join(map(str, lengths))


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\n"
