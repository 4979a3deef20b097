"""Every subtitle of every film of every shipped lesson can be read, and none comes before what it tells."""

from fractions import Fraction
from importlib import import_module

import pytest

from core import Lesson, LessonField, trace_of
from look import Look
from pipeline.film import QUALITIES, Film, rehearse
from scenes._stage import Stage
from scenes._subtitles import READABLE, readable
from tests._shipped import entries_of, shipped
from tests.scenes._watching import briefest_subtitle

FILMS = [(entry.path.stem, name) for name in shipped() for entry in entries_of(("film",), name)]


def rehearsed(film: str, lesson: str) -> tuple[Film, list[Fraction]]:
    """The film, and when it said each of its subtitles, before they were moved apart."""
    scene = getattr(import_module(f"scenes.{film}"), "".join(map(str.capitalize, film.split("_"))))
    said: list[Fraction] = []

    class Noting(scene):  # type: ignore[misc, valid-type]
        def caption(self, text: str) -> None:
            said.append(self.clock)
            super().caption(text)

    loaded = shipped()[lesson]
    trace = trace_of(loaded) if isinstance(loaded, Lesson) else LessonField(loaded)
    return rehearse(Noting, trace, Look("light", "en"), QUALITIES["draft"]), said


@pytest.mark.parametrize(("film", "lesson"), FILMS)
def test_each_stands_long_enough_and_none_is_early(film: str, lesson: str) -> None:
    played, said = rehearsed(film, lesson)
    starts = [start for start, _ in played.cues]
    assert starts[0] == 0
    assert briefest_subtitle(played) >= READABLE
    if said:  # a scan writes its subtitles at once: `scenes._scan_subtitles` keeps them in time
        assert len(said) == len(starts)
        assert all(told >= begun for told, begun in zip(starts, said, strict=True))


def test_a_brief_one_puts_off_those_after_it() -> None:
    cues = [(Fraction(0), "a"), (Fraction(1), "b"), (Fraction(2), "c"), (Fraction(6), "d")]
    assert [start for start, _ in readable(cues, Fraction(8))] == [0, Fraction(3, 2), 3, 6]
    assert readable(cues, Fraction(7)) == cues
    assert readable([], Fraction(7)) == []
    ended = [(Fraction(0), "a"), (Fraction(1), ""), (Fraction(2), "b")]
    assert [start for start, _ in readable(ended, Fraction(8))] == [0, Fraction(3, 2), 2]


def test_a_scene_of_ones_own_has_it_too() -> None:
    class Brief(Stage):
        def construct(self) -> None:
            for text, seconds in (("a", 1), ("b", 1), ("c", 3)):
                self.caption(text)
                self.wait(seconds)

    trace = trace_of(shipped()["article"])
    cues = rehearse(Brief, trace, Look("light", "en"), QUALITIES["draft"]).cues
    assert list(cues) == [(0, "a"), (Fraction(3, 2), "b"), (3, "c")]
