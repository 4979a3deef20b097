"""The border around an input fills in four ways: with zeros, mirrored, repeated, or from the other side."""

from __future__ import annotations

from typing import Final

from manim import AnimationGroup, Create, FadeIn, Group

from core import Step, Trace
from core.arrays import Sides
from core.mode_variant import ModeVariant, border_step, mode_variants
from core.variant import named_paddings
from look import Look
from look.extents import cell_index
from look.numbers import number
from look.phrases import DOT, channel_runs, conventions, fitting_sum, sides
from look.typesetting import Run, typeset
from scenes._ink import BODY, LABEL, LEAST, SMALL, WIDTH, Lettering
from scenes._mode_layout import panel_places
from scenes._mode_panel import ModePanel
from scenes._stage import MARGIN, Stage, shares

NEEDS: Final = ("convolution", "padded")
NAME = "padding-modes"
FOOT = (WIDTH - 2 * MARGIN) * 0.48  # the room of one side of the footer


def alt(trace: Trace, look: Look) -> str:
    """Which values each mode gives the window."""
    step = border_step(trace)
    said = [_result(variant, step.row, step.col, look) for variant in mode_variants(trace)]
    values = look.say(f"{NAME}.join").join(said)
    padding = _told(trace, trace.convolution.padding, look)
    return look.say(f"{NAME}.alt", padding=padding, cell=cell_index(step), values=values)


def _told(trace: Trace, padding: Sides, look: Look) -> str:
    """Padding as briefly as it can be said; of a signal only what is before and after."""
    return sides(padding, look, line=trace.convolution.line)


def _result(variant: ModeVariant, row: int, col: int, look: Look) -> str:
    """A mode and the output under it, or that it cannot take this padding."""
    name = look.say(f"{NAME}.mode.{variant.mode}")
    if variant.trace is None:
        return look.say(f"{NAME}.cannot", mode=name)
    return look.say(f"{NAME}.gives", mode=name, value=variant.trace.step_at(row, col).value)


def _sum(step: Step, look: Look, room: float) -> list[Run]:
    """The sum of a step, with as many of its terms as fit; over several channels, of their sums."""
    if len(step.patch) == 1:
        return fitting_sum(step, look, room, SMALL)
    sums = (channel_runs(step, look, most=most) for most in range(min(len(step.patch), 6), 1, -1))
    return next((runs for runs in sums if typeset(runs).width * SMALL <= room), channel_runs(step, look, most=1))


def _sign(value: float) -> str:
    return "negative" if value < 0 else "positive"


