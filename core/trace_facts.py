"""A lesson in facts, for a reader: what is scanned with what, and what comes out."""

from __future__ import annotations

from core.arrays import Array
from core.convolution import Convolution
from core.number_text import number, size
from core.operation import AnyTrace
from core.pool_trace import AveragePoolTrace
from core.pooling import AveragePool, MaxPool, Pool
from core.separable_trace import SeparableTrace
from core.trace_cells import Author, author_of, extents, place, sides
from core.transpose_trace import TransposeTrace
from core.transposed_convolution import TransposedConvolution
from core.windowed import Windowed

SIDES, ENDS = ("top", "left", "bottom", "right"), ("left", "right")


def facts_of(trace: AnyTrace) -> dict[str, str]:
    """Names and values, in the order in which they are best read."""
    first, last = trace.stages if isinstance(trace, SeparableTrace) else (trace, trace)
    scan, operation = first.windowed, author_of(trace)
    facts = {"input": size(*extents(first.input.shape, scan)), **_window(operation, scan)}
    if isinstance(trace, SeparableTrace):
        facts["pointwise"] = f"{size(*trace.separable.pointwise.shape)}, after the kernel, on its maps"
    facts["stride"] = size(*place(operation.stride, scan))
    facts["padding"] = _padding(operation, scan)
    if isinstance(operation, TransposedConvolution):
        facts["output padding"] = size(*place(operation.output_padding, scan))
    facts["dilation"] = size(*place(operation.dilation, scan))
    if isinstance(operation, Pool):
        facts["rounding"] = "up (ceil_mode)" if operation.ceil_mode else "down"
    else:
        facts["groups"] = number(operation.groups)
    facts["output"] = size(*extents((len(trace.output), *trace.output_size), last.windowed))
    if isinstance(trace, TransposeTrace):
        facts["zeros inserted"] = f"{size(*extents(trace.padded.shape, scan))}, with the border that is scanned"
    if isinstance(trace, SeparableTrace):
        facts["steps"] = f"{number(len(first.steps))} + {number(len(last.steps))}"
        for name, counts in (("weights", trace.separable.weight_counts), ("products", trace.separable.product_counts)):
            facts[name] = f"{number(counts[0])}, and {number(counts[1])} of the one convolution they replace"
    else:
        by_rows = trace.lesson.im2col_layout == "rows"
        shape = trace.im2col.shape if by_rows else trace.im2col.shape[::-1]
        facts["im2col"] = size(*shape) + ("" if by_rows else ", a patch per column")
        facts["steps"] = number(len(trace.steps))
    if isinstance(trace, TransposeTrace):
        facts["stamps"] = f"{number(len(trace.stamps))}, {_range(trace.overlaps)} on an output cell and channel"
    elif isinstance(trace, AveragePoolTrace):
        facts["divisors"] = _range(trace.divisors)
    if not isinstance(trace, TransposeTrace):
        field = size(*place(trace.field.rows[-1].size, scan))
        facts["receptive field"] = f"{field}, layers: {number(len(trace.lesson.layers))}"
    return facts


def _window(operation: Author, scan: Windowed) -> dict[str, str]:
    """What moves over the input, and what becomes of what it reads."""
    if isinstance(operation, Pool):
        kept = "the largest" if isinstance(operation, MaxPool) else "the mean"
        return {"window": f"{size(*place(operation.kernel_size, scan))}, {kept} of each"}
    kernel = size(*extents(operation.kernel.shape, scan))
    if isinstance(operation, TransposedConvolution):
        return {"kernel": kernel}
    turned = "turned by 180° (true convolution)" if operation.flip else "not flipped (cross-correlation)"
    return {"kernel": f"{kernel}, {turned}"}


def _padding(operation: Author, scan: Windowed) -> str:
    """The sides that have any, and what it means."""
    cells = zip(ENDS if operation.line else SIDES, sides(operation.padding, scan), strict=True)
    told = ", ".join(f"{side} {count}" for side, count in cells if count)
    if not told:
        return "none"
    if isinstance(operation, TransposedConvolution):
        return f"{told}, cut off the output"
    if isinstance(operation, AveragePool):
        return f"{told}, {'counted' if operation.count_include_pad else 'not counted'} by the divisor"
    if isinstance(operation, Convolution) and operation.padding_mode != "zeros":
        return f"{told}, filled by {operation.padding_mode}"
    return told


def _range(counts: Array) -> str:
    least, most = int(counts.min()), int(counts.max())
    return number(least) if least == most else f"{number(least)} to {number(most)}"
