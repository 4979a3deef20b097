"""Lessons and arrays on disk: what is read, what is refused, and the whole sentence that says so."""

import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import LessonError, load_lesson

GOOD = 'title = "T"\n[convolution]\ninput = [[1,2],[3,4]]\nkernel = [[1]]\n'


def fails(path):
    with pytest.raises(LessonError) as caught:
        load_lesson(path)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value).removeprefix(f"{path}: ")


@pytest.fixture
def lesson(tmp_path):
    """A lesson whose input is the named file beside it."""

    def write(name, content=None):
        if isinstance(content, np.ndarray):
            np.save(tmp_path / name, content)
        elif isinstance(content, bytes):
            (tmp_path / name).write_bytes(content)
        path = tmp_path / "x.toml"
        path.write_text(f"title = 'T'\n[convolution]\ninput = '{name}'\nkernel = [[1]]\n", encoding="utf-8")
        return path

    return write


def test_a_lesson_is_named_after_its_file(tmp_path):
    path = tmp_path / "my-lesson_2.toml"
    path.write_text(GOOD)
    assert load_lesson(path).name == "my-lesson_2"
    assert load_lesson(str(path)) == load_lesson(path)


def test_messages_call_the_file_what_the_user_called_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.toml").write_text("titel = 1")
    with pytest.raises(LessonError) as caught:
        load_lesson("./x.toml")
    assert str(caught.value) == "./x.toml: unknown key 'titel'. Did you mean 'title'?"


def test_a_missing_file(tmp_path):
    assert fails(tmp_path / "x.toml") == "there is no such file: check the path"


def test_a_folder(tmp_path):
    assert fails(tmp_path) == "a folder, not a lesson: name one .toml file in it"


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path):
    os.mkfifo(tmp_path / "x.toml")
    assert fails(tmp_path / "x.toml") == "not an ordinary file: save the lesson as a .toml file"


def test_a_path_with_a_zero_byte():
    with pytest.raises(LessonError, match="there is no such file"):
        load_lesson("a\0.toml")


def test_another_kind_of_file(tmp_path):
    (tmp_path / "x.txt").write_text(GOOD)
    assert fails(tmp_path / "x.txt") == "a lesson's file name ends in .toml: rename it"


@pytest.mark.parametrize("name", ["Edge", "a b", "-x", "边", "a" * 65])
def test_a_name_that_cannot_be_a_folder_of_results(tmp_path, name):
    (tmp_path / f"{name}.toml").write_text(GOOD)
    message = "a lesson's file name has small letters, digits, '-' and '_', at most 64: rename it"
    assert fails(tmp_path / f"{name}.toml") == message


def test_a_file_that_is_not_utf8(tmp_path):
    (tmp_path / "x.toml").write_bytes(b"# one\n# caf\xe9\n")
    assert fails(tmp_path / "x.toml") == "line 2 is not UTF-8 text: save the file as UTF-8"


def test_a_byte_order_mark_is_welcome(tmp_path):
    (tmp_path / "x.toml").write_text(GOOD, encoding="utf-8-sig")
    assert load_lesson(tmp_path / "x.toml").title.en == "T"


def test_a_file_that_is_too_long(tmp_path):
    (tmp_path / "x.toml").write_text("#" * (1 << 20) + "\n")
    assert fails(tmp_path / "x.toml") == ("longer than 1 MiB: move the numbers to an .npy or .csv file beside it")


