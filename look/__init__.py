"""How things look: palette, type, words and number formats. Knows neither matplotlib nor Manim.

`Look` is cheap to make and to send to another process; the typesetter is imported only by those who set type.
"""

from look.look import LANGUAGES, THEMES, Look
from look.words import Words, WordsError

__all__ = ["LANGUAGES", "THEMES", "Look", "Words", "WordsError"]
