"""Sizes of patch matrices without the matrices: as the traces have them, and as they were published."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core import LessonError, lesson_of, load_lesson, trace_of
from core.convolution import Convolution
from core.patch_cost import KNOWN_LAYERS, cost_of, other_costs
from tests._shipped import LESSONS as FOLDER
from tests._shipped import lessons_with

LESSONS = sorted({*lessons_with("convolution"), *lessons_with("pooling")})


@pytest.mark.parametrize("name", LESSONS)
def test_a_cost_is_the_matrix_of_the_trace(name: str) -> None:
    trace = trace_of(load_lesson(FOLDER / f"{name}.toml"))
    cost = cost_of(trace.windowed)
    assert cost.fits
    assert cost.shape == trace.im2col.matrix.shape
    assert cost.entries == trace.im2col.matrix.size
    assert cost.cells == trace.input.size
    assert cost.blow_up == trace.im2col.blow_up
    assert cost.matrix_bytes == trace.im2col.matrix.astype(np.float32).nbytes
    assert cost.input_bytes == trace.input.astype(np.float32).nbytes


def _convolution(**settings: object) -> Convolution:
    plain = Convolution(np.ones((2, 9, 12), np.int64), np.ones((1, 2, 2, 3), np.int64), np.zeros(1, np.int64))
    return replace(plain, **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("padding", [(0, 0, 0, 0), (1, 2, 0, 3)])
def test_other_kernels_and_strides_are_as_if_they_were_the_lessons(padding: tuple[int, int, int, int]) -> None:
    convolution = _convolution(padding=padding, dilation=(2, 1), stride=(2, 1))
    table = other_costs(convolution)
    assert [other.kernel for row in table for other in row if other.own] == [(2, 3)]
    assert [other.stride for row in table for other in row if other.own] == [(2, 1)]
    fitting = 0
    for row in table:
        assert [other.stride for other in row] == [(1, 1), (2, 1), (2, 2), (3, 3)]
        for other in row:
            kernel = np.ones((1, 2, *other.kernel), np.int64)
            axes = replace(convolution, kernel=kernel, stride=other.stride).axes
            assert other.cost.axes == axes
            assert other.cost.fits == all(axis.span <= axis.padded for axis in axes)
            fitting += other.cost.fits
    assert 0 < fitting < sum(map(len, table))


@pytest.mark.parametrize("op", ["max_pool", "avg_pool"])
def test_a_pools_other_windows_are_those_that_its_padding_allows(op: str) -> None:
    def kernels(size: object, padding: object, **more: object) -> list[tuple[int, int]]:
        lesson = lesson_of(input=np.ones((9, 9), int), op=op, kernel_size=size, padding=padding, **more)
        return [row[0].kernel for row in other_costs(lesson.convolution)]

    assert kernels(2, 1) == [(2, 2), (3, 3), (5, 5), (7, 7)]
    assert kernels([4, 2], [2, 0]) == [(4, 2), (5, 5), (7, 7)]
    assert kernels(2, 0)[0] == (1, 1)
    assert kernels(2, "same", stride=1, dilation=3) == [(2, 2), (5, 5), (7, 7)], "the lesson's own stays"
    with pytest.raises(LessonError, match="a window of 1 row takes at most half of that, 0"):
        kernels(1, 1)


def test_well_known_layers_come_out_as_they_were_published() -> None:
    outputs = {
        ("AlexNet", 11): 55,
        ("U-Net", 3): 568,
        ("VGG-16", 3): 224,
        ("GoogLeNet", 5): 28,
        ("ResNet-50", 7): 112,
        ("ResNet-50", 1): 56,
        ("MobileNet", 3): 56,
        ("ViT-B/16", 16): 14,
        ("ConvNeXt-T", 7): 56,
    }
    found = {(known.network, known.cost.axes[0].kernel): known.cost.axes[0].output for known in KNOWN_LAYERS}
    assert found == outputs
    assert [known.cost.blow_up for known in KNOWN_LAYERS] == sorted(known.cost.blow_up for known in KNOWN_LAYERS)
    factors = {(known.network, known.cost.axes[0].kernel): known.cost.blow_up for known in KNOWN_LAYERS}
    assert factors["VGG-16", 3] == 9
    assert factors["ViT-B/16", 16] == 1  # patches that do not overlap
    assert factors["ConvNeXt-T", 7] == 49
