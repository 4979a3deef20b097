"""What a preview shows, which edits it follows, and in which order it draws."""

from pathlib import Path

import pytest

from look.words import Words, WordsError
from pipeline.plan import Request
from pipeline.request_error import RequestError
from pipeline.rooms import ROOT, Rooms
from pipeline.watch_builder import sentence
from pipeline.watch_files import edit_of, watched_folders
from pipeline.watch_page import watched_page
from pipeline.watch_stages import MOVING, STILL, Drawing, Seen, stages
from pipeline.watch_targets import read_targets
from tests.pipeline._studio import FIGURE, SCENE, Studio

ASKED = Request(quality="draft")


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    monkeypatch.chdir(tmp_path)
    studio = Studio(tmp_path / "studio")
    (studio.rooms.figures / "square.py").write_text(FIGURE)
    (studio.rooms.scenes / "patience.py").write_text(SCENE)
    return studio


def shown(studio: Studio, *named: str) -> tuple[list[str], tuple[str, ...]]:
    request = read_targets(named, ASKED, studio.rooms)
    return [Path(lesson).stem for lesson in request.lessons], request.only


def test_lessons_and_drawings_are_told_apart(studio: Studio) -> None:
    studio.add_lesson("patience", "title = 'Also a lesson'\n[convolution]\ninput = [[1]]\nkernel = [[1]]\n")
    assert shown(studio) == (["article"], ())
    assert shown(studio, "square") == (["article"], ("square",))
    assert shown(studio, "patience") == (["patience"], ())
    assert shown(studio, "studio/scenes/patience.py") == (["article"], ("patience",))
    assert shown(studio, "patience", "square", "studio/scenes/patience.py") == (["patience"], ("square", "patience"))


def test_a_drawing_brings_a_lesson_that_it_fits(studio: Studio) -> None:
    pooled = "title = 'P'\n[convolution]\nop = 'max_pool'\ninput = [[1, 2], [3, 4]]\nkernel_size = 2\n"
    (studio.rooms.figures / "winner.py").write_text(FIGURE + 'NEEDS = ("max-pooling",)\n')
    with pytest.raises(RequestError, match="'winner' cannot be drawn of any lesson in lessons/: it needs"):
        shown(studio, "winner")
    studio.add_lesson("strongest", pooled)
    assert shown(studio, "winner") == (["strongest"], ("winner",))


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("squar", "There is no lesson, scene or figure 'squar': .* Did you mean 'square'"),
        (
            "figures/squar.py",
            "figures/squar.py is no scene or figure: name a file in scenes/ or figures/, or a lesson.",
        ),
        ("nowhere.toml", "nowhere.toml is not there: write it first, or name another lesson."),
    ],
)
def test_a_name_that_is_nothing_is_refused(studio: Studio, named: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        shown(studio, named)


def test_which_edits_call_for_what(studio: Studio) -> None:
    lesson = studio.root / "own" / "my.toml"
    lesson.parent.mkdir()
    lesson.write_text("title = 'M'\n[convolution]\ninput = 'data.npy'\nkernel = [[1]]\n")
    request = Request(lessons=(str(lesson),))

    def edited(*paths: Path) -> tuple[bool, frozenset[str]] | None:
        edit = edit_of(map(str, paths), request, studio.rooms)
        return edit and (edit.code, edit.drawings)

    assert edited(lesson) == edited(lesson.with_name("data.npy")) == (False, frozenset())
    assert edited(ROOT / "locales" / "zh" / "common.toml") == (False, frozenset())
    assert edited(ROOT / "core" / "trace.py", lesson) == (True, frozenset())
    assert edited(studio.rooms.scenes / "not_yet_there.py") == (True, frozenset({"not-yet-there"}))
    for other in ("other.toml", "my.toml~", ".my.toml.swp", "4913", "notes.md"):
        assert edited(lesson.with_name(other)) is None
    assert edited(ROOT / "figures" / ".square.py.swp") is None
    folders = watched_folders(request, studio.rooms)
    assert {lesson.parent, studio.rooms.scenes, ROOT / "core", ROOT / "locales" / "zh"} <= folders
    assert ROOT not in folders


def drawings(*names: str) -> list[Drawing]:
    return [Drawing("a.toml", f"a/{name}", name, name.startswith("film")) for name in names]


def test_a_lesson_behind_a_link_is_followed_at_both_its_places(studio: Studio, tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "real.toml", tmp_path / "linked" / "mine.toml"
    for path in (target, link):
        path.parent.mkdir()
    target.write_text("title = 'x'\n[convolution]\ninput = [[1]]\nkernel = [[1]]\n")
    link.symlink_to(target)
    request = Request(lessons=(str(link),), quality="draft")
    assert {target.parent, link.parent} <= watched_folders(request, studio.rooms)
    for path in (target, link):
        edit = edit_of([str(path)], request, studio.rooms)
        assert (edit and edit.files) == (path.name,)


def test_the_page_keeps_its_words_while_theirs_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = watched_page(tmp_path, 1)

    def broken(lang: str) -> Words:
        raise WordsError(f"locales/{lang}/watch.toml: not TOML")

    monkeypatch.setattr("pipeline.watch_page.load_words", broken)
    assert watched_page(tmp_path, 1) == before
    monkeypatch.setattr("pipeline.watch_page._said", {})
    assert '"drawing": ""' in watched_page(tmp_path, 1)


def test_what_is_on_screen_comes_first_and_films_last() -> None:
    every = drawings("film-1", "film-2", "still-1", "still-2")
    seen = Seen("zh", "dark", frozenset(("a/still-2", "a/film-2")))
    found = list(stages(every, ASKED, seen, frozenset()))
    here, both = (("zh",), ("dark",)), ("dark", "light")
    assert [(request.only, (request.langs, request.themes)) for request in found] == [
        (("still-2",), here),
        (("still-1", "still-2"), here),
        (("film-2",), here),
        (("still-1", "still-2"), (ASKED.langs, ASKED.themes)),
        (("film-2",), (("zh",), both)),
        (("film-1",), (("zh",), both)),
        (("film-2",), (("en",), both)),
        (("film-1",), (("en",), both)),
    ]
    assert {request.formats for request in found} == {STILL, MOVING}


def test_what_was_edited_comes_first() -> None:
    every = drawings("film-1", "film-2", "still-1", "still-2")
    found = list(stages(every, ASKED, Seen(), frozenset(("film-2", "still-2"))))
    assert [request.only for request in found][:2] == [("still-2",), ("film-2",)]


def test_only_what_is_asked_for_is_drawn() -> None:
    asked = Request(langs=("en",), themes=("light",), quality="draft")
    seen = Seen("zh", "dark")
    assert {
        (request.langs, request.themes) for request in stages(drawings("film", "still"), asked, seen, frozenset())
    } == {(("en",), ("light",))}
    assert list(stages([], asked, seen, frozenset())) == []


def test_what_is_wrong_with_code_is_said_with_its_line() -> None:
    with pytest.raises(SyntaxError) as caught:
        compile("x = (\n", str(ROOT / "core" / "nowhere.py"), "exec")
    assert sentence(caught.value) == "core/nowhere.py:1: SyntaxError: '(' was never closed"
    with pytest.raises(TypeError) as raised:
        Rooms(1, 2, 3, 4)  # type: ignore[call-arg,arg-type]
    assert sentence(raised.value).startswith("tests/pipeline/test_watch.py:")
