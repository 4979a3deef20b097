"""How large a transposed convolution's output is along one axis: stamps a stride apart, and what padding cuts off."""

from __future__ import annotations

from dataclasses import replace

from core import AxisSize, TransposedAxis
from figures._page import BODY, LABEL, LEAST, LINE, SMALL, Box, Page
from figures._ruler import Ruler, draw_ruler, plan_ruler
from figures._window_steps import CHIP, CHIP_GAP, draw_steps, steps_height
from look import Look
from look.phrases import DOT
from look.transposed_phrases import transposed_formula
from look.typesetting import Run, typeset

NAME = "output-size"
SPLIT, GUTTER = 680.0, 50.0  # the ruler stands left of the split, the formula right of the gutter
LARGEST_CELL = 74.0


def draw_stamped_axis(page: Page, axis: TransposedAxis, name: str, letter: str, box: Box) -> None:
    """The canvas and its stamps at the left, the formula and what the marks mean at the right."""
    left, top, right, bottom = box
    tall = bottom - top > 300
    start = left + CHIP + CHIP_GAP
    ruler = plan_ruler(canvas_axis(axis), start, SPLIT - start, LARGEST_CELL, past=0)
    ruler = replace(ruler, x=start + (SPLIT - ruler.right) / 2)
    height = min(54.0 if tall else 36.0, max(24.0, ruler.cell))
    over, under = (66.0, 16.0) if tall else (50.0, 9.0)
    steps = steps_height(ruler, bottom - top - over - height - under, count=axis.input, stops=False)
    y = top + over + (bottom - top - over - height - under - steps) / 2
    page.text(left, top + 1, name, LABEL, "ink", anchor="left", bold=True)
    _draw_names(page, ruler, axis, y - 16)
    draw_ruler(page, ruler, y, height, role="output")
    page.text(ruler.x - CHIP_GAP - CHIP / 2, y + height / 2, page.look.say(f"{NAME}.in"), SMALL, "input")
    low = y + height + under
    draw_steps(page, ruler, low, low + steps, count=axis.input, chip="input", stops=False)
    _draw_derivation(page, axis, letter, (SPLIT + GUTTER, top, right, bottom))


def canvas_axis(axis: TransposedAxis) -> AxisSize:
    """The axis turned round: a window over the output in its cut-off border stands where each input cell stamps."""
    return AxisSize(axis.output, axis.before, axis.after, axis.kernel, axis.dilation, axis.stride)


def _draw_names(page: Page, ruler: Ruler, axis: TransposedAxis, y: float) -> None:
    """Over the canvas: what is the output and what is cut off, each with its count."""
    look = page.look
    first, last = ruler.left(axis.before), ruler.left(axis.before + axis.output - 1) + ruler.cell
    parts = [(first, last, "output", axis.output)]
    if axis.before:
        parts.append((ruler.x, first, "cut", axis.before))
    if axis.after:
        parts.append((last, ruler.end, "cut", axis.after))
    for left, right, what, count in parts:
        role = "output" if what == "output" else "padding"
        page.line([(left + 3, y + 8), (left + 3, y + 4), (right - 3, y + 4), (right - 3, y + 8)], role, 1.5)
        thing = look.say("common.formula.out" if what == "output" else f"{NAME}.cut")
        text = look.say("common.sized", thing=thing, size=look.number(count))
        if typeset(text).width * SMALL > right - left + 16:
            text = look.number(count)
        page.text((left + right) / 2, y - 8, text, SMALL, "output" if what == "output" else "muted")


def _draw_derivation(page: Page, axis: TransposedAxis, letter: str, box: Box) -> None:
    """The formula in symbols and with the numbers, its letters, and the key to the marks."""
    left, top, right, bottom = box
    tall, room, look = bottom - top > 300, right - left, page.look
    formula = transposed_formula(axis, look, letter=letter)
    numbers = transposed_formula(axis, look, symbols=False)
    letters = _letters(axis, look, letter)
    entries = [
        "stamps",
        *(["cut_off"] if axis.before + axis.after else []),
        *(["unstamped"] if _unstamped(axis) else []),
    ]
    line, key = (58.0, 38.0) if tall else (34.0, 25.0)
    y = (top + bottom - 2 * line - 34 - key * len(entries)) / 2 + line * 0.3
    size = min(24.0 if tall else 20.0, room / max(formula.width, numbers.width + 1.2))
    page.text(left, y, formula, size, anchor="left")
    page.text(left, y + line, "=", size, anchor="left")
    page.text(left + 1.2 * size, y + line, numbers, size, anchor="left")
    y += 2 * line
    high = BODY if tall else SMALL
    page.text(left, y, letters, high, anchor="left", max_width=room, max_lines=2)
    y += LINE * high if typeset(letters).width * LEAST > room else 0.0
    for k, what in enumerate(entries):
        _draw_entry(page, axis, what, left, y + 34 + k * key, room, BODY if tall else SMALL)


def _letters(axis: TransposedAxis, look: Look, letter: str) -> list[Run]:
    """What the formula's letters stand for, in the colours they have in it."""
    said: list[Run] = [
        (f"{letter} {look.say('common.input')}", "input"),
        (f"S {look.say(f'{NAME}.stride')}", "ink"),
        (f"K {look.say('common.kernel')}", "kernel"),
        (f"P {look.say('common.padding')}", "padding"),
    ]
    if axis.dilation != 1:
        said.append((f"D {look.say(f'{NAME}.dilation')}", "product"))
    if axis.output_padding:
        said.append((f"A {look.say(f'{NAME}.extended')}", "accent"))
    runs: list[Run] = []
    for text, role in said:
        run = (text.replace(" ", "\N{NO-BREAK SPACE}"), role)  # a letter and its name share a line
        runs += [(DOT, "muted"), run] if runs else [run]
    return runs


def _unstamped(axis: TransposedAxis) -> int:
    """Cells of the canvas that no stamp reaches."""
    return len(canvas_axis(axis).unread)


def _draw_entry(page: Page, axis: TransposedAxis, what: str, x: float, y: float, room: float, size: float) -> None:
    """A line of the key: a mark, what it means, and how many there are."""
    look, swatch = page.look, (x, y - 9, 34, 18)
    if what == "stamps":
        page.rect(*swatch, fill=look.cell("kernel", 0.55), stroke="window", thickness=3, radius=4)
        text = look.say(f"{NAME}.stamps", count=axis.input)
    elif what == "cut_off":
        page.rect(*swatch, stroke="grid", thickness=1, dashed=True)
        page.hatch(*swatch, gap=8)
        text = look.say(f"{NAME}.cut_off", count=axis.before + axis.after)
    else:
        page.hatch(*swatch, role="accent", gap=6, falling=True)
        page.rect(*swatch, stroke="accent", thickness=2)
        text = look.say(f"{NAME}.unstamped", count=_unstamped(axis))
    page.text(x + 48, y, text, size, anchor="left", max_width=room - 48)
