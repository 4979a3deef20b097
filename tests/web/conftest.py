"""A real Chromium for the tests of the pages: one for all tests of a process, and a clean page for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from pipeline.visualizer_page import write_visualizer
from tests.web._exhibition import exhibit
from tests.web._opened import PATIENCE, Opened

expect.set_options(timeout=PATIENCE)

# Any of them will do; install.sh installs the first where none is found.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# It must ask nothing of a network, and a container has neither a sandbox nor a graphics card for it.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "no Chromium on this machine: ./install.sh browser installs one"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS, headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who was never here: 1440 pixels wide, English, light."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", color_scheme="light")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose script must not fail and which must ask nothing of the network but its own server or files."""
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: None if is_ours(request.url) else faults.append(f"asks for {request.url}"))
    yield page
    assert faults == []


@pytest.fixture(scope="session")
def visualizer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the visualizer in it."""
    folder = tmp_path_factory.mktemp("visualizer")
    write_visualizer(folder)
    return folder


@pytest.fixture
def visualizer(page: Page, visualizer_folder: Path) -> Opened:
    """The visualizer in the clean page, at no setting yet."""
    return Opened(page, visualizer_folder)


@pytest.fixture(scope="session")
def exhibition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was built, with its page."""
    out = tmp_path_factory.mktemp("exhibition")
    exhibit(out)
    return out


@pytest.fixture
def address(exhibition: Path) -> str:
    return (exhibition / "index.html").as_uri()


def is_ours(url: str) -> bool:
    """Whether an address is a file, part of the page itself, or on this machine."""
    return url.startswith(("file:", "data:", "blob:", "about:", "http://127.0.0.1:", "http://localhost:"))
