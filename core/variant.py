"""The same input and kernel under other paddings and strides: what each setting would read and how much comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.arrays import Array, Pair, Sides
from core.axis_size import AxisSize
from core.convolution import Convolution
from core.table import halved

STRIDES = (1, 2, 3)


@dataclass(frozen=True)
class Variant:
    """One setting of a convolution.

    ``stride`` is (rows, cols), ``padding`` (top, left, bottom, right). ``axes`` is the output-size formula for rows and
    for columns; it counts windows only where ``fits`` says that there is at least one. ``inner`` (Hp,) and (Wp,) is
    False in the border. ``own`` marks the lesson's.
    """

    stride: Pair
    padding: Sides
    axes: tuple[AxisSize, AxisSize]
    inner: tuple[Array, Array]
    own: bool

    @property
    def fits(self) -> bool:
        """Whether the padded input holds at least one window."""
        return all(axis.numerator >= 0 for axis in self.axes)


@dataclass(frozen=True)
class PaddingChoice:
    """A padding and its usual names among "valid", "same" and "full": several may mean the same, or none."""

    padding: Sides
    names: tuple[str, ...]


def named_paddings(convolution: Convolution) -> dict[str, Sides]:
    """The padding that each name stands for: "same" as for stride 1, the odd cell going to the bottom and right."""
    tall, wide = (axis.span - 1 for axis in convolution.axes)
    return {"valid": (0, 0, 0, 0), "same": halved((tall, wide), "same"), "full": (tall, wide, tall, wide)}


def padding_choices(convolution: Convolution) -> tuple[PaddingChoice, ...]:
    """The paddings to compare: none, "same" and "full", or the convolution's own in place of "full"; each once."""
    named = named_paddings(convolution)
    wanted = [named["valid"], named["same"]]
    wanted.append(named["full"] if convolution.padding in wanted else convolution.padding)
    return tuple(
        PaddingChoice(padding, tuple(name for name, sides in named.items() if sides == padding))
        for padding in dict.fromkeys(wanted)
    )


def stride_choices(convolution: Convolution) -> tuple[Pair, ...]:
    """The strides to compare: 1, 2 and 3, or the convolution's own in place of 3. Of a signal, along its one axis."""
    usual = [(1 if convolution.line else stride, stride) for stride in STRIDES]
    return tuple(usual if convolution.stride in usual else [*usual[:-1], convolution.stride])


def variants(convolution: Convolution) -> tuple[tuple[Variant, ...], ...]:
    """A row of variants for each of ``padding_choices``, a column for each of ``stride_choices``."""

    def variant(padding: Sides, stride: Pair) -> Variant:
        own = (padding, stride) == (convolution.padding, convolution.stride)
        other = replace(convolution, padding=padding, stride=stride)
        return Variant(stride, padding, other.axes, other.inner, own)

    return tuple(
        tuple(variant(choice.padding, stride) for stride in stride_choices(convolution))
        for choice in padding_choices(convolution)
    )
