"""Outlines and strokes of a page, in the order in which they are drawn; of like ones in a row, one artist.

An artist costs each format far more than an outline in it. Two marks are one artist only if nothing between them is
drawn at their height, and outlines only if they have but one colour, so that overlaps look alike. What may differ is a
pixel that the edges of two of them share: it has what they cover of it together.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

MOST = 1000
"""Points of a path that are still put on whole pixels; matplotlib's own limit is 1024."""

Style = Mapping[str, Hashable]
Segment = Sequence[tuple[float, float]]


class Pile:
    """The marks on `axes`, which may be drawn on by others as well."""

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self._last: dict[float, tuple[Artist, Style]] = {}
        self._frame = len(axes.get_children())
        self._seen = 0

    def outline(self, path: Path, style: Style, zorder: float) -> None:
        """Add an outline with the `style` of a patch; all of a page run around in the same sense, and cover alike."""
        one_colour = "none" in (style["facecolor"], style["edgecolor"])
        last = self._like(PathPatch, style, zorder) if one_colour else None
        if last and len(last.get_path()) + len(path) <= MOST:
            last.set_path(Path.make_compound_path(last.get_path(), path))
        else:
            self._add(PathPatch(path, zorder=zorder, **style), style)

    def strokes(self, segments: Iterable[Segment], style: Style, zorder: float) -> None:
        """Add lines with the `style` of a collection."""
        last = self._like(LineCollection, style, zorder)
        if last:
            last.get_paths().extend(Path(segment) for segment in segments)
        else:
            self._add(LineCollection(segments, zorder=zorder, **style), style)

    def _like(self, kind: type, style: Style, zorder: float) -> Any:
        """The artist that is drawn last at this height, if it is one of ours of that kind and style, else None."""
        self._look()
        artist, known = self._last.get(zorder, (None, None))
        return artist if isinstance(artist, kind) and known == style else None

    def _add(self, artist: Artist, style: Style) -> None:
        if isinstance(artist, LineCollection):
            self._axes.add_collection(artist, autolim=False)
        else:
            self._axes.add_artist(artist)
        self._look()
        self._last[artist.get_zorder()] = (artist, style)

    def _look(self) -> None:
        """Nothing is joined to what another has drawn over since."""
        drawn = self._axes.get_children()[: -self._frame]
        for artist in drawn[self._seen :]:
            self._last.pop(artist.get_zorder(), None)
        self._seen = len(drawn)
