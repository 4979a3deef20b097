"""The output-size formula with the lesson's numbers put in, and where the window stops."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from matplotlib.figure import Figure

from core import AxisSize, Trace, TransposedAxis, TransposeTrace
from core.padding import read_as_copies
from figures._page import BODY, HEIGHT, LABEL, LEAST, MARGIN, SMALL, WIDTH, Box, Page, header_bottom
from figures._ruler import Ruler, draw_ruler, plan_ruler
from figures._stamp_size import draw_stamped_axis
from figures._window_steps import CHIP, CHIP_GAP, draw_steps, steps_height
from look import Look
from look.extents import AnyScan, extents_in
from look.numbers import size
from look.phrases import DOT, conventions, size_formula_lines, spoken_size
from look.transposed_phrases import spoken_transposed
from look.typesetting import Run, Setting, typeset

NEEDS: Final = ("convolution|pooling|transposed",)

NAME = "output-size"
SPLIT, GUTTER = 680.0, 50.0  # the ruler stands left of the split, the formula right of the gutter
LARGEST_CELL = 74.0
FOOT, GAP = 62.0, 14.0  # at the foot of the page; from a panel to the line between two
TALL = 300.0  # a panel of this height has a formula of three lines, in large type


def draw(trace: AnyScan, fig: Figure, look: Look) -> None:
    """One panel for both axes when they are alike, else one for rows and one for columns."""
    words = "_stamps" if isinstance(trace, TransposeTrace) else ""
    header = look.say(f"{NAME}.title{words}"), conventions(trace, look), trace.lesson.title[look.lang]
    rows, cols = trace.transposed.axes if isinstance(trace, TransposeTrace) else trace.axes
    top = header_bottom(*header) + 10
    if trace.windowed.line:
        panels = [(cols, look.say(f"{NAME}.line"), "L")]
    elif rows == cols:
        panels = [(rows, look.say(f"{NAME}.alike"), "H")]
    else:
        panels = [(rows, look.say("common.rows"), "H"), (cols, look.say("common.columns"), "W")]
    boxes = _boxes(top, HEIGHT - FOOT, len(panels))
    formulas = [
        _derivation(trace, axis, look, letter, box)
        for (axis, _, letter), box in zip(panels, boxes, strict=True)
        if not isinstance(axis, TransposedAxis)
    ]
    size_of_type = min((formula.largest for formula in formulas), default=0.0)  # one size, whatever stands below
    missing = [formula.height(size_of_type) - box[3] + box[1] for formula, box in zip(formulas, boxes, strict=False)]
    page = Page(fig, look, height=HEIGHT + len(panels) * ceil(max([0.0, *missing])))
    page.header(*header)
    boxes = _boxes(top, page.height - FOOT, len(panels))
    if len(panels) > 1:
        middle = boxes[0][3] + GAP
        page.line([(MARGIN, middle), (page.width - MARGIN, middle)], "grid", 1.2)
    for at, ((axis, name, letter), box) in enumerate(zip(panels, boxes, strict=True)):
        _draw_axis(page, trace, axis, name, letter, box)
        if not isinstance(axis, TransposedAxis):
            _draw_derivation(page, trace, axis, formulas[at], size_of_type, letter, box)
    page.footer(
        look.say(f"{NAME}.result{words}", size=size(*extents_in(trace, *trace.output_size))),
        DOT.join([*_rounding(trace, look), look.say(f"{NAME}.indices")]),
    )


def _rounding(trace: AnyScan, look: Look) -> list[str]:
    """How the quotient is rounded; a transposed convolution has none."""
    if isinstance(trace, TransposeTrace):
        return []
    return [look.say(f"common.conventions.{'ceil' if trace.windowed.rounds_up else 'floor'}")]


def _draw_axis(page: Page, trace: AnyScan, axis: AxisSize | TransposedAxis, name: str, letter: str, box: Box) -> None:
    """The ruler and its windows at the left; of a transposed axis, all of it."""
    if isinstance(axis, TransposedAxis):
        draw_stamped_axis(page, axis, name, letter, box)
        return
    left, top, _, bottom = box
    tall = bottom - top > TALL
    start = left + CHIP + CHIP_GAP
    ruler = plan_ruler(axis, start, SPLIT - start, LARGEST_CELL)
    ruler = replace(ruler, x=start + (SPLIT - ruler.right) / 2)
    height = min(54.0 if tall else 36.0, max(24.0, ruler.cell))
    over, under = (66.0, 16.0) if tall else (50.0, 9.0)
    steps = steps_height(ruler, bottom - top - over - height - under)
    y = top + over + (bottom - top - over - height - under - steps) / 2
    page.text(left, top + 1, name, LABEL, "ink", anchor="left", bold=True)
    _draw_names(page, ruler, y - 16)
    draw_ruler(page, ruler, y, height)
    page.text(ruler.x - CHIP_GAP - CHIP / 2, y + height / 2, page.look.say("common.formula.out"), SMALL, "output")
    draw_steps(page, ruler, y + height + under, y + height + under + steps)


@dataclass(frozen=True)
class _Derivation:
    """The formula line by line, the largest type its width allows, and the heights of what stands below it: of the
    line of its letters and of each line of the key.
    """

    lines: tuple[Setting, ...]
    largest: float
    letters: float
    key: float
    entries: int

    @property
    def line(self) -> float:
        """Height of a line in em."""
        return max(line.bounds[3] - line.bounds[1] for line in self.lines) + 0.35

    def height(self, size: float) -> float:
        """The whole's, with a formula of that type size."""
        return len(self.lines) * self.line * size + self.letters * 1.6 + self.key * self.entries


