"""Which shipped lessons, and which shipped artifacts, go together."""

from functools import cache
from pathlib import Path

from core import AnyLesson, load_any_lesson
from pipeline.catalogue import Entry, lesson_files, read_catalogue
from pipeline.needs import USUAL, unmet

LESSONS = Path(__file__).parents[1] / "lessons"
PLAIN = (*USUAL, "not flipped", "not wrapped", "not columns")
"""What every drawing of an ordinary convolution can show."""


@cache
def shipped() -> dict[str, AnyLesson]:
    """Every shipped lesson by name, those in folders too."""
    return {path.stem: load_any_lesson(path) for path in lesson_files(LESSONS)}


def lessons_with(*needs: str) -> list[str]:
    """The lessons of the lessons' room itself that meet `needs`, by name."""
    own = sorted(path.stem for path in LESSONS.glob("[!_.]*.toml"))
    return [name for name in own if not unmet(needs, shipped()[name].traits)]


def entries_of(kinds: tuple[str, ...], lesson: str | None = None) -> list[Entry]:
    """The shipped artifacts of some kinds, all or those that can be drawn of a lesson."""
    entries = [entry for entry in read_catalogue().entries if entry.kind in kinds]
    return [entry for entry in entries if lesson is None or not unmet(entry.needs, shipped()[lesson].traits)]
