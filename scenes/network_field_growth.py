"""A unit deep in a network lights its cone down to the picture, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from manim import FadeIn, Transform

from core import LessonField, NetworkCone
from look import Look
from look.field_phrases import text_role
from look.network_phrases import (
    alternative,
    drawing_notes,
    facts,
    percent,
    plane,
    seen,
    shading_rule,
    short,
    station_name,
    title,
    unit_and_planes,
)
from look.network_stations import STATIONS, fitting_stations
from look.numbers import size
from look.phrases import DOT
from look.sheet import Sheet
from look.sheet_stack import stack
from look.typesetting import typeset
from scenes._cone_flight import fly_down
from scenes._field_counts import BAND, FieldCounts
from scenes._field_sheet import FieldSheet, outlines
from scenes._ink import BODY, LABEL, LEAST, WIDTH, Lettering
from scenes._stage import MARGIN, Stage, shares

NEEDS: Final = ("network",)

NAME = "network-field-growth"
WORDS = 0.8  # of the width: what the words under the planes may take
STACK = (92.0, 196.0, 1828.0, 792.0)
SHRINKING = (0.8, 0.75, 0.68, 0.6, 0.54)  # from plane to plane: the less room, the more
GAP = 34.0  # at least, between planes
LINES = (824.0, 863.0, 900.0)  # heights of the words under the planes
NAMES = 28.0
SENTENCE = 966.0


def alt(field: LessonField, look: Look) -> str:
    """What the film shows, with its numbers."""
    told = alternative(field, field.focus_cone.abridged(STATIONS[0]), look)
    if field.effective_field.measure != "gradient":
        return told
    joint = " " if look.lang == "en" else ""
    return joint.join([told, look.say("network-field.alt_shade", rule=shading_rule(field, look))])


class NetworkFieldGrowth(Stage):
    """One unit lights, then what it sees of each plane down to the picture, then how much each of its cells counts."""

    seconds = 12

    def construct(self) -> None:
        """Unit, plane after plane, the picture's weights, the few cells that hold nearly all of them."""
        self._set_stage()
        steps = len(self.sheets) - 1
        parts = shares(self.seconds, [0.5, 1.0, *[6.1 / max(1, steps)] * steps, 1.5, 1.1, 1.8])
        rest, unit, *ways, weights, core, hold = parts
        name, (row, col) = self.trace.focus
        self.chapter(self.look.say(f"{NAME}.chapter.unit"))
        self._say("unit", name=short(name), row=row, col=col)
        self.wait(rest)
        self.play(FadeIn(self.sheets[-1].lit), FadeIn(self.seen[-1]), run_time=unit)
        self.chapter(self.look.say(f"{NAME}.chapter.cone"))
        for k, seconds in zip(range(steps, 0, -1), ways, strict=True):
            self._reach(k, seconds)
        self.chapter(self.look.say(f"{NAME}.chapter.weights"))
        self._weigh(weights, core)
        self.poster()
        self.wait(hold)

    def _set_stage(self) -> None:
        """The planes, their names and the words that stay."""
        look, field = self.look, self.trace
        room = STACK[2] - STACK[0]
        self.cone, widths = fitting_stations(field.weighed_cone, self._label_width, room, GAP, WORDS)
        drawn = self.cone.clipped()
        layout = {"largest": 120.0, "smallest": 54.0, "gaps": (GAP, 300.0), "band": BAND, "shrinking": SHRINKING}
        sheets = stack(drawn, range(len(drawn.rows)), STACK, labels=widths, **layout)
        self.sheets = [FieldSheet(drawn, sheet, 10.0 * (len(sheets) - k), look) for k, sheet in enumerate(sheets)]
        self.counts = FieldCounts(drawn, self.sheets[0], look)
        self.sentence: Lettering | None = None
        self.add(self.header(title(field, look), facts(field, look), field.lesson.title[look.lang]))
        self.add(self.footer(unit_and_planes(field, self.cone, look), self._notes(sheets)))
        self.add(*(sheet.base for sheet in self.sheets))
        self.add(self.sheets[-1].edge, self.sheets[-1].corner_mark(*self.cone.unit))
        self.seen = self._label(widths)

    def _notes(self, sheets: Sequence[Sheet]) -> str:
        """What hatching and torn edges mean; and where cells are shaded by the gradient, that they are."""
        notes = drawing_notes(self.cone, sheets, self.look)
        if self.trace.effective_field.measure == "gradient":
            return DOT.join(filter(None, [shading_rule(self.trace, self.look), notes]))
        return notes

    def _label_width(self, cone: NetworkCone, depth: int) -> float:
        """The width that the words under a plane want."""
        station, look = cone.rows[depth], self.look
        wide = [typeset(seen(station, look), bold=True).width * LABEL, typeset(plane(station, look)).width * LEAST]
        return max(*wide, typeset(station_name(station, look)).width * NAMES)

    def _label(self, widths: Sequence[float]) -> list[Lettering]:
        """Under each plane its node and its size; what the unit sees there is returned, to appear later."""
        later = []
        for sheet, station, width in zip(self.sheets, self.cone.rows, widths, strict=True):
            left, _, right, _ = sheet.sheet.box
            x, room = (left + right) / 2, max(width, right - left)
            role = text_role(self.cone, sheet.sheet.depth)
            self.add(self.text(station_name(station, self.look), x, LINES[0], NAMES, role, max_width=room))
            later.append(self.text(seen(station, self.look), x, LINES[1], LABEL, role, bold=True, max_width=room))
            self.add(self.text(plane(station, self.look), x, LINES[2], LEAST, "muted", max_width=room))
        return later

    def _reach(self, k: int, seconds: float) -> None:
        """The cone reaches from plane k to the one before it."""
        row0, col0, row1, col1 = self.cone.region(k - 1)
        extent = size(row1 - row0, col1 - col0)
        if k > 1:
            self._say("reads", name=station_name(self.cone.rows[k - 1], self.look), size=extent)
        elif min(row0, col0) < 0 or row1 > self.cone.rows[0].plane[0] or col1 > self.cone.rows[0].plane[1]:
            self._say("padded", size=extent)
        else:
            self._say("field", size=extent)
        fly_down(self, self.sheets[k], self.sheets[k - 1], self.seen[k - 1], seconds)

    def _weigh(self, weights: float, core: float) -> None:
        """The picture's cells shaded by what they count, their profiles beside them; then the effective field."""
        found, picture = self.trace.effective_field, self.sheets[0]
        gradient = found.measure == "gradient"
        self._say("weights_gradient" if gradient else "weights")
        shown = [FadeIn(part) for part in (self.counts.shades, self.counts.rows, self.counts.cols) if len(part)]
        self.play(*(shown or [FadeIn(self.seen[0])]), run_time=weights)
        if found.core is None:
            self.wait(core)
            return
        self._say("core_gradient" if gradient else "core", share=percent(found.held), size=size(*found.core_size))
        start = picture.window(picture.region, "window")
        goal = outlines([picture.sheet.quad(found.core)], self.look, stroke="window", line=6.0)
        self.play(Transform(start, goal.set_z_index(picture.level + 5)), run_time=core)

    def _say(self, key: str, /, **values: float | str) -> None:
        """Put a sentence under the planes in place of the one before; it is the subtitle too."""
        if self.sentence is not None:
            self.remove(self.sentence)
        text = self.look.say(f"{NAME}.say.{key}", **values)
        self.caption(text)
        self.sentence = self.text(text, WIDTH / 2, SENTENCE, BODY - 4, max_width=WIDTH - 2 * MARGIN)
        self.add(self.sentence)
