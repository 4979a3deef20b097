"""What the patch matrix of a layer holds against its input, from sizes alone: no array is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.arrays import Pair
from core.axis_size import AxisSize
from core.windowed import Windowed

FLOAT_BYTES = 4
"""Of a float32, in which networks usually compute."""

KERNELS = (1, 3, 5, 7)
STRIDES = (1, 2, 3)


@dataclass(frozen=True)
class PatchCost:
    """The sizes of an input of ``channels`` planes and of its im2col matrix; ``axes`` are those of rows and columns.

    >>> cost = PatchCost(1, (AxisSize(5, 0, 0, 3, 1, 1),) * 2)
    >>> cost.cells, cost.entries, cost.blow_up
    (25, 81, 3.24)
    """

    channels: int
    axes: tuple[AxisSize, AxisSize]

    @property
    def fits(self) -> bool:
        """Whether the padded input holds at least one window; without one there is no matrix."""
        return all(axis.numerator >= 0 for axis in self.axes)

    @property
    def cells(self) -> int:
        """C*H*W."""
        rows, cols = self.axes
        return self.channels * rows.input * cols.input

    @property
    def shape(self) -> Pair:
        """(h*w, C*kh*kw), as ``trace.im2col.shape``."""
        rows, cols = self.axes
        return rows.output * cols.output, self.channels * rows.kernel * cols.kernel

    @property
    def entries(self) -> int:
        """Cells of the matrix."""
        rows, columns = self.shape
        return rows * columns

    @property
    def blow_up(self) -> float:
        """Matrix cells per input cell: near kernel area over stride area where the input is large."""
        return self.entries / self.cells

    @property
    def input_bytes(self) -> int:
        """Bytes of the input as float32."""
        return self.cells * FLOAT_BYTES

    @property
    def matrix_bytes(self) -> int:
        """Bytes of the whole matrix as float32."""
        return self.entries * FLOAT_BYTES


@dataclass(frozen=True)
class OtherCost:
    """The cost under another kernel (rows, cols) and stride (rows, cols); ``own`` marks the lesson's."""

    kernel: Pair
    stride: Pair
    cost: PatchCost
    own: bool


def cost_of(operation: Windowed) -> PatchCost:
    """The cost of an operation as it is."""
    return PatchCost(len(operation.input), operation.axes)


def other_costs(operation: Windowed) -> tuple[tuple[OtherCost, ...], ...]:
    """A row for each kernel of ``KERNELS`` and the operation's own, a column for each stride of ``STRIDES`` likewise.

    Input, padding and dilation stay the operation's; a kernel that no lesson could have with them is left out.
    """
    size, stride = operation.window_size, operation.stride

    def other(kernel: Pair, step: Pair) -> OtherCost:
        channels, height, width = operation.input.shape
        axes = replace(operation.layer, kernel=kernel, stride=step).axes((height, width))
        return OtherCost(kernel, step, PatchCost(channels, axes), (kernel, step) == (size, stride))

    kernels, steps = _with_own(KERNELS, size), _with_own(STRIDES, stride)
    kernels = [kernel for kernel in kernels if kernel == size or operation.admits(kernel)]
    return tuple(tuple(other(kernel, step) for step in steps) for kernel in kernels)


def _with_own(usual: Iterable[int], own: Pair) -> list[Pair]:
    return sorted({*((side, side) for side in usual), own}, key=lambda pair: (pair[0] * pair[1], pair))


@dataclass(frozen=True)
class KnownLayer:
    """A convolution of a well-known network, as published: square input, kernel, stride and padding."""

    network: str
    cost: PatchCost


def _known(network: str, channels: int, size: int, kernel: int, stride: int, padding: int) -> KnownLayer:
    return KnownLayer(network, PatchCost(channels, (AxisSize(size, padding, padding, kernel, 1, stride),) * 2))


KNOWN_LAYERS = tuple(
    sorted(
        (
            _known("AlexNet", 3, 224, 11, 4, 2),  # conv1 (Krizhevsky et al., 2012), sizes as in torchvision
            _known("U-Net", 64, 570, 3, 1, 0),  # the second, without padding (Ronneberger et al., 2015)
            _known("VGG-16", 64, 224, 3, 1, 1),  # conv1_2 (Simonyan and Zisserman, 2014)
            _known("GoogLeNet", 16, 28, 5, 1, 2),  # the 5x5 of inception 3a (Szegedy et al., 2015)
            _known("ResNet-50", 3, 224, 7, 2, 3),  # conv1 (He et al., 2016)
            _known("ResNet-50", 256, 56, 1, 1, 0),  # the first of a bottleneck in conv2
            _known("MobileNet", 64, 112, 3, 2, 1),  # the second depthwise one of v1 (Howard et al., 2017)
            _known("ViT-B/16", 3, 224, 16, 16, 0),  # patch embedding (Dosovitskiy et al., 2021)
            _known("ConvNeXt-T", 96, 56, 7, 1, 3),  # depthwise, stage 1 (Liu et al., 2022)
        ),
        key=lambda known: (known.cost.blow_up, known.cost.matrix_bytes),
    )
)
"""Layers of networks that many know, by how much larger than its input the matrix is."""