@pytest.mark.parametrize("kind", ["u1", "i2", ">i4", "i8", "u8", "f2", "f4", ">f8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_an_npy_file_is_read_whatever_its_number_type(lesson, kind, order):
    numbers = np.array([[1, 2, 3], [4, 5, 6]], kind, order=order)
    image = load_lesson(lesson("a.npy", numbers)).convolution.input
    assert image.dtype == (np.float64 if np.dtype(kind).kind == "f" else np.int64)
    assert image.tolist() == [numbers.tolist()]
    assert image.flags.c_contiguous


def test_an_npy_file_may_lie_in_a_folder_below(lesson, tmp_path):
    (tmp_path / "arrays").mkdir()
    assert load_lesson(lesson("arrays/a.npy", np.ones((2, 2)))).convolution.input.shape == (1, 2, 2)


HEADING, COMMAS = "write a number there, or leave the heading out", "separate the numbers by commas"
BROKEN_ARRAYS = [
    ("a.npy", b"hello", "which is not an .npy file: save it with numpy.save"),
    ("a.npy", b"", "which is not an .npy file: save it with numpy.save"),
    ("a.npy", np.array([[None]]), "which holds Python objects: save it as int64 or float64"),
    ("a.npy", np.array([[1j]]), "which holds complex128: save it as int64 or float64"),
    ("a.npy", np.array([["1"]]), "which holds str32: save it as int64 or float64"),
    ("a.npy", np.array([[True]]), "which holds bool: save it as int64 or float64"),
    ("a.npy", np.array([[1.0, np.nan]]), "which holds NaN or infinity: replace them with numbers"),
    ("a.npy", np.array([[np.inf]], "f2"), "which holds NaN or infinity: replace them with numbers"),
    (
        "a.npy",
        np.array([[2**63]], "u8"),
        "which holds numbers that do not fit in 64 bits: save it as float64",
    ),
    ("a.npy", np.ones((0, 3)), "which is empty: give it at least one number"),
    ("a.npy", np.zeros((2049, 2048), "i1"), "which has 4,196,352 cells, and the most is 4,194,304: save fewer"),
    ("a.csv", b"", "which is empty: give it at least one number"),
    ("a.csv", b"\n\n", "which is empty: give it at least one number"),
    ("a.csv", b"1,2\n3\n", "where line 2 has 1 columns and the first has 2: make all rows equally long"),
    (
        "a.csv",
        b"1,2\n\n3,x\n",
        "where line 3, column 2 holds 'x', which is not a number: write a number there",
    ),
    ("a.csv", b"1,nan\n", "where line 1, column 2 holds 'nan', which is not a number: write a number there"),
    ("a.csv", b"1,\n", "where line 1, column 2 holds '', which is not a number: write a number there"),
    ("a.csv", b"1_0\n", "where line 1, column 1 holds '1_0', which is not a number: write a number there"),
    ("a.csv", b"x,y\n1,2\n", "where line 1, column 1 holds 'x', which is not a number: " + HEADING),
    ("a.csv", b"1;2\n", "where line 1, column 1 holds '1;2', which is not a number: separate the numbers by commas"),
    ("a.csv", b"1\t2\n", "where line 1, column 1 holds '1\\t2', which is not a number: " + COMMAS),
    ("a.csv", b'"1,5"\n', "where line 1, column 1 holds '1,5', which is not a number: write its decimals with a point"),
    ("a.csv", b"1e999\n", "where line 1, column 1 holds '1e999', which is too large: scale the numbers down"),
    ("a.csv", b"1,\xff\n", "which is not comma-separated text in UTF-8: save it so"),
    ("a.csv", b'1,"2\n', "which is not comma-separated text in UTF-8: save it so"),
]


@pytest.mark.parametrize(("name", "content", "rule"), BROKEN_ARRAYS)
def test_a_broken_array_file(lesson, name, content, rule):
    assert fails(lesson(name, content)) == f"'input' in [convolution] is '{name}', {rule}"


def test_an_npy_file_that_promises_more_than_it_has(lesson, tmp_path):
    path = lesson("a.npy", np.ones((100, 100)))
    os.truncate(tmp_path / "a.npy", 1000)
    assert fails(path) == "'input' in [convolution] is 'a.npy', which is cut short: save it again"


def test_csv_keeps_whole_numbers_whole(lesson):
    assert load_lesson(lesson("a.csv", b"\xef\xbb\xbf1, -2\r\n+3,4\r\n\r\n")).convolution.input.tolist() == [
        [[1, -2], [3, 4]]
    ]
    image = load_lesson(lesson("a.csv", b"1,.5\n-2e1,4.\n")).convolution.input
    assert image.dtype == np.float64
    assert image.tolist() == [[[1, 0.5], [-20, 4]]]


@pytest.mark.parametrize("name", ["../a.npy", "/etc/a.npy", "b/../../a.npy", "way-out/a.npy", "link.npy"])
def test_a_path_out_of_the_folder(tmp_path, name):
    folder = tmp_path / "lessons"
    folder.mkdir()
    np.save(tmp_path / "a.npy", np.ones((2, 2)))
    (folder / "way-out").symlink_to(tmp_path)
    (folder / "link.npy").symlink_to(tmp_path / "a.npy")
    path = folder / "x.toml"
    path.write_text(f"title = 'T'\n[convolution]\ninput = '{name}'\nkernel = [[1]]\n")
    assert fails(path) == (
        f"'input' in [convolution] is '{name}', outside the lesson's folder: put the file beside the lesson"
    )


def test_links_that_go_round_in_a_circle(lesson, tmp_path):
    (tmp_path / "a.npy").symlink_to(tmp_path / "b.npy")
    (tmp_path / "b.npy").symlink_to(tmp_path / "a.npy")
    assert "'input' in [convolution] is 'a.npy', which " in fails(lesson("a.npy"))


@pytest.mark.parametrize("name", ["a.txt", "a", "a.NPY", "a\\u0007.npy", "", "a.npz"])
def test_a_file_of_another_kind(tmp_path, name):
    path = tmp_path / "x.toml"
    path.write_text(f'title = "T"\n[convolution]\ninput = "{name}"\nkernel = [[1]]\n')
    shown = repr(name.replace("\\u0007", "\a"))
    move = "save it as one" if "." in name else "save it as one, or write the numbers as nested lists"
    if name == "a.npz":
        move = "that holds several arrays, so save one with numpy.save"
    assert fails(path) == f"'input' in [convolution] must name an .npy, .csv or .png file, not {shown}: {move}"


def test_an_array_file_that_is_not_there(lesson, tmp_path):
    rest = "in the lesson's folder: correct the path"
    assert fails(lesson("a.npy")) == f"'input' in [convolution] is 'a.npy', which does not exist {rest}"
    (tmp_path / "a.npy").mkdir()
    assert fails(lesson("a.npy")) == f"'input' in [convolution] is 'a.npy', which is not a file {rest}"


@given(st.data())
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
def test_a_damaged_npy_file_is_read_or_refused_but_nothing_else(lesson, tmp_path, data):
    path = lesson("a.npy", np.ones((3, 4), "i4"))
    content = bytearray((tmp_path / "a.npy").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, 100))] = data.draw(st.integers(0, 255))
    (tmp_path / "a.npy").write_bytes(content)
    try:
        message = load_lesson(path) and ""
    except LessonError as refused:
        message = str(refused)
    assert not message or message.startswith(f"{path}: 'input' in [convolution] is ")


