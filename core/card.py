"""What an author says on a share card."""

from __future__ import annotations

from dataclasses import dataclass

from core.localized import Localized


@dataclass(frozen=True)
class Card:
    """The share card's words: ``site`` (one line at the foot) and ``tagline`` (empty text when the author gave none)."""

    site: Localized
    tagline: Localized
