"""`trace`: what a scan computes, in words, as CSV and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.pipeline._studio import CHANNELS, Studio

Run = Callable[..., Result]


def test_trace_in_words(run: Run) -> None:
    assert run("trace", "article").stdout == (
        "article: An edge / 边缘\n"
        "\n"
        "input            5×5\n"
        "kernel           3×3, not flipped (cross-correlation)\n"
        "stride           1×1\n"
        "padding          none\n"
        "dilation         1×1\n"
        "groups           1\n"
        "output           3×3\n"
        "im2col           9×9\n"
        "steps            9\n"
        "receptive field  5×5, layers: 2\n"
        "\n"
        "rows             floor((5 + 0 + 0 − 3) / 1) + 1 = floor(2 / 1) + 1 = 3\n"
        "columns          floor((5 + 0 + 0 − 3) / 1) + 1 = floor(2 / 1) + 1 = 3\n"
        "\n"
        "output\n"
        "  −3   3  −4\n"
        "   5  −1  −2\n"
        "   0  −5   4\n"
        "\n"
        "highlight at 1, 1\n"
        "  1×0 + 1×1 + 3×0 + 0×1 + 2×(−4) + 3×1 + 1×0 + 3×1 + 2×0 = −1\n"
    )


def test_trace_of_channels_in_words(run: Run, studio: Studio) -> None:
    settings = "padding = [1, 0, 0, 2]\nstride = 2\nbias = [1, 0, -2]\nhighlight = [0, 1]\n"
    studio.add_lesson("channels", CHANNELS + settings)
    text = run("trace", "channels").stdout
    for line in (
        "kernel           3×2×2×2, not flipped (cross-correlation)",
        "padding          top 1, right 2",
        "rows             floor((3 + 1 + 0 − 2) / 2) + 1 = floor(2 / 2) + 1 = 2",
        "columns          floor((3 + 0 + 2 − 2) / 2) + 1 = floor(3 / 2) + 1 = 2, 1 left over",
        "output, channel 2",
        "highlight at 0, 0, 1",
        "  0×1 + 0×0 + 3×0 + 0×1 + 0×1 + 0×1 + 0×1 + 0×1 + bias 1 = 1",
    ):
        assert line in text.splitlines()


def test_trace_csv(run: Run) -> None:
    lines = run("trace", "article", "--csv").stdout.splitlines()
    assert (lines[0], len(lines)) == ("row,col,value", 10)
    assert "1,1,-1.000000" in lines


def test_trace_json_is_the_table(run: Run) -> None:
    text = run("trace", "article", "--json").stdout
    assert list(json.loads(text)) == ["output_size", "output", "im2col_shape", "im2col", "steps"]
    run("build", "--only", "trace")
    assert Path("out/article/trace.json").read_text() == text


def test_trace_refuses_absurd_sizes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.trace_size.MOST_NUMBERS", 10)
    result = run("trace", "article", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: article: all steps of this lesson are 243 numbers, more than the 10 that are written out; "
        "use a smaller input or a larger stride\n"
    )
