"""What stands in for parts of Manim gives what those parts give."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from manim import (
    BLUE,
    RED,
    RIGHT,
    Camera,
    Circle,
    DashedLine,
    Dot,
    Group,
    ManimColor,
    Mobject,
    Square,
    Star,
    Text,
    ValueTracker,
    VGroup,
    VMobject,
)

from pipeline.film_amendments import amended_manim
from pipeline.film_colours import generate_rgbas_array
from pipeline.film_copies import deep_copy
from pipeline.film_family import family_members_with_points, get_family
from pipeline.film_outline import set_path
from pipeline.film_settings import manim_settings


@pytest.fixture
def in_a_film():
    """Lets `Text` keep its files in a film's own folder."""
    with manim_settings(192, 108, 10):
        yield


CAMERA = Camera(pixel_width=192, pixel_height=108)
CONTEXT = CAMERA.get_cairo_context(CAMERA.pixel_array)


def paths(mobject):
    CAMERA.set_cairo_context_path(CONTEXT, mobject)
    expected = str(CONTEXT.copy_path())
    CONTEXT.new_path()
    set_path(CONTEXT, CAMERA, mobject)
    return str(CONTEXT.copy_path()), expected


def test_known_outlines(in_a_film):
    corners = VMobject().set_points_as_corners([[0, 0, 0], [1, 0, 0], [0, 1, 0]])
    for mobject in (Square(), Circle(), Star(), corners, *Text("g8%")):
        found, expected = paths(mobject)
        assert found == expected


# Coordinates that meet, nearly meet and are not numbers.
NUMBERS = st.sampled_from([0.0, -0.0, 1.0, 1.0 + 5e-6, 1.0 + 2e-5, 1e-6, 2e-6, -1.0, 3.3, np.nan, np.inf])


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 13).flatmap(lambda n: arrays(float, (n, 3), elements=NUMBERS)))
def test_any_outline(points):
    mobject = VMobject()
    mobject.points = points
    if len(points):
        found, expected = paths(mobject)
        assert found == expected


def test_families():
    a, b, c = Square(), Dot(), VMobject()
    inner = VGroup(a, b, VGroup(c, a))
    outer = Group(inner, b, Mobject(), ValueTracker(3), inner)
    looped = VGroup(a)
    looped.submobjects.append(VGroup(b))
    looped.submobjects[1].submobjects.append(looped)
    for mobject in (a, inner, outer, looped):
        assert get_family(mobject) == mobject.get_family()
        assert family_members_with_points(mobject) == mobject.family_members_with_points()


MANIMS_DEEPCOPY = Mobject.__deepcopy__


def manims_copy(mobject):
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(Mobject, "__deepcopy__", MANIMS_DEEPCOPY)
        return copy.deepcopy(mobject)


def graph(mobject):
    """Everything a mobject holds, with what is shared made visible."""
    seen = {}

    def look(value):
        if isinstance(value, (Mobject, np.ndarray, list, dict)):
            if id(value) in seen:
                return f"again {seen[id(value)]}"
            seen[id(value)] = len(seen)
        if isinstance(value, np.ndarray):
            return value.dtype.str, value.tobytes()
        if isinstance(value, Mobject):
            attributes = [(key, look(item)) for key, item in vars(value).items() if key != "original_id"]
            return type(value).__name__, attributes
        if isinstance(value, dict):
            return {key: look(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [look(item) for item in value]
        return repr(value) if not callable(value) else value

    return look(mobject), list(seen)


def test_copies_are_as_deep_as_manims(in_a_film):
    tracker = ValueTracker(1)
    square = Square(color="#56B4E9")
    square.friend, square.twin_points, square.table = tracker, square.points, {"cells": [square, (1, 2)], "rows": ()}
    square.add_updater(lambda m: m.move_to(tracker.get_value() * RIGHT))
    square.generate_target()
    mobject = Group(square, Text("3"), DashedLine(), tracker)
    expected, _ = graph(manims_copy(mobject))
    copied = deep_copy(mobject, {})
    found, inside = graph(copied)
    assert found == expected == graph(mobject)[0]
    assert not set(inside) & set(graph(mobject)[1])
    assert copied[0].original_id == str(id(square))
    assert copied[0] is copied[0].table["cells"][0]
    assert copied[0].friend is copied[3]
    assert copied[0].twin_points is copied[0].points


def test_manim_is_itself_again_afterwards():
    before = dict(vars(Mobject))
    with amended_manim():
        assert vars(Mobject)["__deepcopy__"] is deep_copy
        assert Square().copy().get_family()
    assert dict(vars(Mobject)) == before


COLOURS = st.one_of(
    st.none(),
    st.sampled_from([RED, ManimColor("#12345678"), "#abcdef", [RED, BLUE], [RED]]),
)
OPACITIES = st.one_of(st.none(), st.sampled_from([0, 1, 0.25, np.float64(0.5), [0.1, 0.9], (0.5,)]))


@given(COLOURS, OPACITIES, st.sampled_from([0, 0.0, 0.3, -0.2]))
def test_colours(colour, opacity, sheen):
    mobject = VMobject(sheen_factor=sheen)
    found, expected = generate_rgbas_array(mobject, colour, opacity), mobject.generate_rgbas_array(colour, opacity)
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == expected.dtype
