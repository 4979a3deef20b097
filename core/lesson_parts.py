"""A lesson in parts: what one drawing reads and another leaves alone, so that an edit draws anew only what shows it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from core.any_lesson import AnyLesson
from core.card import Card
from core.digest import digest_of, network_digest
from core.lesson import Lesson
from core.localized import LANGUAGES, Localized

OPERATION, NETWORK = "[convolution]", "[network]"
"""The parts that every drawing of a lesson reads."""
FIELD, LAYOUT = "receptive field", "im2col_layout"
TITLE, SITE, TAGLINE = "title", "site", "tagline"

_SILENT = Localized("", "")


@lru_cache(maxsize=256)
def parts_of(lesson: AnyLesson) -> Mapping[str, str]:
    """Each part by its name: a short text itself, numbers as their SHA-256. The digest changes when one of them does.

    A text is a part in each of its languages: ``title (zh)``.
    """
    parts: dict[str, str] = {}
    texts = {TITLE: lesson.title}
    if isinstance(lesson, Lesson):
        texts |= {SITE: lesson.card.site, TAGLINE: lesson.card.tagline}
        bare = replace(lesson, title=_SILENT, card=Card(_SILENT, _SILENT), layers=(), plane=(0, 0), unit=(0, 0))
        layers = [layer.described for layer in lesson.layers]
        parts[OPERATION] = digest_of(replace(bare, im2col_layout="rows"))
        parts[FIELD] = hashlib.sha256(json.dumps([layers, lesson.plane, lesson.unit]).encode()).hexdigest()
        parts[LAYOUT] = lesson.im2col_layout
    else:
        parts[NETWORK] = network_digest(_SILENT, lesson.network, lesson.settings)
    parts |= {part_in(name, lang): text[lang] for name, text in texts.items() for lang in LANGUAGES}
    return MappingProxyType(parts)


def part_in(name: str, lang: str) -> str:
    """The part that is the text ``name`` in one language."""
    return f"{name} ({lang})"