class PaddingModes(Stage):
    """Four times the same input; each mode fills its border ring by ring, then one window reads all four."""

    seconds = 12

    def construct(self) -> None:
        """The empty borders, one mode after the other, and what the same window makes of them."""
        look, trace = self.look, self.trace
        variants = mode_variants(trace)
        self.step = border_step(trace)
        places = panel_places(trace, len(variants))
        self.panels = [ModePanel(variant, trace, place, look) for variant, place in zip(variants, places, strict=True)]
        self._set_stage()
        begin, *fills, results, hold = shares(self.seconds, [1.6, *([1.9] * len(variants)), 1.3, 1.5])
        self.chapter(look.say(f"{NAME}.chapter.border"))
        self.caption(
            look.say(f"{NAME}.begin", padding=_told(trace, trace.convolution.padding, look), names=self._named())
        )
        self.wait(begin)
        for at, (panel, seconds) in enumerate(zip(self.panels, fills, strict=True)):
            if not at:
                self.chapter(look.say(f"{NAME}.chapter.fill"))
            self._fill(panel, self.names[at], seconds)
        self.chapter(look.say(f"{NAME}.chapter.result"))
        self._read(results)
        self.poster()
        self.wait(hold)

    def _set_stage(self) -> None:
        """Titles, inputs with their empty borders, and the names of the modes."""
        look, trace = self.look, self.trace
        self.add(self.header(look.say(f"{NAME}.title"), conventions(trace, look), trace.lesson.title[look.lang]))
        several = DOT.join(["", look.say("common.channel", index=0)]) if len(trace.input) > 1 else ""
        named = self._named(FOOT - typeset(several).width * LEAST) + several
        indices = look.say(f"{NAME}.indices_in_line") if trace.windowed.line else look.say(f"{NAME}.indices")
        self.add(self.footer(named, indices if self.panels[0].indices else ""))
        self.names: list[Lettering] = []
        for panel in self.panels:
            place, variant = panel.place, panel.variant
            text = look.say(f"{NAME}.mode.{variant.mode}")
            if variant.own:
                text = look.say(f"{NAME}.own", mode=text)
            name = self.text(text, *place.name, LABEL, anchor=place.anchor, bold=variant.own, max_width=place.room)
            self.names.append(name)
            self.add(panel.base, name)
        self.add(*(panel.frame for panel in self.panels))

    def _named(self, room: float | None = None) -> str:
        """What the padding is called, and how wide the others that have a name are: as many of them as have `room`."""
        look, own, joint = self.look, self.trace.convolution.padding, self.look.say(f"{NAME}.join")
        said = []
        for name, padding in named_paddings(self.trace.convolution).items():
            told = _told(self.trace, padding, look)
            said.append(look.say(f"{NAME}.named{'_own' if padding == own else ''}", name=name, padding=told))
        while room and len(said) > 1 and typeset(joint.join(said)).width * LEAST > room:
            said.pop(0)  # "valid", of which there is least to say
        return joint.join(said)

    def _fill(self, panel: ModePanel, name: Lettering, seconds: float) -> None:
        """One mode: its rule, its rings from the inside out, and the indices they copy."""
        look, place, mode = self.look, panel.place, panel.variant.mode
        if panel.variant.trace is None:
            text, role = look.say(f"{NAME}.too_wide", most=panel.variant.most or 0), "negative"
        else:
            text, role = look.say(f"{NAME}.rule.{mode}"), "muted"
        rule = self.text(text, *place.rule, SMALL, role, anchor=place.anchor, max_width=place.room)
        self.caption(look.say(f"{NAME}.filled", mode=look.say(f"{NAME}.mode.{mode}"), rule=text))
        first, moving, last = shares(seconds, [0.4, 1.2, 0.4])
        self.play(FadeIn(rule), run_time=first)
        plays = panel.ring_plays(moving)
        if not plays:
            self.wait(moving)
        for at, (play, time) in enumerate(plays):
            if panel.rings:
                self.add(panel.cells_of(at))
            self.play(play, run_time=time)
        if panel.indices:
            self.play(FadeIn(panel.indices), run_time=last)
        else:
            self.wait(last)

    def _read(self, seconds: float) -> None:
        """The same window on all four, and what it makes of each."""
        look, step = self.look, self.step
        said = [_result(panel.variant, step.row, step.col, look) for panel in self.panels]
        joined = look.say(f"{NAME}.join").join(said)
        self.caption(look.say(f"{NAME}.result", cell=cell_index(step), values=joined))
        windows, values = Group(), Group()
        for panel in self.panels:
            if panel.variant.trace is None:
                continue
            windows.add(panel.window(step))
            found, place = panel.variant.trace.step_at(step.row, step.col), panel.place
            value = found.value
            runs = [(f"{cell_index(step)} = ", "muted"), (number(value), _sign(value))]
            values.add(self.text(runs, *place.value, BODY, anchor=place.anchor, max_width=place.room))
            written = _sum(found, look, place.room)
            values.add(self.text(written, *place.sum, SMALL, anchor=place.anchor, max_width=place.room))
        first, second = shares(seconds, [1, 1])
        drawn = [Create(window[-1]) for window in windows]
        veiled = [FadeIn(veil) for window in windows for veil in window[:-1]]
        self.play(AnimationGroup(*drawn, *veiled), run_time=first)
        self.play(FadeIn(values), run_time=second)
