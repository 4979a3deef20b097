"""Sentences and sums that films, figures and cards share, worded from the trace."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import AnyTrace, AveragePool, AxisSize, Convolution, Step, Trace, TransposedConvolution
from core.pooling import Pool
from core.scan import Scan
from core.trace_cells import author_of
from look.exactness import equals, exact, exact_sum
from look.look import Look
from look.numbers import MINUS, factor, number, size
from look.typesetting import Run, Setting, formula, typeset

DOT = "  ·  "


def conventions(trace: AnyTrace, look: Look) -> str:
    """One line that states the lesson's settings: kernel or window, stride, padding, and what else is not the default.

    A convolution says whether its kernel is flipped, a transposed one that padding is cut off, and a pool how its size
    is rounded and whether padding counts.
    """
    operation = author_of(trace)
    window = operation.kernel_size if isinstance(operation, Pool) else operation.kernel.shape[2:]
    thing = "window" if isinstance(operation, Pool) else "kernel"
    named = look.say(f"common.conventions.{thing}", size=size(*window))
    if operation.line:
        named = sized(thing, look, window[1])
    return DOT.join([named, *settings(trace, look), *meaning(trace, look)])


def settings(trace: AnyTrace, look: Look) -> list[str]:
    """Stride and padding, and dilation, groups, padding mode and output padding where they are not the default."""
    operation = author_of(trace)
    line = operation.line

    def told(name: str, values: tuple[int, int]) -> str:
        return look.say(f"common.conventions.{name}", value=number(values[1]) if line else pair(values))

    said = [told("stride", operation.stride), look.say("common.conventions.padding", value=_padding(operation, look))]
    if operation.dilation != (1, 1):
        said.append(told("dilation", operation.dilation))
    if isinstance(operation, TransposedConvolution) and operation.output_padding != (0, 0):
        said.append(told("output_padding", operation.output_padding))
    if not isinstance(operation, Pool) and operation.groups != 1:
        said.append(look.say("common.conventions.groups", value=operation.groups))
    return said


def _padding(operation: Convolution | TransposedConvolution | Pool, look: Look) -> str:
    shown = sides(operation.padding, look, line=operation.line)
    if isinstance(operation, Convolution) and operation.padding_mode != "zeros" and any(operation.padding):
        return look.say(f"common.conventions.{operation.padding_mode}", value=shown)
    return shown


def meaning(trace: AnyTrace, look: Look) -> list[str]:
    """What the settings do not say by themselves: whether the kernel is flipped, or how a pool's size is rounded."""
    operation = author_of(trace)
    if isinstance(operation, Convolution):
        return [look.say(f"common.conventions.{'flipped' if operation.flip else 'not_flipped'}")]
    if isinstance(operation, TransposedConvolution):
        return [look.say("common.conventions.padding_cut")] if any(operation.padding) else []
    said = [look.say(f"common.conventions.{'rounded_up' if operation.ceil_mode else 'rounded_down'}")]
    if any(operation.padding):
        if not isinstance(operation, AveragePool):
            said.append(look.say("common.conventions.padding_loses"))
        elif operation.count_include_pad:
            said.append(look.say("common.conventions.padding_counts"))
        else:
            said.append(look.say("common.conventions.padding_uncounted"))
    return said


def pair(values: tuple[int, int]) -> str:
    """Rows and columns as one number where they agree: 2, or 2×1."""
    return number(values[0]) if values[0] == values[1] else size(*values)


def sides(padding: tuple[int, int, int, int], look: Look, *, line: bool = False) -> str:
    """Padding (top, left, bottom, right) as briefly as it can be said, each side by name where one number or rows and
    columns do not say it all: 1, or 1×2, or top 1, left 0, bottom 2, right 1. A `line` has left and right alone.
    """
    top, left, bottom, right = padding
    if line:
        return number(left) if left == right else look.say("common.conventions.ends", left=left, right=right)
    if not named_sides(padding):
        return number(top) if top == left else size(top, left)
    return look.say("common.conventions.sides", top=top, left=left, bottom=bottom, right=right)


def named_sides(padding: tuple[int, int, int, int]) -> bool:
    """Whether padding differs between opposite sides, so that `sides` names all four."""
    return padding[:2] != padding[2:]


