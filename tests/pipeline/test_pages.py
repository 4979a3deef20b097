"""The pages of an output folder: made from what is there, kept when they are somebody else's, known to no manifest."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from look.words import load_words
from pipeline.captions import caption_files
from pipeline.gallery import place_of
from pipeline.gallery_order import reading_order
from pipeline.gallery_shelf import read_shelves
from pipeline.gallery_table import MOST_ROWS, read_excerpt
from pipeline.manifest import Record, merge_manifest, read_lessons, read_manifest
from pipeline.page_template import clock, typed
from pipeline.pages import GALLERY, write_pages
from pipeline.plan import Request
from pipeline.request_error import RequestError
from pipeline.stamp import files_unchanged
from pipeline.store import Store
from pipeline.tables import TABLES
from tests.pipeline._studio import LESSON, Studio


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_a_build_writes_its_page_and_the_manifest_does_not_name_it(studio: Studio) -> None:
    studio.add_figure("square")
    studio.build("square", "summary")
    text = (studio.out / GALLERY).read_text(encoding="utf-8")
    assert all(f'id="article/{name}"' in text for name in ("square", "summary.txt"))
    assert GALLERY not in studio.manifest()
    told = read_lessons(studio.out)["article"]
    assert {key: told[key] for key in ("title", "conventions")} == {
        "title": {"en": "An edge", "zh": "边缘"},
        "conventions": {
            "en": "3×3 kernel  ·  stride 1  ·  padding 0  ·  kernel not flipped (cross-correlation)",
            "zh": "3×3 卷积核  ·  步幅 1  ·  填充 0  ·  卷积核不翻转（互相关）",
        },
    }


def test_a_page_without_changes_is_not_written_again(studio: Studio) -> None:
    studio.build("summary")
    page = studio.out / GALLERY
    before = page.stat()
    write_pages(studio.out)
    after = page.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_deleted_page_is_written_by_the_next_build(studio: Studio, store: Store) -> None:
    studio.build("summary", store=store)
    asked = Request(only=("summary",))
    assert files_unchanged(asked, studio.out, studio.rooms, store) == 1
    (studio.out / GALLERY).unlink()
    assert files_unchanged(asked, studio.out, studio.rooms, store) is None
    studio.build("summary", store=store)
    assert (studio.out / GALLERY).is_file()


def test_a_page_of_somebody_else_is_kept(studio: Studio) -> None:
    studio.out.mkdir()
    (studio.out / GALLERY).write_text("<p>mine")
    studio.build("summary")
    assert (studio.out / "index.html.kept").read_text() == "<p>mine"
    assert any("index.html.kept" in notice for notice in studio.notices)
    studio.build("summary")
    assert not (studio.out / "index.html.kept-2").exists()


def test_a_page_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / GALLERY).mkdir()
    with pytest.raises(RequestError, match=r"index\.html cannot be written"):
        write_pages(tmp_path)


def test_what_is_told_of_a_lesson_goes_with_its_last_file(studio: Studio) -> None:
    studio.add_lesson("other", LESSON)
    studio.build("summary", lessons=("article", "other"))
    assert sorted(read_lessons(studio.out)) == ["article", "other"]
    (studio.out / "other/summary.txt").unlink()
    merge_manifest(studio.out, [])
    assert sorted(read_lessons(studio.out)) == ["article"]


def test_a_file_outside_the_folder_is_not_shown(studio: Studio) -> None:
    studio.build("summary")
    manifest = json.loads((studio.out / "manifest.json").read_text(encoding="utf-8"))
    entry = manifest["files"]["article/summary.txt"]
    manifest["files"] |= {"../secret.txt": entry | {"name": "secret"}, "/etc/hostname": entry | {"name": "host"}}
    (studio.out / "manifest.json").write_text(json.dumps(manifest))
    (studio.out.parent / "secret.txt").write_text("secret")
    (shelf,) = read_shelves(studio.out, read_manifest(studio.out), {})
    assert [piece.name for piece in shelf.pieces] == ["summary"]
    assert shelf.title == {"en": "article", "zh": "article"}, "an older manifest tells nothing of its lessons"


def test_what_was_drawn_in_one_look_is_shown_to_all_readers(studio: Studio) -> None:
    studio.add_figure("square")
    studio.build("square", langs=("zh",), themes=("dark",), formats=("svg",))
    text = (studio.out / GALLERY).read_text(encoding="utf-8")
    assert text.count('src="article/square.zh.dark.svg"') == 2
    assert "<source data-theme" not in text
    assert load_words("en")("page.elsewhere") in text
    assert load_words("zh")("page.elsewhere") not in text


def test_what_is_to_be_typed_is_marked_and_nothing_else() -> None:
    assert typed("run `a <b>` & see") == "run <code>a &lt;b&gt;</code> &amp; see"


def test_films_come_in_the_order_of_the_article() -> None:
    names = ["z", "im2col-build", "receptive-field-growth", "convolution-scan", "output-size", "col2im-overlap"]
    told = ["convolution-scan", "output-size", "im2col-build", "col2im-overlap", "receptive-field-growth", "z"]
    assert sorted(names, key=lambda name: reading_order(name, "article")) == told
    assert sorted(names, key=lambda name: reading_order(name, "im2col"))[0] == "im2col-build"


def test_a_long_table_shows_its_beginning_and_says_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "".join(f"{row},0\n" for row in range(100)))
    part = read_excerpt(path)
    assert part is not None
    assert (part.head, len(part.rows), part.more_rows) == (("a", "b"), MOST_ROWS, 100 - MOST_ROWS)
    path = tmp_path / "facts.txt"
    path.write_text("input=5x5\nformula=a=b\n")
    assert read_excerpt(path).rows == (("input", "5x5"), ("formula", "a=b"))  # type: ignore[union-attr]
    assert read_excerpt(tmp_path / "none.csv") is None


def test_no_half_page_is_left_alone() -> None:
    class Kind:
        def __init__(self, kind: str) -> None:
            self.kind = kind

    for kind in ("film", "figure"):
        for count in range(1, 12):
            places = [place_of(Kind(kind), at, count) for at in range(count)]  # type: ignore[arg-type]
            assert places[0] == "wide"
            assert places.count("half") % 2 == 0, f"{count} of {kind}: {places}"


def test_tables_have_their_caption_in_the_locales() -> None:
    said = {table.name: load_words("en")(f"page.tables.{table.name}.caption") for table in TABLES}
    assert said == {table.name: table.caption for table in TABLES}


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00.0"), (59.94, "0:59.9"), (59.97, "1:00.0"), (125.25, "2:05.2")]
)
def test_seconds_are_rounded_before_they_are_minutes(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_a_lesson_named_like_chapters_keeps_its_transcript(tmp_path: Path) -> None:
    entries = {}
    for name, text in caption_files("scan", "en", [(Fraction(0), "cue")], [(Fraction(0), "part")], Fraction(1)).items():
        file = f"my-chapters/{name}"
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
        entries[file] = {"lesson": "my-chapters", "kind": "film", "name": "scan", "format": "vtt", "lang": "en"}
        entries[file] |= {"caption": "A scan.", "sha256": "0"}
    (shelf,) = read_shelves(tmp_path, entries, {})
    (piece,) = shelf.pieces
    assert [text for _, _, text in piece.cues["en"]] == ["cue"]
    assert [text for _, _, text in piece.chapters["en"]] == ["part"]
    assert sorted(leaf.chapters for leaf in piece.leaves) == [False, True]


@pytest.mark.parametrize(
    ("address", "linked"), [("visualizer.html#v=scan", True), ("javascript:alert(1)", False), (3, False)]
)
def test_a_manifest_links_to_the_visualizer_and_nowhere_else(studio: Studio, address: object, linked: bool) -> None:
    studio.build("summary")
    lessons = {"article": {**read_lessons(studio.out)["article"], "visualizer": address}}
    (shelf,) = read_shelves(studio.out, read_manifest(studio.out), lessons)
    assert shelf.visualizer == (address if linked else None)


@pytest.mark.parametrize(("form", "offered"), [("pdf", False), ("gif", True), ("svg", True)])
def test_code_for_a_picture_is_offered_where_there_is_one(tmp_path: Path, form: str, offered: bool) -> None:
    (tmp_path / f"square.{form}").touch()
    merge_manifest(tmp_path, [Record(f"square.{form}", "article", "square", "card", form, "A square.", "0", "0")], {})
    write_pages(tmp_path)
    text = (tmp_path / GALLERY).read_text(encoding="utf-8")
    (codes,) = re.findall('data-codes="(.*?)"', text)
    assert ("picture" in codes, "opengraph" in codes) == (offered, offered)
