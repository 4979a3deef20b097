"""The palette against WCAG 2.2, and the rules of a diverging scale."""

import math

import numpy as np
import pytest

from look import THEMES, Look
from look.palette import PALETTES, ROLES, cell, contrast, ink_on, mix
from look.shade import shading

TEXT = ("ink", "muted", "input", "kernel", "product", "output", "positive", "negative", "accent", "padding")
OUTLINES = (
    "window",
    "padding",
    "input",
    "kernel",
    "product",
    "output",
    "positive",
    "negative",
    "accent",
    "muted",
    "ink",
)
GROUNDS = ("background", "surface")
HUES = ("input", "kernel", "product", "output", "positive", "negative", "accent")
STRENGTHS = [step / 50 for step in range(51)]


def luminance(colour: str) -> float:
    """WCAG's relative luminance, written a second time."""
    total = 0.0
    for at, weight in ((1, 0.2126), (3, 0.7152), (5, 0.0722)):
        channel = int(colour[at : at + 2], 16) / 255
        total += weight * (channel / 12.92 if channel <= 0.04045 else math.pow((channel + 0.055) / 1.055, 2.4))
    return total


def ratio(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, a lightness that is not the one the palette is built with."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize(
    ("first", "second", "known"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_wcags(first: str, second: str, known: float) -> None:
    assert contrast(first, second) == pytest.approx(known, abs=0.005)
    assert contrast(second, first) == contrast(first, second) == pytest.approx(ratio(first, second))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", TEXT)
def test_text_reads_on_bare_ground(role: str, ground: str, theme: str) -> None:
    assert ratio(PALETTES[theme][role], PALETTES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", OUTLINES)
def test_outlines_are_seen(role: str, ground: str, theme: str) -> None:
    assert ratio(PALETTES[theme][role], PALETTES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", HUES)
def test_digits_read_on_every_cell(role: str, theme: str) -> None:
    worst = min(ratio(ink_on(theme, fill), fill) for fill in (cell(theme, role, strength) for strength in STRENGTHS))
    assert worst >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_grid_is_there_but_stands_back(theme: str) -> None:
    """Grid lines are decoration: no meaning rests on them, so they stay under the contrast of what does."""
    grid = ratio(PALETTES[theme]["grid"], PALETTES[theme]["background"])
    assert 1.3 <= grid < 3


def test_a_palette_that_fails_is_seen() -> None:
    assert ratio("#e08700", PALETTES["light"]["background"]) < 3
    assert ratio(PALETTES["dark"]["grid"], PALETTES["dark"]["background"]) < 4.5


def test_both_themes_have_every_role_in_hexadecimal() -> None:
    for theme in THEMES:
        assert tuple(PALETTES[theme]) == ROLES
        assert all(len(bytes.fromhex(colour[1:])) == 3 for colour in PALETTES[theme].values())


@pytest.mark.parametrize("theme", THEMES)
def test_the_diverging_scale_is_centred_and_even(theme: str) -> None:
    surface = PALETTES[theme]["surface"]
    shade = shading(Look(theme), "product", np.array([-9, 4]))
    assert shade(0) == shade.heat(0) == surface
    for share in (0.25, 0.5, 1.0):
        up, down = shade(9 * share), shade(-9 * share)
        assert up != down
        assert abs(lightness(up) - lightness(down)) < 4, "the two signs weigh the same in print"
    steps = [abs(lightness(shade(value)) - lightness(surface)) for value in range(1, 10)]
    assert steps == sorted(steps)
    assert len(set(steps)) == len(steps)
    assert shade(90) == shade(9)
    assert shade.heat(9) == Look(theme).positive
    assert shade.heat(-9) == Look(theme).negative


@pytest.mark.parametrize("role", ["input", "kernel"])
def test_an_input_and_a_kernel_keep_their_hue_where_they_are_positive(role: str) -> None:
    shade = shading(Look("dark"), role, np.array([1, -2]))
    assert shade(2) == cell("dark", role, 1.0)
    assert shade(-2) == cell("dark", "negative", 1.0)
    assert shading(Look("dark"), role, np.zeros(3))(0) == PALETTES["dark"]["surface"]


def test_the_ink_role_is_the_ink_that_reads() -> None:
    for theme in THEMES:
        look = Look(theme)
        for fill in ("#000000", "#ffffff", look.window):
            assert look.colour(look.ink_role(fill)) == look.ink_on(fill)


def test_mixing_goes_from_one_to_the_other() -> None:
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert 40 < lightness(mix("#000000", "#ffffff", 0.5)) < 60


@pytest.mark.parametrize("theme", THEMES)
def test_signs_differ_for_a_colour_blind_reader_too(theme: str) -> None:
    """Deuteranopia and protanopia after Viénot, Brettel and Mollon (1999): red and green fall together, blue stays."""
    for kind in ("deutan", "protan"):
        shade = shading(Look(theme), "output", np.array([9]))
        pair = [_seen(shade(value), kind) for value in (9, -9)]
        assert math.dist(*pair) > 30, kind


def _seen(colour: str, kind: str) -> tuple[float, float, float]:
    r, g, b = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    r, g, b = r**2.2, g**2.2, b**2.2
    matrix = {
        "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
        "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    }[kind]
    seen = [max(0.0, sum(k * c for k, c in zip(row, (r, g, b), strict=True))) for row in matrix]
    return tuple(255 * channel ** (1 / 2.2) for channel in seen)  # type: ignore[return-value]


def test_a_look_names_what_it_has_not() -> None:
    with pytest.raises(AttributeError, match=r"^a look has no role 'pink': there are background, surface, ink, "):
        _ = Look().pink
    with pytest.raises(ValueError, match=r"^no theme 'sepia': there are light, dark$"):
        Look(theme="sepia")
    with pytest.raises(ValueError, match=r"^no language 'fr': there are en, zh$"):
        Look(lang="fr")
