"""What films, figures and cards say about a receptive field, worded from the trace."""

from __future__ import annotations

from collections.abc import Sequence

from core import Layer, ReceptiveField, Trace
from core.cone import Cone
from core.pooling import Pool
from look.look import Look
from look.numbers import number, size
from look.phrases import DOT, named_sides, pair, sides, sized
from look.sheet import Sheet

SECTION = "receptive-field"
Pair = tuple[int, int]


def extent(values: Pair, *, line: bool) -> str:
    """Rows and columns of a plane, kernel or field; of a `line`, a signal's, the columns alone."""
    return number(values[1]) if line else size(*values)


def along(values: Pair, *, line: bool) -> str:
    """A stride and the like as one number where rows and columns agree; of a `line` along its one axis."""
    return number(values[1]) if line else pair(values)


def text_role(field: Cone, depth: int) -> str:
    """The role of what is written about a depth: the window's hue is for outlines, the kernel's reads as text."""
    role = role_of(field, depth)
    return "kernel" if role == "window" else role


def role_of(field: Cone, depth: int) -> str:
    """The role of a depth: the input's and the last unit's own hues, the window's for what lies between."""
    return "input" if depth == 0 else "output" if depth == len(field.layers) else "window"


def title(trace: Trace, look: Look) -> str:
    """The result in one line: which unit sees how much."""
    line, depth = trace.windowed.line, len(trace.field.layers)
    seen_by = extent(trace.field.rows[-1].size, line=line)
    return look.say(f"{SECTION}.{'title_in_line' if line else 'title'}", depth=depth, size=seen_by)


def arithmetic(trace: Trace, look: Look) -> str:
    """Jump and effective padding of the last layer's units, how much of the field the unit reads, and rounding up."""
    last, line = trace.field.rows[-1], trace.windowed.line
    said = [
        look.say(f"{SECTION}.jump", value=along(last.jump, line=line)),
        look.say(f"{SECTION}.padding", value=along(last.padding, line=line)),
        reading(trace, look),
    ]
    if rounds_up(trace.field):
        said.append(look.say("common.conventions.rounded_up"))
    return DOT.join(said)


def rounds_up(field: ReceptiveField) -> bool:
    """Whether a layer reaches past its padding because its size is rounded up."""
    return any(any(field.overhang(row.depth)) for row in field.rows)


def reading(trace: Trace, look: Look) -> str:
    """How many cells of its field the unit reads: fewer where dilation leaves holes or the field leaves the plane."""
    height, width = trace.field.rows[-1].size
    return look.say(f"{SECTION}.reads", count=trace.field.cells_read, all=height * width)


def name(depth: int, look: Look) -> str:
    """What a depth is called."""
    return look.say(f"{SECTION}.layer", depth=depth) if depth else look.say("common.input")


def seen(field: ReceptiveField, depth: int, look: Look, *, line: bool = False) -> str:
    """What the unit sees of a depth: so many cells, itself alone, or of the input its receptive field."""
    row0, col0, row1, col1 = field.region(depth)
    shown = extent((row1 - row0, col1 - col0), line=line)
    if depth == 0:
        return look.say(f"{SECTION}.size", size=shown)
    return look.say(f"{SECTION}.one") if depth == len(field.layers) else shown


def plane(field: ReceptiveField, depth: int, look: Look, *, line: bool = False) -> str:
    """The size of a depth's whole plane, such as "plane 6×6"."""
    return look.say(f"{SECTION}.plane", size=extent(field.rows[depth].plane, line=line))


def settings(layer: Layer, look: Look, *, line: bool = False, thing: str = "kernel") -> list[str]:
    """A layer's kernel, or the window that a pool has, and what of its settings is not the default, one by one."""
    said = [sized(thing, look, layer.kernel[1])]
    if not line:
        said = [look.say(f"common.conventions.{thing}", size=size(*layer.kernel))]
    if layer.stride != (1, 1):
        said.append(look.say("common.conventions.stride", value=along(layer.stride, line=line)))
    if any(layer.padding):
        said.append(look.say("common.conventions.padding", value=sides(layer.padding, look, line=line)))
    if layer.dilation != (1, 1):
        said.append(look.say("common.conventions.dilation", value=along(layer.dilation, line=line)))
    return said