def _derivation(trace: AnyScan, axis: AxisSize, look: Look, letter: str, box: Box) -> _Derivation:
    _, top, right, bottom = box
    tall, room = bottom - top > TALL, right - SPLIT - GUTTER
    lines = size_formula_lines(axis, look, letter, count=3 if tall else 2)
    largest = min(30.0 if tall else 22.0, room / max(line.width for line in lines))
    letters, key = (30.0, 38.0) if tall else (24.0, 27.0)
    found = _Derivation(lines, largest, letters, key, len(_key(trace, axis)))
    if not tall:
        return found
    fitting = (bottom - top - found.height(0.0)) / (len(lines) * found.line)  # a whole page's height is enough
    return replace(found, largest=min(largest, max(LEAST, fitting)))


def _boxes(top: float, bottom: float, count: int) -> list[Box]:
    """Where one panel stands, or two below each other with a line between them."""
    if count == 1:
        return [(MARGIN, top, WIDTH - MARGIN, bottom)]
    middle = (top + bottom) / 2
    return [(MARGIN, top, WIDTH - MARGIN, middle - GAP), (MARGIN, middle + GAP + 4, WIDTH - MARGIN, bottom)]


def _draw_derivation(
    page: Page, trace: AnyScan, axis: AxisSize, formula: _Derivation, type_size: float, letter: str, box: Box
) -> None:
    """The formula line by line, what its letters stand for, and the key to the marks."""
    _, top, right, bottom = box
    left, room, tall = SPLIT + GUTTER, right - SPLIT - GUTTER, len(formula.lines) > 2
    pitch = type_size * formula.line
    y = (top + bottom - formula.height(type_size)) / 2 + pitch / 2
    for k, line in enumerate(formula.lines):
        page.text(left, y + k * pitch, line, type_size, anchor="left")
    y += (len(formula.lines) - 0.5) * pitch + formula.letters * 0.7
    page.text(left, y, _letters(trace, axis, page.look, letter), BODY if tall else SMALL, anchor="left", max_width=room)
    _draw_key(page, trace, axis, left, y + formula.letters * 0.9 + formula.key / 2, room, formula.key)


def _draw_names(page: Page, ruler: Ruler, y: float) -> None:
    """Over the ruler: which cells are input and which are padding, each with its count."""
    axis, look = ruler.axis, page.look
    first, last = ruler.left(axis.before), ruler.left(axis.before + axis.input - 1) + ruler.cell
    parts = [(first, last, "input", axis.input)]
    if axis.before:
        parts.append((ruler.x, first, "padding", axis.before))
    if axis.after:
        parts.append((last, ruler.end, "padding", axis.after))
    for left, right, role, count in parts:
        page.line([(left + 3, y + 8), (left + 3, y + 4), (right - 3, y + 4), (right - 3, y + 8)], role, 1.5)
        text = look.say("common.sized", thing=look.say(f"common.{role}"), size=look.number(count))
        if typeset(text).width * SMALL > right - left + 16:
            text = look.number(count)
        page.text((left + right) / 2, y - 8, text, SMALL, "muted" if role == "padding" else role)


