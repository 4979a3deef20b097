"""What films and figures say about a unit deep in a network, worded from its fields."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from core import EffectiveField, LessonField, NetworkCone, NodeField, Station
from core.arrays import Box
from core.network_cone import nearby
from core.network_growth import strides_of
from look.look import Look
from look.numbers import number, size
from look.phrases import DOT
from look.sheet import Sheet

SECTION = "network-field"
LONGEST = 20  # characters of a node's name; of longer ones the end is shown, where paths tell nodes apart


def short(name: str, most: int = LONGEST) -> str:
    """A node's name, or the end of a long one."""
    return name if len(name) <= most else f"…{name[1 - most :]}"


def station_name(station: Station, look: Look) -> str:
    """What a station is called: the picture, or its node's name."""
    return short(station.row.name) if station.row.op else look.say(f"{SECTION}.picture")


def title(field: LessonField, look: Look) -> str:
    """The result in one line: which unit sees how much, or that its field is larger than the picture."""
    found, picture = field.path_field.size, field.focus_cone.rows[0].plane
    larger = found[0] > picture[0] or found[1] > picture[1]
    key = f"{SECTION}.title_larger" if larger else f"{SECTION}.title"
    return look.say(key, name=short(field.focus[0]), size=size(*found))


def facts(field: LessonField, look: Look) -> str:
    """Stride and effective padding of the unit's node, and whether the branches on the way are aligned."""
    row = field[field.focus[0]]
    said = [look.say(f"{SECTION}.stride", value=fractions(row.stride))]
    if row.padding is not None:
        said.append(look.say(f"{SECTION}.padding", value=fractions(row.padding)))
    return DOT.join([*said, alignment(field, row, look)])


def alignment(field: LessonField, row: NodeField, look: Look) -> str:
    """Whether the branches that meet on the way to a node look at the same places; where they first do not."""
    if row.misaligned is not None:
        return look.say(f"{SECTION}.misaligned", name=short(row.misaligned))
    return look.say(f"{SECTION}.aligned") if merges(field) else look.say(f"{SECTION}.no_branches")


def merges(field: LessonField) -> bool:
    """Whether branches meet anywhere in the network."""
    given = {"", *field.network.constants, *field.network.others}  # weights and the like, which are no branches
    return any(len({*node.inputs} - given) > 1 for node in field.network.nodes)


def fractions(pair: Sequence[Fraction | int]) -> str:
    """Rows and columns as one number where they agree."""
    rows, cols = (int(value) if Fraction(value).denominator == 1 else float(value) for value in pair)
    return number(rows) if rows == cols else f"{number(rows)}×{number(cols)}"


def unit_place(field: LessonField, look: Look) -> str:
    """Where the unit stands, and on which picture."""
    name, (row, col) = field.focus
    rows, cols = field[name].plane
    plane = size(rows or 0, cols or 0)
    return look.say(f"{SECTION}.unit", name=short(name), plane=plane, row=row, col=col)


def unit_and_planes(field: LessonField, shown: NetworkCone, look: Look) -> str:
    """Where the unit stands, how many of the planes on its way are drawn, if not all, and that branches have none."""
    said, count = [unit_place(field, look)], len(field.focus_cone.rows)
    if len(shown.rows) < count:
        key = f"{SECTION}.common_planes_shown" if merges(field) else f"{SECTION}.planes"
        said.append(look.say(key, shown=len(shown.rows), count=count))
    elif merges(field):
        said.append(look.say(f"{SECTION}.common_planes"))
    return DOT.join(said)


def seen(station: Station, look: Look) -> str:
    """What the unit sees of a station, padding included; of the picture that is its field."""
    row0, col0, row1, col1 = station.box
    extent = size(row1 - row0, col1 - col0)
    if not station.row.op:
        return look.say(f"{SECTION}.field", size=extent)
    return look.say(f"{SECTION}.one") if extent == size(1, 1) else look.say(f"{SECTION}.seen", size=extent)


def seen_briefly(station: Station, look: Look) -> str:
    """The same without a verb where a node's name stands over it."""
    row0, col0, row1, col1 = station.box
    extent = size(row1 - row0, col1 - col0)
    return extent if station.row.op and extent != size(1, 1) else seen(station, look)


def shading_rule(field: LessonField, look: Look) -> str:
    """What the shades of the picture's cells mean: paths to the unit, or the gradient where the lesson wants that."""
    if field.effective_field.measure == "gradient":
        return look.say(f"{SECTION}.shade.gradient")
    return look.say(f"{SECTION}.shade.paths")


def plane(station: Station, look: Look) -> str:
    """The size of a station's whole plane."""
    return look.say(f"{SECTION}.plane", size=size(*station.plane))


