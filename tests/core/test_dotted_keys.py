"""A key of absurdly many dotted parts is refused before it is parsed; what only looks like one is not."""

import tomllib

import pytest

from core import LessonError, parse_lesson
from core.dotted_keys import MOST_PARTS, long_key_line

LONG = "k" + ".a" * MOST_PARTS
LETTERS = ".".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

KEYS = [
    (f"{LONG} = 1", 1),
    (f"x = 1\n\n{LONG.replace('.', ' . ')} = 1", 3),
    (f"[{LONG}]", 1),
    (f"x = 1\n[[{LONG}]]", 2),
    (f"x = {{{LONG} = 1}}", 1),
    ("'#'" + '.""' * MOST_PARTS + " = 1", 1),
    (r'"\""' + r'."\\"' * MOST_PARTS + " = 1", 1),
    (f"x = {{a = '# \"', {LONG} = 1}}", 1),
    (f'x = {{a = "\\"", {LONG} = 1}}', 1),
    (f'x = {{a = """""", {LONG} = 1}}', 1),
    (f'x = {{a = """"a"""", {LONG} = 1}}', 1),
    (f"x = {{a = '''a''''', {LONG} = 1}}", 1),
    (f'x = """\n# "\\"""\n"""\n{LONG} = 1', 4),
]
LOOK_ALIKES = [
    f'x = "{LETTERS}"',
    f"x = '{LONG} = 1'",
    f'x = "it\'s \\"{LONG}" # "{LONG}',
    f"# {LONG} = 1\nx = 1 # [{LONG}]",
    f'x = """\n{LONG} = 1\n"" {LONG} = 1\n"""" # {LONG}',
    f"x = '''\n'{LONG} = 1\n''''' # {LONG}",
    "k" + ".a" * (MOST_PARTS - 1) + " = 1",
    f"x = [{'1.5, ' * 50}]",
]


@pytest.mark.parametrize(("text", "line"), KEYS)
def test_a_long_key_is_found_wherever_keys_stand(text, line):
    tomllib.loads(text)  # it is a key indeed
    assert long_key_line(text) == line


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_text_and_comments_hold_no_keys(text):
    tomllib.loads(text)
    assert long_key_line(text) is None


def test_a_title_may_be_dotted():
    text = f"# {LETTERS}\ntitle = '{LETTERS}'\n[convolution]\ninput = [[1]]\nkernel = [[1]]"
    assert parse_lesson(text, name="x").title["en"] == LETTERS


@pytest.mark.parametrize(
    "text", ["k" + ".k" * 400_000, "'k'" + ".'k'" * 200_000, '"k"' + ' . "k"' * 150_000, "[k" + ".k" * 400_000]
)
def test_an_absurd_key_is_refused_without_being_parsed(text, monkeypatch):
    monkeypatch.setattr(tomllib, "loads", lambda _: pytest.fail("parsed"))
    with pytest.raises(LessonError, match="line 2 has a key of more than twenty dotted parts"):
        parse_lesson(f"\n{text} = 1", name="x")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 500_000,
        "'" * 500_000,
        '"' * 500_000,
        '"""' + '"\\' * 250_000,
        ("a." * (MOST_PARTS - 1) + "\n") * 12_000,
        ('"a".' * (MOST_PARTS - 1) + "\n") * 6_000,
        ("a" * 25_000 + ".") * (MOST_PARTS - 1),
    ],
    ids=lambda text: text[:8],
)
def test_nothing_takes_long_to_look_through(text):
    assert long_key_line(text) is None
