"""A lesson about a network, and its receptive fields as what its drawings read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from core.digest import network_digest
from core.effective_field import EffectiveField
from core.lesson_traits import NETWORK_TRAITS
from core.localized import Localized
from core.network_cone import NetworkCone
from core.network_field import NetworkField
from core.network_graph import Network


@dataclass(frozen=True, eq=False)
class NetworkLesson:
    """A network with the words about it. Frozen and picklable; equal when name and digest are."""

    name: str
    title: Localized
    network: Network

    @property
    def traits(self) -> frozenset[str]:
        """What a drawing can ask for: see ``core.lesson_traits``."""
        return NETWORK_TRAITS

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the data actually used: see ``core.digest``."""
        return network_digest(self.title, self.network)

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

    @cached_property
    def effective_field(self) -> EffectiveField:
        """What each cell of the picture counts for the unit in focus."""
        return self.effective(*self.focus)

    @cached_property
    def focus_cone(self) -> NetworkCone:
        """What the unit in focus sees on the way down to the picture."""
        return self.cone(*self.focus)
