"""What the depthwise separable film says in subtitles, at its foot and to those who cannot see it."""

from __future__ import annotations

from core import SeparableTrace, Step
from look import Look
from look.numbers import size
from look.phrases import DOT, leaves_out_zero_weights, sum_runs
from scenes._scan_unread import told_unread

NAME = "depthwise-separable"
MOST_BIASES = 6
"""As many as the foot has room for."""


def intro(trace: SeparableTrace, look: Look) -> str:
    """What there is before the scan begins."""
    return look.say(
        f"{NAME}.captions.intro",
        channels=len(trace.input),
        kernels=len(trace.depthwise.kernel),
        filters=len(trace.output),
    )


def pointwise(trace: SeparableTrace, look: Look) -> str:
    """The sum of the second stage at the highlighted cell."""
    step = trace.highlight
    return look.say(f"{NAME}.captions.pointwise", row=step.row, col=step.col, sum=written(step, look))


def written(step: Step, look: Look) -> str:
    """The sum of a step, product by product."""
    return "".join(text for text, _ in sum_runs(step, look))


def result(trace: SeparableTrace, look: Look) -> str:
    """What is saved."""
    (weights, ordinary), (products, replaced) = trace.separable.weight_counts, trace.separable.product_counts
    return look.say(f"{NAME}.captions.result", weights=weights, ordinary=ordinary, products=products, replaced=replaced)


def at_rest(trace: SeparableTrace, look: Look) -> str:
    """What the foot states before the scan and after it."""
    said = [*told_unread(trace.depthwise, look), look.say("common.conventions.rows_from_zero")]
    biases = trace.pointwise.bias.tolist()
    if any(biases):
        shown = [look.number(bias) for bias in biases[:MOST_BIASES]] + ["…"] * (len(biases) > MOST_BIASES)
        said.append(look.say(f"{NAME}.foot.biases", values=", ".join(shown)))
    return DOT.join(said)


def foot(key: str, step: Step, look: Look) -> str:
    """What the foot states about a step of either stage."""
    said = [look.say(f"{NAME}.foot.{key}", index=step.channel, row=step.row, col=step.col)]
    if step.bias:
        said.append(f"{look.say('common.bias')} {look.number(step.bias)}")
    if leaves_out_zero_weights(step):
        said.append(look.say("common.conventions.zero_weights"))
    return DOT.join(said)


def describe(trace: SeparableTrace, look: Look) -> str:
    """Alternative text for the whole film."""
    (weights, ordinary), (products, replaced) = trace.separable.weight_counts, trace.separable.product_counts
    step = trace.highlight
    return look.say(
        f"{NAME}.alt.scan",
        channels=len(trace.input),
        input=size(*trace.input.shape[1:]),
        kernels=len(trace.depthwise.kernel),
        kernel=size(*trace.depthwise.kernel.shape[2:]),
        filters=len(trace.output),
        output=size(*trace.output_size),
        row=step.row,
        col=step.col,
        sum=written(step, look),
        weights=weights,
        ordinary=ordinary,
        products=products,
        replaced=replaced,
    )
