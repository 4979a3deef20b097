"""The layers of a network lesson, [[network.layer]], read strictly into nodes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace

from core.limits import NETWORK_LAYERS
from core.network_graph import Attribute, Node
from core.table import Table, shown

PICTURE = "input"
WINDOWED = {"conv": "Conv", "depthwise_conv": "Conv", "max_pool": "MaxPool", "avg_pool": "AveragePool"}
MERGING = {"add": "Add", "mul": "Mul", "concat": "Concat"}
PLAIN = {
    "batch_norm": "BatchNormalization",
    "dropout": "Dropout",
    "global_avg_pool": "GlobalAveragePool",
    "global_max_pool": "GlobalMaxPool",
    "identity": "Identity",
    "instance_norm": "InstanceNormalization",
    "leaky_relu": "LeakyRelu",
    "lrn": "LRN",
    "relu": "Relu",
    "sigmoid": "Sigmoid",
    "tanh": "Tanh",
}
OPS = {**WINDOWED, "conv_transpose": "ConvTranspose", **MERGING, **PLAIN, "pad": "Pad", "upsample": "Resize"}
MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
AUTO = {"same": "SAME_UPPER", "same_lower": "SAME_LOWER", "valid": "VALID"}


def read_layers(table: Table) -> tuple[Node, ...]:
    """The nodes that the table [network] lists. LessonError, one sentence, for any mistake of its author's."""
    layers = _layers(table)
    nodes: list[Node] = []
    known = {PICTURE}
    for layer in layers:
        node = replace(_node(layer, nodes[-1].name if nodes else PICTURE), word=str(layer.values["op"]).strip())
        if node.name == PICTURE:
            raise layer.error(
                "name", f"is {PICTURE!r}, a name reserved for the picture: choose another, such as {_free(layers)!r}"
            )
        if node.name in known:
            raise layer.error("name", f"is {node.name!r}, which is taken: give every layer a name of its own")
        known.add(node.name)
        nodes.append(node)
    for layer, node in zip(layers, nodes, strict=True):
        for source in node.inputs:
            if source not in known:
                near = difflib.get_close_matches(source, known, 1)
                tail = f"did you mean {near[0]!r}?" if near else f"name a layer, or {PICTURE!r} for the picture"
                raise layer.error("inputs", f"names {shown(source)}, which is no layer: {tail}")
    return tuple(nodes)


def _free(layers: list[Table]) -> str:
    """A name that no layer has."""
    taken = {layer.values.get("name") for layer in layers}
    return next(name for number in range(1, len(layers) + 2) if (name := f"layer{number}") not in taken)


def _layers(table: Table) -> list[Table]:
    value = table.values.get("layer", [])
    if not isinstance(value, list) or not value:
        raise table.mistake("[network] has no layers: add each as [[network.layer]] with name and op")
    if len(value) > NETWORK_LAYERS:
        raise table.mistake(f"[network] has {len(value):,} layers, and the most is {NETWORK_LAYERS:,}: leave some out")
    layers = []
    for number, item in enumerate(value, 1):
        if not isinstance(item, Mapping):
            raise table.mistake(
                f"layer {number} of [network] must be a table, not {shown(item)}: write [[network.layer]]"
            )
        name = item.get("name")
        place = f"layer {name!r}" if isinstance(name, str) and name and len(name) < 80 else f"layer {number}"
        layers.append(Table(table.file, f"{place} of [network]", item))
    return layers


