"""The same input and kernel under other settings, against lessons that are written with those settings."""

import pytest

from core import Convolution, LessonError, parse_lesson
from core.variant import named_paddings, padding_choices, stride_choices, variants

PLAIN = "title = 'x'\n[convolution]\ninput = {input}\nkernel = {kernel}\n{settings}\n"
SQUARE = [[1, 2, 3, 4, 5]] * 5


def convolution(settings: str = "", kernel: object = ((1, 2, 1),) * 3, input: object = SQUARE) -> Convolution:
    rows = [list(row) for row in kernel]  # type: ignore[attr-defined]
    return parse_lesson(PLAIN.format(input=input, kernel=rows, settings=settings), name="x").convolution


@pytest.mark.parametrize("kernel", [[[1]], [[1, 2]], [[1, 2, 3]] * 2, [[1] * 5] * 4], ids=["1x1", "1x2", "2x3", "4x5"])
@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("name", ["valid", "same", "full"])
def test_a_name_means_what_it_means_in_a_lesson(name: str, dilation: int, kernel: list[list[int]]) -> None:
    wide = [[1] * 12] * 12
    written = convolution(f"padding = '{name}'\ndilation = {dilation}", kernel, wide)
    assert named_paddings(convolution(f"dilation = {dilation}", kernel, wide))[name] == written.padding


@pytest.mark.parametrize("settings", ["", "padding = 1\nstride = 2", "padding = [0, 3]\nstride = [1, 4]\ndilation = 2"])
def test_every_variant_is_the_lesson_with_that_setting(settings: str) -> None:
    wide = [[1] * 9] * 7
    base = convolution(settings, input=wide)
    dilation = f"dilation = {base.dilation[0]}"
    table = variants(base)
    assert [len(row) for row in table] == [len(stride_choices(base))] * len(padding_choices(base))
    for row in table:
        for variant in row:
            lesson = convolution(
                f"stride = {list(variant.stride)}\npadding = {list(variant.padding)}\n{dilation}", input=wide
            )
            assert variant.fits
            assert variant.axes == lesson.axes
    assert [(v.padding, v.stride) for row in table for v in row if v.own] == [(base.padding, base.stride)]


def test_a_kernel_that_needs_its_padding_does_not_fit_without() -> None:
    base = convolution("padding = 1", input=[[1, 2]] * 2)
    without, same, *_ = variants(base)
    assert [variant.fits for variant in without] == [False] * 3
    assert [variant.fits for variant in same] == [True] * 3
    with pytest.raises(LessonError):
        convolution("padding = 0", input=[[1, 2]] * 2)


def test_choices_are_listed_once_and_hold_the_lessons_own() -> None:
    assert [choice.names for choice in padding_choices(convolution())] == [("valid",), ("same",), ("full",)]
    assert [choice.names for choice in padding_choices(convolution(kernel=[[1]]))] == [("valid", "same", "full")]
    own = padding_choices(convolution("padding = [3, 0]"))
    assert [(choice.padding, choice.names) for choice in own] == [
        ((0, 0, 0, 0), ("valid",)),
        ((1, 1, 1, 1), ("same",)),
        ((3, 0, 3, 0), ()),
    ]
    assert stride_choices(convolution("stride = 2")) == ((1, 1), (2, 2), (3, 3))
    assert stride_choices(convolution("stride = [1, 5]")) == ((1, 1), (2, 2), (1, 5))
