"""What the gallery's copy buttons give is code that shows the same thing elsewhere."""

import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web._exhibition import CARD, FIGURE, FILM, TITLE, part
from tests.web._opened import EN


@pytest.fixture
def opened(page: Page, address: str) -> Page:
    page.goto(f"{address}#{CARD}")
    return page


def copied(page: Page, identity: str, name: str) -> str:
    part(page, identity, ".files summary").click()
    part(page, identity).get_by_role("button", name=name, exact=True).click()
    expect(part(page, identity, "[role=status]")).to_have_text("Copied", use_inner_text=True)
    return part(page, identity, "[data-part=code]").text_content() or ""


def test_a_video_tag(opened: Page, exhibition: Path) -> None:
    code = copied(opened, FILM, "Video tag")
    (shown,) = (line for line in code.splitlines() if line.endswith(" default>"))
    assert 'kind="subtitles"' in shown
    # Such a track is fetched at once, which a page from the disk may not do.
    opened.evaluate("(code) => (document.body.innerHTML = code)", code.replace(" default>", ">"))
    video = opened.locator("video")
    assert [video.get_attribute(name) for name in ("width", "height")] == ["320", "180"]
    kinds = video.locator("track").evaluate_all("(all) => all.map((one) => [one.kind, one.srclang, one.label])")
    assert sorted(kinds) == [["chapters", "en", ""], ["subtitles", "en", "English"]]
    for file in [
        video.get_attribute("poster"),
        *video.locator("source, track").evaluate_all("(all) => all.map((one) => one.getAttribute('src'))"),
    ]:
        assert (exhibition / str(file)).is_file()
    assert (video.text_content() or "").strip() == 'convolution-scan "in" <en>'


def test_a_picture_tag(opened: Page, exhibition: Path) -> None:
    code = copied(opened, FIGURE, "Picture tag")
    opened.evaluate("(code) => (document.body.innerHTML = code)", code)
    assert opened.locator("img").get_attribute("alt") == 'figure-0 "in" <en>'
    assert (exhibition / str(opened.locator("img").get_attribute("src"))).is_file()
    assert opened.locator("source").get_attribute("srcset") == "article/figure-0.en.dark.svg"


def test_a_page_on_a_disk_says_what_is_still_missing(opened: Page) -> None:
    hint = part(opened, CARD, "[data-part=hint]")
    expect(hint).to_be_hidden()
    copied(opened, CARD, "Open Graph tags")
    expect(hint).to_have_text(EN.say("page.embed_hint"), use_inner_text=True)


def test_markdown(opened: Page) -> None:
    assert copied(opened, FIGURE, "Markdown") == ('![figure-0 "in" \\<en\\>](article/figure-0.en.light.svg)')


def test_open_graph_tags(opened: Page) -> None:
    code = copied(opened, CARD, "Open Graph tags")
    opened.evaluate("(code) => (document.head.innerHTML = code)", code)
    tags = dict(
        opened.locator("meta[property]").evaluate_all(
            "(all) => all.map((one) => [one.getAttribute('property'), one.content])"
        )
    )
    assert tags["og:title"] == TITLE
    assert tags["og:image"] == "https://example.org/article/share-card-figure-0.en.light.svg"
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")


def test_on_a_host_every_address_is_whole(context: BrowserContext, exhibition: Path) -> None:
    host = "https://lessons.example/course"
    context.route(
        f"{host}/**", lambda route: route.fulfill(path=exhibition / unquote(urlsplit(route.request.url).path[8:]))
    )
    page = context.new_page()
    page.goto(f"{host}/index.html?theme=dark#{CARD}")
    assert f'content="{host}/{CARD}.en.dark.svg"' in copied(page, CARD, "Open Graph tags")
    expect(part(page, CARD, "[data-part=hint]")).to_be_hidden()
    assert f'src="{host}/{FILM}.en.dark.mp4"' in copied(page, FILM, "Video tag")


@pytest.mark.parametrize("named", ["https://a.example/b/", "a.example/b", "https://a.example/b/index.html?lang=en#x"])
def test_the_address_of_the_files_is_said_once_and_remembered(opened: Page, named: str) -> None:
    copied(opened, CARD, "Open Graph tags")
    part(opened, CARD, "[data-part=site]").fill(named)
    there = "https://a.example/b/"
    expect(part(opened, CARD, "[data-part=code]")).to_contain_text(f'content="{there}{CARD}.en.light.svg"')
    expect(part(opened, CARD, "[data-part=hint]")).to_be_hidden()
    assert f'src="{there}{FILM}.en.light.mp4"' in copied(opened, FILM, "Video tag")
    opened.reload()
    assert copied(opened, FIGURE, "Markdown").endswith(f"({there}{FIGURE}.en.light.svg)")
    expect(part(opened, FIGURE, "[data-part=site]")).to_have_value(named)
    part(opened, FIGURE, "[data-part=site]").fill("")
    expect(part(opened, FIGURE, "[data-part=code]")).to_contain_text(f"]({FIGURE}.en.light.svg)")


def test_what_is_no_address_is_not_used(opened: Page) -> None:
    copied(opened, FIGURE, "Markdown")
    for named in ("ftp://a.example", "my own site"):
        part(opened, FIGURE, "[data-part=site]").fill(named)
        expect(part(opened, FIGURE, "[data-part=no-site]")).to_have_text(EN.say("page.no_site"), use_inner_text=True)
        expect(part(opened, FIGURE, "[data-part=code]")).to_contain_text(f"]({FIGURE}.en.light.svg)")
    part(opened, FIGURE, "[data-part=site]").fill("a.example")
    expect(part(opened, FIGURE, "[data-part=no-site]")).to_be_hidden()


def test_a_browser_that_remembers_nothing_still_takes_the_address(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('none') } })")
    page.goto(f"{address}#{CARD}")
    copied(page, FIGURE, "Markdown")
    part(page, FIGURE, "[data-part=site]").fill("a.example")
    expect(part(page, FIGURE, "[data-part=code]")).to_contain_text(f"](https://a.example/{FIGURE}.en.light.svg)")


def test_what_subtitles_need_elsewhere_is_told_with_the_video(opened: Page) -> None:
    part(opened, FILM, ".files summary").click()
    expect(part(opened, FILM, "[data-part=tracks]")).to_be_hidden()
    part(opened, FILM, ".files summary").click()
    copied(opened, FILM, "Video tag")
    expect(part(opened, FILM, "[data-part=tracks]")).to_contain_text("Access-Control-Allow-Origin")
    assert part(opened, FIGURE, "[data-part=tracks]").count() == 0


def test_code_on_show_is_in_the_language_that_is_read(opened: Page) -> None:
    copied(opened, FIGURE, "Markdown")
    opened.get_by_role("button", name="中文").click()
    expect(part(opened, FIGURE, "[data-part=code]")).to_contain_text(f"{FIGURE}.zh.light.svg")


def test_checksums_can_be_checked(opened: Page, exhibition: Path) -> None:
    part(opened, FIGURE, ".files summary").click()
    lines = part(opened, FIGURE, ".checksums").inner_text()
    done = subprocess.run(
        ["sha256sum", "--check"], input=lines, cwd=exhibition, capture_output=True, text=True, check=True
    )
    assert done.stdout.count(": OK\n") == 4
