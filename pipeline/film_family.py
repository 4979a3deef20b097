"""The members of mobjects in Manim's order, found fast: Manim asks for them several times a frame."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Mobject


def get_family(mobject: Mobject, recurse: bool = True) -> list[Mobject]:
    """What `Mobject.get_family` gives."""
    return _members((mobject,)) if mobject.submobjects else [mobject]


def family_members_with_points(mobject: Mobject) -> list[Mobject]:
    """What `Mobject.family_members_with_points` gives."""
    return [member for member in mobject.get_family() if len(member.points)]


def visible_family(mobjects: Sequence[Mobject]) -> list[Mobject]:
    """All members with points in drawing order: what Manim's `Camera.get_mobjects_to_display` gives."""
    found = [member for member in _members(mobjects) if len(member.points)]
    found.sort(key=_z_index)
    return found


def _members(mobjects: Sequence[Mobject]) -> list[Mobject]:
    """Parents before their children; of a mobject that is there several times, only its last place counts."""
    members: list[Mobject] = []
    try:
        _collect(mobjects, members)
    except RecursionError:  # a mobject within itself
        alone = False
    else:
        alone = len(set(map(id, members))) == len(members)
    if not alone:
        # Read backwards, so that of equals the last place is met first.
        members.clear()
        _collect_backwards(mobjects, set(), members)
        members.reverse()
    return members


def _collect(mobjects: Sequence[Mobject], members: list[Mobject]) -> None:
    for mobject in mobjects:
        members.append(mobject)
        if mobject.submobjects:
            _collect(mobject.submobjects, members)


def _collect_backwards(mobjects: Sequence[Mobject], met: set[int], members: list[Mobject]) -> None:
    for mobject in reversed(mobjects):
        if id(mobject) not in met:
            met.add(id(mobject))
            if mobject.submobjects:
                _collect_backwards(mobject.submobjects, met, members)
            members.append(mobject)


def _z_index(mobject: Mobject) -> float:
    return mobject.z_index
