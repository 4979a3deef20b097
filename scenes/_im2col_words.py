"""What the im2col film says in the line under the picture and in its subtitles."""

from __future__ import annotations

from core import Trace
from look import Look
from look.numbers import number, size
from look.patch_row import PatchRow
from look.phrases import DOT, blow_up, extents
from look.typesetting import Run

NAME = "im2col-build"
MOST_VALUES = 9


def opening(trace: Trace, look: Look) -> str:
    """The sizes, and how many patches there will be."""
    return look.say(
        f"{NAME}.cue.open",
        input=size(*extents(trace.input, trace)),
        kernel=size(*trace.kernel.shape[2:]),
        count=trace.im2col.shape[0],
    )


def row_landing(trace: Trace, patch: PatchRow, look: Look) -> str:
    """A patch and its row in words, with its first values."""
    values = [number(value) for value in patch.values[:MOST_VALUES]] + ["…"] * (len(patch.values) > MOST_VALUES)
    return look.say(
        f"{NAME}.cue.row",
        index=patch.index + 1,
        count=trace.im2col.shape[0],
        row=patch.cell[0],
        col=patch.cell[1],
        matrix_row=patch.index,
        values=look.say(f"{NAME}.comma").join(values),
    )


def copying(trace: Trace, source: tuple[int, int, int], look: Look) -> str:
    """How often an input cell is copied, in a sentence."""
    count = int(trace.im2col.counts[source])
    sizes = {"cells": trace.input.size, "entries": trace.im2col.entries}
    if count < 2:
        return look.say(f"{NAME}.cue.once", **sizes)
    return look.say(f"{NAME}.cue.copies", row=source[1], col=source[2], count=count, **sizes)


def copies_line(trace: Trace, count: int, shown: int, look: Look) -> list[Run]:
    """One cell, 9 copies · 81 entries from 25 cells (×3.24)."""
    values = {"entries": trace.im2col.entries, "cells": trace.input.size, "ratio": blow_up(trace)}
    cost = look.say(f"{NAME}.cost", **values)
    if count < 2:
        said = look.say(f"{NAME}.once")
    elif shown < count:
        said = look.say(f"{NAME}.copies_shown", count=count, shown=shown)
    else:
        said = look.say(f"{NAME}.copies", count=count)
    return [(said, "accent"), (DOT + cost, "muted")]


def product(trace: Trace, look: Look) -> list[Run]:
    """9×9 · 9×1 = 9×1 in the colours of its parts."""
    (rows, columns), filters = trace.im2col.shape, len(trace.kernel)
    bias = [(" + ", "muted"), (look.say("common.bias"), "accent")] if trace.bias.any() else []
    return [
        (size(rows, columns), "ink"),
        (" · ", "muted"),
        (size(columns, filters), "kernel"),
        *bias,
        (" = ", "muted"),
        (size(rows, filters), "output"),
    ]


def plain(runs: list[Run]) -> str:
    """Runs without their colours."""
    return "".join(text for text, _ in runs)


def kernel_line(trace: Trace, look: Look) -> str:
    """What becomes of the kernel, or of one for each filter."""
    shape, filters = size(*trace.im2col.weights.shape), len(trace.kernel)
    if filters == 1:
        return look.say(f"{NAME}.kernel", size=shape)
    return look.say(f"{NAME}.kernels", filters=filters, size=shape)


def flattening(trace: Trace, look: Look) -> str:
    """The same in a sentence."""
    sizes = {"kernel": size(*trace.kernel.shape[2:]), "size": size(*trace.im2col.weights.shape)}
    if len(trace.kernel) == 1:
        return look.say(f"{NAME}.cue.kernel", **sizes)
    return look.say(f"{NAME}.cue.kernels", filters=len(trace.kernel), **sizes)


def folding(trace: Trace, look: Look) -> str:
    """What becomes of the product, in a sentence."""
    values = {"product": plain(product(trace, look)), "output": size(*trace.output_size)}
    if len(trace.kernel) == 1:
        return look.say(f"{NAME}.cue.fold", **values)
    return look.say(f"{NAME}.cue.fold_many", filters=len(trace.kernel), **values)