@given(st.text(max_size=60))
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_is_a_lesson_or_a_sentence(tmp_path, text):
    path = tmp_path / "x.toml"
    path.write_text("title = 'T'\n[convolution]\n" + text, encoding="utf-8", errors="replace")
    fails(path)


def test_negative_zeros_in_a_file_are_plain_zeros(lesson):
    assert not np.signbit(load_lesson(lesson("a.npy", np.array([[-0.0, 1.0]]))).convolution.input).any()


def photograph(folder, pixels):
    from PIL import Image  # an encoder that is not ours

    Image.fromarray(pixels.astype(np.uint8)).save(folder / "photo.png")


@pytest.mark.parametrize(("shape", "kernel"), [((6, 9), "[[1]]"), ((6, 9, 3), "[[[[1]], [[2]], [[3]]]]")])
def test_a_photograph_is_an_input(tmp_path, shape, kernel):
    pixels = np.random.default_rng(1).integers(0, 256, shape)
    photograph(tmp_path, pixels)
    path = tmp_path / "x.toml"
    path.write_text(f"title = 'T'\n[convolution]\ninput = 'photo.png'\nkernel = {kernel}\n")
    planes = pixels[None] if pixels.ndim == 2 else np.moveaxis(pixels, 2, 0)
    assert (load_lesson(path).convolution.input == planes).all()


def test_a_photograph_that_cannot_be_read(lesson, tmp_path):
    photograph(tmp_path, np.zeros((4, 4, 4)))
    path = lesson("photo.png")
    plain = "save it as an 8-bit grey or RGB picture"
    assert fails(path) == f"'input' in [convolution] is 'photo.png', which has transparency: {plain}"
    assert fails(lesson("photo.png", b"JFIF")) == (
        f"'input' in [convolution] is 'photo.png', which is not a PNG file: {plain} in PNG form"
    )


def test_a_picture_is_no_kernel(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("title = 'T'\n[convolution]\ninput = [[1]]\nkernel = 'photo.png'\n")
    assert fails(path) == "'kernel' in [convolution] must name an .npy or .csv file, not 'photo.png': save it as one"
