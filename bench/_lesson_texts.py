"""Lessons put together at random, of keys and values that mostly mean something; some mean harm."""

from __future__ import annotations

import json
import random

from core.operation_reader import EVERY_KEY, OPS

_ODD = """
nan inf -inf 1e308 -1e308 1e-320 -0.0 0.1 1e400 -1 0 1 2 3 5 7 64 1000000 1000001 4503599627370497 0x7fffffff
9223372036854775807 -9223372036854775808 9223372036854775808 999999999999999999999999 true false 1979-05-27 07:32:00
[] [[]] [[[]]] {} "" "same" "same_lower" "valid" "full" "global" "reflect" "circular" "replicate" "columns" "rows"
"a.npy" "b.csv" "big.npy" "bad.npy" "object.npy" "photo.png" "../a.npy" "/etc/passwd" "a\\u0000b" "\\u202e" "中文"
"""
ODD = tuple(_ODD.split())
"""Values that are wrong in most places."""

TITLES = ('"T"', '"T"', '"T"', '{ en = "T", zh = "题" }')
_KEYS = """
name op inputs kernel stride padding dilation output_padding ceil_mode scale mode input_size layer model node unit
compare
"""
NETWORK_KEYS = tuple(_KEYS.split())
_WORDS = """
conv max_pool avg_pool add concat relu upsample pad conv_transpose depthwise_conv global_avg_pool
"""
NETWORK_OPS = tuple(_WORDS.split())
SHARED = ("stride", "dilation", "padding", "highlight", "im2col_layout")
OWN = {
    "conv": ("bias", "padding_mode", "flip", "pointwise_bias"),
    "conv_transpose": ("bias", "output_padding"),
    "max_pool": ("ceil_mode",),
    "avg_pool": ("ceil_mode", "count_include_pad"),
}
LIKELY = {
    "padding": ("1", "2", "[0, 1]", "[1, 0, 2, 1]", '"same"', '"valid"', '"full"', '"same_lower"'),
    "highlight": ("[0, 0]", "[1, 1]", "0"),
    "im2col_layout": ('"rows"', '"columns"'),
    "padding_mode": ('"zeros"', '"reflect"', '"replicate"', '"circular"'),
    "bias": ("1", "0.5", "[1]", "[1, -2]"),
    **dict.fromkeys(("flip", "ceil_mode", "count_include_pad"), ("true", "false")),
    **dict.fromkeys(("stride", "dilation", "output_padding"), ("1", "2", "3", "[1, 2]")),
}
SHAPES = ((4,), (2, 5), (5, 6), (2, 4, 5), (4, 3, 3), (1, 3, 4, 4), (1, 1))


def composed(chance: random.Random) -> str:
    """A lesson about an operation or a network, of keys that mostly mean something."""
    return network(chance) if chance.random() < 0.2 else operation(chance)


def operation(chance: random.Random) -> str:
    """A lesson about one operation."""
    op = chance.choice(OPS)
    keys = {"op": f'"{op}"'} if op != "conv" or chance.random() < 0.3 else {}
    shape = chance.choice(SHAPES)
    keys["input"] = numbers(chance, *shape)
    if op.endswith("pool"):
        keys["kernel_size"] = chance.choice(("1", "2", "3", "2", '"global"', value(chance)))
    else:
        keys |= kernel(chance, op, shape)
    if chance.random() < 0.15 and op == "conv":
        keys["pointwise"] = numbers(chance, chance.randrange(1, 4), chance.choice((1, 2, 4)))
    for key in chance.sample((*SHARED, *OWN[op]), chance.randrange(4)):
        keys[key] = chance.choice(LIKELY[key]) if key in LIKELY and chance.random() < 0.9 else value(chance)
    if chance.random() < 0.2:
        keys[chance.choice((*keys, *EVERY_KEY))] = value(chance)
    title = chance.choice(TITLES) if chance.random() < 0.98 else value(chance)
    text = f"title = {title}\n[convolution]\n"
    text += "".join(f"{key} = {told}\n" for key, told in keys.items())
    if chance.random() < 0.2:
        layers = ", ".join(layer(chance) for _ in range(chance.randrange(1, 4)))
        text += f"[receptive_field]\nlayers = [{layers}]\n" + chance.choice(("", f"unit = {value(chance)}\n"))
    if chance.random() < 0.1:
        text += f"[card]\n{chance.choice(('site', 'tagline', 'x'))} = {value(chance)}\n"
    return text


