"""The receptive fields of a lesson's network, as what its drawings read."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from core.arrays import Pair
from core.effective_field import EffectiveField
from core.network_cone import NetworkCone
from core.network_errors import NetworkError
from core.network_field import NetworkField
from core.network_growth import Growth, growth_of
from core.network_lesson import NetworkLesson


class LessonField(NetworkField):
    """The field of every node of a lesson's network, at the size that the network names; ``lesson`` has its title.

    NetworkError as for ``NetworkField``.
    """

    def __init__(self, lesson: NetworkLesson) -> None:
        super().__init__(lesson.network)
        self.lesson = lesson

    @property
    def focus(self) -> tuple[str, Pair]:
        """The unit that drawings look back from: the lesson's, or the middle one of its node, or of the deepest one.

        NetworkError if there is none, or the picture's size is not known.
        """
        if None in self.size:
            raise NetworkError(
                f"{self.network.opening} [network] has no 'input_size', and pictures need one: add input_size = [H, W]"
            )
        name = self.lesson.node or self.deepest
        return name, self.lesson.unit or self.middle(name)

    @cached_property
    def growth(self) -> tuple[Growth, ...]:
        """How the field grows on the way to the node in focus, or to the deepest one."""
        return growth_of(self, self.lesson.node or self.deepest)

    @cached_property
    def compared(self) -> tuple[LessonField, ...]:
        """The fields of the networks that the lesson is compared with."""
        return tuple(LessonField(lesson) for lesson in self.lesson.compared)

    @cached_property
    def effective_field(self) -> EffectiveField:
        """What each cell of the picture counts for the unit in focus: by the gradient if wanted, else by paths."""
        return self.lesson.gradient or self.path_field

    @cached_property
    def path_field(self) -> EffectiveField:
        """The same by the paths that lead to the unit."""
        return self.effective(*self.focus)

    @cached_property
    def focus_cone(self) -> NetworkCone:
        """What the unit in focus sees on the way down to the picture."""
        return self.cone(*self.focus)

    @cached_property
    def weighed_cone(self) -> NetworkCone:
        """The same, the picture's cells weighed as in ``effective_field``: by the gradient if wanted, else by paths."""
        wanted = self.lesson.gradient
        return self.focus_cone if wanted is None else replace(self.focus_cone, weights=wanted.weights)
