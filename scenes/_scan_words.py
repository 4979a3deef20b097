"""What the scan says in subtitles, at the foot of the picture and to those who cannot see it."""

from __future__ import annotations

from core import Step, Trace
from look import Look
from look.extents import counting, extents_in, place_in_output
from look.numbers import size
from look.phrases import DOT, leaves_out_zero_weights, spoken_size, spoken_sum
from scenes._scan_schedule import Kind

NAME = "convolution-scan"
MOST_VALUES = 9  # that a subtitle lists


def said(trace: Trace, look: Look, kind: Kind, first: int, last: int) -> str:
    """The subtitle of a part of the scan: the steps `first` to `last - 1`."""
    if kind is Kind.INTRO:
        return intro(trace, look)
    if kind is Kind.FULL:
        return full_step(trace, trace.steps[first], look)
    if kind is Kind.RESULT:
        return result(trace, look)
    return run_of_steps(trace, first, last, look)


def intro(trace: Trace, look: Look) -> str:
    """What there is before the scan begins."""
    sizes = {"input": _plane_size(trace, *trace.input.shape[-2:]), "kernel": _kernel_size(trace)}
    if trace.input.shape[0] == trace.kernel.shape[0] == 1:
        name = "intro_line" if trace.windowed.line else "intro"
        return look.say(f"{NAME}.captions.{name}", output=_plane_size(trace, *trace.output_size), **sizes)
    return look.say(f"{NAME}.captions.intro_channels", channels=len(trace.input), filters=len(trace.kernel), **sizes)


def full_step(trace: Trace, step: Step, look: Look) -> str:
    """One step with its whole sum and its value."""
    return look.say(
        f"{NAME}.captions.full",
        index=step.index + 1,
        count=len(trace.steps),
        cell=output_cell(trace, step, look),
        sum=spoken_sum(step, look),
    )


def run_of_steps(trace: Trace, first: int, last: int, look: Look) -> str:
    """The steps `first` to `last - 1` together: their values, or of many the range."""
    values = trace.output.ravel()[first:last]
    said = {"first": first + 1, "last": last}
    if len(values) == 1:
        return look.say(f"{NAME}.captions.one", index=last, value=values[0].item())
    if len(values) <= MOST_VALUES:
        joined = ("、" if look.lang == "zh" else ", ").join(map(look.number, values.tolist()))
        return look.say(f"{NAME}.captions.quick", values=joined, **said)
    many = len(trace.output) > 1
    return look.say(
        f"{NAME}.captions.{'sweep_many' if many else 'sweep'}",
        least=values.min().item(),
        most=values.max().item(),
        **said,
    )


def result(trace: Trace, look: Look) -> str:
    """The finished scan and why its result is as large as it is."""
    rows, columns = trace.axes
    alone = rows == columns or trace.windowed.line
    formulas = [spoken_size(axis, look) for axis in ((columns,) if alone else (rows, columns))]
    name = ("result_line", "result_line_many") if trace.windowed.line else ("result", "result_many")
    return look.say(
        f"{NAME}.captions.{name[len(trace.output) > 1]}",
        count=len(trace.steps),
        output=_plane_size(trace, *trace.output_size),
        formula=("；" if look.lang == "zh" else "; ").join(formulas),
    )


def output_cell(trace: Trace, step: Step, look: Look) -> str:
    """Which output cell a step makes."""
    if len(trace.output) == 1:
        return place_in_output(step, look)
    return look.say(f"{NAME}.position", channel=step.channel, row=step.row, col=step.col)


def foot(trace: Trace, step: Step, look: Look, terms: tuple[int, int] | None) -> str:
    """What the foot states about a step; `terms` are how many of the sum are written, and how many there are."""
    said = [output_cell(trace, step, look)]
    if step.bias:
        said.append(f"{look.say('common.bias')} {look.number(step.bias)}")
    if terms is not None and terms[0] < terms[1]:
        said.append(look.say("common.conventions.some_terms", shown=terms[0], count=terms[1]))
    elif terms is not None and leaves_out_zero_weights(step):
        said.append(look.say("common.conventions.zero_weights"))
    return DOT.join(said)


def conventions_at_rest(trace: Trace, look: Look) -> str:
    """What the foot states before the first step."""
    said = [counting(trace, look)]
    if any(trace.convolution.padding) and trace.convolution.border_mode == "zeros":
        said.append(look.say("common.conventions.zero_padding"))
    return DOT.join(said)


def filter_shown(trace: Trace, step: Step, look: Look) -> str:
    """Of groups: which channels the filter reads that is shown for all of them."""
    channels = trace.convolution.channels(step.channel)
    first, last = channels.start, channels.stop - 1
    if first == last:
        return look.say(f"{NAME}.reads_one", filter=step.channel, channel=first)
    return look.say(f"{NAME}.reads_some", filter=step.channel, first=first, last=last)


def describe(trace: Trace, look: Look) -> str:
    """Alternative text for the whole film."""
    step = trace.highlight
    values: dict[str, int | str] = {
        "kernel": _kernel_size(trace),
        "input": _plane_size(trace, *trace.input.shape[-2:]),
        "output": _plane_size(trace, *trace.output_size),
        "count": len(trace.steps),
        "col": step.col,
        "sum": spoken_sum(step, look),
    }
    if not trace.windowed.line:
        values["row"] = step.row
    if trace.input.shape[0] == trace.kernel.shape[0] == 1:
        return look.say(f"{NAME}.alt.{'line' if trace.windowed.line else 'one'}", **values)
    return look.say(
        f"{NAME}.alt.{'line_many' if trace.windowed.line else 'many'}",
        channels=len(trace.input),
        filters=len(trace.kernel),
        **values,
    )


def _kernel_size(trace: Trace) -> str:
    depth, *plane = trace.kernel.shape[1:]
    extents = extents_in(trace, *plane)
    return size(*extents) if depth == 1 else size(depth, *extents)


def _plane_size(trace: Trace, rows: int, columns: int) -> str:
    return size(*extents_in(trace, rows, columns))
