"""Words on screen: the same in both languages but for the language."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from look import LANGUAGES, Look
from look.fonts import check_characters
from look.words import FOLDER, Words, WordsError, load_words

SECTIONS = sorted(path.stem for path in (FOLDER / "en").glob("*.toml"))
ROOMS = [path for room in ("figures", "scenes") for path in sorted((FOLDER.parent / room).glob("[!_]*.py"))]

SOURCES = [
    path
    for room in ("core", "look", "figures", "scenes", "pipeline")
    for path in sorted((FOLDER.parent / room).glob("*.py"))
]


def messages(lang: str, section: str) -> dict[str, str]:
    def flat(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from flat(value, f"{prefix}{key}.")
            else:
                assert isinstance(value, str), f"{lang}/{section}.toml: {prefix}{key} is not text"
                yield prefix + key, value

    return dict(flat(tomllib.loads((FOLDER / lang / f"{section}.toml").read_text(encoding="utf-8")), ""))


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_both_languages_have_the_same_files() -> None:
    english, chinese = ({path.name for path in (FOLDER / lang).iterdir()} for lang in LANGUAGES)
    assert english == chinese == {f"{section}.toml" for section in SECTIONS}


@pytest.mark.parametrize("section", SECTIONS)
def test_both_languages_have_the_same_keys_and_placeholders(section: str) -> None:
    english, chinese = (messages(lang, section) for lang in LANGUAGES)
    assert english.keys() == chinese.keys()
    assert {key: placeholders(text) for key, text in english.items()} == {
        key: placeholders(text) for key, text in chinese.items()
    }


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_can_be_drawn(lang: str, section: str) -> None:
    for key, text in messages(lang, section).items():
        assert text.strip() == text or not any(character.isalnum() for character in text), key
        assert text, key
        check_characters(text.translate(str.maketrans("", "", "{}")))


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.parametrize("section", SECTIONS)
def test_each_language_keeps_to_its_script(section: str) -> None:
    english, chinese = (messages(lang, section) for lang in LANGUAGES)
    assert [key for key, text in english.items() if has_chinese(text)] == []
    prose = {key: re.sub(r"[({][^(){}]*[)}]", "", re.sub(r"{\w+}", "", text)) for key, text in chinese.items()}
    mixed = [key for key, text in prose.items() if has_chinese(text) and re.search(r"[,.;:] ", text)]
    assert mixed == [], "Chinese sentences take Chinese punctuation"


@pytest.mark.parametrize("section", SECTIONS)
def test_no_digit_is_typed_where_one_could_be_computed(section: str) -> None:
    """Zero and one are words (counting from 0, plus 1); everything else comes from the trace."""
    for lang in LANGUAGES:
        for key, text in messages(lang, section).items():
            words = "".join(part for part, *_ in string.Formatter().parse(text) if part)
            words = words.replace("im2col", "").replace("col2im", "").replace("2-D", "").replace("1-D", "")
            assert not set(words) & set("23456789"), f"{lang}/{section}.toml: {key}"


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.stem)
def test_every_film_figure_and_card_has_its_words(path: Path) -> None:
    section = path.stem.replace("_", "-")
    for lang in LANGUAGES:
        assert "caption" in messages(lang, section)


def said_names() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every text constant in the rooms, and the shape of every text that is put together, constants put in."""
    constants: set[str] = set()
    shapes: list[re.Pattern[str]] = []
    trees = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
    named = {stem: dict(module_constants(tree)) for stem, tree in trees.items()}
    for stem, tree in trees.items():
        known = dict(named[stem])
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                theirs = named.get(node.module.rpartition(".")[2], {})
                known |= {
                    alias.asname or alias.name: theirs[alias.name] for alias in node.names if alias.name in theirs
                }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                shapes.append(re.compile("".join(shape_of(part, known) for part in node.values)))
    for template in (FOLDER.parent / "web").rglob("*.j2"):
        text = template.read_text(encoding="utf-8")
        constants |= set(re.findall(r'"([^"\n]+)"', text))
        shapes += [re.compile(re.escape(start) + r"([\w-]+)") for start in re.findall(r'"([\w.]+\.)" ~', text)]
    for module in (FOLDER.parent / "web").rglob("*.mjs"):
        text = module.read_text(encoding="utf-8")
        constants |= set(re.findall(r'"([^"\n]+)"', text))
        shapes += [re.compile(re.escape(start) + r"([\w-]+)") for start in re.findall(r"`([\w.-]+\.)\$\{", text)]
    return constants, shapes


