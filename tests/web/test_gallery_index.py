"""The gallery of a long course: its index is searched and goes along; titles are read in any direction."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from look.look import LANGUAGES
from pipeline.manifest import Record, merge_manifest
from pipeline.pages import GALLERY, write_pages

LESSONS = 60
HEBREW = "\u05d2\u05e8\u05e2\u05d9\u05df (3\u00d73)!"
TITLES = {
    0: "All that a kernel finds at the edges of a picture, told slowly, with every number",
    1: HEBREW,
    2: "x" * 80,
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with so many lessons, of a table each."""
    out = tmp_path_factory.mktemp("course")
    lessons: dict[str, Mapping[str, object]] = {}
    records = []
    for at in range(LESSONS):
        name, file = f"lesson-{at:02}", f"lesson-{at:02}/summary.txt"
        (out / name).mkdir()
        (out / file).write_text("".join(f"size={at}\n" for _ in range(12)))
        records.append(Record(file, name, "summary", "table", "txt", "A table.", "0", "0"))
        lessons[name] = {"title": {"en": TITLES.get(at, f"Edges of kind {at}"), "zh": f"第 {at} 种边缘"}}
    merge_manifest(out, records, lessons)  # type: ignore[arg-type]
    write_pages(out)
    return (out / GALLERY).as_uri()


def shown(page: Page) -> Locator:
    return page.locator("nav.index details > ol > li:visible > a")


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "kind 41"), ("zh", "第 41"), ("en", "LESSON-41"), ("zh", "kind 41")]
)
def test_a_lesson_is_found_by_its_name_and_title(page: Page, course: str, lang: str, words: str) -> None:
    page.goto(f"{course}?lang={lang}")
    expect(shown(page)).to_have_count(LESSONS)
    page.locator("[data-part=find]").fill(words)
    expect(shown(page)).to_have_count(1)
    expect(page.locator("[data-part=found]")).to_have_text(f"1 / {LESSONS}")
    page.keyboard.press("Enter")
    expect(page.locator("#lesson-41 h2")).to_be_in_viewport()
    page.locator("[data-part=find]").fill("")
    expect(shown(page)).to_have_count(LESSONS)


def test_the_index_goes_along_and_opens_where_the_reader_is(page: Page, course: str) -> None:
    page.goto(f"{course}#lesson-50")
    here = page.locator('nav.index a[href="#lesson-50"]')
    expect(here).to_be_in_viewport()
    assert page.locator("nav.index li li:visible").count() == 1
    page.locator("#lesson-20").scroll_into_view_if_needed()
    expect(page.locator('nav.index a[href="#lesson-20"]')).to_be_in_viewport()
    page.go_back()
    page.goto(f"{course}#lesson-05")
    page.goto(f"{course}#lesson-30")
    page.go_back()
    expect(page.locator("#lesson-05 h2")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_of_any_length_and_direction_stay_in_their_place(page: Page, course: str, lang: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{course}?lang={lang}")
    page.locator("nav.index details").evaluate("details => { details.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    over = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
    assert page.locator("nav.index li a, h2").evaluate_all(over) == 0
    assert Axe().run(page).violations_count == 0


def test_what_ends_a_title_from_right_to_left_stands_at_its_left(page: Page, course: str) -> None:
    page.goto(course)
    titles = page.locator("h2 [lang=en], nav.index [lang=en]").filter(has_text=HEBREW).all()
    assert len(titles) == 2
    for title in titles:
        first, last = title.evaluate(
            """one => [0, one.textContent.length - 1].map((at) => {
                const range = document.createRange();
                range.setStart(one.firstChild, at);
                range.setEnd(one.firstChild, at + 1);
                return range.getBoundingClientRect().left;
            })"""
        )
        assert last < first


def test_a_few_lessons_are_not_searched(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-part=find]")).to_have_count(0)
    assert page.locator("nav.index li li:visible").count() > 1


def test_what_is_the_same_for_all_is_once_in_the_page(page: Page, course: str) -> None:
    text = Path(course.removeprefix("file://")).read_text(encoding="utf-8")
    assert text.count("data-copy=") == text.count("data-copy=", text.index("<template"), text.index("</template>"))
