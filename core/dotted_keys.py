"""Keys of absurdly many dotted parts, found before tomllib parses them: its memory grows with their square."""

from __future__ import annotations

import re

MOST_PARTS = 20  # a lesson's keys have one

_BASIC = r'"(?:[^"\\\n]|\\.)*+"'
_LITERAL = r"'[^'\n]*+'"
# Text, closed or not, and comments are passed over as a whole: what looks like a key in there is none. A quoted part of
# a key looks like text too, so that keys come first.
_KEY = re.compile(
    rf"""
      (?P<multiline>
          \"\"\"(?:[^"\\]|\\.|"{{1,2}}(?!"))*+(?:"{{3,5}}+|\Z) | '''(?:[^']|'{{1,2}}(?!'))*+(?:'{{3,5}}+|\Z)
      )
    | (?P<key>(?:(?:(?<![\w-])[\w-]++|{_BASIC}|{_LITERAL})[ \t]*+\.[ \t]*+){{{MOST_PARTS}}})
    | (?P<line>{_BASIC} | {_LITERAL} | ["'\#][^\n]*+)
    """,
    re.VERBOSE | re.DOTALL,
)


def long_key_line(text: str) -> int | None:
    """The line, from 1, of the first key of more than ``MOST_PARTS`` dotted parts in TOML ``text``; None without one.

    Strings and comments hold no keys. Takes time in proportion to the text, valid TOML or not.
    """
    for found in _KEY.finditer(text):
        if found["key"]:
            return text.count("\n", 0, found.start()) + 1
    return None
