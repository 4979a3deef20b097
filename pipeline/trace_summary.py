"""A lesson in facts, for programs: sizes, settings and the highlighted value."""

from __future__ import annotations

from collections.abc import Iterable

from core import AnyTrace, Convolution, SeparableTrace, TransposedConvolution, TransposeTrace
from core.pooling import AveragePool, Pool
from core.trace_cells import author_of, extents, op_of, place, sides
from pipeline.tables import decimal


def facts_of(trace: AnyTrace) -> dict[str, str]:
    """Keys and values. What an ordinary convolution leaves out is there only where it says something."""
    first, last = trace.stages if isinstance(trace, SeparableTrace) else (trace, trace)
    scan, operation = first.windowed, author_of(trace)
    layout = trace.lesson.im2col_layout
    facts = {"lesson": trace.lesson.name}
    if op_of(first) != "conv":
        facts["op"] = op_of(first)
    facts["input"] = _by(extents(first.input.shape, scan))
    if isinstance(operation, Pool):
        facts["kernel_size"] = _by(place(operation.kernel_size, scan))
    else:
        facts["kernel"] = _by(extents(operation.kernel.shape, scan))
    if isinstance(trace, SeparableTrace):
        facts["pointwise"] = _by(trace.separable.pointwise.shape)
    facts["stride"] = _by(place(operation.stride, scan))
    facts["padding"] = ",".join(map(str, sides(operation.padding, scan)))
    if isinstance(operation, Convolution) and operation.padding_mode != "zeros":
        facts["padding_mode"] = operation.padding_mode
    if isinstance(operation, TransposedConvolution):
        facts["output_padding"] = _by(place(operation.output_padding, scan))
    facts["dilation"] = _by(place(operation.dilation, scan))
    if isinstance(operation, Pool):
        facts["ceil_mode"] = _yes(operation.ceil_mode)
    else:
        facts["groups"] = str(operation.groups)
    if isinstance(operation, AveragePool):
        facts["count_include_pad"] = _yes(operation.count_include_pad)
    if isinstance(operation, Convolution) and operation.flip:
        facts["flip"] = "true"
    facts["output_size"] = _by(place(trace.output_size, scan))
    facts["output_channels"] = str(len(trace.output))
    facts["steps"] = str(len(first.steps) + (len(last.steps) if last is not first else 0))
    if isinstance(trace, TransposeTrace):
        facts["stamps"] = str(len(trace.stamps))
    if isinstance(trace, SeparableTrace):
        facts["weights"], facts["weights_replaced"] = map(str, trace.separable.weight_counts)
        facts["products"], facts["products_replaced"] = map(str, trace.separable.product_counts)
    else:
        facts["im2col_shape"] = _by(trace.im2col.shape if layout == "rows" else trace.im2col.shape[::-1])
    if layout != "rows":
        facts["im2col_layout"] = layout
    if not isinstance(trace, TransposeTrace):
        facts["receptive_field"] = _by(place(trace.field.rows[-1].size, scan))
    facts["highlight"] = ",".join(map(str, last.highlight.cell))
    facts["highlight_value"] = decimal(last.highlight.value)
    return facts


def _by(lengths: Iterable[int]) -> str:
    return "x".join(map(str, lengths))


def _yes(flag: bool) -> str:
    return "true" if flag else "false"
