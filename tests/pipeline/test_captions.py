"""WebVTT as a player reads it: a strict little parser, whatever a scene says."""

import re
from fractions import Fraction
from html import unescape
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.captions import caption_files, webvtt

TIME = r"(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})"


def parsed(text: str) -> list[tuple[int, int, str]]:
    """(start, end, text) in milliseconds; fails on anything that WebVTT does not allow."""
    header, note, *blocks = text.rstrip("\n").split("\n\n")
    assert header == "WEBVTT"
    assert re.fullmatch(r"NOTE Language: (en|zh)", note)
    cues = []
    for block in blocks:
        timing, *lines = block.split("\n")
        match = re.fullmatch(f"{TIME} --> {TIME}", timing)
        assert match, timing
        hours, minutes, seconds, thousandths, *until = map(int, match.groups())
        start = ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
        end = ((until[0] * 60 + until[1]) * 60 + until[2]) * 1000 + until[3]
        assert lines
        for line in lines:
            assert line.strip()
            assert "-->" not in line
            assert "<" not in line
            assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt);)*", line)
        cues.append((start, end, unescape("\n".join(lines))))
    assert all(start < end for start, end, _ in cues)
    assert all(end <= following for (_, end, _), (following, _, _) in pairwise(cues))
    return cues


def test_cues_follow_one_another() -> None:
    cues = [(Fraction(0), "one"), (Fraction(3, 2), "two"), (Fraction(2), ""), (Fraction(3), "three")]
    assert webvtt(cues, 4, "en") == (
        "WEBVTT\n\nNOTE Language: en\n\n"
        "00:00:00.000 --> 00:00:01.500\none\n\n"
        "00:00:01.500 --> 00:00:02.000\ntwo\n\n"
        "00:00:03.000 --> 00:00:04.000\nthree\n"
    )


def test_text_reads_as_written() -> None:
    said = "a < b & c --> d <i>&lt;</i>"
    assert parsed(webvtt([(Fraction(0), said)], 1, "zh")) == [(0, 1000, said)]


def test_a_blank_line_does_not_end_the_cue() -> None:
    assert parsed(webvtt([(Fraction(0), "one\n\n  \ntwo\r\nthree")], 1, "en")) == [(0, 1000, "one\ntwo\nthree")]


def test_hours() -> None:
    assert parsed(webvtt([(Fraction(3661), "late")], 3662, "en")) == [(3661000, 3662000, "late")]


def test_cues_past_the_end_are_left_out() -> None:
    assert parsed(webvtt([(Fraction(0), "in"), (Fraction(2), "at"), (Fraction(3), "past")], 2, "en")) == [
        (0, 2000, "in")
    ]


times = st.fractions(min_value=0, max_value=20, max_denominator=10**5)


@given(st.lists(st.tuples(times, st.text(max_size=12)), max_size=12), st.fractions(min_value=0, max_value=20))
def test_anything_said_is_valid(cues: list[tuple[Fraction, str]], duration: Fraction) -> None:
    for _, end, _ in parsed(webvtt(cues, duration, "en")):
        assert end <= round(duration * 1000)


def test_chapters_have_a_file_of_their_own() -> None:
    cues = [(Fraction(0), "one")]
    assert list(caption_files("scan", "zh", cues, [], Fraction(1))) == ["scan.zh.vtt"]
    files = caption_files("scan", "zh", cues, [(Fraction(0), "Part")], Fraction(1))
    assert list(files) == ["scan.zh.vtt", "scan-chapters.zh.vtt"]
    assert parsed(files["scan-chapters.zh.vtt"]) == [(0, 1000, "Part")]
