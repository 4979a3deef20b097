"""Share cards of stacks and inputs that a card must cut: what they say and draw holds of what they show."""

from __future__ import annotations

from math import prod
from types import ModuleType

import numpy as np
import pytest

from core import Trace, parse_lesson
from core import trace_of as any_trace_of
from figures import share_card, share_card_convolution, share_card_im2col, share_card_receptive_field
from figures._card import ART
from look import Look
from look.field_phrases import equal_paths, reading
from look.numbers import number as look_number
from look.numbers import size
from tests._stacks import STACKS
from tests._stacks import trace_of as stack_of
from tests.figures._drawings import drawing, drawn, trace_of
from tests.figures._rules import PLURAL, breaches

LOOKS = (Look("dark", "en"), Look("light", "zh"))
FAR = {  # fields that reach far beyond the plane, and one that never meets it
    "far": "{kernel=21, padding='full'}",
    "far-twice": "{kernel=15, padding='full'}, {kernel=15, padding='full'}",
    "outside": "{kernel=12, padding=20}",
}


def field_trace(name: str) -> Trace:
    if name in STACKS:
        return stack_of(name)
    settings = f"[receptive_field]\nlayers = [{FAR[name]}]\nunit = [0, 0]"
    plane = np.zeros((30, 30), int).tolist()
    return Trace(parse_lesson(f"title = 'x'\n[convolution]\ninput = {plane}\nkernel = [[1]]\n{settings}", name=name))


@pytest.mark.parametrize(
    ("name", "look"), [(name, LOOKS[index % 2]) for index, name in enumerate([*STACKS, *FAR])], ids=[*STACKS, *FAR]
)
def test_a_receptive_field_card_shows_and_says_what_holds(name: str, look: Look) -> None:
    trace = field_trace(name)
    field = trace.field
    seen = drawing(share_card_receptive_field.draw, trace, look)
    assert breaches(seen, "share_card_receptive_field") == []
    assert len(seen.texts) < 160
    said = " ".join(text.content for text in seen.texts if text.content)
    unequal, part, equal, none = {
        "en": (
            "not every one of them counts the same",
            f"the {field.cells_read} it reads do not all count the same",
            "every cell it reads counts the same",
            "all of it is padding",
        ),
        "zh": ("它们的分量并不相同", f"读到的 {field.cells_read} 格分量并不相同", "分量都相同", "全是填充"),
    }[look.lang]
    reads = bool(field.mask(0).any())
    all_read = field.cells_read == prod(field.rows[-1].size)
    assert (unequal in said) == (all_read and not equal_paths(field))
    assert (part in said) == (reads and not all_read and not equal_paths(field))
    assert (reading(trace, look) in said) == (not all_read)
    assert (equal in said) == (reads and equal_paths(field))
    assert (none in said) == (not reads)
    assert size(*field.rows[-1].size) in said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_receptive_field_card_tells_hatching_rounding_and_how_much_of_a_plane_is_seen(lang: str) -> None:
    pool = "op = 'avg_pool'\nkernel_size = [3, 2]\nstride = [2, 3]\npadding = 1\nceil_mode = true"
    look, plane = Look("light", lang), np.ones((6, 6), int).tolist()
    trace = any_trace_of(parse_lesson(f"title = 'x'\n[convolution]\ninput = {plane}\n{pool}", name="x"))
    hatched, rounded = look.say("receptive-field.hatched"), look.say("common.conventions.rounded_up")
    texts = [text.content or "" for text in drawing(share_card_receptive_field.draw, trace, look).texts]
    assert any(hatched in text and rounded in text for text in texts)
    assert [text for text in texts if "4×3" in text] == [{"en": "of 4×3", "zh": "共 4×3"}[lang]]
    plain = [text.content or "" for text in drawing(share_card_receptive_field.draw, stack_of("default"), look).texts]
    assert not any(hatched in text or rounded in text for text in plain)


@pytest.mark.parametrize("name", ["one-layer", "default"])
def test_one_layer_is_said_as_one(name: str) -> None:
    trace = stack_of(name)
    texts = [text.content or "" for text in drawing(share_card_receptive_field.draw, trace, LOOKS[0]).texts]
    said = [*texts, share_card_receptive_field.alt(trace, LOOKS[0])]
    assert [text for text in said if PLURAL.search(text)] == []
    one = [text for text in said if "After one layer" in text]
    many = [text for text in said if "After 2 layers" in text]
    assert (len(one), len(many)) == ((2, 0) if name == "one-layer" else (0, 2))


def test_a_false_plural_is_found() -> None:
    for text in ("After 1 layers", "has 1 paths to the unit", "and 1 more channels", "4 channels, 1 filters"):
        assert PLURAL.search(text)
    for text in (
        "row 1, column 1 is −1",
        "layer 1 sees",
        "After 11 layers",
        "1 to 9 paths",
        "1 of 3 filters",
        "+ 1 = 3",
        "step 1 is done",
    ):
        assert not PLURAL.search(text)


