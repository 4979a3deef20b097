"""Traces and what they are made of, as a notebook shows them: HTML strings, with every number out of the trace."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from core.arrays import Array
from core.html_table import beside, facts_table, heading, line, number_table, ones_at, page
from core.im2col import Im2col
from core.number_text import TIMES, number, size
from core.operation import AnyTrace
from core.patch_matrix import PatchMatrix
from core.pool_matrix import AverageMatrix, MaxMatrix
from core.pool_step import AverageStep, MaxStep
from core.scan import Scan
from core.separable_trace import SeparableTrace
from core.stamp import Stamp
from core.step import Step
from core.trace_facts import facts_of
from core.trace_sizes import size_sums
from core.trace_sums import step_sum, worked_out
from core.transpose_trace import TransposeTrace
from core.transposed_convolution import Gather
from core.window import Window

MOST_PLANES = 4
"""Channels shown of an array that has more."""

MOST_ENTRIES = 1 << 16
"""Of a patch matrix with more entries no product is shown: it would have to be computed."""


def trace_html(trace: AnyTrace) -> str:
    """Input, kernel and output with the highlighted step marked and worked out, sizes and conventions."""
    title = trace.lesson.title
    facts = facts_of(trace) | {f"{name} of the output": formula for name, formula in size_sums(trace)}
    where = ", ".join(map(str, trace.highlight.cell))
    return page(
        heading(trace.lesson.name, title["en"], title["zh"] if title["zh"] != title["en"] else ""),
        *map(beside, _pictures(trace)),
        *(line(f"output ({where}): {text}") for text in worked_out(trace)),
        facts_table(facts),
    )


def _pictures(trace: AnyTrace) -> Iterator[list[str]]:
    """The arrays of the trace, in rows: of a separable convolution a row for each stage."""
    if isinstance(trace, SeparableTrace):
        yield [*_scanned(trace.depthwise, "input"), *_planes("maps", trace.depthwise.output, _at(trace.depthwise))]
        mixing = number_table(trace.separable.pointwise, f"pointwise {size(*trace.separable.pointwise.shape)}")
        yield [mixing, *_planes("output", trace.output, _at(trace.pointwise))]
        return
    name = "input with zeros inserted" if isinstance(trace, TransposeTrace) else "input"
    yield [*_scanned(trace, name), *_planes("output", trace.output, _at(trace))]


def _scanned(trace: Scan[Window], name: str) -> Iterator[str]:
    """What the window slides over, with the border, and the weights of the first filter."""
    step = trace.highlight
    plane = trace.padded.shape[1], trace.padded.shape[2]
    rows, cols = trace.windowed.inner
    outside = ~(rows[:, None] & cols)
    marks = {"window": ones_at(plane, step.rows, step.cols), "off": outside}
    blank = outside if isinstance(step, MaxStep) else None  # it holds what stands for minus infinity
    told = name if plane == trace.input.shape[1:] or isinstance(trace.windowed, Gather) else f"{name} with its border"
    yield from _planes(told, trace.padded, marks, blank)
    if isinstance(step, Step):
        operation = step.convolution
        turned = isinstance(operation, Gather) or operation.flip
        filters = f" of {len(operation.kernel)}: the first" if len(operation.kernel) > 1 else ""
        yield from _planes(("kernel, turned by 180°" if turned else "kernel") + filters, step.weights)


def _at(trace: Scan[Window]) -> dict[str, Array]:
    step = trace.highlight
    return {"result": ones_at(trace.output_size, [step.row], [step.col])}


def _planes(
    name: str, values: Array, marks: dict[str, Array] | None = None, blank: Array | None = None
) -> Iterator[str]:
    """A table for each channel of a (C, h, w) array, of the first few."""
    for channel, plane in enumerate(values[:MOST_PLANES]):
        told = name if len(values) == 1 else f"{name}, channel {channel}"
        yield number_table(plane, f"{told}, {size(*plane.shape)}", marks, blank=blank)
    if len(values) > MOST_PLANES:
        yield line(f"… more channels: {number(len(values) - MOST_PLANES)}")


def step_html(step: Window) -> str:
    """The patch, what it is multiplied with, the products and how they come to the value."""
    where = ", ".join(map(str, step.cell))
    outside = {"off": ~step.inside}
    parts = [heading(f"{type(step).__name__} {step.index}", f"output cell ({where})", _place(step))]
    if isinstance(step, Step):
        arrays: tuple[tuple[str, Array, dict[str, Array]], ...]
        arrays = ("patch", step.patch, outside), ("weights", step.weights, {}), ("products", step.products, outside)
        for channel in range(min(len(step.patch), MOST_PLANES)):
            named = f", channel {channel}" if len(step.patch) > 1 else ""
            parts.append(beside(number_table(array[channel], name + named, marks) for name, array, marks in arrays))
    elif isinstance(step, MaxStep):
        marks = {"result": _single(step.inside.shape, *step.winner_tap), "window": step.ties, **outside}
        parts.append(beside([number_table(step.patch[0], "patch, its largest cell marked", marks, blank=~step.inside)]))
    elif isinstance(step, AverageStep):
        parts.append(beside([number_table(step.patch[0], "patch", {"off": ~step.counted})]))
    return page(*parts, line(step_sum(step)))


def _place(step: Window) -> str:
    rows, cols = (f"{number(places[0])} to {number(places[-1])}" for places in (step.input_rows, step.input_cols))
    return f"reads columns {cols}" if step.operation.line else f"reads rows {rows}, columns {cols}"


def _single(shape: tuple[int, ...], row: int, col: int) -> Array:
    return ones_at((shape[0], shape[1]), [row], [col])


def stamp_html(stamp: Stamp) -> str:
    """An input cell, the kernel that it presses onto the output, and what is added there."""
    where = ", ".join(map(str, stamp.cell))
    parts = [heading(f"Stamp {stamp.index}", f"input cell ({where}) = {number(stamp.value)}")]
    for at, (weights, products) in enumerate(zip(stamp.weights, stamp.products, strict=True)):
        if at == MOST_PLANES:
            break
        named = f", output channel {stamp.outputs.start + at}" if len(stamp.operation.bias) > 1 else ""
        added = f"{number(stamp.value)} {TIMES} kernel, added to the output{named}"
        heads = [str(row) for row in stamp.rows], [str(col) for col in stamp.cols]
        tables = (
            number_table(weights, f"kernel{named}"),
            number_table(products, added, {"off": ~stamp.inside}, heads=heads),
        )
        parts.append(beside(tables))
    return page(*parts)


def matrix_html(im2col: PatchMatrix) -> str:
    """The first rows of the matrix with the cells they stand for, and the product if there is one and it is small."""
    rows, columns = im2col.shape
    facts = {
        "rows": f"{number(rows)}, a patch for each output cell (row, column)",
        "columns": f"{number(columns)}, one for each cell of a patch (channel, row, column)",
        "blow-up": f"{number(im2col.entries)} entries, {number(im2col.blow_up)} for each input cell",
    }
    tables = [_first_patches(im2col)]
    if isinstance(im2col, Im2col | AverageMatrix) and im2col.entries <= MOST_ENTRIES:
        names = [str(tap) for tap in im2col.column], [str(channel) for channel in range(im2col.weights.shape[1])]
        tables.append(number_table(im2col.weights, f"weights {size(*im2col.weights.shape)}", heads=names))
        names = [str(im2col.cell(row)) for row in range(rows)], names[1]
        tables.append(number_table(im2col.result, f"result {size(*im2col.result.shape)}", heads=names))
    return page(heading("im2col", size(*im2col.shape)), beside(tables), facts_table(facts))


def _first_patches(im2col: PatchMatrix) -> str:
    """A row for each of the first patches; read off the padded input, for the whole matrix may be large."""
    operation = im2col.operation
    shown = list(islice(operation_cells(im2col), 12))
    rows, cols = operation.inner
    inside = np.broadcast_to(rows[:, None] & cols, im2col.padded.shape)
    values, inner = (
        np.array([operation.patches(planes)[..., row, col].ravel() for row, col in shown])
        for planes in (im2col.padded, inside)
    )
    blank = ~inner if isinstance(im2col, MaxMatrix) else None
    more = f", the first {len(shown)}" if len(shown) < im2col.shape[0] else ""
    names = [str(cell) for cell in shown], [str(tap) for tap in im2col.column]
    return number_table(
        values, f"matrix {size(*im2col.shape)}, a patch per row{more}", {"off": ~inner}, blank=blank, heads=names
    )


def operation_cells(im2col: PatchMatrix) -> Iterator[tuple[int, int]]:
    """The output cell (row, column) of each row of the matrix."""
    return (im2col.cell(row) for row in range(im2col.shape[0]))
