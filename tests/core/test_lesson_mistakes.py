"""Every mistake in a lesson's text gets one whole sentence: file, key, rule, next move."""

import numpy as np
import pytest

from core import LessonError, parse_lesson

GOOD = 'title = "T"\n[convolution]\ninput = [[1,2,3],[4,5,6],[7,8,9]]\nkernel = [[1,0],[0,1]]\n'
FIELD = GOOD + "[receptive_field]\n"
CARD = GOOD + "[card]\n"


def conv(image="[[1,2],[3,4]]", kernel="[[1]]", rest=""):
    return f'title = "T"\n[convolution]\ninput = {image}\nkernel = {kernel}\n{rest}\n'


IN, KERNEL, AT = "'input' in [convolution]", "'kernel' in [convolution]", "in [convolution]"
DOTTED = "line 2 has a key of more than twenty dotted parts: a lesson's keys have one"
RECTANGLE = f"{IN} must be a full rectangle, but"
NUMBERS = f"{IN} must hold numbers only, but"
NUMBER_THERE = "write a number there"
SHRINK = "write it as a decimal or scale the numbers down"
SUMS = f"{KERNEL} times the input can give sums beyond"
ARRAY = f"{IN} must be nested lists of numbers or the path of an .npy, .csv or .png file, not"

TOGETHER = (
    "write input [H, W] with kernel [kh, kw], or input [C, H, W] with kernel [O, C/groups, kh, kw]; "
    "in 1-D, input [W] with kernel [kw], or input [C, W] with kernel [O, C/groups, kw]"
)