@pytest.mark.parametrize(
    ("highlight", "ring"), [((1, 9), (1, 0, 1, 0)), ((1, 19), (1, 0, 1, 1)), ((0, 0), (1, 1, 1, 0))]
)
def test_padding_is_drawn_where_the_input_ends(
    highlight: tuple[int, int], ring: tuple[int, int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 4×20 input is cut at the sides: there it goes on, without padding."""
    plane = np.ones((4, 20), int).tolist()
    settings = f"padding = 1\nhighlight = {list(highlight)}"
    text = f"title = 'x'\n[convolution]\ninput = {plane}\nkernel = {[[1] * 3] * 3}\n{settings}"
    parts = []
    real = share_card_im2col.draw_tinted_plane
    monkeypatch.setattr(share_card_im2col, "draw_tinted_plane", lambda *args: (parts.append(args[6:8]), real(*args)))
    seen = drawing(share_card_im2col.draw, Trace(parse_lesson(text, name="wide")), LOOKS[0])
    ((rows, cols),) = parts
    assert (rows.start < 0, cols.start < 0, rows.stop > 4, cols.stop > 20) == tuple(map(bool, ring))
    assert breaches(seen, "share_card_im2col") == []


def test_the_blow_up_reads_alike_on_the_figure_and_on_the_card() -> None:
    trace = trace_of("strided-padding")
    (cost,) = [
        text.content
        for text in drawn("im2col_layout", "strided-padding", LOOKS[0]).texts
        if "×" in text.content and "entries" in text.content
    ]
    factor = cost.rpartition("×")[2].rstrip(")")
    assert f"for each of the input: {factor}." in share_card_im2col.alt(trace, LOOKS[0])


def written_on(card: ModuleType, settings: str, look: Look = LOOKS[0]) -> list[str]:
    """The texts of a card of a small lesson, in drawing order; they break no rule of type."""
    trace = any_trace_of(parse_lesson(f"title = 'x'\n[convolution]\n{settings}", name="x"))
    seen = drawing(card.draw, trace, look)
    assert breaches(seen, card.__name__.rpartition(".")[2]) == []
    return [text.content for text in seen.texts if text.content]


def test_a_card_tells_that_its_sum_leaves_out_zero_weights() -> None:
    for card in (share_card, share_card_convolution):
        for look, note in zip(LOOKS, ("zero weights left out of the sum", "权重为 0 的项略去"), strict=True):
            assert note in written_on(card, "input = [[1, 2, 3]]\nkernel = [[1, 0]]", look)
            assert note not in written_on(card, "input = [[1, 2, 3]]\nkernel = [[1, 2]]", look)


WIDE = """op = "conv_transpose"
input = [[1, 2, 3], [4, 5, 6]]
kernel = [[1, 2, 1], [3, 0, -1]]
stride = [2, 3]
padding = [0, 1, 1, 0]
output_padding = [1, 2]
"""


def test_a_wide_transposed_card_has_digits_and_says_that_its_kernel_is_turned() -> None:
    said = written_on(share_card, WIDE)
    trace = any_trace_of(parse_lesson(f"title = 'x'\n[convolution]\n{WIDE}", name="x"))
    for value in trace.output.ravel().tolist():
        assert look_number(value) in said
    for card in (share_card, share_card_convolution):
        assert any(LOOKS[0].say("common.conventions.gather") in text for text in written_on(card, WIDE))


@pytest.mark.parametrize("look", LOOKS, ids=["en", "zh"])
@pytest.mark.parametrize("op", ["op = 'conv_transpose'", "flip = true"])
def test_what_a_kernel_is_called_keeps_to_the_margin_of_a_card(op: str, look: Look) -> None:
    settings = f"{op}\nstride = [3, 2]\ndilation = [1, 2]"
    lesson = f"title = 'x'\n[convolution]\ninput = {[[1, -2, 3, 4]] * 3}\nkernel = [[1, 2], [3, -1]]\n{settings}"
    seen = drawing(share_card_convolution.draw, any_trace_of(parse_lesson(lesson, name="x")), look)
    assert breaches(seen, "share_card_convolution", cut=True) == []
    dilation = look.say("common.conventions.dilation", value="1×2")
    (name,) = [text for text in seen.texts if (text.content or "").endswith(dilation)]
    assert name.extent[2] <= ART[2] + 1


def test_a_number_has_one_precision_on_a_card() -> None:
    plane = [[1, 7, 2, 3, -4, 0, 2], [4, 6, 6, 8, 1, 2, 3], [3, 1, 1, 0, 5, 5, 1], [1, 2, 2, 4, 9, -1, 0], [1] * 7]
    settings = f"op = 'avg_pool'\ninput = {plane}\nkernel_size = [2, 3]\nstride = 2\npadding = [0, 1]\nceil_mode = true"
    said = written_on(share_card, settings)
    (total,) = [text for text in said if "≈" in text]
    assert total.rpartition(" ≈ ")[2] in said


@pytest.mark.parametrize("look", LOOKS)
def test_conventions_too_long_for_a_line_stand_on_two(look: Look) -> None:
    planes = np.arange(70).reshape(2, 5, 7) % 9
    settings = "groups = 2\ndilation = [1, 2]\npadding = [1, 2, 0, 1]\nstride = [2, 1]"
    lesson = f"input = {planes.tolist()}\nkernel = [[[[1, 0, -1]]], [[[2, 1, -1]]]]\n{settings}"
    assert look.say("im2col-layout.order_rows") in " ".join(written_on(share_card_im2col, lesson, look))
