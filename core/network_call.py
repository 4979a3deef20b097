"""A node with the values it reads: what an operation asks for, checked as it is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.limits import SETTING
from core.network_errors import GIVE_SIZE, Untraceable
from core.network_extent import Extent, Open
from core.network_graph import Constant, Node
from core.network_tensor import Tensor

Value: TypeAlias = Tensor | Constant
MOST_DIMENSIONS = 16


@dataclass(frozen=True, eq=False)
class Call:
    """One node; ``inputs`` has None where an input is left out."""

    node: Node
    inputs: tuple[Value | None, ...]
    opset: int

    @property
    def tensors(self) -> list[Tensor]:
        """The inputs that depend on the picture."""
        return [value for value in self.inputs if isinstance(value, Tensor)]

    def tensor(self, at: int = 0) -> Tensor:
        """An input that must depend on the picture."""
        value = self.inputs[at] if at < len(self.inputs) else None
        if not isinstance(value, Tensor):
            raise Untraceable(f"reads no picture at input {at}, only constants: give it a layer there")
        return value

    def constant(self, at: int) -> Constant | None:
        """An input that must not depend on the picture; None if left out."""
        value = self.inputs[at] if at < len(self.inputs) else None
        if isinstance(value, Tensor):
            raise Untraceable(
                f"takes input {at} from the picture, where only a constant tells its geometry: put one there"
            )
        return value

    def shape(self, at: int) -> tuple[Extent | None, ...] | None:
        """The shape of an input, as far as it is known."""
        value = self.inputs[at] if at < len(self.inputs) else None
        return None if value is None else value.shape

    def integer(self, name: str, default: int, least: int = 0, most: int = SETTING) -> int:
        """A whole number among the attributes."""
        value = self.node.attributes.get(name, default)
        if not isinstance(value, int):
            raise Untraceable(f"has no whole number for {name}: write one")
        return within(value, least, most, f"has a {name} of {{}}, and it")

    def integers(self, name: str, number: int, default: int | None, least: int = 0) -> list[int] | None:
        """So many whole numbers among the attributes; without them, the default repeated, or None."""
        value = self.node.attributes.get(name)
        if value is None or value == ():
            return None if default is None else [default] * number
        if not isinstance(value, tuple) or not all(isinstance(item, int) for item in value):
            raise Untraceable(f"has no list of whole numbers for {name}: write one")
        if len(value) != number:
            raise Untraceable(f"has {len(value)} numbers for {name} and needs {number}: write one for each")
        return [within(int(item), least, SETTING, f"has {name} of {{}}, and each") for item in value]

    def text(self, name: str, default: str) -> str:
        """Text among the attributes."""
        value = self.node.attributes.get(name, default)
        if not isinstance(value, str):
            raise Untraceable(f"has no text for {name}: write it")
        return value

    def setting(self, name: str, at: int) -> list[Extent | float] | None:
        """Numbers given as an attribute or, in newer models, as an input; None if there are none of either."""
        value = self.node.attributes.get(name)
        if value is not None:
            return [item for item in (value if isinstance(value, tuple) else (value,)) if not isinstance(item, str)]
        constant = self.constant(at)
        if constant is None or constant.shape == (0,):
            return None
        if constant.numbers is None:
            raise Untraceable(
                f"takes its {name} from numbers that are not in the file or computed from the picture: "
                "export the model with them as constants"
            )
        numbers: list[Extent | float] = []
        for item in constant.numbers.ravel().tolist():
            if not isinstance(item, int | float | Open):
                raise Untraceable(f"has {name} that depend on the input's size: {GIVE_SIZE}")
            numbers.append(item)
        return numbers

    def wholes(self, name: str, at: int) -> list[int] | None:
        """A setting of whole numbers."""
        numbers = self.setting(name, at)
        if numbers is None:
            return None
        for number in numbers:
            if not isinstance(number, int):
                rule = (
                    f"depend on the input's size: {GIVE_SIZE}"
                    if isinstance(number, Open)
                    else "are not whole numbers: correct them"
                )
                raise Untraceable(f"has {name} that {rule}")
        return [number for number in numbers if isinstance(number, int)]

    def rank(self, rank: int) -> int:
        """A number of dimensions, if it is not absurd."""
        if rank > MOST_DIMENSIONS:
            raise Untraceable(f"makes {rank} dimensions, and the most that is followed is {MOST_DIMENSIONS}: use fewer")
        return rank

    def dimension(self, at: int, rank: int) -> int:
        """An index of a dimension, where -1 is the last."""
        if not -rank <= at < rank:
            raise Untraceable(f"names dimension {at} of a tensor that has {rank}: correct the axis")
        return at % rank


def within(value: int, least: int, most: int, rule: str) -> int:
    """The value if it is from ``least`` to ``most``; ``rule`` begins the reason why not, ``{}`` being the value."""
    if not least <= value <= most:
        shown = str(value) if abs(value) < 10**18 else "beyond all bounds"
        raise Untraceable(f"{rule.format(shown)} must be from {least} to {most:,}: correct it")
    return value


Operation: TypeAlias = Callable[[Call], "Value | Sequence[Value]"]