def drawing_notes(cone: NetworkCone, sheets: Sequence[Sheet], look: Look) -> str:
    """What hatching and torn edges mean, where the drawing has them, and that a field goes on beyond the drawing."""
    shown = cone.clipped()
    said = []
    if any(sheet.outside(shown.region(sheet.depth)) for sheet in sheets):
        said.append(look.say(f"{SECTION}.further" if cone.far_outside else f"{SECTION}.hatched"))
    spans = [span for sheet in sheets for span in (sheet.rows, sheet.cols)]
    if any(span.torn_before or span.torn_after for span in spans):
        said.append(look.say(f"{SECTION}.torn"))
    return DOT.join(said)


def percent(share: float) -> str:
    """A share in per cent, with a digit after the point only below ten: 95 %, 3.7 %."""
    value = 100 * share
    return f"{number(round(value) if value >= 10 else float(f'{value:.2g}'))} %"


def effective_title(field: LessonField, look: Look) -> str:
    """The result in one line: from how few cells nearly all of the weight comes."""
    found = field.effective_field
    values = {"share": percent(found.held), "size": size(*found.core_size), "of": size(*found.size)}
    if found.core is None:
        return look.say("effective-field.nothing")
    if found.measure == "gradient":
        return look.say("effective-field.gradient.title", **values)
    return look.say("effective-field.paths.title", **values)


def effective_facts(field: LessonField, look: Look) -> str:
    """The effective field's part of the area, how far the weight spreads, and how many paths there are."""
    found = field.effective_field
    rows, cols = (round(value, 1) for value in found.deviation)
    spread = number(rows) if rows == cols else f"{number(rows)}×{number(cols)}"
    said = [
        look.say("effective-field.area", share=percent(found.area_share)),
        look.say("effective-field.spread", value=spread),
    ]
    if found.measure == "paths":
        said.append(look.say("effective-field.paths.count", count=found.paths))
    return DOT.join(said)


def effective_conventions(field: LessonField, look: Look) -> str:
    """What counts as a weight."""
    if field.effective_field.measure == "gradient":
        return look.say("effective-field.gradient.convention")
    return look.say("effective-field.paths.convention")


def seen_outside(found: EffectiveField, look: Look) -> str:
    """What hatching around the picture means; nothing where there is none."""
    if found.box is None or _within(found.box, found.weights.shape):
        return ""
    further = found.box != nearby(found.box, found.weights.shape)
    return look.say("effective-field.further" if further else "effective-field.outside")


def _within(box: Box, plane: tuple[int, ...]) -> bool:
    return min(box[:2]) >= 0 and box[2] <= plane[0] and box[3] <= plane[1]


def effective_alternative(field: LessonField, look: Look) -> str:
    """Alt text of the heat map, with its numbers."""
    name, (row, col) = field.focus
    joint = look.say(f"{SECTION}.joint")
    return look.say(
        "effective-field.alt",
        network=field.lesson.title[look.lang],
        name=name,
        row=row,
        col=col,
        title=effective_title(field, look),
        facts=effective_facts(field, look).replace(DOT, joint),
        convention=effective_conventions(field, look),
    )


def alternative(field: LessonField, cone: NetworkCone, look: Look) -> str:
    """Alt text: the network, the unit, and what it sees of every plane down to the picture."""
    name, (row, col) = field.focus
    joint = look.say(f"{SECTION}.joint")
    ways = [
        look.say(
            f"{SECTION}.way", name=station_name(station, look), seen=seen(station, look), size=size(*station.plane)
        )
        for station in reversed(cone.rows[:-1])
    ]
    return look.say(
        f"{SECTION}.alt",
        network=field.lesson.title[look.lang],
        name=name,
        row=row,
        col=col,
        size=size(*field.path_field.size),
        facts=facts(field, look).replace(DOT, joint),
        ways=joint.join(ways),
    )


def growth_title(field: LessonField, look: Look) -> str:
    """How large the field is in the end, and after how many layers."""
    last = field.growth[-1]
    return look.say("field-growth.title", size=size(*last.size), depth=last.depth)


def growth_alternative(field: LessonField, look: Look) -> str:
    """Alt text of the curves: every network with its depth and its field."""
    joint = look.say(f"{SECTION}.joint")
    networks = [
        look.say(
            "field-growth.network",
            title=each.lesson.title[look.lang],
            depth=each.growth[-1].depth,
            size=size(*each.growth[-1].size),
        )
        for each in (field, *field.compared)
    ]
    steps = joint.join(
        look.say("field-growth.step", stride=fractions(step.stride), depth=step.depth, size=size(*step.size))
        for step in strides_of(field.growth)
    )
    return look.say(
        "field-growth.alt",
        title=growth_title(field, look),
        networks=joint.join(networks),
        steps=steps or look.say("field-growth.no_strides"),
    )
