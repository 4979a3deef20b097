"""What the gallery's copy buttons give is code that shows the same thing elsewhere."""

import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from look.words import load_words
from tests.web._exhibition import CARD, FIGURE, FILM, TITLE, part


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


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
    expect(hint).to_have_text(load_words("en")("page.embed_hint"), use_inner_text=True)


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


def test_on_a_host_every_address_is_whole(page: Page, exhibition: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SilentHandler, directory=str(exhibition))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            host = f"http://127.0.0.1:{server.server_port}"
            page.goto(f"{host}/index.html?theme=dark#{CARD}")
            assert f'content="{host}/{CARD}.en.dark.svg"' in copied(page, CARD, "Open Graph tags")
            expect(part(page, CARD, "[data-part=hint]")).to_be_hidden()
            assert f'src="{host}/{FILM}.en.dark.mp4"' in copied(page, FILM, "Video tag")
        finally:
            server.shutdown()


def test_checksums_can_be_checked(opened: Page, exhibition: Path) -> None:
    part(opened, FIGURE, ".files summary").click()
    lines = part(opened, FIGURE, ".checksums").inner_text()
    done = subprocess.run(
        ["sha256sum", "--check"], input=lines, cwd=exhibition, capture_output=True, text=True, check=True
    )
    assert done.stdout.count(": OK\n") == 4
