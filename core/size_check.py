"""The window fits, and nothing that will be computed is unreasonably large: checked before memory is spent."""

from __future__ import annotations

from math import prod

from core.limits import OUTPUT_CELLS, PADDED_CELLS, PATCH_CELLS, PRODUCTS
from core.table import Table, counted
from core.transposed_convolution import TransposedConvolution
from core.windowed import Windowed


def check_fit(table: Table, operation: Windowed, key: str = "kernel") -> None:
    """At least one window stands in the padded input. ``key`` holds the window's size."""
    for axis, cells in zip(operation.axes, ("rows", "columns"), strict=True):
        if axis.output < 1:
            window = "kernel" if key == "kernel" else "window"
            remedy = "lower dilation" if axis.dilation > 1 else f"use a smaller {window}"
            raised = f"raise padding by {-(axis.numerator // 2)} or " if key == "kernel" else ""
            raise table.error(
                key,
                f"does not fit: the {window} spans {axis.span} {cells} but the padded input has {axis.padded}: "
                f"{raised}{remedy}",
            )


def check_work(table: Table, operation: Windowed) -> None:
    """The padded input, the output, the patches and the products are within their limits."""
    axes, (outputs, height, width) = operation.axes, operation.output_shape
    channels = len(operation.input)
    padded = channels * prod(axis.padded + axis.overhang for axis in axes)
    if padded > PADDED_CELLS:
        raise table.error(
            "padding", f"makes an input of {padded:,} cells: lower it until there are at most {PADDED_CELLS:,}"
        )
    depth = operation.channels(0)
    check_counts(
        table,
        outputs * height * width,
        height * width * channels * axes[0].kernel * axes[1].kernel,
        outputs * height * width * (depth.stop - depth.start) * axes[0].kernel * axes[1].kernel,
    )


def check_spread(table: Table, operation: TransposedConvolution) -> None:
    """A transposed convolution has an output, and its stuffed input, output and products are within their limits."""
    for axis, line in zip(operation.axes, ("row", "column"), strict=True):
        if axis.output < 1:
            raise table.error(
                "padding",
                f"takes {counted(axis.before + axis.after, line)} from an output that has {axis.canvas} without it: "
                f"lower it to at most {axis.canvas - 1} on both sides together",
            )
    gather, (outputs, height, width) = operation.gather, operation.output_shape
    spread = max(
        len(operation.input) * prod(axis.padded for axis in gather.axes),
        outputs * prod(axis.canvas for axis in operation.axes),
    )
    if spread > PADDED_CELLS:
        raise table.error(
            "stride",
            f"spreads the input over {spread:,} cells: lower it or dilation until there are at most {PADDED_CELLS:,}",
        )
    taps = prod(gather.window_size)
    stamped = operation.input[0].size * outputs * taps
    check_counts(
        table,
        outputs * height * width,
        max(height * width * len(operation.input) * taps, stamped),
        outputs * height * width * gather.kernel.shape[1] * taps,
    )


def check_counts(table: Table, outputs: int, patches: int, products: int) -> None:
    """The three totals of a scan are within their limits."""
    for number, most, what in (
        (outputs, OUTPUT_CELLS, "output cells"),
        (patches, PATCH_CELLS, "cells in its patches"),
        (products, PRODUCTS, "products"),
    ):
        if number > most:
            raise table.mistake(
                f"{table.place} makes {number:,} {what}, and the most is {most:,}: "
                "use a smaller input or kernel, or a larger stride"
            )
