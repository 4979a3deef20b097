"""The cues of a WebVTT file: a page opened from a disk may not load them, so the gallery carries them itself."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TypeAlias

Cue: TypeAlias = tuple[float, float, str]
"""Begin and end in seconds, and the text."""

TIMES = re.compile(r"(?m)^(\d+):(\d\d):(\d\d\.\d{3}) --> (\d+):(\d\d):(\d\d\.\d{3})\n((?:.+\n?)+)")


def read_cues(path: Path) -> tuple[Cue, ...]:
    """The cues of a file as `pipeline.captions` writes it; none where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ()
    return tuple(
        (_seconds(*found[:3]), _seconds(*found[3:6]), unescape(found[6].strip())) for found in TIMES.findall(text)
    )


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return round(int(hours) * 3600 + int(minutes) * 60 + float(seconds), 3)
