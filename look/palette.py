"""One palette of roles, two themes. Hues are Okabe and Ito's, tuned so that text reads on what it stands on.

Contrast follows WCAG 2.2: text against its cell at least 4.5:1, outlines against the background at least 3:1.
Mixing happens in Oklab (Björn Ottosson, 2020), where equal steps look equal and lightness is a coordinate of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

ROLES = (
    "background",
    "surface",
    "ink",
    "muted",
    "grid",
    "input",
    "kernel",
    "window",
    "product",
    "output",
    "padding",
    "positive",
    "negative",
    "accent",
)

PALETTES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "dark": MappingProxyType(
            {
                "background": "#10151f",
                "surface": "#18212e",
                "ink": "#f3f6fa",
                "muted": "#a3b0c2",
                "grid": "#36465a",
                "input": "#5bb8ee",
                "kernel": "#f5ab35",
                "window": "#f5ab35",
                "product": "#f0e08a",
                "output": "#2fcb9c",
                "padding": "#7c8ba0",
                "positive": "#2fcb9c",
                "negative": "#ff7a5c",
                "accent": "#dd93c4",
            }
        ),
        "light": MappingProxyType(
            {
                "background": "#fcfcfa",
                "surface": "#f1f4f7",
                "ink": "#17202c",
                "muted": "#56616f",
                "grid": "#c3ccd6",
                "input": "#0a66a8",
                "kernel": "#936200",
                "window": "#c27d00",
                "product": "#7a6400",
                "output": "#00714f",
                "padding": "#65707d",
                "positive": "#00714f",
                "negative": "#b5341f",
                "accent": "#a03d80",
            }
        ),
    }
)

# Luminance of a fully coloured cell, alike for all roles: dark enough for light ink, or light enough for dark ink.
_CELL_LUMINANCE = {"dark": 0.105, "light": 0.55}
_CELL_CHROMA = {"dark": 0.62, "light": 0.8}


def colour(theme: str, role: str) -> str:
    """The hex colour of a role, such as `colour("dark", "window")`."""
    try:
        return PALETTES[theme][role]
    except KeyError:
        known = PALETTES.get(theme)
        raise ValueError(
            f"no theme {theme!r}: there are {', '.join(PALETTES)}"
            if known is None
            else f"no role {role!r}: there are {', '.join(ROLES)}"
        ) from None


def rgb(hex_colour: str) -> tuple[int, int, int]:
    """The three channels of a hex colour, 0..255."""
    red, green, blue = bytes.fromhex(hex_colour[1:])
    return red, green, blue


@lru_cache(maxsize=4096)
def cell(theme: str, role: str, strength: float) -> str:
    """Fill of a cell that carries `role` at `strength` 0..1: from the bare surface to the role's cell colour.

    All roles reach the same luminance at strength 1, so positive and negative weigh the same in print.
    """
    strength = min(1.0, max(0.0, strength))
    surface, full = _oklab(PALETTES[theme]["surface"]), _full_cell(theme, role)
    return _hex(tuple(s + (f - s) * strength for s, f in zip(surface, full, strict=True)))


@lru_cache(maxsize=64)
def _full_cell(theme: str, role: str) -> tuple[float, float, float]:
    """The role's hue at the cells' luminance, in Oklab; its lightness there is found by halving."""
    _, a, b = _oklab(colour(theme, role))
    a, b = a * _CELL_CHROMA[theme], b * _CELL_CHROMA[theme]
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if _luminance(_hex((middle, a, b))) < _CELL_LUMINANCE[theme] else (low, middle)
    return (low + high) / 2, a, b


@lru_cache(maxsize=4096)
def mix(first: str, second: str, amount: float) -> str:
    """The colour `amount` of the way from `first` to `second` (hex), in Oklab."""
    one, two = _oklab(first), _oklab(second)
    return _hex(tuple(x + (y - x) * amount for x, y in zip(one, two, strict=True)))


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio of two hex colours, 1..21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(theme: str, fill: str) -> str:
    """The theme's ink or its background, whichever reads better on `fill`."""
    palette = PALETTES[theme]
    return max((palette["ink"], palette["background"]), key=lambda candidate: contrast(candidate, fill))


def _linear(hex_colour: str) -> tuple[float, float, float]:
    channels = (channel / 255 for channel in rgb(hex_colour))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return r, g, b


def _luminance(hex_colour: str) -> float:
    r, g, b = _linear(hex_colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _oklab(hex_colour: str) -> tuple[float, float, float]:
    r, g, b = _linear(hex_colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _hex(lab: tuple[float, ...]) -> str:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    clipped = (min(1.0, max(0.0, c)) for c in linear)
    srgb = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in clipped)
    return "#" + "".join(f"{round(c * 255):02x}" for c in srgb)
