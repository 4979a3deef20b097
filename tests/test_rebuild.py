"""The whole article, built and built again: every file comes out the same, and `verify --rebuild` says so."""

import json
import subprocess
import sys
from pathlib import Path

from look import LANGUAGES, THEMES


def run(checkout: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command line."""
    command = [sys.executable, str(checkout / "render.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    return done.returncode, done.stdout, done.stderr


def test_every_file_of_the_article_is_drawn_again_the_same(checkout: Path, article: Path) -> None:
    files = json.loads((article / "manifest.json").read_text(encoding="utf-8"))["files"].values()
    looks = {(file["lang"], file["theme"]) for file in files if file["format"] in ("mp4", "svg")}
    assert looks == {(lang, theme) for lang in LANGUAGES for theme in THEMES}
    # In another order, on another number of processes.
    said = f"{len(files)} files built again and compared: all are right\n"
    assert run(checkout, "verify", "--rebuild", "--jobs", "1", "--out", str(article)) == (0, said, "")
