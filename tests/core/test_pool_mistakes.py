"""Every impossible pool gets one whole sentence."""

import pytest

from core import LessonError, parse_lesson

AT, SIZE, PADDING = "in [convolution]", "'kernel_size' in [convolution]", "'padding' in [convolution]"
GLOBAL = "has no meaning for kernel_size = 'global', which has one window: leave it out"
SUMS = "can give sums beyond"


def pool(rest="", image="[[1,2,3],[4,5,6],[7,8,9]]", op="max_pool"):
    return f'title = "T"\n[convolution]\ninput = {image}\nop = "{op}"\n{rest}\n'


def average(rest="", image="[[1,2,3],[4,5,6],[7,8,9]]"):
    return pool(rest, image, "avg_pool")


MISTAKES = [
    (
        pool(),
        "[convolution] has no 'kernel_size': give the window's size, such as kernel_size = 2, or 'global' for one "
        "window over the whole input",
    ),
    (
        'title = "T"\n[convolution]\nop = "avg_pool"\nkernel_size = 2',
        "[convolution] has no 'input': add it as nested lists or as the path of an .npy or .csv file",
    ),
    (pool("kernel_size = 'all'"), f"{SIZE} must be one number, [rows, cols] or 'global', not 'all': write one of them"),
    (pool("kernel_size = 0"), f"{SIZE} must be at least 1, not 0: write 1 or more"),
    (pool("kernel_size = 2.5"), f"{SIZE} must be a whole number, not 2.5: write 2"),
    (
        pool("kernel_size = 4"),
        f"{SIZE} does not fit: the window spans 4 rows but the padded input has 3: use a smaller window",
    ),
    (
        pool("kernel_size = 2\ndilation = [1, 3]"),
        f"{SIZE} does not fit: the window spans 4 columns but the padded input has 3: lower dilation",
    ),
    (
        pool("kernel_size = 6\nstride = 2\nceil_mode = true"),
        f"{SIZE} does not fit: the window spans 6 rows but the padded input has 3: use a smaller window",
    ),
    (
        pool("kernel_size = 3\npadding = 2"),
        f"{PADDING} is 2 at the top, but a window of 3 rows takes at most half of that, 1: "
        "lower it or raise kernel_size",
    ),
    (
        pool("kernel_size = [2, 1]\npadding = [0, 0, 0, 1]"),
        f"{PADDING} is 1 at the right, but a window of 1 column takes at most half of that, 0: "
        "lower it or raise kernel_size",
    ),
    (
        pool("kernel_size = 2\npadding = 'full'"),
        f"{PADDING} must be numbers, 'valid', 'same' or 'same_lower', not 'full': write one of them",
    ),
    (pool("kernel_size = 'global'\nstride = 1"), f"'stride' {AT} {GLOBAL}"),
    (average("kernel_size = 'global'\ncount_include_pad = true"), f"'count_include_pad' {AT} {GLOBAL}"),
    (
        pool("kernel_size = 2\ndilation = 2\npadding = 1", "[[1]]"),
        f"{PADDING} leaves a window whose rows are all padding, with nothing to choose from: lower padding or dilation",
    ),
    (
        average("kernel_size = [1, 2]\ndilation = 2\npadding = 'same'", "[[1]]"),
        f"{PADDING} leaves a window whose columns are all padding, with nothing to average: lower padding or dilation",
    ),
    (
        average("kernel_size = 2\nstride = 1\ndilation = 3\npadding = 'same'", "[[1, 2], [3, 4]]"),
        f"{PADDING} leaves a window whose rows are all padding, with nothing to average: lower padding or dilation",
    ),
    (
        average("kernel_size = 2", f"[[{2**53}, 1], [1, 1]]"),
        f"'input' {AT} {SUMS} 2^53, where decimals skip whole numbers: scale the numbers down",
    ),
    (
        average("kernel_size = 2", "[[1e308, 1e308], [1e308, 1e308]]"),
        f"'input' {AT} {SUMS} the largest decimal: scale the numbers down",
    ),
    (pool("kernel_size = 1\nceil_mode = 1"), f"'ceil_mode' {AT} must be true or false, not 1: write one of them"),
    (
        pool("kernel_size = 1", "[[[[[1]]]]]"),
        f"'input' {AT} is 5-D but must be 1-D, 2-D, 3-D or 4-D: check the brackets",
    ),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES, ids=[message[:60] for _, message in MISTAKES])
def test_the_whole_message(text, message):
    with pytest.raises(LessonError) as caught:
        parse_lesson(text, name="x", file="lessons/x.toml")
    assert str(caught.value) == f"lessons/x.toml: {message}"