def module_constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value.value


def shape_of(part: ast.expr, known: Mapping[str, str]) -> str:
    """What a part of an f-string matches: itself, a module's constant, either of two, or (as a group) any one word."""
    if isinstance(part, ast.Constant):
        return re.escape(str(part.value))
    value = part.value if isinstance(part, ast.FormattedValue) else part
    if isinstance(value, ast.Name) and value.id in known:
        return re.escape(known[value.id])
    if isinstance(value, ast.IfExp):
        return f"(?:{shape_of(value.body, known)}|{shape_of(value.orelse, known)})"
    return r"([\w-]+)"


def is_said(key: str, constants: set[str], shapes: list[re.Pattern[str]]) -> bool:
    """Whether some text in the rooms is this key, or can become it with constants of theirs."""
    if key in constants or key.endswith(".caption"):
        return True
    found = (shape.fullmatch(key) for shape in shapes)
    return any(match and set(match.groups()) - {None} <= constants for match in found)


def test_every_message_is_asked_for() -> None:
    constants, shapes = said_names()
    keys = [f"{section}.{key}" for section in SECTIONS for key in messages("en", section)]
    assert [key for key in keys if not is_said(key, constants, shapes)] == []


def test_a_message_that_nobody_asks_for_is_found() -> None:
    shapes = [re.compile(r"scan\.([\w-]+)")]
    assert is_said("scan.step", {"step"}, shapes)
    assert not is_said("scan.stop", {"step"}, shapes)
    assert not is_said("scan.step.late", {"step", "late"}, shapes)


def test_a_message_takes_exactly_its_values() -> None:
    words = Words("en", {"scan.step": "step {index} of {count}, {name}"})
    assert words("scan.step", index=-5, count=0.5, name="a-b") == "step −5 of 0.5, a-b"
    with pytest.raises(WordsError) as caught:
        words("scan.step", index=5, total=9)
    assert str(caught.value) == "locales/en: 'scan.step' takes count, index, name, not index, total"
    with pytest.raises(WordsError) as caught:
        words("scan.stop")
    assert str(caught.value) == "locales/en: no message 'scan.stop'"
    with pytest.raises(WordsError) as caught:
        Words("zh", {"a": "x"})("a", n=1)
    assert str(caught.value) == "locales/zh: 'a' takes no values, not n"


def test_a_file_that_is_not_toml_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("look.words.FOLDER", tmp_path)
    (tmp_path / "eo").mkdir()
    for content, reason in ((b"step = paso", "Invalid value at line 1, column 8"), (b"step = '\xff'", "not UTF-8")):
        (tmp_path / "eo" / "scan.toml").write_bytes(content)
        with pytest.raises(WordsError, match=f"^locales/eo/scan.toml: {reason}: correct it$"):
            load_words("eo")


def test_values_are_not_read_as_placeholders() -> None:
    assert Words("en", {"a": "{title}!"})("a", title="{0} {x}") == "{0} {x}!"


def test_a_look_speaks_its_language() -> None:
    assert Look("dark", "en").say("common.cell", row=1, col=2) != Look("dark", "zh").say("common.cell", row=1, col=2)
    assert load_words("en") is load_words("en")


def test_unequal_locales_are_seen() -> None:
    assert placeholders("{a} and {b}") != placeholders("{a}")
    assert has_chinese("步幅 2")
    assert not has_chinese("stride 2")


def test_what_layers_add_up_to_is_called_so_as_in_the_figure_of_a_stack() -> None:
    network, stack = messages("en", "network-field"), messages("en", "receptive-field")
    assert (network["stride"], network["padding"]) == (stack["jump"], stack["padding"])
    assert network["table.stride"] == "jump"
    assert network["table.padding"] == "eff. padding"
