"""The page every figure is drawn on: units of 1/100 inch, the origin top left, y running down, roles for colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import BoxStyle, Polygon
from matplotlib.path import Path

from figures._lettering import POINTS, Box, Lettering, letter
from figures._pile import Pile
from look import Look
from look.drawing import hatch
from look.typesetting import ASCENT, DESCENT, LEADING, Content, Setting, fit, place

WIDTH, HEIGHT = 1200.0, 675.0
MARGIN = 60.0
TITLE, LABEL, BODY, SMALL = 36.0, 21.0, 19.0, 16.0
LEAST = 15.0  # 2.2 % of the height
TOP_LINE = 58.0  # where a title of one line stands

LINE = ASCENT + DESCENT + LEADING  # em from one line to the next

CORNERS = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]

Point = tuple[float, float]


class Page:
    """Draws on `fig` in page units. Its methods take roles or hex colours.

    `text` and `rect` return the box that they drew in, `header` the height at which the picture may begin. The axes
    are the page, whatever is drawn on it: nothing is measured for limits, which would take longer than the drawing.
    """

    def __init__(self, fig: Figure, look: Look, width: float = WIDTH, height: float = HEIGHT) -> None:
        self.fig, self.look, self.width, self.height = fig, look, width, height
        fig.set_size_inches(width / 100, height / 100)
        fig.set_facecolor(look.background)
        self.axes = fig.add_axes((0, 0, 1, 1), xticks=(), yticks=())  # who looks for artists makes no ticks
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.set_aspect("auto")
        self._pile = Pile(self.axes)
        self._count = 0

    def text(
        self,
        x: float,
        y: float,
        content: Content | Setting,
        size: float = BODY,
        role: str = "ink",
        *,
        anchor: str = "center",
        bold: bool = False,
        max_width: float | None = None,
        max_lines: int = 1,
        within: Box | None = None,
        least: float = LEAST,
        zorder: float = 5,
    ) -> Box:
        """Set type with the middle of its first line's digits at height `y`; `anchor` is left, center or right.

        `max_width` shrinks, wraps or at last cuts the text so that it fits; `within` is the box a test holds it to.
        A `Setting` (such as a formula) is placed by the middle of its ink instead.
        """
        setting, size, left, baseline = place(
            content,
            x,
            y,
            size,
            role,
            least=least,
            anchor=anchor,
            bold=bold,
            max_width=max_width,
            max_lines=max_lines,
        )
        artists = letter(setting, left, baseline, size, self.look, zorder)
        for artist in artists:
            self._count += 1
            artist.set_gid(f"text-{self._count}")
            self.axes.add_artist(artist)
        if not artists:
            return (left, y, left, y)
        artists[0].within = within
        return artists[0].extent

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 1.5,
        radius: float = 0.0,
        dashed: bool = False,
        zorder: float = 1,
    ) -> Box:
        """A rectangle; corners round by `radius`."""
        style = {
            "facecolor": self.look.colour(fill) if fill else "none",
            "edgecolor": self.look.colour(stroke) if stroke else "none",
            "linewidth": thickness * POINTS if stroke else 0,
            "linestyle": (0, (4, 3)) if dashed else "solid",
            "joinstyle": "round" if radius else "miter",
        }
        right, bottom = x + width, y + height
        if radius:
            path = BoxStyle.Round(pad=0, rounding_size=radius)(x, y, width, height, 1)
        else:
            path = Path([(x, y), (right, y), (right, bottom), (x, bottom), (x, y)], CORNERS)
        self._pile.outline(path, style, zorder)
        return (x, y, right, bottom)

    def hatch(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        role: str = "padding",
        gap: float = 9.0,
        *,
        falling: bool = False,
        zorder: float = 1.5,
    ) -> None:
        """Diagonal strokes: rising for padding, `falling` for what is not read."""
        segments = hatch(x, y, width, height, gap, falling=falling)
        style = {"colors": self.look.colour(role), "linewidths": 0.9 * POINTS, "alpha": 0.75}
        self._pile.strokes(segments, style, zorder)

    def line(
        self,
        points: Sequence[Point],
        role: str = "muted",
        thickness: float = 2.0,
        *,
        dashed: bool = False,
        zorder: float = 3,
    ) -> None:
        """A polyline."""
        style = {
            "colors": self.look.colour(role),
            "linewidths": thickness * POINTS,
            "linestyles": (0, (4, 3)) if dashed else "solid",
            "capstyle": "butt" if dashed else "round",
            "joinstyle": "round",
        }
        self._pile.strokes([list(points)], style, zorder)

    def polygon(self, points: Sequence[Point], fill: str, *, alpha: float = 1.0, zorder: float = 1) -> None:
        """A filled polygon."""
        self.axes.add_artist(
            Polygon(
                list(points),
                closed=True,
                facecolor=self.look.colour(fill),
                edgecolor="none",
                alpha=alpha,
                zorder=zorder,
            )
        )

    def dot(self, x: float, y: float, radius: float, fill: str, *, zorder: float = 3) -> None:
        """A filled circle around (x, y)."""
        style = {"facecolor": self.look.colour(fill), "edgecolor": "none", "linewidth": 0}
        self._pile.outline(Path.circle((x, y), radius), style, zorder)

    def arrow(self, start: Point, end: Point, role: str = "muted", thickness: float = 2.0, head: float = 9.0) -> None:
        """A straight arrow."""
        (x0, y0), (x1, y1) = start, end
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        neck = (x1 - ux * head * 0.8, y1 - uy * head * 0.8)
        self.line([start, neck], role, thickness)
        base = (x1 - ux * head, y1 - uy * head)
        side = head * 0.55
        self.polygon(
            [end, (base[0] - uy * side, base[1] + ux * side), (base[0] + uy * side, base[1] - ux * side)],
            role,
            zorder=3,
        )

    def header(self, title: str, subtitle: Content = "", eyebrow: str = "") -> float:
        """The title top left and, under it, one line that says what is shown or which conventions hold.

        A title too long for one line is set smaller, on two. `eyebrow` is a small line over it, such as the lesson's
        title where a figure has its own. Returns the height at which the picture may begin.
        """
        room = self.width - 2 * MARGIN
        lines = _header(title, subtitle, eyebrow, self.width)
        if eyebrow:
            self.text(MARGIN, lines.eyebrow, eyebrow, SMALL, "muted", anchor="left", max_width=room, max_lines=2)
        self.text(MARGIN, lines.title, title, TITLE, bold=True, anchor="left", max_width=room, max_lines=2)
        if subtitle:
            self.text(MARGIN, lines.subtitle, subtitle, BODY, "muted", anchor="left", max_width=room)
        return lines.bottom

    def footer(self, left: Content = "", right: Content = "") -> None:
        """Small print at the bottom: what is counted at the left, the stated conventions at the right."""
        y = self.height - 38
        room = self.width - 2 * MARGIN
        share = room * (0.49 if left and right else 1.0)
        if left:
            self.text(MARGIN, y, left, SMALL, "muted", anchor="left", max_width=share)
        if right:
            self.text(self.width - MARGIN, y, right, SMALL, "muted", anchor="right", max_width=share)


@dataclass(frozen=True)
class _Header:
    """Heights of a header's lines (of several, the first), and where the picture may begin."""

    eyebrow: float
    title: float
    subtitle: float
    bottom: float


def _header(title: str, subtitle: Content, eyebrow: str, width: float) -> _Header:
    room = width - 2 * MARGIN
    setting, size = fit(title, TITLE, room, least=LEAST, bold=True, max_lines=2)
    line, y = 0.0, TOP_LINE if eyebrow or setting.lines == 1 else 48.0
    if eyebrow:
        above, small = fit(eyebrow, SMALL, room, least=LEAST, max_lines=2)
        line = 38.0
        y = line + (above.lines - 1) * LINE * small + (36 if setting.lines == 1 else 30)
    last = y + (setting.lines - 1) * LINE * size
    if subtitle:
        last += 42 if setting.lines == 1 else 36
    return _Header(line, y, last, last + 24)


def header_bottom(title: str, subtitle: Content = "", eyebrow: str = "", *, width: float = WIDTH) -> float:
    """What `Page.header` will return: for those who plan a picture before there is a page."""
    return _header(title, subtitle, eyebrow, width).bottom


def lettering(fig: Figure) -> list[Lettering]:
    """The texts drawn on `fig`, in drawing order; each names its content, extent and size."""
    return [artist for artist in fig.findobj(Lettering) if artist.content is not None]
