"""The film of a unit deep in a network: twelve seconds, its numbers the core's, no text on another."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from core import LessonField, parse_network
from look import Look
from look.network_phrases import percent, station_name
from look.numbers import size
from pipeline.film import Film, Quality, rehearse, render_film
from scenes._subtitles import READABLE
from scenes.network_field_growth import NetworkFieldGrowth, alt
from tests._networks_drawn import HARD, SHIPPED, field_of
from tests.scenes._watching import RATES, Watching

LOOKS = [Look("dark", "en"), Look("light", "zh")]
FILMS = [(name, LOOKS[at % 2]) for at, name in enumerate([*SHIPPED, *HARD])] + [("vgg16", LOOKS[0])]
TINY = Quality(160, 90, 4)


class Watched(Watching, NetworkFieldGrowth):
    """The film, watched."""


@cache
def watched(name: str, look: Look) -> tuple[Watched, Film]:
    """The scene after it played, and the film."""
    film = rehearse(Watched, field_of(name), look, TINY)
    return Watched.latest, film


@pytest.mark.parametrize(("name", "look"), FILMS, ids=[f"{name}-{look.lang}" for name, look in FILMS])
def test_it_plays_twelve_seconds_and_no_text_lies_on_another(name: str, look: Look) -> None:
    scene, film = watched(name, look)
    assert film.duration == 12
    assert scene.faults == []
    if name in SHIPPED:
        assert [text for text in scene.texts_at(Fraction(12)).said if text.endswith("…")] == []


@pytest.mark.parametrize("fps", RATES)
def test_it_is_exactly_as_long_at_every_rate(fps: int) -> None:
    assert rehearse(NetworkFieldGrowth, field_of("hourglass"), LOOKS[0], Quality(160, 90, fps)).frames == 12 * fps


@pytest.mark.parametrize("name", [*SHIPPED, "decoder", "uneven", "same-size"])
def test_what_it_says_is_what_the_core_computed(name: str) -> None:
    scene, film = watched(name, LOOKS[SHIPPED.index(name) % 2] if name in SHIPPED else LOOKS[0])
    field, look = field_of(name), scene.look
    said = scene.texts_at(Fraction(12)).said
    found = field.path_field
    for station in scene.cone.rows:
        row0, col0, row1, col1 = station.box
        assert station_name(station, look) in said
        extent = size(row1 - row0, col1 - col0)
        key = "seen" if station.row.op else "field"
        assert look.say(f"network-field.{key}", size=extent) in said or extent == size(1, 1)
        assert look.say("network-field.plane", size=size(*station.plane)) in said
    core = {"share": percent(found.held), "size": size(*found.core_size)}
    assert film.cues[-1][1] == look.say("network-field-growth.say.core", **core) in said
    assert any(size(*found.size) in text for _, text in film.cues)
    assert field.lesson.title[look.lang] in said


@pytest.mark.parametrize("name", SHIPPED)
def test_subtitles_stand_long_enough_and_chapters_follow(name: str) -> None:
    _, film = watched(name, LOOKS[SHIPPED.index(name) % 2])
    ends = [start for start, _ in film.cues[1:]] + [Fraction(12)]
    assert all(end - start >= READABLE for (start, _), end in zip(film.cues, ends, strict=True)), film.cues
    assert [start for start, _ in film.chapters] == sorted({start for start, _ in film.chapters})
    assert len(film.chapters) == 3
    assert film.poster_at is not None
    assert 12 - film.poster_at >= READABLE


@pytest.mark.parametrize("name", [*SHIPPED, *HARD])
def test_alt_text_is_there_in_both_languages(name: str) -> None:
    field = field_of(name)
    english, chinese = (alt(field, look) for look in LOOKS)
    assert english != chinese
    assert all("{" not in text and size(*field.path_field.size) in text for text in (english, chinese))


def test_it_really_renders(tmp_path) -> None:  # type: ignore[no-untyped-def]
    film = render_film(NetworkFieldGrowth, field_of("decoder"), LOOKS[1], TINY, {"mp4": tmp_path / "film.mp4"})
    assert film.frames == 12 * TINY.fps
    assert (tmp_path / "film.mp4").stat().st_size > 1000


LAYER = 'op = "conv", kernel = 3, stride = 1, padding = 1'
PEAKED = f"""
title = "Peaked"
[network]
input_size = [31, 31]
layer = [{{ name = "below", {LAYER} }}, {{ name = "above", {LAYER} }}]
"""


def _peaked() -> LessonField:
    """A chain of two layers whose lesson wants the gradient: it comes from two cells off the middle."""
    lesson = parse_network(PEAKED, name="peaked")
    found = LessonField(lesson).path_field
    weights = np.zeros_like(found.weights)
    weights[14, 16:18] = 0.25, 0.75
    return LessonField(replace(lesson, gradient=replace(found, weights=weights, measure="gradient", factors=None)))


@pytest.mark.parametrize("look", LOOKS, ids=["en", "zh"])
def test_the_gradient_shades_the_picture_if_a_lesson_wants_it(look: Look) -> None:
    film = rehearse(Watched, _peaked(), look, TINY)
    scene, found = Watched.latest, _peaked().effective_field
    said, name = scene.texts_at(Fraction(12)).said, "network-field-growth.say"
    core = look.say(f"{name}.core_gradient", share=percent(found.held), size=size(*found.core_size))
    assert film.cues[-1][1] == core in said
    assert found.core_size == (1, 2)
    assert look.say(f"{name}.weights_gradient") in [text for _, text in film.cues]
    assert any(look.say("network-field.shade.gradient") in text for text in said)
    assert len(scene.counts.shades) == 2  # two strengths, and no other cell
    assert scene.faults == []
    assert look.say("network-field.shade.gradient") in alt(_peaked(), look)
