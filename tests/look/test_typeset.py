"""The one typesetting path: what is written is what is drawn, where it is said to be."""

from itertools import pairwise

import numpy as np
import pytest

from look.fonts import MissingGlyphError
from look.typesetting import BOLD, CAP_HEIGHT, Content, Setting, fit, formula, typeset

ENGLISH = "A window slides over the input"
CHINESE = "卷积核在输入上滑动，每走一步得到一个值。"
MARKUP = [
    "*bold* _it_ `code` $x$ #let",
    '"quoted" \\ back\\n slash',
    "<label> @ref [block] {code}",
    "= heading - item + item / term",
    "a -- b --- c ... d",
    "// comment /* more */ ~",
    "#text(red)[x] #sys.version",
]


def glyphs(setting: Setting) -> list[np.ndarray]:
    return [shape.points for shape in setting.shapes]


@pytest.mark.parametrize("text", [*MARKUP, ENGLISH, CHINESE, "0123456789−×⊙", "AV To"])
def test_every_character_is_drawn_as_itself(text: str) -> None:
    """Author's text is never markup: one outline for each character, the one that it has alone."""
    drawn = glyphs(typeset(text))
    characters = [character for character in text if not character.isspace()]
    assert len(drawn) == len(characters)
    for outline, character in zip(drawn, characters, strict=True):
        (alone,) = glyphs(typeset(character))
        assert np.allclose(outline - outline.mean(axis=0), alone - alone.mean(axis=0), atol=2e-3), character


def test_another_character_would_be_noticed() -> None:
    (one,), (seven,) = glyphs(typeset("1")), glyphs(typeset("7"))
    assert one.shape != seven.shape or not np.allclose(one - one.mean(axis=0), seven - seven.mean(axis=0), atol=2e-3)


@pytest.mark.parametrize(("first", "second"), list(pairwise(["12", "−3", "×", "0.5", " px"])))
def test_widths_add_up(first: str, second: str) -> None:
    whole = typeset([(first, "ink"), (second, "kernel")])
    assert whole.width == pytest.approx(typeset(first).width + typeset(second).width, abs=2e-3)
    assert whole.text == first + second


def test_latin_and_chinese_stand_a_quarter_em_apart() -> None:
    apart = typeset("3步").width - typeset("3").width - typeset("步").width
    assert apart == pytest.approx(0.25, abs=2e-3)
    assert typeset("步幅").width == pytest.approx(2 * typeset("步").width, abs=2e-3)


def test_digits_are_tabular() -> None:
    widths = {round(typeset(digit).width, 4) for digit in "0123456789"}
    assert len(widths) == 1
    assert typeset("88888").width == pytest.approx(5 * widths.pop(), abs=2e-3)


def test_ink_stays_in_the_layout_box() -> None:
    for text in ("0", "−17", "Hg", CHINESE):
        setting = typeset(text)
        left, bottom, right, top = setting.box
        ink = setting.bounds
        assert left <= ink[0]
        assert bottom <= ink[1]
        assert right >= ink[2]
        assert top >= ink[3]
    assert typeset("H").bounds[1] == pytest.approx(0, abs=5e-3)
    assert typeset("H").bounds[3] == pytest.approx(CAP_HEIGHT, abs=5e-3)


def test_roles_travel_with_their_runs() -> None:
    setting = typeset([("1", "input"), ("·", "muted"), ("2", "kernel")])
    assert [shape.role for shape in setting.shapes] == ["input", "muted", "kernel"]
    assert typeset("12", "accent").shapes[0].role == "accent"


def test_bold_is_the_same_letter_with_an_outline() -> None:
    plain, bold = typeset("7"), typeset("7", bold=True)
    assert [shape.outline for shape in plain.shapes] == [0]
    assert [shape.outline for shape in bold.shapes] == pytest.approx([BOLD])
    assert plain.width <= bold.width < plain.width * 1.1


@pytest.mark.parametrize(
    ("text", "character", "code"),
    [("a 🙂 face", "🙂", "U+1F642"), ("\u0e01", "\u0e01", "U+0E01"), ("x⌊y", "⌊", "U+230A")],
)
@pytest.mark.parametrize("as_runs", [False, True])
def test_a_character_that_the_font_lacks_is_named(text: str, character: str, code: str, as_runs: bool) -> None:
    content: Content = [(text, "ink")] if as_runs else text
    with pytest.raises(MissingGlyphError) as caught:
        typeset(content)
    assert str(caught.value) == (
        f"the font Noto Sans SC has no glyph for {character!r} ({code}) in {text!r}: write it another way"
    )


