"""The windows of one axis under its ruler, each a stride right of the one before, up to the first that does not fit."""

from __future__ import annotations

from itertools import pairwise

from figures._page import LEAST, Page
from figures._ruler import Ruler
from look.numbers import number

CHIP, CHIP_GAP = 34.0, 26.0  # the output cell at the left of each window, and the space to its right
TALLEST, LOWEST = 54.0, 22.0  # height of a window's line


def draw_steps(
    page: Page,
    ruler: Ruler,
    top: float,
    bottom: float,
    *,
    count: int | None = None,
    chip: str = "output",
    stops: bool = True,
) -> None:
    """Draw the windows between the heights `top` and `bottom`, and the strip that none of them reads.

    There are `count` of them, by default as many as fit. Chips at their left number what each belongs to, in the
    role `chip`. Where the last one `stops`, the one that does not fit is drawn as well.
    """
    axis = ruler.axis
    count = axis.output if count is None else count
    shown = shown_windows(ruler, int((bottom - top) / LOWEST) - stops, count)
    height = (bottom - top) / (len(shown) + stops)
    _draw_unread(page, ruler, top - 4, bottom)
    for k, at in enumerate(shown):
        y = top + k * height
        if at is None:
            for dot in (-1, 0, 1):
                page.dot(ruler.x - CHIP_GAP - CHIP / 2, y + height / 2 + dot * 7, 2, "muted")
            continue
        side = min(CHIP, height - 4)
        place = (ruler.x - CHIP_GAP - (CHIP + side) / 2, y + (height - side) / 2, CHIP, side)
        page.rect(*place, fill=page.look.cell(chip, 0.5), stroke=chip, radius=4)
        page.text(
            place[0] + CHIP / 2,
            y + height / 2,
            number(at),
            min(19.0, max(LEAST, side * 0.6)),
            "ink",
            max_width=CHIP - 4,
        )
        _draw_window(page, ruler, at, y + 3, height - 6)
    for k, (before, at) in enumerate(pairwise([*shown, count] if stops else shown)):
        if before is not None and at is not None:
            _draw_stride(page, ruler, before, at, top + (k + 1) * height + height / 2, named=height >= 36)
    if stops:
        _draw_overrun(page, ruler, top + len(shown) * height + 3, height - 6)


def steps_height(ruler: Ruler, room: float, *, count: int | None = None, stops: bool = True) -> float:
    """The height, at most `room`, that the windows of a ruler take; `count` and `stops` as of `draw_steps`."""
    count = ruler.axis.output if count is None else count
    return min(room, TALLEST * (len(shown_windows(ruler, int(room / LOWEST) - stops, count)) + stops))


def shown_windows(ruler: Ruler, room: int, output: int) -> list[int | None]:
    """Which of `output` windows to show in at most `room` lines: all, or the first and the last around a None."""
    if output <= room and all(ruler.shows(ruler.axis.taps(at)) for at in range(output)):
        return list(range(output))
    first = [at for at in range(min(room // 2, output)) if ruler.shows(ruler.axis.taps(at))]
    last = [at for at in range(max(first[-1] + 1, output - room // 2), output) if ruler.shows(ruler.axis.taps(at))]
    last = last[-(room - 1 - len(first)) :]
    return [*first, None, *last]


def _draw_window(page: Page, ruler: Ruler, at: int, y: float, height: float) -> None:
    """The cells that one window reads, in one outline; cells that dilation skips stay empty."""
    taps = ruler.axis.taps(at)
    for tap in taps:
        page.rect(ruler.left(tap), y, ruler.cell, height, fill=page.look.cell("kernel", 0.55), zorder=1.2)
    left = ruler.left(taps[0])
    page.rect(
        left, y, ruler.left(taps[-1]) + ruler.cell - left, height, stroke="window", thickness=3, radius=4, zorder=2
    )


def _draw_stride(page: Page, ruler: Ruler, before: int, at: int, y: float, *, named: bool) -> None:
    """The arrow from where the window stood to where it stands now, with the stride over it if it is `named`."""
    start = ruler.left(ruler.axis.taps(before)[0])
    end = min(ruler.left(ruler.axis.taps(at)[0]), ruler.right)
    page.line([(start, y - 12), (start, y + 3)], "muted", 1.5)
    page.arrow((start, y + 3), (end - 3, y + 3), "muted", 1.8, head=min(9.0, (end - start) * 0.6))
    if named and end - start > 30 and ruler.axis.stride != 1:
        page.text((start + end) / 2 - 2, y - 8, f"+{number(ruler.axis.stride)}", LEAST, "muted")


def _draw_overrun(page: Page, ruler: Ruler, y: float, height: float) -> None:
    """The next window, dashed, reaching past the end, and a cross where its output would be."""
    axis = ruler.axis
    left = min(ruler.left(axis.taps(axis.output)[0]), ruler.right - 0.4 * ruler.cell)
    page.rect(left, y, ruler.right - left, height, stroke="negative", thickness=2.2, dashed=True, radius=4, zorder=2)
    if ruler.end > left:
        page.rect(ruler.end, y, ruler.right - ruler.end, height, fill=page.look.cell("negative", 0.55), zorder=1.2)
    x, middle, arm = ruler.x - CHIP_GAP - CHIP / 2, y + height / 2, 8.0
    page.line([(x - arm, middle - arm), (x + arm, middle + arm)], "negative", 3)
    page.line([(x - arm, middle + arm), (x + arm, middle - arm)], "negative", 3)


def _draw_unread(page: Page, ruler: Ruler, top: float, bottom: float) -> None:
    """A pale band under each cell that no window reads, and the line where the axis ends."""
    for index in ruler.axis.unread:
        if any(first <= index < last for first, last in ruler.segments):
            left = ruler.left(index)
            corners = [(left, top), (left + ruler.cell, top), (left + ruler.cell, bottom), (left, bottom)]
            page.polygon(corners, "accent", alpha=0.14, zorder=0.5)
    page.line([(ruler.end, top), (ruler.end, bottom)], "padding", 2, dashed=True)
