"""The output-size formula of a transposed convolution, set and spoken, worded from the trace."""

from __future__ import annotations

from core import TransposedAxis
from look.look import Look
from look.numbers import MINUS
from look.typesetting import Setting, formula


def transposed_formula(axis: TransposedAxis, look: Look, *, symbols: bool = True) -> Setting:
    """out = (H − 1)·S + K − 2P + A of one axis, in symbols unless told not to, then with the lesson's numbers.

    A, the output padding, is left out where it is zero; a dilated kernel counts as wide as it spans.
    """
    parts = [f'"{look.say("common.formula.out")}"', _terms(axis)] if symbols else []
    numbers = _terms(axis, in_numbers=True)
    return formula(" = ".join([*parts, numbers, f"output({axis.output})"]), spoken_transposed(axis, look))


def _terms(axis: TransposedAxis, *, in_numbers: bool = False) -> str:
    """The right side in Typst's notation."""
    if in_numbers:
        values = axis.input, axis.before, axis.after, axis.kernel, axis.dilation, axis.stride, axis.output_padding
        extent, before, after, kernel, dilation, stride, extended = map(str, values)
        equal, dot = f"2 dot padding({before})", " dot "
    else:
        extent, before, after, kernel, dilation, stride, extended = "H", "P_1", "P_2", "K", "D", "S", "A"
        equal, dot = "2 padding(P)", " "
    span = f"kernel({kernel})"
    if axis.dilation != 1:
        span = f"product({dilation}){dot}({span} - 1) + 1"
    cut = equal if axis.before == axis.after else f"padding({before}) - padding({after})"
    tail = f" + accent({extended})" if axis.output_padding else ""
    return f"(input({extent}) - 1) dot {stride} + {span} - {cut}{tail}"


def spoken_transposed(axis: TransposedAxis, look: Look) -> str:
    """The same formula as a sentence of plain characters."""
    extended = f" + {axis.output_padding}" if axis.output_padding else ""
    terms = f"({axis.input} {MINUS} 1)·{axis.stride} + {axis.span} {MINUS} {axis.before + axis.after}{extended}"
    return f"{look.say('common.formula.out')} = {terms} = {axis.output}"
