"""Words on screen: `locales/<language>/<section>.toml`, the same files and keys in each language.

An artifact's words are the section of its name; `common` holds what several say. A message's key is `section.key`.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

_LOCATION = re.compile(r" \((at [^()]*)\)$")
FOLDER = Path(__file__).resolve().parent.parent / "locales"


class WordsError(ValueError):
    """A message that is not there or that was given other values than it names, or a file of them that is not TOML."""


class Words:
    """The messages of one language. `words("common.step", index=5, count=9)` gives the sentence."""

    def __init__(self, lang: str, messages: Mapping[str, str]) -> None:
        self.lang = lang
        self.messages = MappingProxyType(dict(messages))

    def __contains__(self, key: str) -> bool:
        return key in self.messages

    def __call__(self, key: str, /, **values: float | str) -> str:
        """The message `key` with exactly the values that it names put in, numbers as a reader sees them."""
        message = self.messages.get(key)
        if message is None:
            raise WordsError(f"locales/{self.lang}: no message {key!r}")
        wanted = {name for _, name, _, _ in string.Formatter().parse(message) if name}
        if wanted != set(values):
            raise WordsError(
                f"locales/{self.lang}: {key!r} takes {', '.join(sorted(wanted)) or 'no values'}, "
                f"not {', '.join(sorted(values)) or 'none'}"
            )
        from look.numbers import number  # the core, with NumPy, which nobody needs who only lists what there is

        shown = {name: value if isinstance(value, str) else number(value) for name, value in values.items()}
        return message.format_map(shown)


@lru_cache(maxsize=8)
def load_words(lang: str) -> Words:
    """The messages of `lang`, read once."""
    messages: dict[str, str] = {}
    for path in sorted((FOLDER / lang).glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:  # not TOML, or not UTF-8
            reason = _LOCATION.sub(r" \1", str(error)) if isinstance(error, tomllib.TOMLDecodeError) else "not UTF-8"
            raise WordsError(f"locales/{lang}/{path.name}: {reason}: correct it") from error
        messages.update(_flat(content, f"{path.stem}."))
    return Words(lang, messages)


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)
