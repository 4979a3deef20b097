"""Any file at all as a lesson: accepted, and then traced and written out, or refused in one sentence.

Run with: python -m bench.fuzz_lessons [COUNT] [--first NUMBER]. A third of the inputs are shipped lessons with damage
in their text, the rest are put together from keys and values that mean something and some that mean harm.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from math import prod
from pathlib import Path

import numpy as np

from bench._fuzz import main
from bench._lesson_texts import ODD, composed
from core import (
    AnyLesson,
    LessonError,
    LessonField,
    NetworkError,
    NetworkLesson,
    SeparableTrace,
    load_any_lesson,
    trace_of,
)
from models.onnx_file import load_onnx
from pipeline.trace_json import json_pieces
from pipeline.trace_text import text_lines

ROOT = Path(__file__).resolve().parents[1]
MOST_TRACED = 20_000
"""Cells in the patches of an accepted lesson, up to which it is traced and written out."""


@cache
def seeds() -> list[bytes]:
    """The shipped lessons; the longest ones are left out, since most of their damage is alike."""
    texts = [path.read_bytes() for path in sorted((ROOT / "lessons").rglob("*.toml"))]
    return [text for text in texts if len(text) < 4000]


def attempt_in(folder: Path) -> Callable[[random.Random], str | None]:
    """What tries one input as a file in `folder`."""
    file = folder / "fuzzed.toml"

    def attempt(chance: random.Random) -> str | None:
        file.write_bytes(damaged(chance) if chance.random() < 0.35 else composed(chance).encode())
        try:
            lesson = load_any_lesson(file, load_onnx)
            use(lesson)
        except (LessonError, NetworkError) as refusal:
            return str(refusal)
        return None

    return attempt


def use(lesson: AnyLesson) -> None:
    """Whatever reads a lesson that was accepted must be able to."""
    assert lesson.traits
    assert len(lesson.digest) == 64
    if isinstance(lesson, NetworkLesson):
        field = LessonField(lesson)
        assert all(row.size for row in field.rows)
        return
    trace = trace_of(lesson)
    stages = trace.stages if isinstance(trace, SeparableTrace) else (trace,)
    if max(stage.im2col.entries for stage in stages) <= MOST_TRACED and prod(lesson.plane) <= MOST_TRACED:
        assert json.loads("".join(json_pieces(trace)))
        assert all("\n" not in line for line in text_lines(trace))
        assert trace.highlight.value == trace.output[(trace.highlight.channel, *lesson.convolution.highlight)]
        if np.isfinite(trace.input).all():
            assert np.isfinite(trace.output).all()


def damaged(chance: random.Random) -> bytes:
    """A shipped lesson with bytes changed, cut out, doubled, or swapped for values that mean harm."""
    text = bytearray(chance.choice(seeds()))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at, kind = chance.randrange(len(text) + 1), chance.randrange(7)
        if kind == 0 and text:
            text[at % len(text)] = chance.randrange(256 if chance.random() < 0.1 else 128)
        elif kind == 1:
            del text[at : at + chance.choice((1, 2, 10, 200))]
        elif kind == 2:
            text[at:at] = text[at : at + chance.choice((1, 5, 60))]
        elif kind == 3:
            text[at:at] = chance.choice(ODD).encode()
        elif kind == 4:
            lines = bytes(text).splitlines(keepends=True) or [b""]
            lines.insert(chance.randrange(len(lines)), chance.choice(chance.choice(seeds()).splitlines(keepends=True)))
            text = bytearray(b"".join(lines))
        elif kind == 5:
            numbers = [place for place, byte in enumerate(text) if 48 <= byte <= 57]
            if numbers:
                place = chance.choice(numbers)
                text[place : place + 1] = chance.choice(ODD).encode()
        else:
            text[at:at] = bytes(chance.choices(b"[]{}\"=,.#\n'\\ ", k=chance.randrange(1, 4)))
    return bytes(text)


def fill(folder: Path) -> None:
    """Files that lessons may name, right ones and wrong ones."""
    np.save(folder / "a.npy", np.arange(20).reshape(4, 5))
    (folder / "b.csv").write_text("1,2,3\n4,5,6\n7,8,9\n")
    np.save(folder / "big.npy", np.zeros((64, 64)))
    (folder / "bad.npy").write_bytes(b"\x93NUMPY\x01\x00\xff\xff{'descr'")
    np.save(folder / "object.npy", np.array([{}], dtype=object), allow_pickle=True)
    (folder / "photo.png").write_bytes((ROOT / "lessons" / "apple.png").read_bytes())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        fill(Path(place))
        sys.exit(main("lesson loader", attempt_in(Path(place))))
