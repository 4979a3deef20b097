"""What an author says on a share card."""

from __future__ import annotations

from dataclasses import dataclass

from core.localized import Localized


@dataclass(frozen=True)
class Card:
    """The share card's words: ``site`` (one line at the foot) and ``tagline`` (empty if not given)."""

    site: Localized
    tagline: Localized
