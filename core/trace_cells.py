"""A trace's cells as its author counts them: without the axes that the lesson does not have, and with empty padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from core.arrays import Array
from core.convolution import Convolution
from core.operation import AnyTrace
from core.patch_matrix import PatchMatrix
from core.pool_matrix import MaxMatrix
from core.pool_step import MaxStep
from core.pool_trace import AveragePoolTrace, MaxPoolTrace
from core.pooling import AveragePool, MaxPool
from core.separable_convolution import SeparableConvolution
from core.trace import Trace
from core.transpose_trace import TransposeTrace
from core.transposed_convolution import TransposedConvolution
from core.window import Window
from core.windowed import Windowed

Author: TypeAlias = Convolution | TransposedConvolution | MaxPool | AveragePool
"""What an author's settings are about."""

OPS = {Trace: "conv", TransposeTrace: "conv_transpose", MaxPoolTrace: "max_pool", AveragePoolTrace: "avg_pool"}


def author_of(trace: AnyTrace) -> Author:
    """The operation with the author's settings: of a separable convolution its first stage."""
    operation = trace.lesson.convolution
    return operation.depthwise if isinstance(operation, SeparableConvolution) else operation


def op_of(trace: object) -> str:
    """The word for a trace's operation in a lesson."""
    return OPS[type(trace)]  # type: ignore[index]


def nested(planes: Array, operation: Windowed) -> Array:
    """(C, H, W) planes with the axes of the lesson's own: (H, W) without channels, and no H in 1-D."""
    lines = planes[:, 0] if operation.line else planes
    nested: Array = lines[0] if operation.plain else lines
    return nested


def place(pair: Sequence[int], operation: Windowed) -> list[int]:
    """[row, col], or rows and columns; in 1-D the column alone."""
    return list(pair[1:] if operation.line else pair)


def extents(shape: Sequence[int], operation: Windowed) -> list[int]:
    """The shape of planes or of a kernel, whose last two are rows and columns, as the lesson writes it."""
    return place(shape[-2:], operation) if operation.plain else [*shape[:-2], *place(shape[-2:], operation)]


def sides(padding: Sequence[int], operation: Windowed) -> list[int]:
    """[top, left, bottom, right]; in 1-D [left, right]."""
    return list(padding[1::2] if operation.line else padding)


def patch_of(step: Window) -> Array:
    """What the window reads, (Cg, kh, kw): of a max pool, None where it reads padding, which never wins."""
    return _emptied(step.patch, ~step.inside[None]) if isinstance(step, MaxStep) else step.patch


def entries(im2col: PatchMatrix, layout: str) -> Iterator[Array]:
    """The lines of the im2col matrix in one of ``core.patch_matrix.LAYOUTS``, with None as in ``patch_of``."""
    matrix = im2col.matrix if layout == "rows" else im2col.columns
    if not isinstance(im2col, MaxMatrix):
        yield from matrix
        return
    origin = im2col.origin if layout == "rows" else im2col.origin.T
    yield from (_emptied(line, cells < 0) for line, cells in zip(matrix, origin, strict=True))


def _emptied(values: Array, empty: Array) -> Array:
    """The values with None where ``empty``, and no negative zeros."""
    emptied = np.asarray(values + 0, dtype=object)
    emptied[empty] = None
    return emptied
