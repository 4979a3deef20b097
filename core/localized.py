"""Text in every language of the project."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Localized:
    """Author's text in English and Chinese: ``title["zh"]``. A plain string serves both languages."""

    en: str
    zh: str

    def __getitem__(self, language: str) -> str:
        """The text in ``language``; KeyError naming the languages there are."""
        if language not in LANGUAGES:
            raise KeyError(f"no language {language!r}: there are {', '.join(LANGUAGES)}")
        return self.en if language == "en" else self.zh
