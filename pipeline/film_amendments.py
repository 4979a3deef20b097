"""Amendments to Manim for the length of a film: what would make it fail, differ from run to run, or slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import Any

from manim import Mobject, VMobject
from manim.animation import transform_matching_parts
from manim.camera import camera
from PIL import Image

from pipeline.film_colours import generate_rgbas_array
from pipeline.film_copies import deep_copy
from pipeline.film_family import family_members_with_points, get_family


@contextmanager
def amended_manim() -> Iterator[None]:
    """Amend Manim; afterwards it is as it was."""
    with ExitStack() as amendments:
        pillow = SimpleNamespace(**{**vars(Image), "fromarray": _fromarray})
        amendments.enter_context(_replaced(camera, "Image", pillow))
        amendments.enter_context(_replaced(transform_matching_parts, "set", OrderedKeys))
        amendments.enter_context(_replaced(Mobject, "__deepcopy__", deep_copy))
        amendments.enter_context(_replaced(Mobject, "get_family", get_family))
        amendments.enter_context(_replaced(Mobject, "family_members_with_points", family_members_with_points))
        amendments.enter_context(_replaced(VMobject, "generate_rgbas_array", generate_rgbas_array))
        yield


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Let `owner.name` be `value`; afterwards it is what it was, or not there if it was not."""
    own = vars(owner)
    before = own.get(name, owner)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if before is owner:
            delattr(owner, name)
        else:
            setattr(owner, name, before)


def _fromarray(pixels: Any, mode: str | None = None) -> Image.Image:
    """As Pillow's; but Manim's camera asks for a blank picture in a way that Pillow 13 refuses."""
    if mode == "RGBA" and pixels.ndim == 2:
        return Image.new("RGBA", pixels.shape[::-1])
    return Image.fromarray(pixels, mode)


class OrderedKeys(dict[Any, None]):
    """The set operations of Manim's TransformMatching animations, in the order in which the keys came.

    Their keys are hashes, so a true set would draw the parts in another order in every process.
    """

    def __init__(self, keys: Iterable[Any]) -> None:
        super().__init__(dict.fromkeys(keys))

    def intersection(self, others: Iterable[Any]) -> list[Any]:
        """The keys that are in both."""
        return [key for key in self if key in others]

    def difference(self, others: Iterable[Any]) -> list[Any]:
        """The keys that are only here."""
        return [key for key in self if key not in others]