def test_blank_text_is_nothing() -> None:
    assert typeset("").shapes == ()
    assert typeset("").width == pytest.approx(0, abs=0.02)
    assert typeset("  ").shapes == ()


@pytest.mark.parametrize("text", [ENGLISH * 3, CHINESE * 3, f"{CHINESE}{ENGLISH}{CHINESE}"])
@pytest.mark.parametrize("width", [6.0, 9.5, 15.0])
def test_lines_break_to_their_width(text: str, width: float) -> None:
    wrapped = typeset(text, width=width)
    assert wrapped.lines >= 0.9 * typeset(text).width / width
    assert wrapped.bounds[2] <= width + 0.01
    assert len(wrapped.shapes) == len(typeset(text).shapes), "no letter is lost"
    baselines = sorted({round(shape.baseline, 2) for shape in wrapped.shapes}, reverse=True)
    assert len(baselines) == wrapped.lines
    assert len({round(above - below, 2) for above, below in pairwise(baselines)}) == 1


def test_chinese_lines_do_not_open_with_a_full_stop() -> None:
    for width in np.arange(4.0, 12.0, 0.5):
        wrapped = typeset(CHINESE * 2, width=float(width))
        firsts: dict[float, tuple[float, int]] = {}
        for index, shape in enumerate(wrapped.shapes):
            line = round(shape.baseline, 2)
            firsts[line] = min(firsts.get(line, (np.inf, 0)), (float(shape.points[:, 0].min()), index))
        text = (CHINESE * 2).replace(" ", "")
        assert all(text[index] not in "，。" for _, index in firsts.values())


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, ENGLISH * 4, CHINESE * 6])
@pytest.mark.parametrize(("size", "room", "least", "lines"), [(36, 900, 18, 1), (36, 300, 18, 2), (24, 120, 20, 3)])
def test_what_is_fitted_fits(text: str, size: float, room: float, least: float, lines: int) -> None:
    setting, fitted = fit(text, size, room, least=least, max_lines=lines)
    assert least <= fitted <= size
    assert setting.bounds[2] * fitted <= room + 0.5
    assert setting.lines <= lines
    assert setting.text == text or setting.text.endswith("…")
    if setting.text != text:
        assert text.startswith(setting.text.removesuffix("…"))
        assert fitted == least, "it is cut only where it is as small as it may be"


def test_what_fits_is_left_alone() -> None:
    setting, size = fit("12", 20, 1000, least=10)
    assert (setting.text, size, setting.lines) == ("12", 20, 1)


def test_a_formula_is_set_without_latex() -> None:
    setting = formula("floor(over(input(5) + 2 dot padding(0) - kernel(3), 1)) + 1 = output(3)", "three")
    assert setting.text == "three"
    assert {"input", "padding", "kernel", "output", "ink"} <= {shape.role for shape in setting.shapes}
    assert setting.bounds[3] - setting.bounds[1] > 1.5, "a fraction stands on two lines"


@pytest.mark.parametrize("width", [5.0, 7.0, 9.0, 12.5])
def test_a_chinese_line_breaks_between_words(width: float) -> None:
    words = ["第 3 行的", "特征图", "由", "卷积核", "扫描", "输入", "得到，", "再", "填充。"]
    lines = "".join(broken_lines("".join(words), width))
    breaks = {at for at, character in enumerate(lines.replace("\n", "\0")) if character == "\0"}
    assert breaks
    allowed, at = set(), 0
    for word in words:
        at += len(word.replace(" ", ""))
        allowed.add(at)
    assert {place - count for count, place in enumerate(sorted(breaks))} <= allowed


def test_without_the_words_a_chinese_line_would_break_within_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "看到的是特征图和卷积核的结果"
    kept = broken_lines(text, 6.5)
    monkeypatch.setattr("look.typesetting.keep_words", lambda text: text)
    assert broken_lines(text + "。", 6.5)[0].strip() == "看到的是特征"
    assert kept[0].strip() == "看到的是"


def broken_lines(text: str, width: float) -> list[str]:
    """The lines that `text` is set in, without spaces; each but the last ends with a line break."""
    setting = typeset(text, width=width)
    inked = [character for character in text if not character.isspace()]
    lines: dict[float, str] = {}
    for character, shape in zip(inked, setting.shapes, strict=True):
        baseline = round(shape.baseline, 2)
        lines[baseline] = lines.get(baseline, "") + character
    ordered = [lines[baseline] for baseline in sorted(lines, reverse=True)]
    return [*(line + "\n" for line in ordered[:-1]), ordered[-1]]
