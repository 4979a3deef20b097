"""The feature maps of all filters, as many at a time as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Group

from core import Trace
from look import Look
from look.extents import extents_in
from look.numbers import size
from look.phrases import sized
from look.shade import shading
from scenes._ink import lettering
from scenes._lattice import Place
from scenes._motion import Slot
from scenes._scan_map import FeatureMap


class FeatureMaps(Group):
    """A page of maps; `turn_to` shows another page."""

    def __init__(self, trace: Trace, look: Look, places: Sequence[Place]) -> None:
        super().__init__()
        self.trace, self.look, self.places = trace, look, places
        self._shade = shading(look, "output", trace.output)
        self._page = Slot()
        self._maps: dict[int, FeatureMap] = {}
        self.add(self._page)

    def of(self, channel: int) -> FeatureMap:
        """The map of a filter on the page that is shown."""
        return self._maps[channel]

    @property
    def shown(self) -> Sequence[int]:
        """The filters whose maps are shown."""
        return sorted(self._maps)

    def turn_to(self, channel: int, done: int) -> None:
        """Show the page with this filter's map; `done` steps are filled in already."""
        for other in self._maps.values():
            other.rest()
        if channel in self._maps:
            return
        first = channel - channel % len(self.places)
        last = min(first + len(self.places), len(self.trace.output))
        self._page.show()
        self._maps = {}
        rows, columns = self.trace.output_size
        for index, place in zip(range(first, last), self.places, strict=False):
            full = done >= (index + 1) * rows * columns
            feature_map = FeatureMap(self.trace.output[index], place, self._shade, self.look, known=full)
            self._maps[index] = feature_map
            self._page.also(feature_map, self._label(index, place))
            if not full and done > index * rows * columns:
                self.fill(index * rows * columns, done)
        hidden = len(self.trace.output) - len(self._maps)
        if hidden:
            text = self.look.say("convolution-scan.more_maps", count=hidden)
            x, y = place.middle[0], place.bottom + 34
            self._page.also(lettering(text, x, y, 28, self.look, "muted", max_width=self._room(place)))

    def fill(self, first: int, last: int, column: int | None = None) -> None:
        """Show the rows of the steps `first` to `last - 1`, as far as their maps are shown and up to a column."""
        rows, columns = self.trace.output_size
        for channel, feature_map in self._maps.items():
            before = channel * rows * columns
            feature_map.fill(first - before, last - before, column)

    def _label(self, index: int, place: Place) -> Group:
        extents = extents_in(self.trace, *self.trace.output_size)
        text = sized("feature_map", self.look, *extents)
        if len(self.trace.output) > 1:
            text = self.look.say("convolution-scan.map", index=index, size=size(*extents))
        room = self._room(place)
        return lettering(text, place.middle[0], place.y - 32, 34, self.look, "output", max_width=room)

    @staticmethod
    def _room(place: Place) -> float:
        return max(300.0, place.right - place.x)
