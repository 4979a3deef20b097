"""The one typesetting path: text and formulas to glyph outlines, by Typst, for films and figures alike.

Lengths are in em (1 = the type size). x runs right, y runs up, the origin is on the first baseline at the left edge.
Colours stay roles: a `Setting` is the same in every theme, and whoever draws it asks the look for colours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from look.fonts import FAMILY, MATH_FAMILY, check_characters, font_file
from look.line_words import keep_words
from look.palette import ROLES
from look.typst_svg import Shape, read_svg

Run = tuple[str, str]  # (text, role)
Content = str | Sequence[Run]

ASCENT, DESCENT, LEADING = 0.88, 0.24, 0.16  # em; of the font's own box, and between lines
CAP_HEIGHT = 0.733  # em; of Noto Sans SC
MIDDLE = CAP_HEIGHT / 2  # em above the baseline: where a digit's middle is
AIR = 0.08  # em; between a fraction's bar and what stands over and under it
BOLD = 0.042  # em; the outline that turns the regular weight bold

_UNIT = 100.0  # pt set per em: Typst rounds to 0.001 pt


@dataclass(frozen=True)
class Setting:
    """Set type: `shapes` (outline points in em, with roles), the advance `width`, ink `bounds`, and plain `text`."""

    text: str
    shapes: tuple[Shape, ...]
    width: float
    lines: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Ink box (left, bottom, right, top); the advance box for blank text."""
        ink = [shape.points for shape in self.shapes if len(shape.points)]
        if not ink:
            return (0.0, 0.0, self.width, 0.0)
        points = np.concatenate(ink)
        left, bottom = points.min(axis=0)
        right, top = points.max(axis=0)
        return float(left), float(bottom), float(right), float(top)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Layout box (left, bottom, right, top): advance width by cap height, or the ink where that is larger."""
        left, bottom, right, top = self.bounds
        return min(0.0, left), min(0.0, bottom), max(self.width, right), max(CAP_HEIGHT, top)


def typeset(content: Content, role: str = "ink", *, bold: bool = False, width: float | None = None) -> Setting:
    """Set plain text: a string in `role`, or runs of (text, role). `width` in em breaks lines, Chinese between words.

    Nothing in the text is markup. Raises MissingGlyphError naming a character that the font lacks.
    """
    runs = ((content, role),) if isinstance(content, str) else tuple((text, part) for text, part in content)
    return _typeset(runs, bold, width)


@lru_cache(maxsize=4096)
def _typeset(runs: tuple[Run, ...], bold: bool, width: float | None) -> Setting:
    text = "".join(part for part, _ in runs)
    check_characters(text.translate(_RAISED))
    parts = []
    for part, role in runs:
        stroke = f', stroke: (paint: {_code(role)}, thickness: {BOLD}em, join: "round"), tracking: {BOLD / 4}em'
        for piece, settings in _pieces(part if width is None else keep_words(part)):
            parts.append(f"#text(fill: {_code(role)}{stroke if bold else ''}, {settings}, {_literal(piece)})")
    page = "auto" if width is None else f"{width * _UNIT}pt"
    return _compile("".join(parts), page, text)


# The font is a Chinese one: dots are as wide as an ideograph, and so are curly quotes, unless a feature is asked for.
# Of the superscripts it has only ¹ to ⁴: powers of ten are set as small raised digits.
_SPECIAL = re.compile(r"(?P<dot>[·•]+)|(?P<quote>(?<=[ -~])[‘’“”]+|[‘’“”]+(?=[ -~]))|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789\N{MINUS SIGN}")
_SETTINGS = {
    "dot": 'features: ("palt",)',
    "quote": 'features: ("pwid",)',
    "raised": "size: 0.62em, baseline: -0.6em",
}


def _pieces(text: str) -> list[tuple[str, str]]:
    """`text` cut where the type's settings change, each piece with Typst's arguments for them."""
    pieces, done = [], 0
    for match in _SPECIAL.finditer(text):
        piece = match.group().translate(_RAISED) if match["raised"] else match.group()
        pieces += [(text[done : match.start()], "features: ()"), (piece, _SETTINGS[str(match.lastgroup)])]
        done = match.end()
    pieces.append((text[done:], "features: ()"))
    return [(piece, settings) for piece, settings in pieces if piece]


@lru_cache(maxsize=1024)
def formula(source: str, text: str, role: str = "ink") -> Setting:
    """Set a formula given in Typst's math notation; `text` is how it reads aloud (alt text and tests use it).

    Colour a part by its role: every role's name is a function in the formula, as in `kernel(K)`. A fraction is
    `over(a, b)`: at full size, with air around its bar, for which Noto has no table that Typst could ask.
    """
    functions = "".join(f"#let {name}(it) = text(fill: {_code(name)}, it)\n" for name in ROLES)
    fonts = f'#show math.equation: set text(font: ("{FAMILY}", "{MATH_FAMILY}"), fallback: true)\n'
    fraction = (
        "#let over(a, b) = math.display(math.frac("
        + ", ".join(
            f"box(inset: ({side}: {AIR}em), $display(#{part})$)" for side, part in (("bottom", "a"), ("top", "b"))
        )
        + "))\n"
    )
    body = f"#text(fill: {_code(role)})[$ {source} $]"
    return _compile(functions + fonts + fraction + body, "auto", text)


def _compile(body: str, page_width: str, text: str) -> Setting:
    source = (
        f"#set page(width: {page_width}, height: auto, margin: 0pt, fill: none)\n"
        f'#set text(font: "{FAMILY}", size: {_UNIT}pt, lang: "zh", region: "cn", fallback: false,'
        f" top-edge: {ASCENT}em, bottom-edge: -{DESCENT}em)\n"
        f"#set par(leading: {LEADING}em, justify: false)\n{body}"
    )
    width, shapes = read_svg(_compiler().compile(source.encode(), format="svg"), _UNIT, ROLES)
    if page_width != "auto":  # the page's width is the room there was, not what the text takes
        width = max((float(shape.points[:, 0].max()) for shape in shapes), default=0.0)
    baselines = sorted({round(shape.baseline, 3) for shape in shapes})
    # Lines are about an em apart; what is raised within a line is less.
    lines = 1 + sum(below < above - 0.6 for below, above in pairwise(baselines))
    return Setting(text, shapes, width, lines)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:  # type: ignore[name-defined]  # noqa: F821
    import typst

    return typst.Compiler(ignore_system_fonts=True, font_paths=[str(font_file().parent)])


def _code(role: str) -> str:
    """A colour that stands for a role in Typst's output and is turned back into it on reading."""
    return f'rgb("#{ROLES.index(role) + 1:06x}")'