def extents(planes: NDArray[np.generic], trace: Scan[Any]) -> tuple[int, ...]:
    """The shape of (C, H, W) planes as the lesson's author counts it: without C where the lesson is one plane, and
    without H where it is a signal.
    """
    channels, rows, columns = planes.shape
    shape = (columns,) if trace.windowed.line else (rows, columns)
    return shape if trace.windowed.plain else (channels, *shape)


def blow_up(trace: Trace) -> str:
    """How many times as many entries the im2col matrix has as the input has cells, rounded as everywhere."""
    return factor(trace.im2col.blow_up)


def sized(thing: str, look: Look, *extents: int) -> str:
    """A thing and its size, such as "input 5×5"; `thing` is a key of `common`."""
    return look.say("common.sized", thing=look.say(f"common.{thing}"), size=size(*extents))


def sum_runs(step: Step, look: Look, *, most: int = 12, taps: int | None = None) -> list[Run]:
    """The sum of a step, written out in the colours of its parts: 1·1 + 2·(−4) + … = −1.

    Products with a zero weight are left out; of more than `most` terms the first are written, then an ellipsis.
    With `taps`, only so many products (at least one) are added as yet, and the bias is still to come. The last run is
    the value.
    """
    runs: list[Run] = []
    pairs = list(zip(step.patch.ravel().tolist(), step.weights.ravel().tolist(), strict=True))
    terms = [(value, weight) for value, weight in pairs[:taps] if weight != 0]
    for value, weight in terms[:most]:
        first = bracketed(value) if runs else number(value)
        if runs:
            runs.append((" + ", "ink"))
        runs += [(first, "input"), ("·", "muted"), (bracketed(weight), "kernel")]
    if not terms:
        runs.append((number(0), "ink"))
    if len(terms) > most:
        runs.append((" + …", "muted"))
    value = step.value if taps is None else step.running[taps - 1].item()
    if step.bias and taps is None:
        runs += [(" + ", "ink"), (bracketed(step.bias), "accent")]
    bias = 0 if taps is not None else step.bias
    shown = [*(part for term in terms[:most] for part in term), bias]
    whole = exact_sum(step, taps=taps) + exact(bias)
    runs += [(equals(shown, [(value, whole)]), "ink"), (number(value), "negative" if value < 0 else "positive")]
    return runs


def fitting_sum(step: Step, look: Look, room: float, least: float) -> list[Run]:
    """The sum of a step with as many of its terms written out as fit `room` at type of size `least` or more.

    Over several channels it is their sums that are added. `room` and `least` in the same unit.
    """
    if len(step.patch) > 1:
        return channel_runs(step, look)
    terms = int((step.weights != 0).sum())
    for most in range(min(terms, 12), 2, -1):
        runs = sum_runs(step, look, most=most)
        if typeset(runs).width * least <= room:
            return runs
    return sum_runs(step, look, most=2)


def channel_runs(step: Step, look: Look, *, most: int = 6) -> list[Run]:
    """The sums of a step's channels and its bias, added across: 3 + 8 + 4 + (−9) = 6."""
    sums = step.channel_sums.tolist()
    runs: list[Run] = []
    for value in sums[:most]:
        runs += [(" + ", "ink"), (bracketed(value), "product")] if runs else [(number(value), "product")]
    if len(sums) > most:
        runs.append((" + …", "muted"))
    if step.bias:
        runs += [(" + ", "ink"), (bracketed(step.bias), "accent")]
    wholes = [exact_sum(step, slice(channel, channel + 1)) for channel in range(len(sums))]
    results = [*zip(sums[:most], wholes, strict=False), (step.value, sum(wholes) + exact(step.bias))]
    sign = equals([step.bias], results)
    return [*runs, (sign, "ink"), (number(step.value), "negative" if step.value < 0 else "positive")]


def leaves_out_zero_weights(step: Step) -> bool:
    """Whether `sum_runs` leaves products out because their weight is zero."""
    return bool((step.weights == 0).any() and (step.weights != 0).any())


def bracketed(value: float) -> str:
    """A factor or a later term: negative numbers stand in brackets."""
    shown = number(value)
    return f"({shown})" if shown.startswith(MINUS) else shown


def factors(value: float, weight: float) -> str:
    """The two factors of a product in one line: 2·(−4)."""
    return f"{number(value)}·{bracketed(weight)}"


