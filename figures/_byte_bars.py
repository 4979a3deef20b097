"""Bars from the bytes of an input to those of its patch matrix, for well-known layers, on one logarithmic scale."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log2

from core.patch_cost import KNOWN_LAYERS, KnownLayer
from figures._page import BODY, LEAST, SMALL, Box, Page
from look import Look
from look.numbers import factor, number, size
from look.phrases import DOT, pair

NAME = "im2col-memory"
UNITS = ("B", "KiB", "MiB", "GiB")
THICK = 15.0  # of a bar
BESIDE = 8.0  # from a bar's end to its bytes
VALUE = 70.0  # room for bytes at either side of the scale
FACTOR = 62.0  # room for the factors at the right
TICKS = 4  # octaves from one tick to the next


def in_bytes(count: int) -> str:
    """A number of bytes in the largest unit of which there is at least one.

    >>> in_bytes(100), in_bytes(12845056)
    ('100 B', '12.2 MiB')
    """
    power = min(len(UNITS) - 1, int(log2(count)) // 10) if count else 0
    return f"{number(count / 1024**power, 3)} {UNITS[power]}"


@dataclass(frozen=True)
class Scale:
    """Octaves of bytes from `first` to `last` over page x from `left` to `right`: as many pixels for every doubling."""

    first: int
    last: int
    left: float
    right: float

    def x(self, count: int) -> float:
        """The place of a number of bytes."""
        return self.left + (log2(count) - self.first) / (self.last - self.first) * (self.right - self.left)


def draw_byte_bars(page: Page, box: Box, names: float) -> None:
    """A row for each known layer; `names` is the width of the column of their names."""
    left, top, right, bottom = box
    each = (bottom - 34 - top) / len(KNOWN_LAYERS)
    counts = [count for known in KNOWN_LAYERS for count in (known.cost.input_bytes, known.cost.matrix_bytes)]
    scale = Scale(floor(log2(min(counts))), ceil(log2(max(counts))), left + names + VALUE, right - FACTOR - VALUE)
    _draw_ticks(page, scale, top, bottom - 30)
    for index, known in enumerate(KNOWN_LAYERS):
        y = top + (index + 0.5) * each
        _draw_name(page, known, left, y, names)
        _draw_bar(page, known, scale, y)
        times = page.look.say(f"{NAME}.times", ratio=factor(known.cost.blow_up))
        page.text(right, y, times, BODY, "kernel", anchor="right", bold=True)


def _draw_ticks(page: Page, scale: Scale, top: float, bottom: float) -> None:
    for octave in range(-(-scale.first // TICKS) * TICKS, scale.last + 1, TICKS):
        x = scale.x(2**octave)
        page.line([(x, top), (x, bottom)], "grid", 1.0, zorder=0.5)
        page.text(x, bottom + 16, in_bytes(2**octave), LEAST, "muted")


def _draw_name(page: Page, known: KnownLayer, left: float, y: float, names: float) -> None:
    look, (rows, cols) = page.look, known.cost.axes
    end = page.text(left, y - 10, known.network, SMALL, anchor="left", bold=True)[2]
    extents = size(known.cost.channels, rows.input, cols.input)
    page.text(end + 10, y - 10, extents, LEAST, "muted", anchor="left", max_width=left + names - end - 14)
    said = [
        look.say("common.conventions.kernel", size=size(rows.kernel, cols.kernel)),
        look.say("common.conventions.stride", value=pair((rows.stride, cols.stride))),
    ]
    page.text(left, y + 11, DOT.join(said), LEAST, "muted", anchor="left", max_width=names - 4)


def _draw_bar(page: Page, known: KnownLayer, scale: Scale, y: float) -> None:
    """From the input's mark to the matrix's; only the input's where both are alike."""
    start, end = scale.x(known.cost.input_bytes), scale.x(known.cost.matrix_bytes)
    if end > start:
        page.rect(start, y - THICK / 2, end - start, THICK, fill=page.look.cell("kernel", 0.9), radius=3)
    for x, role in ((end, "kernel"), (start, "input")):
        page.rect(x - 3, y - THICK / 2 - 4, 6, THICK + 8, fill=role, radius=2, zorder=2)
    _draw_value(page, start - BESIDE, y, known.cost.input_bytes, "input", "right")
    _draw_value(page, end + BESIDE, y, known.cost.matrix_bytes, "kernel", "left")


def _draw_value(page: Page, x: float, y: float, count: int, role: str, anchor: str) -> None:
    """Bytes, with the lines of the scale kept out of them."""
    left, top, right, bottom = page.text(x, y, in_bytes(count), LEAST, role, anchor=anchor)
    page.rect(left - 3, top - 2, right - left + 6, bottom - top + 4, fill="background", zorder=0.7)


def told(look: Look) -> list[str]:
    """The known layers in words, for alt text."""
    return [
        look.say(
            f"{NAME}.alt_layer",
            network=known.network,
            kernel=size(*(axis.kernel for axis in known.cost.axes)),
            stride=pair((known.cost.axes[0].stride, known.cost.axes[1].stride)),
            input=in_bytes(known.cost.input_bytes),
            matrix=in_bytes(known.cost.matrix_bytes),
            ratio=factor(known.cost.blow_up),
        )
        for known in KNOWN_LAYERS
    ]
