"""How heavy a built folder's gallery is when it is opened, films left out, and how soon it is painted.

    python -m bench.page [DIR]

A server of its own, which compresses nothing, gives it to a fresh Chromium: 1440 pixels wide, and as a phone. Bytes are
all that is fetched until the page rests, before the reader scrolls; of the times the median counts. Exit code 1 if a
target is missed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table

from pipeline.pages import GALLERY, write_pages
from tests.web.conftest import BROWSERS, FLAGS

ROUNDS = 5
HEAVIEST, SLOWEST = 1_500_000, 1000
"""Bytes, and milliseconds to the first paint with content."""

FILMS = (".mp4", ".webm")
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
READERS: dict[str, dict[str, Any]] = {
    "1440 wide": {"viewport": {"width": 1440, "height": 900}},
    "390 wide": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "device_scale_factor": 3},
}


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *_: Any) -> None:
        """Leave it out."""


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("out"), metavar="DIR")
    out = parser.parse_args().folder
    write_pages(out)
    pieces = (out / GALLERY).read_text(encoding="utf-8").count('class="piece ')
    table = Table(f"{pieces} artifacts", "kB", "target", "painted after ms", "target")
    missed = False
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for reader, settings in READERS.items():
            address = f"http://127.0.0.1:{server.server_port}/{GALLERY}"
            rounds = [opened(browser, address, settings) for _ in range(ROUNDS)]
            size, painted = (statistics.median(each) for each in zip(*rounds, strict=True))
            missed |= size > HEAVIEST or painted > SLOWEST
            table.add_row(reader, f"{size / 1000:.0f}", f"≤ {HEAVIEST / 1000:.0f}", f"{painted:.0f}", f"≤ {SLOWEST}")
        browser.close()
    server.shutdown()
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    return int(missed)


def opened(browser: Browser, address: str, settings: dict[str, Any]) -> tuple[int, float]:
    """Bytes fetched by a reader who was never here, without films, and milliseconds to the first paint."""
    context = browser.new_context(locale="en-GB", **settings)
    page = context.new_page()
    sizes: list[int] = []

    def weigh(response: Any) -> None:
        if not response.url.endswith(FILMS):
            sizes.append(int(response.header_value("content-length") or 0))

    page.on("response", weigh)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    painted = float(page.evaluate(PAINTED))
    context.close()
    return sum(sizes), painted


if __name__ == "__main__":
    sys.exit(main())