UNCLOSED = "{} ends a text that is not closed: put the quote that is missing behind its last letter"
MISTAKES = [
    # the file as a whole
    ("", "the lesson has no 'title': add a line such as title = \"…\""),
    ('title = "T"', "the table [convolution] is missing: add it with input and kernel"),
    ('title = "T"\nconvolution = 3', "'convolution' must be a table, not 3: write [convolution] on a line of its own"),
    ('title = "T"\ninput = [[1]]', "'input' belongs in [convolution]: put the line [convolution] above it"),
    ('titel = "T"', "unknown key 'titel'. Did you mean 'title'?"),
    (
        "qqqqq = 1",
        "unknown key 'qqqqq'. The keys there are title, [convolution], [receptive_field], [card], [network].",
    ),
    (
        "title = “T”",
        "line 1, column 9 is not valid TOML (Invalid value): write the text in straight quotes",
    ),
    (
        GOOD + "[convolution]\nstride = 2",
        "line 5, column 13 is not valid TOML (Cannot declare ('convolution',) twice): "
        "write each table once, with all its keys below it",
    ),
    (GOOD + "strde = 1", "unknown key 'strde' in [convolution]. Did you mean 'stride'?"),
    (GOOD + "[convolutions]\nstride = 2", "unknown table [convolutions]. Did you mean [convolution]?"),
    ('title = "T"\n[convolutions]', "unknown table [convolutions]. Did you mean [convolution]?"),
    ('title = "T"\n[networks]\nlayer = []', "unknown table [networks]. Did you mean [network]?"),
    ('[titel]\nen = "T"', "unknown table [titel]. Did you mean 'title'?"),
    ('crd = "T"', "unknown key 'crd'. Did you mean [card]?"),
    (
        GOOD + "[qqqqq]",
        "unknown table [qqqqq]. The tables there are [convolution], [receptive_field], [card], [network].",
    ),
    (
        'title = "T"\n[convolution\n',
        "line 2, column 13 is not valid TOML (Expected ']' at the end of a table declaration): correct it",
    ),
    ('title = "T\n[convolution]', UNCLOSED.format("line 1, column 11")),
    ("title = 'T", UNCLOSED.format("end of document")),
    (
        "title = T",
        "line 1, column 9 is not valid TOML (Invalid value): write a number, a text in quotes, true, false, or a list "
        "in brackets",
    ),
    (
        "n = " + "9" * 5000,
        "the file is not valid TOML (it holds a number with thousands of digits or an impossible date): correct that",
    ),
    ("n = " + "[" * 20000, "nested too deeply: lists of numbers need at most four levels"),
    ("# one\na" + ".a" * 400_000 + " = 1", DOTTED),
    ("# one\na = {'a b' " + ".'a b' " * 100_000 + " = 1}", DOTTED),
    # words
    ("title = 3", "'title' must be text, not 3: put it in quotes"),
    ('title = " "', "'title' is empty: write some text"),
    ("title = {}", "'title' is an empty table: give it en, zh or both"),
    ('title = {fr = "x"}', "unknown key 'fr' in 'title'. The keys there are en, zh."),
    ("title = {zh = 3}", "'zh' in 'title' must be text, not 3: put it in quotes"),
    ('title = "a\\nb"', "'title' holds the control character U+000A: write it as one plain line"),
    ('title = "a\\u202eb"', "'title' holds the control character U+202E: write it as one plain line"),
    (f'title = "{"a" * 121}"', "'title' has 121 characters: shorten it to 120"),
    (CARD + "sit = 'x'", "unknown key 'sit' in [card]. Did you mean 'site'?"),
    (CARD + f"site = '{'x' * 61}'", "'site' in [card] has 61 characters: shorten it to 60"),
    (CARD + f"tagline = '{'x' * 161}'", "'tagline' in [card] has 161 characters: shorten it to 160"),
    (CARD + "tagline = 1979-05-27", "'tagline' in [card] must be text, not a date or time: put it in quotes"),
    # arrays
    (
        'title = "T"\n[convolution]\nkernel = [[1]]',
        "[convolution] has no 'input': add it as nested lists or as the path of an .npy or .csv file",
    ),
    (
        'title = "T"\n[convolution]\ninput = [[1]]',
        "[convolution] has no 'kernel': add it as nested lists or as the path of an .npy or .csv file",
    ),
    (conv("3"), f"{ARRAY} 3: write one of them"),
    (conv("true"), f"{ARRAY} true: write one of them"),
    (conv("{}"), f"{ARRAY} a table: write one of them"),
    (conv('"a.npy"'), f"{IN} names a file, but this lesson has no folder: write the numbers as nested lists"),
    (conv("[]"), f"{IN} is empty: give it at least one number"),
    (conv("[[]]"), f"{IN} is empty: give it at least one number"),
    (conv("[[1,2],[3]]"), f"{RECTANGLE} input[1] has length 1 where the first has 2: make them equally long"),
    (conv("[[1,2],3]"), f"{RECTANGLE} input[1] is 3: write a list there"),
    (conv("[1,[2]]"), f"{NUMBERS} input[1] is a list: {NUMBER_THERE}"),
    (conv("[[1,true]]"), f"{NUMBERS} input[0][1] is true: {NUMBER_THERE}"),
    (conv("[[1,'2']]"), f"{NUMBERS} input[0][1] is '2': {NUMBER_THERE}"),
    (conv(f"[[1,'{'y' * 50}']]"), f"{NUMBERS} input[0][1] is '{'y' * 35}…': {NUMBER_THERE}"),
    (conv("[[1,nan]]"), f"{IN} must hold finite numbers, but input[0][1] is nan: {NUMBER_THERE}"),
    (conv(kernel="[[-inf]]"), f"{KERNEL} must hold finite numbers, but kernel[0][0] is -inf: {NUMBER_THERE}"),
    (conv("[[1e400]]"), f"{IN} must hold finite numbers, but input[0][0] is inf: {NUMBER_THERE}"),
    (conv(f"[[{2**63}]]"), f"{IN} holds {2**63}, and whole numbers must fit in 64 bits: {SHRINK}"),
    (
        conv(f"[[0x{'f' * 9000}]]"),
        f"{IN} holds a number beyond 64 bits, and whole numbers must fit in 64 bits: {SHRINK}",
    ),
    (
        conv(f"[[0.5,{2**53 + 1}]]"),
        f"{IN} holds {2**53 + 1}, and that is too long to stand beside decimals exactly: {SHRINK}",
    ),
    (
        conv(f"[[{2**53 + 1}]]", "[[0.5]]"),
        f"{IN} holds {2**53 + 1}, which is too long to stand beside decimals exactly: {SHRINK}",
    ),
    (conv("[1,2]"), f"{KERNEL} is 2-D but the input is 1-D: {TOGETHER}"),
    (conv("[[[[[1]]]]]"), f"{IN} is 5-D but must be 1-D, 2-D, 3-D or 4-D: check the brackets"),
    (conv(kernel="[[[[[1]]]]]"), f"{KERNEL} is 5-D but must be 1-D, 2-D, 3-D or 4-D: check the brackets"),
    (
        conv(kernel="[[[[1]]]]"),
        f"{KERNEL} is 4-D but the input is 2-D: {TOGETHER}",
    ),
    (conv(f"[[{2**62}]]", "[[2]]"), f"{SUMS} 64-bit integers: write them as decimals or scale them down"),
    (
        conv(f"[[{2**63 - 1}]]", rest="bias = 1"),
        f"{SUMS} 64-bit integers: write them as decimals or scale them down",
    ),
    (conv("[[1e308]]", "[[1e308]]"), f"{SUMS} the largest decimal: scale them down"),
    (conv("[[1]]", "[[1e308, 1e308]]", "padding = 1"), f"{SUMS} the largest decimal: scale them down"),
    (
        conv(kernel=f"[[{','.join('1' * 65537)}]]"),
        f"{KERNEL} has 65,537 cells, and the most is 65,536: write fewer",
    ),
    # geometry
    (GOOD + "stride = 0", f"'stride' {AT} must be at least 1, not 0: write 1 or more"),
    (GOOD + "stride = [1,-1]", f"'stride' {AT} must be at least 1, not -1: write 1 or more"),
    (GOOD + "stride = 1.0", f"'stride' {AT} must be a whole number, not 1.0: write 1"),
    (GOOD + "stride = true", f"'stride' {AT} must be a whole number, not true: write one such as 1"),
    (GOOD + "stride = [1,1,1]", f"'stride' {AT} must be one number or [rows, cols], not a list of 3: write one or two"),
    (GOOD + f"stride = {10**9}", f"'stride' {AT} must be at most 1,000,000, not 1000000000: write a smaller one"),
    (
        GOOD + f"dilation = {10**99}",
        f"'dilation' {AT} must be at most 1,000,000, not a number beyond 64 bits: write a smaller one",
    ),
    (GOOD + "dilation = 0", f"'dilation' {AT} must be at least 1, not 0: write 1 or more"),
    (GOOD + "padding = -1", f"'padding' {AT} must be at least 0, not -1: write 0 or more"),
    (
        GOOD + "padding = 'mirror'",
        f"'padding' {AT} must be numbers, 'valid', 'same', 'same_lower' or 'full', not 'mirror': write one of them",
    ),
    (
        GOOD + "padding = [1,2,3]",
        f"'padding' {AT} must be one number, [rows, cols] or [top, left, bottom, right], not a list of 3: "
        "write one, two or four",
    ),
    (
        GOOD + "padding = 'same'\nstride = 2",
        f"'padding' {AT} is 'same', which needs stride 1, not 2: give the padding in cells",
    ),
    (
        GOOD + "padding = 100000",
        f"'padding' {AT} makes an input of 40,001,200,009 cells: lower it until there are at most 8,388,608",
    ),
    (
        conv(kernel="[[1,1,1],[1,1,1],[1,1,1]]", rest="dilation = 2"),
        f"{KERNEL} does not fit: the kernel spans 5 rows but the padded input has 2: "
        "raise padding by 2 or lower dilation",
    ),
    (
        conv(kernel="[[1,1,1]]"),
        f"{KERNEL} does not fit: the kernel spans 3 columns but the padded input has 2: "
        "raise padding by 1 or use a smaller kernel",
    ),
    (
        conv("[[1]]", f"[{','.join(['[' + ','.join('1' * 200) + ']'] * 200)}]", "padding = 250"),
        "[convolution] makes 3,648,160,000 cells in its patches, and the most is 67,108,864: "
        "use a smaller input or kernel, or a larger stride",
    ),
    (
        conv("[[[1]]]", str(np.ones((5, 1, 9, 9), int).tolist()), "padding = 450"),
        "[convolution] makes 322,966,845 products, and the most is 268,435,456: "
        "use a smaller input or kernel, or a larger stride",
    ),
    (
        conv("[[1]]", "[[1]]", "padding = 1100"),
        "[convolution] makes 4,844,401 output cells, and the most is 4,194,304: "
        "use a smaller input or kernel, or a larger stride",
    ),
    (
        conv("[[[1]],[[1]],[[1]]]", "[[[[1]]],[[[1]]]]", "groups = 2"),
        f"'groups' {AT} is 2, but must divide the number of input channels, 3, and of output channels, 2: "
        "write a divisor of both such as 1",
    ),
    (
        conv("[[[1]],[[1]]]", "[[[[1]]]]"),
        f"{KERNEL} has filters of depth 1, but with 2 input channels in 1 group it is 2: "
        "give every filter so many planes",
    ),
    (GOOD + "bias = [1,2]", f"'bias' {AT} has 2 numbers for 1 filter: write one for each, or one for all"),
    (GOOD + "bias = 'x'", f"'bias' {AT} must be a number or a list with one for each filter, not 'x': write one"),
    (GOOD + "bias = true", f"'bias' {AT} must be a number or a list with one for each filter, not true: write one"),
    (GOOD + "bias = nan", f"'bias' {AT} must be finite, not nan: {NUMBER_THERE}"),
    (GOOD + "bias = [true]", f"'bias' {AT} must hold numbers only, but bias[0] is true: {NUMBER_THERE}"),
    (GOOD + f"bias = {2**63}", f"'bias' {AT} holds {2**63}, and whole numbers must fit in 64 bits: {SHRINK}"),
    (
        GOOD + "highlight = [2,0]",
        f"'highlight' {AT} is [2, 0], outside the output of 2×2: rows go from 0 to 1 and columns from 0 to 1",
    ),
    (GOOD + "highlight = [-1,0]", f"'highlight' {AT} must be at least 0, not -1: write 0 or more"),
    (GOOD + "highlight = 1", f"'highlight' {AT} must be [row, col], not 1: write two numbers, counted from 0"),
    (
        GOOD + "highlight = [1,2,3]",
        f"'highlight' {AT} must be [row, col], not a list of 3: write two numbers, counted from 0",
    ),
    # the receptive field
    (FIELD + "layer = 1", "unknown key 'layer' in [receptive_field]. Did you mean 'layers'?"),
    (
        FIELD + "layers = []",
        "'layers' in [receptive_field] must be a list of layers such as [{kernel = 3}], not an empty list: "
        "write one layer or more",
    ),
    (
        FIELD + "layers = [{kernel = 3}, 3]",
        "'layers' in [receptive_field] must hold tables, but layer 2 is 3: write one such as {kernel = 3}",
    ),
    (
        FIELD + "layers = [{stride = 2}]",
        "layer 1 of [receptive_field] has no 'kernel': give its size, such as kernel = 3",
    ),
    (
        FIELD + "layers = [{kernel = 3, strid = 2}]",
        "unknown key 'strid' in layer 1 of [receptive_field]. Did you mean 'stride'?",
    ),
    (
        FIELD + "layers = [{kernel = 3}, {kernel = [3, 0]}]",
        "'kernel' in layer 2 of [receptive_field] must be at least 1, not 0: write 1 or more",
    ),
    (
        FIELD + f"layers = [{'{kernel = 1},' * 17}]",
        "'layers' in [receptive_field] has 17 layers, and the most is 16: leave some out",
    ),
    (
        FIELD + f"layers = [{'{kernel = 20},' * 16}]",
        "'layers' in [receptive_field] have more paths than 64-bit integers can count: "
        "use fewer layers or smaller kernels",
    ),
    (
        FIELD + "layers = [{kernel = 3, padding = 5000}]",
        "'layers' in [receptive_field] need 100,060,009 cells under layer 1, and the most is 8,388,608: "
        "use smaller kernels, strides or padding",
    ),
    (
        FIELD + "unit = [0,1]",
        "'unit' in [receptive_field] is [0, 1], outside the last plane of 1×1: "
        "rows go from 0 to 0 and columns from 0 to 0",
    ),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES, ids=[message[:50] for _, message in MISTAKES])
def test_the_whole_message(text, message):
    with pytest.raises(LessonError) as caught:
        parse_lesson(text, name="x", file="lessons/x.toml")
    assert str(caught.value) == f"lessons/x.toml: {message}"
