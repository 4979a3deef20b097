"""A network that cannot be drawn is one sentence, and nothing is written."""

import pytest

from pipeline.request_error import RequestError
from tests.pipeline._studio import FIGURE, Studio

LAYER = '[[network.layer]]\nname = "{}"\nop = "{}"\n{}\n'
NETS = FIGURE.replace("def draw", 'NEEDS = ("network",)\ndef draw')


def network(*layers: tuple[str, str, str], size: str = "") -> str:
    return 'title = "N"\n[network]\n' + size + "".join(LAYER.format(*layer) for layer in layers)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            network(("a", "relu", "inputs = 'b'"), ("b", "relu", "inputs = 'a'")),
            "'inputs' of the layers 'a', 'b' of [network] form a loop: let one of them name a layer before the loop, "
            "or 'input', the picture",
        ),
        (
            network(("a", "relu", ""), ("b", "conv", "kernel = 500"), size="input_size = 32\n"),
            "layer 'b' of [network] (conv) has a kernel that spans 500 rows, but its padded input has 32: use a larger "
            "input or a smaller kernel; the last node that could be computed is 'a': `field --node` asks for it alone",
        ),
        (
            network(("a", "conv", "kernel = 3")),
            "[network] has no 'input_size', and pictures need one: add input_size = [H, W]",
        ),
        (
            network(("a", "conv", "kernel = 1"), ("b", "conv", "kernel = 1"), size="input_size = 100000\n"),
            "layer 'b' of [network] (conv) is computed over a plane of 10,000,000,000 cells, and the most is "
            "8,388,608: use a smaller picture",
        ),
    ],
)
def test_one_sentence(studio: Studio, text: str, sentence: str) -> None:
    studio.add_figure("nets", NETS)
    path = studio.add_lesson("net", text)
    with pytest.raises(RequestError) as refusal:
        studio.build(lessons=(str(path),))
    assert str(refusal.value) == f"{path}: {sentence}"
    assert not studio.out.exists()


def test_a_loop_is_said_before_what_cannot_be_drawn(studio: Studio) -> None:
    path = studio.add_lesson("net", network(("a", "relu", "inputs = 'b'"), ("b", "relu", "inputs = 'a'")))
    with pytest.raises(RequestError, match="form a loop"):
        studio.build("summary", lessons=(str(path),))


def test_tables_need_no_size(studio: Studio) -> None:
    studio.add_figure("nets", NETS)
    path = studio.add_lesson("net", network(("a", "conv", "kernel = 3")))
    outcome = studio.build("network-field", lessons=(str(path),))
    assert [record.file for record in outcome.records] == ["net/network-field.csv"]


def test_a_model_is_no_lesson(studio: Studio) -> None:
    with pytest.raises(RequestError) as refusal:
        studio.build(lessons=("nets/model.onnx",))
    assert str(refusal.value) == (
        "nets/model.onnx: a lesson is a .toml file: ask `field` about this one, or write a lesson whose [network] has "
        'model = "model.onnx".'
    )
