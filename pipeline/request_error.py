"""The one exception for what a user can mend: shown as its sentence, never as a traceback."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class RequestError(Exception):
    """A bad request. Its text is one sentence that names the thing, the rule and the next move; the exit code is 2."""

    # As core's errors have it; taking it from there would load NumPy for every command, `--help` too.
    def _render_traceback_(self) -> list[str]:
        """What IPython and Jupyter print in the place of a traceback."""
        return [str(self)]


def close_to(word: str, words: Iterable[str]) -> str:
    """` Did you mean 'x' or 'y'?` for the words nearest to `word`, or nothing when none is near."""
    near = difflib.get_close_matches(word, sorted(set(words)), n=3, cutoff=0.5)
    return " Did you mean " + " or ".join(f"'{name}'" for name in near) + "?" if near else ""
