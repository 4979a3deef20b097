"""A few of the fuzzers' inputs, each time: they still run, reach both ends, and find nothing."""

import random
from pathlib import Path

import pytest

from bench import fuzz_lessons, fuzz_onnx
from bench._fuzz import tally


def test_lessons(tmp_path: Path) -> None:
    fuzz_lessons.fill(tmp_path)
    done = tally(fuzz_lessons.attempt_in(tmp_path), range(400))
    assert done.wrong == []
    assert done.inputs == 400
    assert done.accepted > 40
    assert len(done.sentences) > 40


def test_onnx_files(tmp_path: Path) -> None:
    done = tally(fuzz_onnx.attempt_in(tmp_path), range(400))
    assert done.wrong == []
    assert done.inputs == 400
    assert done.accepted > 40
    assert len(done.sentences) > 20


def test_what_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench._fuzz.SECONDS", 0.2)

    def attempt(chance: random.Random) -> str | None:
        number = round(chance.random() * 1e9)
        if number == numbers[0]:
            while True:
                pass
        if number == numbers[1]:
            raise KeyError("lost")
        return {numbers[2]: "two\nlines of a sentence", numbers[3]: "a sentence that says enough"}.get(number)

    numbers = [round(random.Random(at).random() * 1e9) for at in range(4)]
    done = tally(attempt, range(6))
    assert [number for number, _ in done.wrong] == [0, 1, 2]
    assert ["HangError: longer than 0.2 s" in told for _, told in done.wrong] == [True, False, False]
    assert "KeyError: 'lost'" in done.wrong[1][1]
    assert "not one clear sentence" in done.wrong[2][1]
    assert (done.accepted, done.sentences.total(), done.inputs) == (2, 1, 6)
