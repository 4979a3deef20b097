"""What the transposed film says in subtitles, at the foot of the picture and to those who cannot see it."""

from __future__ import annotations

from core import TransposeTrace
from look import Look
from look.extents import counting, extents_in, place
from look.numbers import number, size
from look.phrases import DOT, pair, sides
from look.transposed_phrases import spoken_overlap, spoken_transposed

NAME = "transposed-scan"


def intro(trace: TransposeTrace, look: Look) -> str:
    """What there is, and what will be done with it."""
    sizes = _sizes(trace, "input", "kernel", "output")
    return look.say(f"{NAME}.captions.intro", stride=_apart(trace), **sizes)


def scatter(trace: TransposeTrace, look: Look) -> str:
    """What stamps do, and what they come to in the watched cell."""
    step = trace.highlight
    overlaps = int(trace.overlaps[step.row, step.col])
    return look.say(
        f"{NAME}.captions.scatter", place=place(step, look), count=overlaps, sum=spoken_overlap(trace, step)
    )


def cut(trace: TransposeTrace, look: Look) -> str:
    """What padding leaves of the canvas, and how the other way begins."""
    if not any(trace.transposed.padding):
        return look.say(f"{NAME}.captions.uncut", **_sizes(trace, "stuffed", "input"))
    sizes = _sizes(trace, "canvas", "output", "stuffed", "input")
    padding = sides(trace.transposed.padding, look, line=trace.windowed.line)
    return look.say(f"{NAME}.captions.cut", padding=padding, **sizes)


def gather(trace: TransposeTrace, look: Look) -> str:
    """What the window finds at the watched cell."""
    step = trace.highlight
    return look.say(f"{NAME}.captions.gather", place=place(step, look), sum=spoken_overlap(trace, step))


def result(trace: TransposeTrace, look: Look) -> str:
    """Both ways have come to the same map, and why it is as large as it is."""
    return look.say(f"{NAME}.captions.result", formula=formulas(trace, look), **_sizes(trace, "output"))


def formulas(trace: TransposeTrace, look: Look) -> str:
    """The output-size formula, spoken; of both axes where they differ."""
    rows, columns = trace.transposed.axes
    axes = (columns,) if rows == columns or trace.windowed.line else (rows, columns)
    return ("；" if look.lang == "zh" else "; ").join(spoken_transposed(axis, look) for axis in axes)


def foot_of_scatter(trace: TransposeTrace, look: Look, *, dashed: bool) -> str:
    """What the foot states while stamps are made; `dashed` says whether cells are large enough for dashes."""
    said = [look.say(f"{NAME}.overlap")]
    if dashed and any(trace.transposed.output_padding):
        said.append(look.say(f"{NAME}.extension"))
    if any(trace.transposed.padding):
        said.append(look.say(f"{NAME}.hatched"))
    return DOT.join(said)


def foot_of_cut(trace: TransposeTrace, look: Look) -> str:
    """What the foot states when the canvas has become the feature map."""
    said = []
    if any(trace.transposed.padding):
        said.append(look.say(f"{NAME}.cut"))
    bias = trace.bias[0].item()
    if bias:
        said.append(f"{look.say('common.bias')} {look.number(bias)}")
    return DOT.join(said or [counting(trace, look)])


def foot_of_gather(trace: TransposeTrace, look: Look, *, dashed: bool) -> str:
    """What the foot states about the stuffed input; `dashed` as before."""
    padding = trace.windowed.padding
    top, left, bottom, right = (max(0, cells) for cells in padding)
    said = [look.say(f"{NAME}.border", value=sides((top, left, bottom, right), look, line=trace.windowed.line))]
    if len(trace.input) > 1:
        more = trace.windowed.channels(0).stop - 1
        said.append(look.say("convolution-scan.more_channels", count=more))
    elif min(padding) < 0:
        said.append(look.say("convolution-scan.unread"))
    elif dashed and trace.transposed.stride != (1, 1):
        said.append(look.say(f"{NAME}.zeros"))
    return DOT.join(said)


def foot_of_result(trace: TransposeTrace, look: Look) -> str:
    """What the foot states at the end."""
    said = [look.say(f"{NAME}.same")]
    if any(trace.transposed.output_padding):
        said.append(look.say(f"{NAME}.letter"))
    return DOT.join(said)


def describe(trace: TransposeTrace, look: Look) -> str:
    """Alternative text for the whole film."""
    step = trace.highlight
    overlaps = int(trace.overlaps[step.row, step.col])
    return look.say(
        f"{NAME}.alt",
        stride=_apart(trace),
        place=place(step, look),
        count=overlaps,
        sum=spoken_overlap(trace, step),
        **_sizes(trace, "input", "kernel", "stuffed", "canvas", "output"),
    )


def _apart(trace: TransposeTrace) -> str:
    """How many cells lie from one stamp to the next."""
    rows, cols = trace.transposed.stride
    return number(cols) if trace.windowed.line else pair((rows, cols))


def _sizes(trace: TransposeTrace, *names: str) -> dict[str, str]:
    rows, columns = trace.transposed.axes
    extents = {
        "input": (rows.input, columns.input),
        "kernel": (rows.kernel, columns.kernel),
        "stuffed": (rows.stuffed, columns.stuffed),
        "canvas": (rows.canvas, columns.canvas),
        "output": (rows.output, columns.output),
    }
    return {name: size(*extents_in(trace, *extents[name])) for name in names}
