"""WebVTT: a film's cues and chapters as subtitle files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import PurePosixPath

Cue = tuple[Fraction, str]
"""When a text begins, in seconds, and the text; an empty text ends the one before."""

CHAPTERS = "-chapters"
"""What the name of a file of chapters has after its film's."""

SHORTEST = 1
"""Milliseconds. WebVTT wants every cue to end after it begins."""


def webvtt(cues: Iterable[Cue], duration: Fraction | float, lang: str) -> str:
    """A WebVTT file: each cue lasts until the next one begins, the last until `duration` (seconds).

    Of cues that begin in the same millisecond the last one counts; cues at or past the end are left out.
    """
    end = _milliseconds(duration)
    starts: dict[int, str] = {}
    for start, text in sorted(cues, key=lambda cue: cue[0]):
        starts[max(0, _milliseconds(start))] = text
    times = [*starts, end]
    blocks = ["WEBVTT\n", f"NOTE Language: {lang}\n"]
    for number, (begin, text) in enumerate(starts.items()):
        until = min(times[number + 1], end)
        if text.strip() and until - begin >= SHORTEST:
            blocks.append(f"{_clock(begin)} --> {_clock(until)}\n{_escaped(text)}\n")
    return "\n".join(blocks)


def caption_files(
    film: str, lang: str, cues: Sequence[Cue], chapters: Sequence[Cue], duration: Fraction
) -> dict[str, str]:
    """File name to text: `<film>.<lang>.vtt`, and `<film>-chapters.<lang>.vtt` for a film that has chapters."""
    files = {f"{film}.{lang}.vtt": webvtt(cues, duration, lang)}
    if chapters:
        files[f"{film}{CHAPTERS}.{lang}.vtt"] = webvtt(chapters, duration, lang)
    return files


def holds_chapters(file: str, film: str) -> bool:
    """Whether `file`, a path, is one that `caption_files` names for the chapters of `film`."""
    name = PurePosixPath(file).name
    return name.startswith(f"{film}{CHAPTERS}.") and name.endswith(".vtt")


def _milliseconds(seconds: Fraction | float) -> int:
    return round(Fraction(seconds) * 1000)


def _clock(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{thousandths:03d}"


def _escaped(text: str) -> str:
    """Cue text that reads as written: no tags, no arrow, and no blank line, which would end the cue."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
