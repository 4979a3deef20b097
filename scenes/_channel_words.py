"""What the film of many channels says in subtitles, at its foot and to those who cannot see it."""

from __future__ import annotations

from core import Step, Trace
from look import Look
from look.numbers import TIMES, size
from look.phrases import DOT, spoken_sum
from look.typesetting import Run
from scenes._scan_unread import told_unread

NAME = "multi-channel-scan"


def intro(trace: Trace, look: Look) -> str:
    """What there is before the scan begins."""
    return look.say(f"{NAME}.captions.intro", channels=len(trace.input), filters=len(trace.kernel))


def full_step(trace: Trace, step: Step, look: Look) -> str:
    """One step: the channel sums added up."""
    said = spoken_sum(step, look)
    if step.index == 0:
        return look.say(f"{NAME}.captions.first", sum=said)
    return look.say(f"{NAME}.captions.highlight", channel=step.channel, row=step.row, col=step.col, sum=said)


def other_filters(count: int, look: Look) -> str:
    """The filters after the first one, up to `count` in all."""
    if count == 2:
        return look.say(f"{NAME}.captions.other", index=count - 1)
    return look.say(f"{NAME}.captions.others", first=1, last=count - 1)


def stacked(trace: Trace, look: Look) -> str:
    """What the foot states before the scan and after it."""
    return DOT.join([*told_unread(trace, look), look.say(f"{NAME}.foot.stacked")])


def foot(trace: Trace, step: Step, look: Look) -> str:
    """What the foot states about a step."""
    said = [look.say("convolution-scan.position", channel=step.channel, row=step.row, col=step.col)]
    if trace.convolution.groups > 1:
        channels = trace.convolution.channels(step.channel)
        said.insert(0, look.say(f"{NAME}.foot.group", index=step.channel, first=channels.start, last=channels.stop - 1))
    if step.bias:
        said.append(f"{look.say('common.bias')} {look.number(step.bias)}")
    return DOT.join(said)


def result(trace: Trace, look: Look) -> str:
    """As many maps as filters."""
    which = "result" if trace.convolution.groups == 1 else "result_groups"
    return look.say(f"{NAME}.captions.{which}", filters=len(trace.kernel), kernel=size(*trace.kernel.shape[1:]))


def weight_runs(trace: Trace, look: Look) -> list[Run]:
    """How many weights there are: filters × channels × kernel, and biases where there are any."""
    filters, depth, rows, columns = trace.kernel.shape
    read = look.say(f"{NAME}.channels" if trace.convolution.groups == 1 else f"{NAME}.channels_read")
    words = [look.say(f"{NAME}.filters"), read, look.say("common.kernel")]
    numbers = [look.number(filters), look.number(depth), size(rows, columns)]
    runs: list[Run] = [(look.say(f"{NAME}.weights"), "ink")]
    for factors in (words, numbers):
        runs.append((" = ", "ink"))
        for index, (factor, role) in enumerate(zip(factors, ("output", "input", "kernel"), strict=True)):
            runs += [*([(f" {TIMES} ", "muted")] if index else []), (factor, role)]
    runs += [(" = ", "ink"), (look.number(trace.kernel.size), "ink")]
    if trace.bias.any():
        runs += [(f"{DOT}{look.say(f'{NAME}.biases')} = ", "ink"), (look.number(trace.bias.size), "accent")]
    return runs


def describe(trace: Trace, look: Look) -> str:
    """Alternative text for the whole film."""
    step = trace.highlight
    return look.say(
        f"{NAME}.alt.scan",
        channels=len(trace.input),
        input=size(*trace.input.shape[1:]),
        filters=len(trace.kernel),
        kernel=size(*trace.kernel.shape[1:]),
        row=step.row,
        col=step.col,
        sum=spoken_sum(step, look),
        output=size(*trace.output_size),
    )
