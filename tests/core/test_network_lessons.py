"""Lessons about networks: what is read, and one whole sentence for every mistake."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import LessonError, NetworkError, NetworkField, load_network, parse_network

HEAD = 'title = "T"\n[network]\n'
LAYER = HEAD + '[[network.layer]]\nname = "a"\nop = "conv"\nkernel = 3\n'
SECOND = LAYER + '[[network.layer]]\nname = "b"\n'
AT, BE = "in layer 'a' of [network]", "in layer 'b' of [network]"
OPS = (
    "conv, depthwise_conv, max_pool, avg_pool, conv_transpose, add, mul, concat, batch_norm, dropout, "
    "global_avg_pool, global_max_pool, identity, instance_norm, leaky_relu, lrn, relu, sigmoid, tanh, pad, upsample"
)

MISTAKES = [
    ('title = "T"', "the table [network] is missing: add its layers as [[network.layer]]"),
    (HEAD, "[network] has no layers: add each as [[network.layer]] with name and op"),
    (HEAD + "layer = 3", "[network] has no layers: add each as [[network.layer]] with name and op"),
    (HEAD + "layer = [3]", "layer 1 of [network] must be a table, not 3: write [[network.layer]]"),
    (HEAD + "[qqqqq]", "unknown table [qqqqq]. The only table there is [network]."),
    (HEAD + "layers = []", "unknown key 'layers' in [network]. Did you mean 'layer'?"),
    (HEAD + "input_size = 0", "'input_size' in [network] must be at least 1, not 0: write 1 or more"),
    (HEAD + "input_size = 'x'", "'input_size' in [network] must be a whole number, not 'x': write one such as 1"),
    (HEAD + "layer = [{name = '', op = 'relu'}]", "'name' in layer 1 of [network] is empty: write some text"),
    (
        LAYER + "padding = 'sme'",
        f"'padding' {AT} must be numbers, 'same', 'same_lower', 'valid' or 'full', not 'sme': did you mean 'same'?",
    ),
    (HEAD + "layer = [{op = 'relu'}]", "layer 1 of [network] has no 'name': add it"),
    (HEAD + "layer = [{name = 'a'}]", "layer 'a' of [network] has no 'op': add it"),
    (
        HEAD + "layer = [{name = 3, op = 'relu'}]",
        "'name' in layer 1 of [network] must be text, not 3: put it in quotes",
    ),
    (
        HEAD + "layer = [{name = {en = 'a', zh = 'b'}, op = 'relu'}]",
        "'name' in layer 1 of [network] is the same in every language: write one text",
    ),
    (
        HEAD + "layer = [{name = 'input', op = 'relu'}]",
        "'name' in layer 'input' of [network] is 'input', a name reserved for the picture: "
        "choose another, such as 'layer1'",
    ),
    (
        SECOND.replace('"b"', '"a"') + 'op = "relu"',
        f"'name' {AT} is 'a', which is taken: give every layer a name of its own",
    ),
    (SECOND + 'op = "konv"', f"'op' {BE} is 'konv', which is no operation of a layer: did you mean 'conv'?"),
    (SECOND + 'op = "wxyz"', f"'op' {BE} is 'wxyz', which is no operation of a layer: write one of {OPS}"),
    (SECOND + 'op = "add"', f"""'inputs' {BE} must name at least two layers for op 'add': write inputs = ["…", "…"]"""),
    (
        SECOND + 'op = "relu"\ninputs = ["a", "input"]',
        f"'inputs' {BE} must name one layer for op 'relu', not 2: join them with add or concat",
    ),
    (
        SECOND + 'op = "relu"\ninputs = 3',
        f"'inputs' {BE} must be names of layers, not 3: write them in quotes, such as ['input']",
    ),
    (SECOND + 'op = "relu"\ninputs = "aa"', f"'inputs' {BE} names 'aa', which is no layer: did you mean 'a'?"),
    (
        SECOND + 'op = "relu"\ninputs = "wxyz"',
        f"'inputs' {BE} names 'wxyz', which is no layer: name a layer, or 'input' for the picture",
    ),
    (SECOND + 'op = "relu"\nkernel = 3', f"unknown key 'kernel' {BE}. The keys there are name, op, inputs."),
    (LAYER + "strde = 2", f"unknown key 'strde' {AT}. Did you mean 'stride'?"),
    (LAYER.replace("kernel = 3", ""), "layer 'a' of [network] has no 'kernel': give its size, such as kernel = 3"),
    (LAYER.replace("kernel = 3", "kernel = 0"), f"'kernel' {AT} must be at least 1, not 0: write 1 or more"),
    (
        LAYER + "padding = 'circular'",
        f"'padding' {AT} must be numbers, 'same', 'same_lower', 'valid' or 'full', not 'circular': write one of them",
    ),
    (
        LAYER.replace('"conv"', '"max_pool"'),
        "layer 'a' of [network] has no 'stride': write it, since PyTorch takes the kernel's size and ONNX takes 1",
    ),
    (
        LAYER.replace('"conv"', '"conv_transpose"') + "stride = 2\noutput_padding = 2",
        f"'output_padding' {AT} is 2 for rows, but must be smaller than the stride, 2, or the dilation, 1: "
        "lower it to 1 or raise the stride",
    ),
    (
        LAYER.replace('"conv"', '"avg_pool"') + "stride = 2\nceil_mode = 1",
        f"'ceil_mode' {AT} must be true or false, not 1: write one of them",
    ),
    (SECOND + 'op = "pad"', "layer 'b' of [network] has no 'padding': give it in cells"),
    (
        SECOND + 'op = "upsample"\nmode = "sharp"',
        f"'mode' {BE} must be 'nearest', 'linear' or 'cubic', not 'sharp': write one of them",
    ),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES, ids=[message[:60] for _, message in MISTAKES])
def test_the_whole_message(text, message):
    with pytest.raises(LessonError) as caught:
        parse_network(text, name="x", file="lessons/x.toml")
    assert str(caught.value) == f"lessons/x.toml: {message}"


def field(text, size=None):
    return NetworkField(parse_network(HEAD + text, name="x").network, size)


def test_a_layer_reads_the_one_before_it():
    rows = field(
        """
        layer = [
          { name = "a", op = "conv", kernel = 5, padding = 2 },
          { name = "b", op = "max_pool", kernel = [2, 3], stride = 2 },
          { name = "c", op = "conv", inputs = "input", kernel = 1, stride = 2, padding = [0, 1, 0, 0] },
          { name = "d", op = "add", inputs = ["b", "c"] },
        ]
        """
    ).rows
    assert [(row.op, row.size, row.padding, row.misaligned) for row in rows] == [
        ("Conv", (5, 5), (2, 2), None),
        ("MaxPool", (6, 7), (2, 2), None),
        ("Conv", (1, 1), (0, 1), None),
        ("Add", (6, 7), (2, 2), "d"),
    ]


def test_every_operation_is_read():
    layers = """
        { name = "conv", op = "conv", kernel = 3, padding = "full", dilation = 2 },
        { name = "deep", op = "depthwise_conv", kernel = 3, padding = "same" },
        { name = "up", op = "conv_transpose", kernel = 4, stride = 2, padding = 1 },
        { name = "max", op = "max_pool", kernel = 3, stride = 2, ceil_mode = true },
        { name = "avg", op = "avg_pool", kernel = 3, stride = 1, padding = "same_lower" },
        { name = "pad", op = "pad", padding = 1, mode = "reflect" },
        { name = "big", op = "upsample", scale = [2, 1], mode = "linear" },
        { name = "gate", op = "global_avg_pool" },
        { name = "most", op = "global_max_pool", inputs = "big" },
        { name = "sum", op = "add", inputs = ["gate", "most"] },
        { name = "mul", op = "mul", inputs = ["big", "sum"] },
        { name = "cat", op = "concat", inputs = ["big", "mul"] },
        { name = "norm", op = "instance_norm" },
    """
    plain = ["batch_norm", "dropout", "identity", "leaky_relu", "lrn", "relu", "sigmoid", "tanh"]
    layers += "".join(f'{{ name = "{op}", op = "{op}" }},\n' for op in plain)
    found = field(f"input_size = [9, 8]\nlayer = [\n{layers}]")
    assert found.stops == []
    planes = {row.name: row.plane for row in found.rows}
    assert [planes[name] for name in ("conv", "deep", "up", "max", "avg", "pad", "big", "gate", "cat", "tanh")] == [
        *[(13, 12), (13, 12), (26, 24), (13, 12), (13, 12), (15, 14), (30, 14), (1, 1), (30, 14), (30, 14)]
    ]


def test_a_merge_names_what_differs():
    layers = """
        { name = "a", op = "conv", kernel = 3, stride = 2 },
        { name = "b", op = "conv", kernel = 3, stride = 2, padding = 2, inputs = "input" },
    """
    for op in ("add", "concat"):
        (stop,) = field(
            f'input_size = 16\nlayer = [\n{layers}{{ name = "s", op = "{op}", inputs = ["b", "a"] }}]'
        ).stops
        assert stop.sentence("x.toml:") == (
            f"x.toml: layer 's' of [network] ({op}) joins by 'inputs' 9 rows of 'b' and 7 rows of 'a', which must be "
            "equal: change 'stride' or 'padding' on the way to one of them, or name another; the last node that could "
            "be computed is 'b': `field --node` asks for it alone"
        )


def test_a_loop_is_named():
    layers = """
        { name = "a", op = "add", inputs = ["input", "c"] },
        { name = "b", op = "relu" },
        { name = "c", op = "relu" },
    """
    with pytest.raises(NetworkError) as caught:
        field(f"layer = [\n{layers}]")
    assert str(caught.value) == (
        "x.toml: 'inputs' of the layers 'a', 'c', 'b' of [network] form a loop: let one of them name a layer before "
        "the loop, or 'input', the picture"
    )
    with pytest.raises(NetworkError) as caught:
        field('layer = [{ name = "a", op = "relu", inputs = "a" }]')
    assert str(caught.value) == "x.toml: 'inputs' in layer 'a' of [network] names itself: name a layer before it"


def test_a_layer_may_come_after_its_reader():
    rows = field(
        'layer = [{ name = "b", op = "relu", inputs = "a" }, { name = "a", op = "conv", inputs = "input", kernel = 3 }]'
    ).rows
    assert [(row.name, row.size) for row in rows] == [("b", (3, 3)), ("a", (3, 3))]


def test_a_file_that_is_none(tmp_path):
    with pytest.raises(LessonError, match="there is no such file: check the path"):
        load_network(tmp_path / "x.toml")


@given(st.data())
def test_no_text_is_a_traceback(data):
    """Layers made of whatever may stand there."""
    keys = st.sampled_from(["name", "op", "inputs", "kernel", "stride", "padding", "dilation", "scale", "mode"])
    words = st.sampled_from(
        ['"a"', '"b"', '"conv"', '"add"', '["a"]', '["input", "a"]', "3", "[1, 2]", "0", "1e9", '"same"']
    )
    layers = data.draw(st.lists(st.dictionaries(keys, words, max_size=6), max_size=4))
    written = ",".join("{" + ", ".join(f"{key} = {word}" for key, word in layer.items()) + "}" for layer in layers)
    with suppress(LessonError, NetworkError):
        assert field(f"layer = [{written}]").network.nodes
