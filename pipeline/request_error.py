"""The one exception for what a user can mend: shown as its sentence, never as a traceback."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from core.errors import SentenceError


class RequestError(SentenceError):
    """A bad request. Its text is one sentence that names the thing, the rule and the next move; the exit code is 2."""


def close_to(word: str, words: Iterable[str]) -> str:
    """` Did you mean 'x' or 'y'?` for the words nearest to `word`, or nothing when none is near."""
    near = difflib.get_close_matches(word, sorted(set(words)), n=3, cutoff=0.5)
    return " Did you mean " + " or ".join(f"'{name}'" for name in near) + "?" if near else ""
