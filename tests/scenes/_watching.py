"""A scene that notes its texts, where they stand and what is wrong with them, whenever nothing moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from core import Trace
from look import Look
from look.grid import Box
from pipeline.film import Film
from scenes._lattice import Lattice
from scenes._stage import Stage
from tests.scenes._overlap import faults_in, ink_box, letterings

RATES = (60,)
"""What is exact to the frame at the highest rate is so at every lower one, where half a frame lasts longer."""


def briefest_subtitle(film: Film) -> Fraction:
    """Seconds for which the subtitle stands that stands least; an empty one is none."""
    ends = [*(start for start, _ in film.cues[1:]), film.duration]
    return min(end - start for (start, text), end in zip(film.cues, ends, strict=True) if text)


@dataclass(frozen=True)
class Texts:
    """What is written: the contents, and the middle of the ink of each in page pixels."""

    said: tuple[str, ...]
    middles: NDArray[np.float64]

    def within(self, box: Box) -> list[str]:
        """What is written in a box."""
        left, top, right, bottom = box
        x, y = self.middles.T
        return [self.said[at] for at in np.flatnonzero((left < x) & (x < right) & (top < y) & (y < bottom))]


class Watching(Stage):
    """Mixed into a scene, before it: `moments` are its still moments, `latest` the scene played last.

    `said` is what is written when anything begins, movements too.
    """

    latest: ClassVar[Any]

    def __init__(self, **settings: Any) -> None:
        self.moments: list[tuple[Fraction, Texts, list[str]]] = []
        self.said: list[tuple[str, ...]] = []
        type(self).latest = self
        super().__init__(**settings)

    def play(self, *animations: Any, **settings: Any) -> None:
        """Note what is written."""
        self.said.append(tuple(text.content for text in letterings(self.mobjects)))
        super().play(*animations, **settings)

    def wait(self, *arguments: Any, **settings: Any) -> None:
        """Note the moment."""
        shown = list(letterings(self.mobjects))
        boxes = [ink_box(text) for text in shown]
        texts = Texts(tuple(text.content for text in shown), np.array([_middle(box) for box in boxes]))
        self.moments.append((self.clock, texts, faults_in(shown, boxes)))
        super().wait(*arguments, **settings)

    def texts_at(self, moment: Fraction) -> Texts:
        """The texts of the last still moment before `moment`."""
        return [texts for start, texts, _ in self.moments if start < moment][-1]

    def mistold(self, feet: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
        """What was written whenever a sum stood over a foot that is not its own; `feet` are those of each sum."""
        told = set().union(*feet.values())
        found = []
        for said in self.said:
            allowed = [feet[text] for text in said if text in feet]
            if allowed and any(text in told and not any(text in own for own in allowed) for text in said):
                found.append(said)
        return found

    @property
    def faults(self) -> list[tuple[float, list[str]]]:
        """What is wrong with the texts, and when."""
        return [(float(start), faults) for start, _, faults in self.moments if faults]


def shown(texts: Texts, place: Lattice, values: NDArray[Any]) -> list[list[str]]:
    """What is written in the cell of each of the values at a place, in reading order."""
    return [texts.within(place.at(row, col)) for row, col in np.ndindex(values.shape)]


def numbers(look: Look, values: NDArray[Any]) -> list[list[str]]:
    """What `shown` gives where each value is written in its cell."""
    return [[look.number(value)] for value in values.ravel().tolist()]


def assert_filters_counted(trace: Trace, scene: Any, said: Sequence[str]) -> None:
    """Where an im2col film shows some of the filters that read a channel, it says how many of how many."""
    shown = [channel for _, channel in scene.board.places.slices]
    groups = [range(len(trace.input))[trace.convolution.channels(filter_)] for filter_ in range(len(trace.kernel))]
    for channel in set(shown):
        count, reading = shown.count(channel), sum(channel in group for group in groups)
        note = scene.look.say("im2col-build.filters_shown", shown=count, count=reading)
        assert (note in said) == (count < reading)


def _middle(box: Box) -> tuple[float, float]:
    left, top, right, bottom = box
    return (left + right) / 2, (top + bottom) / 2
