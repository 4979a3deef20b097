"""Every impossible combination of an operation's keys gets one whole sentence."""

import pytest

from core import LessonError, parse_lesson

AT, KERNEL, SIZE = "in [convolution]", "'kernel' in [convolution]", "'kernel_size' in [convolution]"
PADDING, OUTPUT_PADDING = "'padding' in [convolution]", "'output_padding' in [convolution]"
POINTWISE, OPS = "'pointwise' in [convolution]", "'conv', 'conv_transpose', 'max_pool' or 'avg_pool'"
OUT = "leave it out"
SUMS = "can give sums beyond"
SHRINK = "write it as a decimal or scale the numbers down"
NAMES = "'valid', 'same', 'same_lower' or 'full'"


def conv(rest="", image="[[1,2,3],[4,5,6],[7,8,9]]", kernel="[[1,0],[0,1]]"):
    return f'title = "T"\n[convolution]\ninput = {image}\n{f"kernel = {kernel}" if kernel else ""}\n{rest}\n'


def line(rest="", kernel="[1]"):
    return conv(rest, "[1, 2, 3]", kernel)


def transposed(rest="", image="[[1,2,3],[4,5,6],[7,8,9]]", kernel="[[1,0],[0,1]]"):
    return conv(f"op = 'conv_transpose'\n{rest}", image, kernel)


def pool(rest="", image="[[1,2,3],[4,5,6],[7,8,9]]", op="max_pool"):
    return conv(f"op = '{op}'\n{rest}", image, "")


def average(rest="", image="[[1,2,3],[4,5,6],[7,8,9]]"):
    return pool(rest, image, "avg_pool")


