"""The visualizer's page as a file, and what stands on it, read back."""

from pathlib import Path

import numpy as np
from playwright.sync_api import Locator, Page

from core import Convolution, Lesson, Trace, load_lesson
from look import Look
from look.numbers import number
from pipeline.pages import VISUALIZER
from pipeline.visualizer import visualizer_address
from tests._shipped import LESSONS, shipped

PATIENCE = 20_000
"""Milliseconds in which a page has to be as expected: a machine may have other things to do."""

EN = Look(lang="en")
MIXED = (
    "i=1,2,3;4,5.5,6;7,8,9/1,0,-1;0,2,0;-1,0,1&k=1,0;0,1~0.1,0.2;-1,3&b=1,-2&g=2&p=1,0,0,1&s=2,1&f=1&l=3x2s2x1p1.0;2"
)


class Opened:
    """The page in a browser: goes to settings, and says what is shown."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.base = (folder / VISUALIZER).as_uri()

    def go(self, setting: str = "", **look: str) -> "Opened":
        """Show a setting: the part of an address after the "#"."""
        query = "&".join(f"{key}={value}" for key, value in look.items())
        self.page.goto("about:blank")  # another fragment alone would not load the page again
        self.page.goto(f"{self.base}?{query}#{setting}")
        return self

    def turn(self, setting: str) -> None:
        """Show another setting in the page that is open, as a link in it does."""
        self.page.evaluate("setting => { location.hash = setting }", setting)
        self.page.wait_for_function(
            "view => document.querySelector('.view').classList.contains(view)",
            arg=f"of-{setting[2:].partition('&')[0]}",
        )

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def text(self, selector: str) -> str:
        return self.find(selector).inner_text()

    def cells(self, prefix: str) -> list[str]:
        """The texts of all cells whose ids begin so, in reading order: "o-" is the output."""
        found = self.find(f'[id^="{prefix}"]')
        texts: list[str] = found.evaluate_all(
            "all => all.map(one => one.matches('input') ? one.value : one.textContent)"
        )
        return texts

    @property
    def answer(self) -> str:
        return self.text(".answer")

    @property
    def setting(self) -> str:
        """The setting in the link to the view that is open."""
        href = self.find("nav [aria-current]").get_attribute("href")
        assert href is not None
        return href.removeprefix("#")

    def slide(self, name: str, value: int) -> None:
        """Drag a slider."""
        self.find(f"#{name}").fill(str(value))


def article() -> Trace:
    return Trace(load_lesson(LESSONS / "article.toml"))


def changed(lesson: Lesson, **parts: object) -> Trace:
    """The trace of a lesson whose convolution has other parts."""
    own = lesson.convolution
    assert isinstance(own, Convolution)
    return Trace(lesson.about(Convolution(**(vars_of(own) | parts))))  # type: ignore[arg-type]


def vars_of(convolution: Convolution) -> dict[str, object]:
    return {name: getattr(convolution, name) for name in convolution.__dataclass_fields__}


def shown(array: np.ndarray) -> list[str]:
    return [number(value.item()) for value in array.flat]


def linked(name: str) -> tuple[Lesson, str]:
    """A shipped lesson that the visualizer can show, and its setting."""
    lesson = shipped()[name]
    address = visualizer_address(lesson)
    assert isinstance(lesson, Lesson)
    assert address is not None
    return lesson, address.partition("#")[2]
