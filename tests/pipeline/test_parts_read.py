"""A drawing depends on the parts of the lesson that it reads: an edit of the article draws what shows it, no more."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from core import Lesson, Trace, parse_lesson
from core.lesson_parts import parts_of
from core.network_reader import parse_network
from core.separable_trace import SeparableTrace
from look.words import load_words
from pipeline.parts_read import PART_OF, noted, parts_noted
from pipeline.rooms import ROOT, Rooms
from pipeline.store import Store
from tests.pipeline._studio import LESSON, Studio

CARD = '[card]\nsite = { en = "here", zh = "这里" }\ntagline = { en = "short", zh = "短" }\n'
NETWORK = 'title = { en = "Two", zh = "二" }\n[[network.layer]]\nname = "a"\nop = "conv"\nkernel = 3\n'


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("An edge", "Edges", {"title (en)"}),
        ("边缘", "边", {"title (zh)"}),
        ("这里", "那里", {"site (zh)"}),
        ("short", "long", {"tagline (en)"}),
        ("[1,-4,1]", "[1,-5,1]", {"[convolution]"}),
        ("highlight = [1, 1]", "highlight = [0, 1]", {"[convolution]"}),
        ("highlight", 'im2col_layout = "columns"\nhighlight', {"im2col_layout"}),
        ("[card]", "[receptive_field]\nlayers = [{ kernel = 3 }]\nunit = [0, 1]\n[card]", {"receptive field"}),
        ("[card]", "[receptive_field]\nlayers = [{ kernel = 2 }]\n[card]", {"receptive field"}),
        # Without layers of their own, lessons stack their kernel's, which this makes larger.
        ("kernel = [[0,1,0]", "kernel = [[1,1,1],[0,1,0]", {"[convolution]", "receptive field"}),
        ("highlight", "# a comment\nstride = [1, 1]\nhighlight", set()),
    ],
)
def test_an_edit_changes_its_part(old: str, new: str, changed: set[str]) -> None:
    text = LESSON + CARD
    before, after = (parse_lesson(words, name="x") for words in (text, text.replace(old, new, 1)))
    parts = parts_of(before), parts_of(after)
    assert parts[0].keys() == parts[1].keys()
    assert {name for name in parts[0] if parts[0][name] != parts[1][name]} == changed
    assert (before.digest == after.digest) == (not changed)


def test_a_network_has_parts() -> None:
    before, titled, wider = (
        parse_network(text, name="x")
        for text in (NETWORK, NETWORK.replace("二", "两"), NETWORK.replace("kernel = 3", "kernel = 5"))
    )
    assert set(parts_of(before)) == {"[network]", "title (en)", "title (zh)"}
    for other, changed in ((titled, "title (zh)"), (wider, "[network]")):
        assert {name for name in parts_of(other) if parts_of(other)[name] != parts_of(before)[name]} == {changed}


def test_what_is_read_is_noted_each_time() -> None:
    plain = parse_lesson(LESSON + CARD, name="x")
    trace = Trace(noted(plain))
    reads: list[tuple[Callable[[], object], object, set[str]]] = [
        (lambda: trace.output.tolist(), Trace(plain).output.tolist(), set()),
        (lambda: trace.lesson.title["zh"], "边缘", {"title (zh)"}),
        (lambda: trace.lesson.title.en, "An edge", {"title (en)"}),
        (lambda: trace.lesson.card.tagline["en"], "short", {"tagline (en)"}),
        (lambda: trace.lesson.card.site["zh"], "这里", {"site (zh)"}),
        (lambda: trace.field.rows, Trace(plain).field.rows, {"receptive field"}),
        (lambda: trace.lesson.im2col_layout, "rows", {"im2col_layout"}),
        (lambda: (trace.lesson == plain, hash(trace.lesson)), (True, hash(plain)), set()),
    ]
    for _ in range(2):  # what a trace keeps is noted again for the next drawing
        for read, value, parts in reads:
            with parts_noted() as noticed:
                assert read() == value
            assert noticed == parts


def test_a_stage_of_a_lesson_reads_what_it_is_asked_for() -> None:
    text = LESSON.replace("kernel = ", "pointwise = [[2]]\nkernel = ")
    trace = SeparableTrace(noted(parse_lesson(text, name="x")))
    for _ in range(2):
        for read, parts in (
            (lambda: trace.output, set()),
            (lambda: trace.field, {"receptive field"}),
            (lambda: trace.merged.lesson.title["en"], {"title (en)"}),
        ):
            with parts_noted() as noticed:
                read()
            assert noticed == parts


def test_no_part_of_a_lesson_goes_unnoted() -> None:
    """A key that lessons get some day must be a part as well, or belong to the operation or the name."""
    assert {field.name for field in fields(Lesson)} - PART_OF.keys() == {"name", "title", "convolution", "card"}


def test_all_of_a_network_but_its_title_is_one_part() -> None:
    lesson = parse_network(NETWORK, name="x")
    for other in (replace(lesson, node="a"), replace(lesson, unit=(0, 0)), replace(lesson, compared=(lesson,))):
        assert {name for name in parts_of(other) if parts_of(other)[name] != parts_of(lesson)[name]} == {"[network]"}


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> tuple[Studio, Store]:
    """The article in the real rooms, most of it built, in one theme and without the films' pictures."""
    studio = Studio(tmp_path_factory.mktemp("article") / "studio")
    text = (ROOT / "lessons" / "article.toml").read_text(encoding="utf-8")
    studio.rooms = Rooms(ROOT / "scenes", ROOT / "figures", studio.rooms.lessons)
    studio.add_lesson("article", text)
    store = Store(studio.root / "store")
    assert len(build(studio, store)) >= 18
    return studio, store