def _literal(text: str) -> str:
    """A Typst string literal: JSON's escapes for quote, backslash and newline are Typst's too."""
    return json.dumps(text, ensure_ascii=False)


def fit(
    content: Content,
    size: float,
    max_width: float,
    *,
    least: float,
    role: str = "ink",
    bold: bool = False,
    max_lines: int = 1,
) -> tuple[Setting, float]:
    """Set `content` as large as fits `max_width`: at `size`, else on up to `max_lines`, else smaller down to `least`.

    Returns the setting and the size it fits at. What still does not fit at `least` is cut with an ellipsis.
    Lengths in the caller's unit, whatever that is.
    """
    setting = typeset(content, role, bold=bold)
    if setting.width * size <= max_width:
        return setting, size
    for lines in range(1, max_lines + 1):
        shrunk = size
        while shrunk >= least:
            wrapped = setting if lines == 1 else typeset(content, role, bold=bold, width=max_width / shrunk)
            if wrapped.lines <= lines and _ink_width(wrapped) * shrunk <= max_width:
                return wrapped, shrunk
            if lines < max_lines and shrunk < 0.8 * size:
                break  # a second line reads better than much smaller type
            shrunk = shrunk * 0.97 if shrunk * 0.97 > least or shrunk == least else least
            if shrunk <= least:
                wrapped = setting if lines == 1 else typeset(content, role, bold=bold, width=max_width / least)
                if wrapped.lines <= lines and _ink_width(wrapped) * least <= max_width:
                    return wrapped, least
                break
    return _cut(content, least, max_width, role, bold, max_lines), least


def _ink_width(setting: Setting) -> float:
    return max(setting.bounds[2], 0.0 if setting.lines > 1 else setting.width)


def _cut(content: Content, size: float, max_width: float, role: str, bold: bool, max_lines: int) -> Setting:
    runs = [(content, role)] if isinstance(content, str) else [tuple(run) for run in content]
    characters = [(character, part) for text, part in runs for character in text]
    low, high = 0, len(characters)
    while low < high:
        middle = (low + high + 1) // 2
        setting = typeset([*characters[:middle], ("…", role)], bold=bold, width=max_width / size)
        if setting.lines <= max_lines and _ink_width(setting) * size <= max_width:
            low = middle
        else:
            high = middle - 1
    return typeset([*characters[:low], ("…", role)], bold=bold, width=max_width / size if max_lines > 1 else None)


def place(
    content: Content | Setting,
    x: float,
    y: float,
    size: float,
    role: str = "ink",
    *,
    least: float,
    anchor: str = "center",
    bold: bool = False,
    max_width: float | None = None,
    max_lines: int = 1,
) -> tuple[Setting, float, float, float]:
    """Set type for a page whose y runs down: the setting, its size, and its origin (left, baseline).

    The middle of the first line's digits is at height `y`, `anchor` (left, center or right) at `x`; a `Setting`, such
    as a formula, is placed by the middle of its ink. `max_width` shrinks, wraps or at last cuts what is too wide.
    """
    if isinstance(content, Setting):
        setting = content
        if max_width is not None and setting.width * size > max_width:
            size = max_width / setting.width
        _, bottom, _, top = setting.bounds
        baseline = y + (top + bottom) / 2 * size
    else:
        if max_width is None:
            setting = typeset(content, role, bold=bold)
        else:
            setting, size = fit(
                content, size, max_width, least=min(least, size), role=role, bold=bold, max_lines=max_lines
            )
        baseline = y + MIDDLE * size
    extent = setting.width if setting.lines == 1 else setting.bounds[2]
    return setting, size, x - {"left": 0.0, "center": 0.5, "right": 1.0}[anchor] * extent * size, baseline
