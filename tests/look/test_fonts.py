"""The characters that the font has are the ones that fontTools finds in it."""

from fontTools.ttLib import TTFont

from look.fonts import characters, font_file


def test_the_characters_are_those_of_the_font():
    with TTFont(font_file(), lazy=True) as font:
        assert characters() == frozenset(font.getBestCmap())
