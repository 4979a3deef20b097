"""Which messages a drawing asked for: only a change of one of these can change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from look import LANGUAGES
from look.words import load_words


class _Noted(Mapping[str, str]):
    """Messages that note each key asked for, also one that is not there."""

    def __init__(self, messages: Mapping[str, str], lang: str, asked: dict[str, str | None]) -> None:
        self.messages, self.lang, self.asked = messages, lang, asked

    def __getitem__(self, key: str) -> str:
        self.asked[f"{self.lang}/{key}"] = self.messages.get(key)
        return self.messages[key]

    def __iter__(self) -> Iterator[str]:
        for key in self.messages:
            self.asked[f"{self.lang}/{key}"] = self.messages[key]
            yield key

    def __len__(self) -> int:
        return len(self.messages)


@contextmanager
def words_noted() -> Iterator[dict[str, str | None]]:
    """Give a dictionary that fills with `<lang>/<key>` and the message, None for one that is not there."""
    asked: dict[str, str | None] = {}
    spoken = [load_words(lang) for lang in LANGUAGES]
    before = [words.messages for words in spoken]
    try:
        for words, messages in zip(spoken, before, strict=True):
            words.messages = _Noted(messages, words.lang, asked)  # type: ignore[assignment]
        yield asked
    finally:
        for words, messages in zip(spoken, before, strict=True):
            words.messages = messages


def message_now(name: str) -> str | None:
    """The message called `<lang>/<key>` as it stands in the locale files."""
    lang, _, key = name.partition("/")
    return load_words(lang).messages.get(key)
