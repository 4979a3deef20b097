"""What the pooling film says in subtitles, at the foot of the picture and to those who cannot see it."""

from __future__ import annotations

from core import AveragePoolTrace, MaxPoolTrace, MaxStep
from core.scan import Scan
from look import Look
from look.extents import counting
from look.numbers import size
from look.phrases import DOT, spoken_size
from look.pool_phrases import PoolStep, spoken_pool
from scenes._scan_schedule import Kind
from scenes._scan_unread import told_unread

NAME = "pooling-scan"
PoolTrace = MaxPoolTrace | AveragePoolTrace


def said(trace: PoolTrace, look: Look, kind: Kind, first: int, last: int) -> str:
    """The subtitle of a part of the scan: the steps `first` to `last - 1`."""
    if kind is Kind.FULL:
        step = trace.steps[first]
        key = f"{NAME}.captions.full_max" if isinstance(step, MaxStep) else f"{NAME}.captions.full_mean"
        return look.say(key, sum=spoken_pool(step), row=step.row, col=step.col, **_origin(step))
    if kind is Kind.RESULT:
        return look.say(f"{NAME}.captions.result", output=_sizes(trace)["output"], formula=formulas(trace, look))
    if kind is Kind.INTRO:
        return look.say(f"{NAME}.captions.intro", window=window(trace), **_sizes(trace))
    values = trace.output[0].ravel()[first:last]
    least, most = values.min().item(), values.max().item()
    if least == most:
        return look.say(f"{NAME}.captions.alike", first=first + 1, last=last, value=most)
    return look.say(f"{NAME}.captions.run", first=first + 1, last=last, least=least, most=most)


def window(trace: Scan[PoolStep]) -> str:
    """The size of the window."""
    return size(*trace.windowed.window_size)


def _sizes(trace: PoolTrace) -> dict[str, str]:
    return {"input": size(*trace.input.shape[1:]), "output": size(*trace.output_size)}


def _origin(step: PoolStep) -> dict[str, int]:
    """Where the largest stood, or how many cells count of how many."""
    if isinstance(step, MaxStep):
        return {"from_row": step.winner[0], "from_col": step.winner[1], "index": step.winner_index}
    return {"count": step.divisor, "cells": step.patch.size}


def formulas(trace: PoolTrace, look: Look) -> str:
    """The output-size formula, spoken; of both axes where they differ."""
    rows, columns = trace.axes
    axes = (columns,) if rows == columns or trace.windowed.line else (rows, columns)
    return ("；" if look.lang == "zh" else "; ").join(spoken_size(axis, look) for axis in axes)


def foot(step: PoolStep, look: Look) -> str:
    """What the foot states about a step."""
    if isinstance(step, MaxStep):
        said = [look.say(f"{NAME}.winner", row=step.winner[0], col=step.winner[1], index=step.winner_index)]
        if step.operation.line:
            said = [look.say(f"{NAME}.winner_line", index=step.winner_index)]
        if step.ties.sum() > 1:
            said.append(look.say(f"{NAME}.tie"))
        return DOT.join(said)
    values = _origin(step)
    padding = int((~step.inside).sum())
    if not padding:
        return look.say(f"{NAME}.all_count", **values)
    return look.say(f"{NAME}.some_count", padding=padding, **values)


def rest(trace: PoolTrace, look: Look) -> str:
    """What the foot states before the first step."""
    said = [counting(trace, look)]
    if isinstance(trace, MaxPoolTrace):
        if any(trace.windowed.padding):
            said.append(look.say(f"{NAME}.padding_loses"))
        elif any(axis.overhang for axis in trace.axes):
            said.append(look.say(f"{NAME}.overhang"))
    elif any(axis.overhang for axis in trace.axes):
        said.append(look.say(f"{NAME}.overhang"))
    return DOT.join(said)


def result(trace: PoolTrace, look: Look, *, marked: bool) -> str:
    """What the foot states at the end; `marked` says whether the winners' corners are green."""
    said = told_unread(trace, look)
    if any(axis.overhang for axis in trace.axes):
        said.append(look.say(f"{NAME}.overhang"))
    if marked:
        said.append(look.say(f"{NAME}.kept"))
    return DOT.join(said[:2] or [counting(trace, look)])


def describe(trace: PoolTrace, look: Look) -> str:
    """Alternative text for the whole film."""
    step = trace.highlight
    key = f"{NAME}.alt.max" if isinstance(step, MaxStep) else f"{NAME}.alt.mean"
    values = {"sum": spoken_pool(step), "row": step.row, "col": step.col, "steps": trace.output[0].size}
    return look.say(key, window=window(trace), **_sizes(trace), **values, **_origin(step))
