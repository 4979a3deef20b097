"""Figures and films in notebooks and scripts, and the example notebook."""

import base64
import re
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import numpy as np
import pytest

from core import LessonError, LessonField, lesson_of, load_network, trace_of
from core.number_text import number
from core.trace_sums import step_sum
from pipeline.film import QUALITIES
from pipeline.notebook import figure, film
from pipeline.request_error import RequestError
from pipeline.source import times_at_start
from scenes._stage import Stage
from tests.pipeline._notebook import NOTEBOOK, executed
from tests.pipeline._studio import Studio

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[nbformat.NotebookNode]]:
    """What each cell of the example notebook shows, by the cell's id."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        notebook = executed(tmp_path_factory.mktemp("kernel"))
    return {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}


def only(outputs: list[nbformat.NotebookNode]) -> nbformat.NotebookNode:
    (output,) = outputs
    return output


def words(html: str) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL).split())


def example_lesson():
    picture = np.zeros((6, 6), int)
    picture[:, 3:] = 9
    sobel = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    return lesson_of(input=picture, kernel=sobel, stride=2, padding=1, highlight=[1, 1])


def test_the_example_is_a_notebook_without_outputs_and_ends_with_a_mistake():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert [cell.id for cell in code if "raises-exception" in cell.metadata.get("tags", [])] == ["mistake"]
    assert NOTEBOOK.stat().st_size < 10_000


def test_the_example_shows_a_trace_a_step_and_a_matrix(outputs):
    trace = trace_of(example_lesson())
    shown = {name: words(only(outputs[name]).data["text/html"]) for name in ("lesson", "step", "im2col")}
    assert f"output (1, 1): {step_sum(trace.highlight)}" in shown["lesson"]
    assert "floor((6 + 1 + 1 − 3) / 2) + 1 = floor(5 / 2) + 1 = 3, 1 left over" in shown["lesson"]
    assert step_sum(trace.step_at(0, 1)) in shown["step"]
    assert "reads rows −1 to 1, columns 1 to 3" in shown["step"]
    for row, line in enumerate(trace.im2col.matrix.tolist()):
        assert " ".join([str(trace.im2col.cell(row)), *map(number, line)]) in shown["im2col"]
    assert only(outputs["step"]).data["text/plain"] == "Step(index=1, channel=0, row=0, col=1)"


def test_the_example_shows_figures_with_their_words(outputs):
    drawn = only(outputs["figure"]).data
    root = ElementTree.fromstring(drawn["image/svg+xml"])
    assert root.get("lang") == "zh"
    assert "卷积核找到一条边缘" in root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc") == drawn["text/plain"]
    assert "floor((6 + 2 − 3) / 2) + 1 = 3" in drawn["text/plain"]
    size = "×".join(
        map(str, LessonField(load_network(NOTEBOOK.parents[1] / "lessons" / "networks" / "vgg16.toml"))["pool5"].size)
    )
    assert size in only(outputs["unit"]).data["text/plain"]
    assert f"pool5 MaxPool 7×7 {size} 32 15.5 90 yes" in words(only(outputs["network"]).data["text/html"])


@pytest.mark.parametrize("cell", ["film", "scene"])
def test_the_example_shows_films_that_hold_all_they_need(outputs, cell):
    html = only(outputs[cell]).data["text/html"]
    held = re.findall(r'(?:src|poster)="data:([\w/]+);base64,([^"]+)"', html)
    contents = {kind: base64.b64decode(data) for kind, data in held if kind != "text/vtt"}
    assert contents["video/mp4"][4:8] == b"ftyp"
    assert contents["image/png"].startswith(b"\x89PNG")
    vtt = next(base64.b64decode(data).decode() for kind, data in held if kind == "text/vtt")
    assert vtt.startswith("WEBVTT")
    assert re.findall(r'(?:src|poster)="(?!data:)', html) == []
    if cell == "scene":
        steps = trace_of(example_lesson()).steps
        assert [f"({step.row}, {step.col}) = {number(step.value)}" for step in steps] == vtt.splitlines()[5::3]


def test_the_examples_mistake_is_its_sentence_alone(outputs):
    error = only(outputs["mistake"])
    sentence = "lesson_of: unknown key 'strde' in [convolution]. Did you mean 'stride'?"
    assert (error.output_type, error.ename, error.traceback) == ("error", "LessonError", [sentence])


def test_a_figure_is_drawn_by_name_and_saved_in_every_format(tmp_path: Path):
    drawn = figure("output-size", example_lesson(), lang="zh", theme="dark", quality="draft")
    for form, start in {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}.items():
        saved = drawn.save(tmp_path / f"size.{form}")
        assert saved.read_bytes().startswith(start)
    saved, shown = ((tmp_path / "size.svg").read_text(), drawn._repr_mimebundle_()["image/svg+xml"])
    assert shown == saved.replace('width="1200" height="675"', 'width="100%" style="max-width: 1200px"')
    assert shown != saved
    assert figure("share-card", "article").size == (1200, 630)


def test_what_is_known_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch):
    first = figure("output-size", example_lesson())
    monkeypatch.setattr("pipeline.notebook.perform", None)
    assert figure("output-size", trace_of(example_lesson())).files == first.files


def test_a_file_that_changed_since_it_was_loaded_is_named(monkeypatch: pytest.MonkeyPatch):
    path = NOTEBOOK.parents[1] / "figures" / "output_size.py"
    monkeypatch.setitem(times_at_start(), path, (0,))
    with pytest.warns(
        UserWarning, match=r"^figures/output_size\.py has changed since it was loaded: restart"
    ) as caught:
        figure("output-size", example_lesson())
    assert caught[0].filename == __file__


class Patience(Stage):
    """A wait that says two things."""

    def construct(self) -> None:
        self.chapter("Only chapter")
        self.caption("value " + str(self.trace.step_at(1, 1).value))
        self.wait(0.2)


def draw_square(trace, fig, look):
    """A square in the ink of its look.

    More about it.
    """
    fig.set_size_inches(4, 3)
    fig.set_facecolor(look.background)


def test_a_scene_class_is_a_film(tmp_path: Path):
    made = film(Patience, "article", lang="zh")
    assert (made.name, made.caption) == ("patience", "A wait that says two things.")
    assert made.size == (QUALITIES["draft"].width, QUALITIES["draft"].height)
    assert "value -1" in made.files["vtt"].decode()
    assert "Only chapter" in made.files["chapters"].decode()
    assert made.save(tmp_path / "patience.gif").read_bytes().startswith(b"GIF89a")
    assert made.save(tmp_path / "patience.vtt").read_bytes() == made.files["vtt"]


def test_a_function_is_a_figure(tmp_path: Path):
    drawn = figure(draw_square, "article")
    assert (drawn.name, drawn.caption, drawn.size) == ("draw-square", "A square in the ink of its look.", (400, 300))
    assert drawn.alt == "A square in the ink of its look. How a kernel finds edges"
    assert drawn.save(tmp_path / "square.png").read_bytes().startswith(b"\x89PNG")


def test_files_elsewhere_are_drawn_by_their_paths(studio: Studio):
    lesson = studio.add_lesson("own", (studio.rooms.lessons / "article.toml").read_text())
    assert figure(studio.add_figure("square"), lesson).size == (400, 300)
    made = film(studio.add_scene(), str(lesson), lang="zh")
    assert (made.alt, made.size) == ("Waiting in zh.", (854, 480))
    assert film("patience", "own", rooms=studio.rooms, lang="zh").files == made.files


def test_what_ones_own_code_raises_comes_as_it_is():
    def draw(trace, fig, look):
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        figure(draw, "article")


def mistakes():
    lesson = example_lesson()
    return {
        "There is no figure 'output-sise': `render.py list` shows every name. Did you mean 'output-size'?": lambda: (
            figure("output-sise", lesson)
        ),
        "There is no film 'output-size': `render.py list` shows every name.": lambda: film("output-size", lesson),
        "There is no language 'de': choose en or zh.": lambda: figure("output-size", lesson, lang="de"),
        "There is no quality '4k': choose draft, hd, hd60 or uhd.": lambda: film("x", lesson, quality="4k"),
        "A value of type int is not a lesson: give one, its trace, its name or its path.": lambda: figure("x", 3),
        "nowhere.py: there is no such file: check the path.": lambda: film("nowhere.py", lesson),
        "A value of type NoneType is not a figure: give a name, the path of a .py file, or a function draw(trace, fig, "
        "look).": lambda: figure(None, lesson),
        "A value of type function is not a film: give a name, the path of a .py file, or a scene class.": lambda: film(
            draw_square, lesson
        ),
        "film.avi: a film can be saved as mp4, webm, gif, png or vtt: change the suffix.": lambda: film(
            Patience, lesson
        ).save("film.avi"),
        "/proc/nowhere/size.svg cannot be written (No such file or directory): choose another path.": lambda: figure(
            draw_square, lesson
        ).save("/proc/nowhere/size.svg"),
    }


@pytest.mark.parametrize("sentence", mistakes())
def test_a_mistake_is_one_sentence(sentence):
    with pytest.raises(RequestError) as caught:
        mistakes()[sentence]()
    assert str(caught.value).startswith(sentence)
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_what_cannot_be_drawn_of_a_lesson_says_why(studio: Studio):
    with pytest.raises(RequestError) as caught:
        film("transposed-scan", example_lesson())
    assert str(caught.value) == (
        "transposed-scan draws nothing of own: it needs transposed; choose another lesson or another film."
    )
    line = lesson_of(input=[1, 2, 3], kernel=[1, 1])
    with pytest.raises(RequestError) as caught:
        figure(studio.add_figure("square"), line)
    assert str(caught.value) == (
        "square draws nothing of own: it needs plane; choose another lesson, or other NEEDS in its file."
    )
    with pytest.raises(LessonError, match="there is no such file"):
        figure("output-size", "nowhere.toml")


def test_an_authors_file_is_blamed_by_its_line(studio: Studio):
    path = studio.add_figure("broken", '"""Broken."""\ndef draw(trace, fig, look):\n    1 / 0\n')
    with pytest.raises(RequestError, match=r"broken\.py:3: ZeroDivisionError: division by zero$"):
        figure(path, "article")


def test_a_letter_without_a_glyph_is_blamed_on_the_lesson_s_key() -> None:
    lesson = lesson_of(input=[[1]], kernel=[[1]], title="\U0001f600")
    with pytest.raises(RequestError, match=r"^the lesson 'own': 'title': the font .* has no glyph for .*: write it"):
        figure("output-size", lesson)
