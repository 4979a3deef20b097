"""An ONNX file without its weights: walked field by field, so that gigabytes of numbers are skipped, never read.

ONNX files are protocol buffers: messages made of fields, each a tag (field number and kind) and a value. Only what
tells the graph is copied; a tensor's dimensions stay, the numbers of a large one do not.
"""

from __future__ import annotations

from typing import BinaryIO

MOST_BYTES = 1 << 31
"""No protocol buffer is longer."""
MOST_KEPT = 16 << 20
"""The graph by itself; the largest published ones take a tenth."""
SMALL = 1 << 14
"""Messages up to this length are copied whole, so the numbers that tell a shape stay."""
MOST_FIELDS = 1 << 20
MOST_DEPTH = 32

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5

# Field numbers of onnx.proto: which fields of a message are messages that may hold large tensors.
WITHIN = {
    "model": {7: "graph"},
    "graph": {1: "node", 5: "tensor"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph"},
    "tensor": dict[int, str](),
}
# What no field depends on: documentation, metadata, training, types of values between nodes, and numbers.
LEFT_OUT = {
    "model": {6, 14, 20, 25},
    "graph": {10, 13, 14, 15, 16},
    "node": {6, 9},
    "attribute": {13, 22, 23},
    "tensor": {4, 5, 6, 7, 9, 10, 11, 12},
}


class WireError(ValueError):
    """The file is not what it should be: a clause that follows its name."""


class Walk:
    """One pass over a file of ``length`` bytes."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        if length > MOST_BYTES:
            raise WireError(f"is longer than {MOST_BYTES >> 30} GiB: save its weights as external data")
        self._stream = stream
        self._length = length
        self._at = 0
        self._kept = 0
        self._fields = 0

    def light(self) -> bytes:
        """The file's message without its large tensors' numbers. WireError if it is damaged or too much remains."""
        return bytes(self._message("model", self._length, 0))

    def _message(self, kind: str, end: int, depth: int) -> bytearray:
        if depth > MOST_DEPTH:
            raise WireError("nests graphs too deeply: take the inner ones out")
        kept = bytearray()
        while self._at < end:
            self._fields += 1
            if self._fields > MOST_FIELDS:
                raise WireError(f"has more than {MOST_FIELDS:,} fields: save it with the onnx package's own tools")
            tag = self._varint(end)
            number, form = tag >> 3, tag & 7
            if form == BYTES:
                self._field(kind, number, tag, end, kept, depth)
            elif form == VARINT:
                kept += _varint(tag) + _varint(self._varint(end))
            elif form in (FIXED32, FIXED64):
                kept += _varint(tag) + self._read(4 if form == FIXED32 else 8, end)
            else:
                raise WireError("is damaged, or no ONNX file: save the model again")
        return kept

    def _field(self, kind: str, number: int, tag: int, end: int, kept: bytearray, depth: int) -> None:
        """One field that has a length."""
        length = self._varint(end)
        if length > end - self._at:
            raise WireError("is cut short or damaged: copy or save the model again")
        within = WITHIN[kind].get(number)
        if number in LEFT_OUT[kind] and (length > SMALL or kind != "tensor"):
            self._at += length
            self._stream.seek(self._at)
            return
        if within and length > SMALL:
            content = self._message(within, self._at + length, depth + 1)
        else:
            content = bytearray(self._read(length, end))
        kept += _varint(tag) + _varint(len(content)) + content

    def _read(self, length: int, end: int) -> bytes:
        self._kept += length
        if self._kept > MOST_KEPT:
            raise WireError(f"has a graph of more than {MOST_KEPT >> 20} MiB without its weights: use a smaller model")
        if length > end - self._at:
            raise WireError("is cut short or damaged: copy or save the model again")
        content = self._stream.read(length)
        if len(content) < length:
            raise WireError("is cut short: copy the model again")
        self._at += length
        return content

    def _varint(self, end: int) -> int:
        """A number of up to 64 bits, seven to a byte, the low ones first."""
        value = 0
        for shift in range(0, 70, 7):
            if self._at >= end:
                break
            byte = self._stream.read(1)
            if not byte:
                break
            self._at += 1
            value |= (byte[0] & 127) << shift
            if byte[0] < 128:
                return value & ((1 << 64) - 1)
        raise WireError("is cut short or damaged: copy or save the model again")


def _varint(value: int) -> bytes:
    result = bytearray()
    while value > 127:
        result.append(value & 127 | 128)
        value >>= 7
    result.append(value)
    return bytes(result)