def _node(layer: Table, before: str) -> Node:
    for key in ("name", "op"):
        if key not in layer.values:
            raise layer.mistake(f"{layer.place} has no {key!r}: add it")
    name, word = _text(layer, "name"), _text(layer, "op")
    if word not in OPS:
        near = difflib.get_close_matches(word, OPS, 1)
        raise layer.error(
            "op",
            f"is {shown(word)}, which is no operation of a layer: "
            + (f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(OPS)}"),
        )
    inputs = _inputs(layer, word, before)
    if word in WINDOWED or word == "conv_transpose":
        return Node(name, OPS[word], inputs, (name,), _window(layer, word))
    if word == "pad":
        layer.only("name", "op", "inputs", "padding", "mode")
        if "padding" not in layer.values:
            raise layer.mistake(f"{layer.place} has no 'padding': give it in cells")
        top, left, bottom, right = layer.sides("padding")
        pads = (0, 0, top, left, 0, 0, bottom, right)
        mode = MODES[layer.choice("mode", tuple(MODES))]
        return Node(name, "Pad", inputs, (name,), {"pads": pads, "mode": mode})
    if word == "upsample":
        layer.only("name", "op", "inputs", "scale", "mode")
        scale = layer.pair("scale", (2, 2))
        mode = layer.choice("mode", ("nearest", "linear", "cubic"))
        scales = (1.0, 1.0, float(scale[0]), float(scale[1]))
        return Node(name, "Resize", inputs, (name,), {"scales": scales, "mode": mode})
    layer.only("name", "op", "inputs")
    return Node(name, OPS[word], inputs, (name,), {"axis": 1} if word == "concat" else {})


def _inputs(layer: Table, word: str, before: str) -> tuple[str, ...]:
    value = layer.values.get("inputs", [before])
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise layer.error(
            "inputs", f"must be names of layers, not {shown(value)}: write them in quotes, such as [{PICTURE!r}]"
        )
    if word in MERGING and len(value) < 2:
        raise layer.error("inputs", f'must name at least two layers for op {word!r}: write inputs = ["…", "…"]')
    if word not in MERGING and len(value) != 1:
        raise layer.error(
            "inputs", f"must name one layer for op {word!r}, not {len(value)}: join them with add or concat"
        )
    return tuple(value)


def _window(layer: Table, word: str) -> dict[str, Attribute]:
    """Kernel, stride, padding and dilation as ONNX calls them."""
    keys = ["name", "op", "inputs", "kernel", "stride", "padding", "dilation"]
    layer.only(
        *keys,
        *{"conv_transpose": ["output_padding"], "max_pool": ["ceil_mode"], "avg_pool": ["ceil_mode"]}.get(word, []),
    )
    if "kernel" not in layer.values:
        raise layer.mistake(f"{layer.place} has no 'kernel': give its size, such as kernel = 3")
    if word.endswith("pool") and "stride" not in layer.values:
        raise layer.mistake(
            f"{layer.place} has no 'stride': write it, since PyTorch takes the kernel's size and ONNX takes 1"
        )
    kernel, stride = layer.pair("kernel", (1, 1)), layer.pair("stride", (1, 1))
    dilation = layer.pair("dilation", (1, 1))
    attributes: dict[str, Attribute] = {"kernel_shape": kernel, "strides": stride, "dilations": dilation}
    padding = layer.values.get("padding", 0)
    if isinstance(padding, str) and padding in AUTO:
        attributes["auto_pad"] = AUTO[padding]
    else:
        attributes["pads"] = layer.padding(kernel, dilation, stride, (*AUTO, "full"))
    if word == "conv_transpose":
        extra = layer.pair("output_padding", (0, 0), 0)
        for at, cells in enumerate(("rows", "columns")):
            if extra[at] >= max(stride[at], dilation[at]):
                raise layer.error(
                    "output_padding",
                    f"is {extra[at]} for {cells}, but must be smaller than the stride, {stride[at]}, or the dilation, "
                    f"{dilation[at]}: lower it to {max(stride[at], dilation[at]) - 1} or raise the stride",
                )
        attributes["output_padding"] = extra
    if layer.flag("ceil_mode", False):
        attributes["ceil_mode"] = 1
    return attributes


def _text(layer: Table, key: str) -> str:
    words = layer.text(key, 120)
    if words.en != words.zh:
        raise layer.error(key, "is the same in every language: write one text")
    return words.en