def reader(trace: Trace) -> str:
    """What slides over a plane, as a key of `common`: a kernel, or a pool's window."""
    return "window" if isinstance(trace.lesson.convolution, Pool) else "kernel"


def layer_settings(trace: Trace, look: Look) -> str:
    """The settings of every layer where all have the same; else of the first and the last."""
    layers = trace.field.layers
    told = [DOT.join(settings(layer, look, line=trace.windowed.line, thing=reader(trace))) for layer in layers]
    if len(set(told)) == 1:
        return told[0] if len(layers) == 1 else look.say(f"{SECTION}.each", settings=told[0])
    joint = look.say(f"{SECTION}.joint") if len(layers) == 2 else look.say(f"{SECTION}.joint_far")
    ends = [look.say(f"{SECTION}.one_of", depth=depth, settings=told[depth - 1]) for depth in (1, len(layers))]
    return joint.join(ends)


def unit_place(trace: Trace, look: Look) -> str:
    """Where the unit stands."""
    field = trace.field
    if trace.windowed.line:
        return look.say(f"{SECTION}.unit_in_line", depth=len(field.layers), index=field.unit[1])
    return look.say(f"{SECTION}.unit", depth=len(field.layers), row=field.unit[0], col=field.unit[1])


def padding_order(trace: Trace, look: Look) -> str:
    """In which order a table writes four paddings, or a signal's two; nothing where opposite sides are alike."""
    if trace.windowed.line and any(named_sides(layer.padding) for layer in trace.field.layers):
        return look.say(f"{SECTION}.order_in_line")
    return look.say(f"{SECTION}.order") if any(named_sides(layer.padding) for layer in trace.field.layers) else ""


def equal_paths(field: ReceptiveField) -> bool:
    """Whether every cell that is read has the same number of paths, or none is read at all."""
    return field.path_range is None or field.path_range[0] == field.path_range[1]


def drawing_notes(field: Cone, sheets: Sequence[Sheet], look: Look) -> str:
    """What hatching and torn edges mean, where the drawing has them."""
    said = []
    if any(sheet.outside(field.region(sheet.depth)) for sheet in sheets):
        said.append(look.say(f"{SECTION}.hatched"))
    spans = [span for sheet in sheets for span in (sheet.rows, sheet.cols)]
    if any(span.torn_before or span.torn_after for span in spans):
        said.append(look.say(f"{SECTION}.torn"))
    return DOT.join(said)


def path_range(trace: Trace, look: Look) -> str:
    """How many paths lead from a cell to the unit, and whether all cells count the same."""
    if trace.field.path_range is None:
        return look.say(f"{SECTION}.paths.none")
    least, most = trace.field.path_range
    if least == most:
        return look.say(f"{SECTION}.paths.equal", most=most)
    return look.say(f"{SECTION}.paths.range", least=least, most=most)


def alternative(trace: Trace, look: Look) -> str:
    """Alt text: the stack, the unit, its field and the paths, with their numbers."""
    field, line = trace.field, trace.windowed.line
    last, (row, col) = field.rows[-1], field.unit
    values = {
        "kernels": ", ".join(extent(layer.kernel, line=line) for layer in field.layers),
        "place": look.say("common.index", index=col) if line else look.say("common.cell", row=row, col=col),
        "size": extent(last.size, line=line),
        "count": number(field.cells_read),
        "jump": along(last.jump, line=line),
        "padding": along(last.padding, line=line),
        "paths": path_range(trace, look),
    }
    if len(field.layers) == 1:
        return look.say(f"{SECTION}.alt_one", **values)
    return look.say(f"{SECTION}.alt", layers=len(field.layers), depth=len(field.layers), **values)