def size_formula(axis: AxisSize, look: Look, *, numbers: bool = True, symbols: bool = True) -> Setting:
    """The output-size formula of one axis, in symbols, with the lesson's numbers put in, or both in a row."""
    parts = []
    if symbols:
        parts += [_out(look), _rounded(axis, "H")]
    if numbers:
        parts += [_rounded(axis), f"output({axis.output})"]
    return formula(" = ".join(parts), spoken_size(axis, look))


def size_formula_lines(axis: AxisSize, look: Look, letter: str = "H", *, count: int = 3) -> tuple[Setting, ...]:
    """The formula as a derivation: in symbols (`letter` is the input's), with the numbers, and what they come to.

    The second line and the third open with an equals sign; with a `count` of 2 they are one.
    """
    one = _windows(axis)
    fraction, result = f"{_rounding(axis)}(over({axis.numerator}, {axis.stride})) {one}", f"{axis.quotient} {one}"
    symbols = f"{_out(look)} = {_rounded(axis, letter)}"
    numbers, steps = f"= {_rounded(axis)}", f"= {fraction} = {result} = output({axis.output})"
    lines = (symbols, numbers, steps) if count == 3 else (symbols, f"{numbers} {steps}")
    return tuple(formula(line, _plain(line)) for line in lines)


def span_formula(axis: AxisSize, look: Look, *, symbols: bool = True) -> Setting:
    """How far a dilated kernel reaches along one axis: span = D(K − 1) + 1, in symbols and with the numbers."""
    word = look.say("common.formula.span")
    numbers = f"product({axis.dilation}) dot (kernel({axis.kernel}) - 1) + 1 = output({axis.span})"
    symbols_first = f'"{word}" = product(D) (kernel(K) - 1) + 1 = ' if symbols else ""
    spoken = f"{word} = {axis.dilation}·({axis.kernel} {MINUS} 1) + 1 = {axis.span}"
    return formula(symbols_first + numbers, spoken)


def _out(look: Look) -> str:
    return f'"{look.say("common.formula.out")}"'


def _rounded(axis: AxisSize, letter: str | None = None) -> str:
    """The right side of the formula in Typst's notation: in symbols, or without a `letter` in numbers."""
    if letter:
        extent, before, after, kernel, dilation, stride = letter, "P_1", "P_2", "K", "D", "S"
    else:
        values = (axis.input, axis.before, axis.after, axis.kernel, axis.dilation, axis.stride)
        extent, before, after, kernel, dilation, stride = map(str, values)
    if axis.before == axis.after:
        padding = "2 padding(P)" if letter else f"2 dot padding({before})"
    else:
        padding = f"padding({before}) + padding({after})"
    span = f"kernel({kernel})"
    if axis.dilation != 1:
        span = f"(product({dilation}) {'' if letter else 'dot '}({span} - 1) + 1)"
    return f"{_rounding(axis)}(over(input({extent}) + {padding} - {span}, {stride})) {_windows(axis)}"


def _rounding(axis: AxisSize) -> str:
    return "ceil" if axis.ceil else "floor"


def _windows(axis: AxisSize) -> str:
    """The first window; less the last one, where ceil mode gives it up."""
    return "+ 1 - 1" if axis.dropped else "+ 1"


def _plain(source: str) -> str:
    """How a formula reads as plain characters."""
    words = re.sub(r"\b(input|padding|kernel|product|output)\(([^()]*)\)", r"\2", source)
    words = re.sub(r"over\(([^,]*), ([^()]*)\)", _fraction, words)
    words = re.sub(r"2 dot (\d)", r"2·\1", words).replace(" dot ", "·").replace(" - ", f" {MINUS} ")
    return re.sub(r'["_]', "", words).replace("2 P", "2P").replace("D (", "D(")


def _fraction(over: re.Match[str]) -> str:
    above, below = over.groups()
    return f"({above}) / {below}" if " " in above else f"{above} / {below}"


def spoken_size(axis: AxisSize, look: Look) -> str:
    """The output-size formula of one axis as a sentence of plain characters."""
    return look.say(
        "common.formula.dropped" if axis.dropped else "common.formula.spoken",
        rounding=_rounding(axis),
        input=axis.input,
        padding=axis.padding,
        span=axis.span,
        stride=axis.stride,
        output=axis.output,
    )


def spoken_sum(step: Step, look: Look) -> str:
    """The sum of a step as plain text, for alt texts and captions: of its products, or of its several channels."""
    runs = sum_runs(step, look) if len(step.patch) == 1 else channel_runs(step, look)
    return "".join(text for text, _ in runs)
