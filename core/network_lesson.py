"""A lesson about a network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from core.arrays import Pair
from core.digest import network_digest
from core.lesson_traits import NETWORK_TRAITS
from core.localized import Localized

if TYPE_CHECKING:  # most lessons are about one operation: what reads networks loads when one is read
    from core.effective_field import EffectiveField
    from core.network_graph import Network


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