def kernel(chance: random.Random, op: str, shape: tuple[int, ...]) -> dict[str, str]:
    """A kernel for an input of that shape, with groups where it has channels; now and then of the wrong depth."""
    if len(shape) == 1 or (len(shape) == 2 and chance.random() < 0.7):
        return {"kernel": numbers(chance, *(2,) * len(shape))}
    channels, taps = (shape[0], (2,)) if len(shape) == 2 else (shape[-3], (2, 2))
    groups = chance.choice([number for number in (1, 1, 2, 3, 4) if channels % number == 0])
    deep, wide = channels // groups, groups * chance.choice((1, 2))
    if chance.random() < 0.03:
        deep += 1
    leading = (wide, deep) if op == "conv" else (deep * groups, chance.choice((1, 2)))
    return {"kernel": numbers(chance, *leading, *taps)} | ({"groups": f"{groups}"} if groups > 1 else {})


def layer(chance: random.Random) -> str:
    """One layer of a receptive field's stack."""
    keys = chance.sample(("stride", "padding", "dilation"), chance.randrange(4))
    return "{ " + ", ".join(f"{key} = {value(chance)}" for key in ("kernel", *keys)) + " }"


def network(chance: random.Random) -> str:
    """A lesson about a network."""
    text = 'title = "N"\n[network]\n' + chance.choice(("", "input_size = 32\n", f"input_size = {value(chance)}\n"))
    if chance.random() < 0.1:
        text += f"{chance.choice(NETWORK_KEYS)} = {value(chance)}\n"
    names = ["input", *(f"l{number}" for number in range(chance.randrange(1, 7)))]
    for name in names[1:]:
        word = chance.choice(NETWORK_OPS)
        keys = {"name": f'"{name}"', "op": f'"{word}"'}
        if word in ("add", "concat") or chance.random() < 0.2:
            keys["inputs"] = json.dumps(chance.choices(names, k=chance.choice((1, 2, 2, 3))))
        if "conv" in word or "pool" in word:
            keys |= {"kernel": chance.choice("1233"), "stride": chance.choice("112")}
        if chance.random() < 0.5:
            keys[chance.choice(NETWORK_KEYS)] = value(chance)
        text += "[[network.layer]]\n" + "".join(f"{key} = {told}\n" for key, told in keys.items())
    return text


def value(chance: random.Random) -> str:
    """A small whole number, a pair, four sides, or something odd."""
    small = [f"{chance.randrange(4)}" for _ in range(4)]
    pair, sides = f"[{small[0]}, {small[1]}]", f"[{', '.join(small)}]"
    return chance.choice((small[0], small[0], pair, sides, chance.choice(ODD), f"[{chance.choice(ODD)}, {small[0]}]"))


def numbers(chance: random.Random, *shape: int) -> str:
    """Nested lists, mostly of small numbers, now and then with one that is odd, or a file's name."""
    if chance.random() < 0.05:
        return chance.choice(ODD)

    def nested(left: tuple[int, ...]) -> str:
        if left:
            return f"[{', '.join(nested(left[1:]) for _ in range(left[0]))}]"
        kind = chance.random()
        return (
            chance.choice(ODD)
            if kind < 0.004
            else f"{chance.random():.3}"
            if kind < 0.03
            else f"{chance.randrange(-9, 10)}"
        )

    return nested(shape)