def _letters(trace: AnyScan, axis: AxisSize, look: Look, letter: str) -> list[Run]:
    """What the formula's letters stand for, in the colours they have in it."""
    said = [
        (f"{letter} {look.say('common.input')}", "input"),
        (f"P {look.say('common.padding')}", "padding"),
        (f"K {look.say('common.kernel' if isinstance(trace, Trace) else 'common.window')}", "kernel"),
        (f"S {look.say(f'{NAME}.stride')}", "ink"),
    ]
    if axis.dilation != 1:
        said.append((f"D {look.say(f'{NAME}.dilation')}", "product"))
    runs: list[Run] = []
    for run in said:
        runs += [(DOT, "muted"), run] if runs else [run]
    return runs


def _key(trace: AnyScan, axis: AxisSize) -> list[tuple[str, int]]:
    """What there is to explain, and how many there are."""
    outside = axis.ceil and axis.taps(axis.output)[0] >= axis.before + axis.input
    said = [("fits", axis.output - (axis.overhang > 0))]  # with an overhang the last window does not fit whole
    if axis.overhang:
        said.append(("overhang", axis.overhang))
    said.append(("beyond", 0) if outside else ("overrun", axis.overrun))
    if axis.unread:
        said.append(("unread", len(axis.unread)))
    copies = read_as_copies(axis, trace.windowed.border_mode)
    if copies:
        said.append(("copies", len(copies)))
    return said


def _draw_key(page: Page, trace: AnyScan, axis: AxisSize, x: float, y: float, room: float, line: float) -> None:
    """What the marks under the ruler mean, each with its count."""
    look = page.look
    for k, (what, count) in enumerate(_key(trace, axis)):
        middle = y + k * line
        swatch = (x, middle - 9, 34, 18)
        if what == "fits":
            page.rect(*swatch, fill=look.cell("kernel", 0.55), stroke="window", thickness=3, radius=4)
        elif what == "overhang":
            page.rect(*swatch, stroke="muted", thickness=1, dashed=True)
        elif what in ("overrun", "beyond"):
            page.rect(*swatch, stroke="negative", thickness=2.2, dashed=True, radius=4)
        elif what == "unread":
            page.hatch(*swatch, role="accent", gap=6, falling=True)
            page.rect(*swatch, stroke="accent", thickness=2)
        text = look.say(f"{NAME}.{what}", **({} if what == "beyond" else {"count": count}))
        page.text(x + 48, middle, text, BODY if line > 30 else SMALL, anchor="left", max_width=room - 48)


def alt(trace: AnyScan, look: Look) -> str:
    """Both axes' formulas in words and numbers, and what is left unread."""
    if isinstance(trace, TransposeTrace):
        down, across = trace.transposed.axes
        formulas = [spoken_transposed(axis, look) for axis in ([across] if trace.transposed.line else [down, across])]
        return look.say(f"{NAME}.alt_stamps", formulas=look.say(f"{NAME}.join").join(dict.fromkeys(formulas)))
    rows, cols = trace.axes
    if trace.windowed.line:
        told = look.say(f"{NAME}.alt_line", formula=spoken_size(cols, look), unread=len(cols.unread))
        return _with_copies(told, trace, [cols], look)
    if rows == cols:
        told = look.say(f"{NAME}.alt_alike", formula=spoken_size(rows, look), unread=len(rows.unread))
        return _with_copies(told, trace, [rows], look)
    told = look.say(
        f"{NAME}.alt",
        rows=spoken_size(rows, look),
        cols=spoken_size(cols, look),
        unread_rows=len(rows.unread),
        unread_cols=len(cols.unread),
    )
    return _with_copies(told, trace, [rows, cols], look)


def _with_copies(told: str, trace: AnyScan, axes: list[AxisSize], look: Look) -> str:
    """What is `told`, and how many of the unread the padding repeats where a window reads them, if there are any."""
    counts = [len(read_as_copies(axis, trace.windowed.border_mode)) for axis in axes]
    if not any(counts):
        return told
    return look.say(f"{NAME}.alt_copies", told=told, counts=", ".join(map(look.number, counts)))