def build(studio: Studio, store: Store) -> set[str]:
    """What a build draws, as labels without the lesson's name and the theme."""
    studio.labels.clear()
    outcome = studio.build(*NAMES, store=store, themes=("dark",), formats=("svg", "vtt", "csv", "txt", "json"))
    assert outcome.failures == ()
    return {label.partition("/")[2].replace(", dark", "") for label in studio.labels}


NAMES = ("convolution-scan", "im2col-build", "receptive-field*", "share-card*", "output-size", "summary", "trace")
FIELD = {"receptive-field (en)", "receptive-field (zh)", "receptive-field-growth (en)", "receptive-field-growth (zh)"}
FIELD |= {"receptive-field", "share-card-receptive-field (en)", "share-card-receptive-field (zh)", "summary"}


@pytest.mark.parametrize(
    ("old", "new", "drawn", "reason"),
    [
        ("edge appears", "edges appear", {"share-card (en)"}, "the lesson's tagline (en) changed"),
        ("边缘浮现", "边缘显现", {"share-card (zh)"}, "the lesson's tagline (zh) changed"),
        (", { kernel = 3 }]", ", { kernel = 2 }]", FIELD, "the lesson's receptive field changed"),
    ],
)
def test_an_edited_lesson_draws_what_shows_it(
    article: tuple[Studio, Store], old: str, new: str, drawn: set[str], reason: str
) -> None:
    studio, store = article
    path = studio.rooms.lessons / "article.toml"
    before = path.read_text(encoding="utf-8")
    assert old in before
    studio.add_lesson("article", before.replace(old, new))
    assert build(studio, store) == drawn
    assert {notice.partition(": ")[2] for notice in studio.notices} == {reason}
    studio.add_lesson("article", before)
    assert build(studio, store) == set()


def test_an_edited_title_draws_all_but_tables_of_its_language(article: tuple[Studio, Store]) -> None:
    studio, store = article
    path = studio.rooms.lessons / "article.toml"
    before = path.read_text(encoding="utf-8")
    studio.add_lesson("article", before.replace("如何找到", "怎样找到"))
    everything = {entry["name"] for entry in studio.manifest().values() if entry["kind"] != "table"}
    assert build(studio, store) == {f"{name} (zh)" for name in everything}
    studio.add_lesson("article", before)
    assert build(studio, store) == set()


def test_one_word_of_a_chinese_caption_draws_what_says_it(
    article: tuple[Studio, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, store = article
    words = load_words("zh")
    changed = words.messages["im2col-build.caption"].replace("矩阵", "方阵")
    monkeypatch.setattr(words, "messages", {**words.messages, "im2col-build.caption": changed})
    assert build(studio, store) == {"im2col-build (zh)"}
    assert {notice.partition(": ")[2] for notice in studio.notices} == {"the zh words of im2col-build.caption changed"}


def test_the_source_of_a_file_does_not_depend_on_what_was_drawn_before(studio: Studio, tmp_path: Path) -> None:
    """A trace is kept from one drawing to the next, and what it kept must not hide what is read."""
    sources = []
    for number, only in enumerate((("summary", "receptive-field"), ("receptive-field",))):
        studio.out = tmp_path / str(number)
        studio.build(*only)
        sources.append(studio.manifest()["article/receptive-field.csv"]["source"])
    assert sources[0] == sources[1]
