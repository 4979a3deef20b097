"""A lesson about a network, and its receptive fields as what its drawings read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from core.arrays import Pair
from core.digest import network_digest
from core.effective_field import EffectiveField
from core.lesson_traits import NETWORK_TRAITS
from core.localized import Localized
from core.network_cone import NetworkCone
from core.network_errors import NetworkError
from core.network_field import NetworkField
from core.network_graph import Network
from core.network_growth import Growth, growth_of


@dataclass(frozen=True, eq=False)
class NetworkLesson:
    """A network with the words about it. Frozen and picklable; equal when name and digest are.

    ``node`` and ``unit`` (row, col) are what drawings look back from, None where that is left to them; ``compared`` are
    the networks that it is shown beside; ``gradient`` is the effective field by the model's weights, if it is wanted.
    """

    name: str
    title: Localized
    network: Network
    node: str | None = None
    unit: Pair | None = None
    compared: tuple[NetworkLesson, ...] = ()
    gradient: EffectiveField | None = None

    @property
    def traits(self) -> frozenset[str]:
        """What a drawing can ask for: see ``core.lesson_traits``."""
        return NETWORK_TRAITS

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the data actually used: see ``core.digest``."""
        return network_digest(self.title, self.network, self.settings)

    @property
    def settings(self) -> tuple[object, ...]:
        """What else drawings read; nothing where the author chose nothing."""
        weighed = self.gradient and sha256(self.gradient.weights.astype("<f4").tobytes()).hexdigest()
        chosen = self.node, self.unit, [other.digest for other in self.compared], weighed
        return chosen if any(chosen) else ()

    def __repr__(self) -> str:
        return f"NetworkLesson({self.name!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NetworkLesson) and (self.name, self.digest) == (other.name, other.digest)

    def __hash__(self) -> int:
        return hash((self.name, self.digest))


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
