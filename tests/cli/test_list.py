"""`list`: everything there is, and what can be drawn of one lesson."""

import json
from collections.abc import Callable

from click.testing import Result

from tests.pipeline._studio import FIGURE, Studio

Run = Callable[..., Result]


def test_list(run: Run, studio: Studio) -> None:
    studio.add_scene("patience")
    studio.add_figure("output_size")
    studio.add_figure("oops", "def draw(")
    assert run("list").stdout == (
        "Films  (mp4, webm, gif, png, vtt)\n"
        "  patience         A wait that says two things.\n"
        "\n"
        "Figures  (svg, pdf, png)\n"
        "  oops             BROKEN: studio/figures/oops.py:1: '(' was never closed\n"
        "  output-size      A square in the ink of its look.\n"
        "\n"
        "Tables  (csv, txt, json)\n"
        "  conv2d-results   Every output value with its row and column, to six decimals.\n"
        "  im2col           The im2col matrix: one window a row, one kernel cell a column, channel-major.\n"
        "  network-field    The receptive field of every node of a network, the same as `render.py field --csv` prints."
        " (for: network)\n"
        "  receptive-field  The receptive field after each layer, per axis: size, jump, start and padding.\n"
        "  summary          The lesson in lines of key=value: sizes, settings and the highlighted value.\n"
        "  trace            Every step of the scan as one JSON object, the same as `render.py trace --json` prints.\n"
        "\n"
        "Lessons\n"
        "  article          An edge / 边缘\n"
    )


def test_list_json(run: Run, studio: Studio) -> None:
    studio.add_figure("output_size")
    studio.add_figure("oops", "def draw(")
    data = json.loads(run("list", "--json").stdout)
    figures = [artifact for artifact in data["artifacts"] if artifact["kind"] == "figure"]
    assert figures == [
        {
            "kind": "figure",
            "name": "oops",
            "caption": "",
            "formats": ["svg", "pdf", "png"],
            "file": "studio/figures/oops.py",
            "needs": ["convolution", "plane"],
            "broken": "studio/figures/oops.py:1: '(' was never closed",
        },
        {
            "kind": "figure",
            "name": "output-size",
            "caption": "A square in the ink of its look.",
            "formats": ["svg", "pdf", "png"],
            "file": "studio/figures/output_size.py",
            "needs": ["convolution", "plane"],
            "broken": None,
        },
    ]
    assert data["lessons"] == [
        {
            "name": "article",
            "title": {"en": "An edge", "zh": "边缘"},
            "file": "studio/lessons/article.toml",
            "broken": None,
        }
    ]


def test_list_of_a_lesson_is_what_can_be_drawn_of_it(run: Run, studio: Studio) -> None:
    studio.add_figure("output_size")
    studio.add_figure("winners", FIGURE.replace("def draw", 'NEEDS = ("max-pooling", "not line")\ndef draw'))
    studio.add_lesson("pool", 'title = "Pool"\n[convolution]\nop = "max_pool"\ninput = [[1, 2]]\nkernel_size = 1\n')
    assert run("list", "pool").stdout == (
        "Figures  (svg, pdf, png)\n"
        "  winners          A square in the ink of its look. (for: max-pooling)\n"
        "\n"
        "Tables  (csv, txt, json)\n"
        "  conv2d-results   Every output value with its row and column, to six decimals.\n"
        "  im2col           The im2col matrix: one window a row, one kernel cell a column, channel-major.\n"
        "  receptive-field  The receptive field after each layer, per axis: size, jump, start and padding.\n"
        "  summary          The lesson in lines of key=value: sizes, settings and the highlighted value.\n"
        "  trace            Every step of the scan as one JSON object, the same as `render.py trace --json` prints.\n"
        "\n"
        "Not of pool\n"
        "  output-size      needs convolution\n"
        "  network-field    needs network\n"
        "\n"
        "pool has the traits max-pooling, plane, pointwise, pooling\n"
    )
    data = json.loads(run("list", "pool", "--json").stdout)
    assert (data["lesson"], data["traits"]) == ("pool", ["max-pooling", "plane", "pointwise", "pooling"])
    assert [artifact["name"] for artifact in data["artifacts"]][:2] == ["winners", "conv2d-results"]
