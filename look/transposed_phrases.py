"""The output-size formula of a transposed convolution, and the sum of one of its cells, worded from the trace."""

from __future__ import annotations

from fractions import Fraction

from core import Step, TransposedAxis, TransposeTrace
from look.exactness import equals, exact
from look.look import Look
from look.numbers import MINUS, number
from look.phrases import bracketed
from look.typesetting import Run, Setting, formula

Term = tuple[float, float]


def transposed_formula(axis: TransposedAxis, look: Look, *, symbols: bool = True, letter: str = "") -> Setting:
    """out = (H − 1)·S + K − 2P + A of one axis, in symbols unless told not to, then with the lesson's numbers.

    A, the output padding, is left out where it is zero; a dilated kernel counts as wide as it spans. With `letter`,
    the input's, there are symbols only.
    """
    if letter:
        text = look.say("common.formula.out")
        return formula(f'"{text}" = {_terms(axis, letter=letter)}', f"{text} = {letter}")
    parts = [f'"{look.say("common.formula.out")}"', _terms(axis)] if symbols else []
    numbers = _terms(axis, in_numbers=True)
    return formula(" = ".join([*parts, numbers, f"output({axis.output})"]), spoken_transposed(axis, look))


def _terms(axis: TransposedAxis, *, in_numbers: bool = False, letter: str = "H") -> str:
    """The right side in Typst's notation."""
    if in_numbers:
        values = axis.input, axis.before, axis.after, axis.kernel, axis.dilation, axis.stride, axis.output_padding
        extent, before, after, kernel, dilation, stride, extended = map(str, values)
        equal, dot = f"2 dot padding({before})", " dot "
    else:
        extent, before, after, kernel, dilation, stride, extended = letter, "P_1", "P_2", "K", "D", "S", "A"
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


def overlap_terms(
    trace: TransposeTrace, step: Step, *, stamps: int | None = None, taps: int | None = None
) -> list[Term]:
    """(value, weight) of every input cell that reaches a step's output cell.

    In scatter they are what overlapping stamps add to the cell, so far of the first `stamps`; in gather, what its
    window finds among the zeros, so far of its first `taps`.
    """
    _, height, width = trace.input.shape
    _, rows, columns = step.patch.shape
    first = trace.windowed.channels(step.channel).start
    terms = []
    for channel, i, j in _inside(step):
        index = ((first + channel) * height + step.source_rows[i]) * width + step.source_cols[j]
        late = stamps is not None and index >= stamps
        unread = taps is not None and (channel * rows + i) * columns + j >= taps
        if not late and not unread:
            terms.append((step.patch[channel, i, j].item(), step.weights[channel, i, j].item()))
    return terms


def _inside(step: Step) -> list[tuple[int, int, int]]:
    rows, columns = step.inside.nonzero()
    taps = list(zip(rows.tolist(), columns.tolist(), strict=True))
    return [(channel, i, j) for channel in range(len(step.patch)) for i, j in taps]


def overlap_runs(
    trace: TransposeTrace, step: Step, *, stamps: int | None = None, taps: int | None = None, most: int = 12
) -> list[Run]:
    """The sum of an output cell in the colours of its parts: 1·3 + 2·(−1) = 1, so far or in the end.

    The zeros that gather inserts are left out. The last run is the value; without a term there is only that.
    """
    terms = overlap_terms(trace, step, stamps=stamps, taps=taps)
    runs: list[Run] = []
    for value, weight in terms[:most]:
        runs += [(" + ", "ink")] if runs else []
        first = bracketed(value) if runs else number(value)
        runs += [(first, "input"), ("·", "muted"), (bracketed(weight), "kernel")]
    if len(terms) > most:
        runs.append((" + …", "muted"))
    shown = [part for term in terms[:most] for part in term]
    if stamps is not None:
        rows, cols = trace.transposed.axes
        value = trace.canvas_after(stamps)[step.channel, step.row + rows.before, step.col + cols.before].item()
    elif taps is not None:
        value = step.running[taps - 1].item()
    else:
        value = step.value
        if step.bias:
            runs += [(" + ", "ink")] if runs else []
            runs.append((bracketed(step.bias) if terms else number(step.bias), "accent"))
            shown.append(step.bias)
    if runs:
        whole = sum((exact(one) * exact(weight) for one, weight in terms), Fraction(0))
        whole += exact(step.bias) if stamps is None and taps is None else 0
        runs.append((equals(shown, [(value, whole)]), "ink"))
    return [*runs, (number(value), "negative" if value < 0 else "positive")]


def spoken_overlap(trace: TransposeTrace, step: Step) -> str:
    """The same as plain text, for alt texts and captions."""
    return "".join(text for text, _ in overlap_runs(trace, step))