LONG_KERNEL = f"[{','.join(['[1]'] * 65537)}]"
MISTAKES = [
    # which operation, and its keys
    (conv("op = 'pool'"), f"'op' {AT} must be {OPS}, not 'pool': did you mean 'max_pool' or 'avg_pool'?"),
    (conv("op = 'deconvolution'"), f"'op' {AT} must be {OPS}, not 'deconvolution': write one of them"),
    (
        conv("padding_mode = 'reflct'"),
        f"'padding_mode' {AT} must be 'zeros', 'reflect', 'replicate' or 'circular', not 'reflct': "
        "did you mean 'reflect' or 'replicate'?",
    ),
    (conv("padding = 'smae'"), f"{PADDING} must be numbers, {NAMES}, not 'smae': did you mean 'same'?"),
    (
        transposed("bias = true"),
        f"'bias' {AT} must be a number or a list with one for each output channel, not true: write one",
    ),
    (conv("op = 3"), f"'op' {AT} must be {OPS}, not 3: write one of them"),
    ('title = "T"\nop = "max_pool"', "'op' belongs in [convolution]: put the line [convolution] above it"),
    (conv("ceil_mod = true"), f"unknown key 'ceil_mod' {AT}. Did you mean 'ceil_mode'?"),
    (conv("ceil_mode = true"), f"'ceil_mode' {AT} goes with op = 'max_pool' or op = 'avg_pool', not 'conv': {OUT}"),
    (conv("output_padding = 1"), f"{OUTPUT_PADDING} goes with op = 'conv_transpose', not 'conv': {OUT}"),
    (
        transposed("padding_mode = 'zeros'"),
        f"'padding_mode' {AT} goes with op = 'conv', not 'conv_transpose': {OUT}",
    ),
    (transposed("flip = true"), f"'flip' {AT} goes with op = 'conv', not 'conv_transpose': {OUT}"),
    (
        conv("op = 'max_pool'"),
        f"{KERNEL} goes with op = 'conv' or op = 'conv_transpose', not 'max_pool': "
        "give the window's size as kernel_size",
    ),
    (
        conv("kernel_size = 2"),
        f"{SIZE} goes with op = 'max_pool' or op = 'avg_pool', not 'conv': give the numbers as kernel",
    ),
    (
        pool("kernel_size = 2\ncount_include_pad = true"),
        f"'count_include_pad' {AT} goes with op = 'avg_pool', not 'max_pool': {OUT}",
    ),
    (
        average("kernel_size = 2\ngroups = 1"),
        f"'groups' {AT} goes with op = 'conv' or op = 'conv_transpose', not 'avg_pool': {OUT}",
    ),
    (
        conv("im2col_layout = 'tiles'"),
        f"'im2col_layout' {AT} must be 'rows' or 'columns', not 'tiles': write one of them",
    ),
    (conv("flip = 1"), f"'flip' {AT} must be true or false, not 1: write one of them"),
    (
        conv("padding_mode = []"),
        f"'padding_mode' {AT} must be 'zeros', 'reflect', 'replicate' or 'circular', not an empty list: "
        "write one of them",
    ),
    # padding
    (conv("padding = 'mirror'"), f"{PADDING} must be numbers, {NAMES}, not 'mirror': write one of them"),
    (
        conv("padding = 'reflect'"),
        f"{PADDING} is 'reflect', which is a padding_mode: write padding_mode = 'reflect' and the padding in cells",
    ),
    (transposed("padding = 'mirror'"), f"{PADDING} must be numbers, {NAMES}, not 'mirror': write one of them"),
    (
        conv("padding = 'same_lower'\nstride = [1, 2]"),
        f"{PADDING} is 'same_lower', which needs stride 1, not [1, 2]: give the padding in cells",
    ),
    (
        conv("padding = [3, 0]\npadding_mode = 'reflect'"),
        f"{PADDING} is 3 at the top, but padding_mode 'reflect' can take at most 2 from an input of 3 rows: "
        "lower it or use padding_mode = 'replicate'",
    ),
    (
        conv("padding = [0, 0, 0, 4]\npadding_mode = 'circular'"),
        f"{PADDING} is 4 at the right, but padding_mode 'circular' can take at most 3 from an input of 3 columns: "
        "lower it or use padding_mode = 'replicate'",
    ),
    (
        conv("padding = 1\npadding_mode = 'reflect'", "[[1, 2, 3]]", "[[1]]"),
        f"{PADDING} is 1 at the top, but padding_mode 'reflect' can take at most 0 from an input of 1 row: "
        "lower it or use padding_mode = 'replicate'",
    ),
    (
        conv("padding_mode = 'reflect'"),
        f"'padding_mode' {AT} is 'reflect', but there is no padding to fill: give padding or leave it out",
    ),
    (
        line("padding_mode = 'circular'\npadding = 'valid'"),
        f"'padding_mode' {AT} is 'circular', but there is no padding to fill: give padding or leave it out",
    ),
    # signals and batches
    (
        line(kernel="[[1]]"),
        f"{KERNEL} is 2-D but the input is 1-D: write input [H, W] with kernel [kh, kw], or input [C, H, W] with "
        "kernel [O, C/groups, kh, kw]; in 1-D, input [W] with kernel [kw], or input [C, W] with kernel "
        "[O, C/groups, kw]",
    ),
    (
        line(kernel="[1, 2, 3, 4]"),
        f"{KERNEL} does not fit: the kernel spans 4 columns but the padded input has 3: "
        "raise padding by 1 or use a smaller kernel",
    ),
    (
        line("stride = [1, 1]"),
        f"'stride' {AT} must be one number in a 1-D lesson, not a list: write the one along the row",
    ),
    (
        line("padding = [1, 1, 1]"),
        f"{PADDING} must be one number or [left, right] in a 1-D lesson, not a list of 3: write two",
    ),
    (
        line("padding = 'same'\nstride = 2"),
        f"{PADDING} is 'same', which needs stride 1, not 2: give the padding in cells",
    ),
    (line("highlight = [0, 1]"), f"'highlight' {AT} must be one number in a 1-D lesson, not a list: write the column"),
    (line("highlight = 3"), f"'highlight' {AT} is 3, outside the output of 3: columns go from 0 to 2"),
    (
        line("[receptive_field]\nlayers = [{kernel = [1, 3]}]"),
        "'kernel' in layer 1 of [receptive_field] must be one number in a 1-D lesson, not a list: "
        "write the one along the row",
    ),
    (
        line("[receptive_field]\nunit = 9"),
        "'unit' in [receptive_field] is 9, outside the last plane of 3: columns go from 0 to 2",
    ),
    (
        conv("", "[[[[1]]], [[[2]]]]", "[[[[1]]]]"),
        f"'input' {AT} is a batch of 2: a lesson scans one picture, so give one of them",
    ),
    (
        conv("", "[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]", "[[[1, 1]], [[1, 1]]]"),
        f"'kernel' {AT} is 3-D beside a 3-D input, which makes that a batch of 2 signals [C, W]: for a picture "
        "[C, H, W] write the kernel as [O, C/groups, kh, kw], for a signal give one of the batch",
    ),
    (
        pool("kernel_size = 1", "[[[[1]]], [[[2]]]]"),
        f"'input' {AT} is a batch of 2: a lesson scans one picture, so give one of them",
    ),
    # transposed convolution
    (
        transposed("output_padding = 1"),
        f"{OUTPUT_PADDING} is 1 for rows, but must be smaller than the stride, 1, or the dilation, 1: "
        "lower it to 0 or raise the stride",
    ),
    (
        transposed("stride = 2\noutput_padding = [1, 2]"),
        f"{OUTPUT_PADDING} is 2 for columns, but must be smaller than the stride, 2, or the dilation, 1: "
        "lower it to 1 or raise the stride",
    ),
    (
        transposed("stride = 2\ndilation = 3\noutput_padding = 3"),
        f"{OUTPUT_PADDING} is 3 for rows, but must be smaller than the stride, 2, or the dilation, 3: "
        "lower it to 2 or raise the stride",
    ),
    (
        transposed("padding = 2"),
        f"{PADDING} takes 4 rows from an output that has 4 without it: lower it to at most 3 on both sides together",
    ),
    (
        transposed("padding = [0, 5, 0, 0]"),
        f"{PADDING} takes 5 columns from an output that has 4 without it: lower it to at most 3 on both sides together",
    ),
    (
        transposed("padding = 'same'\nstride = [2, 3]"),
        f"{PADDING} is 'same', but a kernel that spans 2 cannot fill a stride of [2, 3]: "
        "use a larger kernel, or output_padding, or 'valid'",
    ),
    (
        transposed("stride = 1000000"),
        f"'stride' {AT} spreads the input over 4,000,012,000,009 cells: lower it or dilation until there are at most "
        "8,388,608",
    ),
    (
        transposed("stride = 1000000\npadding = [999999, 999999, 1000000, 1000000]"),
        f"'stride' {AT} spreads the input over 4,000,008,000,004 cells: lower it or dilation until there are at most "
        "8,388,608",
    ),
    (
        transposed("", "[[[1]], [[2]]]", "[[[[1]]]]"),
        f"{KERNEL} has 1 kernel for 2 input channels: a transposed convolution's kernel is [C, O/groups, kh, kw], "
        "one for each input channel",
    ),
    (
        transposed("groups = 2", "[[[1]], [[2]], [[3]]]", "[[[[1]]], [[[1]]], [[[1]]]]"),
        f"'groups' {AT} is 2, but must divide the number of input channels, 3, and of output channels, 2: "
        "write a divisor of both such as 1",
    ),
    (
        transposed("bias = [1, 2]"),
        f"'bias' {AT} has 2 numbers for 1 output channel: write one for each, or one for all",
    ),
    (
        transposed("bias = 1", f"[[{2**62}]]", "[[2]]"),
        f"{KERNEL} times the input {SUMS} 64-bit integers: write them as decimals or scale them down",
    ),
    (
        transposed("padding = 2", str([[[1] * 100] * 100]), str([[[[1] * 5] * 5] * 380])),
        "[convolution] makes 95,000,000 cells in its patches, and the most is 67,108,864: "
        "use a smaller input or kernel, or a larger stride",
    ),
    # separable
    (
        conv("pointwise = [[1]]", "[[[1]], [[2]]]", "[[[[1]], [[1]]]]"),
        f"{POINTWISE} follows a depthwise convolution, whose groups are the 2 input channels, not 1: write groups = 2",
    ),
    (
        conv("pointwise = [[1, 2]]"),
        f"{POINTWISE} has rows of 2, but the depthwise convolution makes 1 map: "
        "give every output channel one number for each map",
    ),
    (
        conv("pointwise_bias = 1"),
        f"'pointwise_bias' {AT} needs 'pointwise', the second stage that it belongs to: add it",
    ),
    (
        conv("pointwise = [[1]]\npointwise_bias = [1, 2]"),
        f"'pointwise_bias' {AT} has 2 numbers for 1 output channel: write one for each, or one for all",
    ),
    (
        conv(f"pointwise = [[{2**62}]]"),
        f"{POINTWISE} times the maps of the first stage {SUMS} 64-bit integers: "
        "write them as decimals or scale them down",
    ),
    (
        conv("pointwise = [[1e308]]", kernel="[[1e5]]"),
        f"{POINTWISE} times the maps of the first stage {SUMS} the largest decimal: scale them down",
    ),
    (
        conv("pointwise = [[0.5]]", f"[[{2**52}]]", "[[4]]"),
        f"{KERNEL} times the input can give sums up to {2**54}, which is too long to stand beside decimals exactly: "
        f"{SHRINK}",
    ),
    (conv(f"pointwise = {LONG_KERNEL}"), f"{POINTWISE} has 65,537 cells, and the most is 65,536: write fewer"),
    (
        conv(f"padding = 500\npointwise = [{','.join(['[1]'] * 500)}]", kernel="[[1]]"),
        "[convolution] makes 503,004,500 output cells, and the most is 4,194,304: "
        "use a smaller input or kernel, or a larger stride",
    ),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES, ids=[message[:60] for _, message in MISTAKES])
def test_the_whole_message(text, message):
    with pytest.raises(LessonError) as caught:
        parse_lesson(text, name="x", file="lessons/x.toml")
    assert str(caught.value) == f"lessons/x.toml: {message}"
