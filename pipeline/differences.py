"""Where two files of one kind begin to differ, in the words of their format."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree

LONGEST = 60
"""Characters of a value that are shown."""


def first_difference(form: str, old: bytes, new: bytes) -> str:
    """Where `new` first differs from `old`, both in the format `form`; bytes alone where the format says no more."""
    if old == new:
        return "no difference"
    find = FINDERS.get(form)
    try:
        found = find(old, new) if find else None
    except Exception:  # damaged beyond reading: then the bytes are what can be named
        found = None
    return found or _first_byte(old, new)


def _first_byte(old: bytes, new: bytes) -> str:
    at = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"byte {at} of {len(old)}" + (f", now {len(new)} bytes" if len(old) != len(new) else "")


def _first_line(old: bytes, new: bytes) -> str | None:
    lines = zip_longest(old.decode().split("\n"), new.decode().split("\n"))
    for number, (before, after) in enumerate(lines, start=1):
        if before != after:
            return f"line {number}: {_shown(before)} is now {_shown(after)}"
    return None


def _first_key(old: bytes, new: bytes) -> str | None:
    for path, before, after in _json_differences(json.loads(old), json.loads(new), "$"):
        return f"{path}: {_shown(before)} is now {_shown(after)}"
    return None


def _json_differences(old: Any, new: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _json_differences(old.get(key), new.get(key), f"{path}.{key}")
    elif isinstance(old, list) and isinstance(new, list):
        for at, (before, after) in enumerate(zip_longest(old, new)):
            yield from _json_differences(before, after, f"{path}[{at}]")
    elif old != new or type(old) is not type(new):
        yield path, old, new


def _first_node(old: bytes, new: bytes) -> str | None:
    nodes = zip_longest(_nodes(ElementTree.fromstring(old)), _nodes(ElementTree.fromstring(new)))
    for before, after in nodes:
        if before == after:
            continue
        if before is None or after is None:
            path, _ = before or after or ("", {})
            return f"node {path} is " + ("new" if before is None else "gone")
        path, facts = before
        if path != after[0]:
            return f"node {path} is now {after[0]}"
        name = next(key for key in (*facts, *after[1]) if facts.get(key) != after[1].get(key))
        return f"node {path}, {name}: {_shown(facts.get(name))} is now {_shown(after[1].get(name))}"
    return None


def _nodes(node: ElementTree.Element, path: str = "") -> Iterator[tuple[str, dict[str, str | None]]]:
    """Every node in order: its path, and its attributes, text and tail."""
    path = f"{path}/{node.tag.rpartition('}')[2]}"
    yield path, {**node.attrib, "text": node.text, "tail": node.tail}
    counts: dict[str, int] = {}
    for child in node:
        counts[child.tag] = counts.get(child.tag, 0) + 1
        for below, facts in _nodes(child):
            head, slash, rest = below[1:].partition("/")
            yield f"{path}/{head}[{counts[child.tag]}]{slash}{rest}", facts


def _first_frame(old: bytes, new: bytes) -> str | None:
    for number, (before, after) in enumerate(zip_longest(_frames(old), _frames(new))):
        if before is None or after is None:
            return f"it has {number} frames or more, and ends there " + ("no longer" if before is None else "now")
        if before[1:] != after[1:]:
            return f"frame {number} at {float(before[0]):.3f} s"
    return "every frame is the same, only their packing is not"


def _frames(data: bytes) -> Iterator[tuple[Fraction, int, int, bytes]]:
    """Time in seconds, width, height and pixels of each frame."""
    import av

    with av.open(io.BytesIO(data), "r") as container:
        for frame in container.decode(video=0):
            time = (frame.pts or 0) * (frame.time_base or Fraction(0))
            yield Fraction(time), frame.width, frame.height, frame.to_ndarray(format="rgb24").tobytes()


def _first_pixel(old: bytes, new: bytes) -> str | None:
    (_, width, height, before), (_, new_width, new_height, after) = next(_frames(old)), next(_frames(new))
    if (width, height) != (new_width, new_height):
        return f"{width}x{height} pixels are now {new_width}x{new_height}"
    at = next((at for at, (a, b) in enumerate(zip(before, after, strict=True)) if a != b), None)
    if at is None:
        return "every pixel is the same, only their packing or the words with them are not"
    pixel = at // 3
    colours = [data[3 * pixel : 3 * pixel + 3].hex() for data in (before, after)]
    return f"pixel ({pixel % width}, {pixel // width}): #{colours[0]} is now #{colours[1]}"


def _first_object(old: bytes, new: bytes) -> str | None:
    objects = zip_longest(old.split(b"endobj"), new.split(b"endobj"))
    for before, after in objects:
        if before != after:
            number = (before or after or b"").partition(b" 0 obj")[0].split()[-1:]
            return f"object {number[0].decode()}, {_first_byte(old, new)}" if number else None
    return None


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text[:LONGEST]}…'" if len(text) > LONGEST else f"'{text}'"


FINDERS: dict[str, Callable[[bytes, bytes], str | None]] = {
    "mp4": _first_frame,
    "webm": _first_frame,
    "gif": _first_frame,
    "png": _first_pixel,
    "svg": _first_node,
    "pdf": _first_object,
    "vtt": _first_line,
    "csv": _first_line,
    "txt": _first_line,
    "json": _first_key,
}
