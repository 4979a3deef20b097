"""What the article looks like at draft quality, as hashes: of frames and pixels for films and pictures, of files else.

`python -m tests._golden` (`make golden`) accepts the article as it is now.
"""

import hashlib
import html
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import av
import numpy as np

from pipeline.build import build_files
from pipeline.differences import first_difference
from pipeline.library_versions import system_libraries, versions
from pipeline.plan import Request
from pipeline.progress import Quiet
from pipeline.rooms import Rooms

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / "tests" / "golden" / "manifest.json"
PAGE = ROOT / "out" / "golden"
LOOKS = (("en", "dark"), ("zh", "light"))
FORMATS = ("mp4", "png", "svg", "vtt", "csv", "txt", "json")
SEEN = ("mp4", "png")
ANYWHERE = ("vtt", "csv", "txt", "json")
"""Formats that no library's version changes."""


def build_article(out: Path, only: tuple[str, ...] = (), root: Path = ROOT) -> None:
    """The article in two looks, in draft quality, without any store."""
    rooms = Rooms(root / "scenes", root / "figures", root / "lessons")
    for lang, theme in LOOKS:
        request = Request(only=only, langs=(lang,), themes=(theme,), formats=FORMATS, quality="draft")
        outcome = build_files(request, out, Quiet(), workers=2, rooms=rooms)
        assert not outcome.failures, outcome.failures


def golden(out: Path) -> dict[str, Any]:
    """Hashes of what is in `out` in the two looks and in no look, with the versions that drew it."""
    files = json.loads((out / "manifest.json").read_text())["files"]
    seen = [file for file in sorted(files) if files[file]["format"] in FORMATS and is_seen(file)]
    hashes = {file: digest(files[file]["format"], (out / file).read_bytes()) for file in seen}
    return {"versions": drawn_with(), "files": hashes}


def is_seen(file: str) -> bool:
    """Whether NAME[.LANG][.THEME].EXT is in one of the two looks; captions have no theme, and tables no look."""
    look = tuple(file.split(".")[1:-1])
    return len(look) < 2 or look in LOOKS


def drawn_with() -> dict[str, str]:
    """The libraries that have a say in a picture, without Python's own version, which has none."""
    known = {**versions("film"), **versions("figure")} | {f.name.split(".so")[0]: f.name for f in system_libraries()}
    return {name: version for name, version in sorted(known.items()) if name != "python"}


def digest(form: str, data: bytes) -> str:
    """SHA-256, shortened: of the frames of what is looked at, of the bytes of everything else."""
    hashed = hashlib.sha256()
    for part in frames(data) if form in SEEN else (data,):
        hashed.update(part)
    return hashed.hexdigest()[:32]


def frames(data: bytes) -> list[np.ndarray]:
    """The pixels of every frame, (height, width, 3)."""
    with av.open(io.BytesIO(data), "r") as container:
        return [np.ascontiguousarray(frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]


def changed(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """The files that are not as they were; with other libraries, only those that no library draws."""
    comparable = before["versions"] == now["versions"]
    names = sorted({*before["files"], *now["files"]})
    differing = [name for name in names if before["files"].get(name) != now["files"].get(name)]
    return [name for name in differing if comparable or name.endswith(ANYWHERE)]


def accept() -> None:
    """Make the article as it is now the one to compare with."""
    with tempfile.TemporaryDirectory() as folder:
        build_article(Path(folder))
        MANIFEST.parent.mkdir(exist_ok=True)
        MANIFEST.write_text(json.dumps(golden(Path(folder)), indent=1, sort_keys=True) + "\n")


def write_page(files: list[str], now: Path, before: Path | None) -> Path:
    """A page with each of `files` before, after, and their difference. `before` may be missing, or miss files."""
    PAGE.mkdir(parents=True, exist_ok=True)
    rows = [row(number, file, before and before / file, now / file) for number, file in enumerate(files)]
    style = "body{font:16px sans-serif} td{vertical-align:top} img{max-width:32vw} pre{white-space:pre-wrap}"
    head = f"<!doctype html><meta charset=utf-8><title>What changed</title><style>{style}</style>"
    table = "<table><tr><th>before<th>after<th>difference</tr>" + "".join(rows) + "</table>"
    (PAGE / "index.html").write_text(head + table, encoding="utf-8")
    return PAGE / "index.html"


def row(number: int, file: str, old: Path | None, new: Path) -> str:
    """One file: the first frame that differs, or the first difference in words."""
    before = old.read_bytes() if old and old.is_file() else b""
    after = new.read_bytes() if new.is_file() else b""
    form = new.suffix[1:]
    where = first_difference(form, before, after) if before and after else "no file on one side"
    cells = ["—"] * 3
    if form in SEEN and before and after:
        pair = next(((a, b) for a, b in zip(frames(before), frames(after), strict=False) if differ(a, b)), None)
        if pair and pair[0].shape == pair[1].shape:
            apart = np.abs(pair[0].astype(np.int16) - pair[1]).max(axis=2, keepdims=True)
            pictures = (*pair, np.repeat(np.where(apart > 0, 64 + apart * 191 // 255, 0), 3, 2).astype(np.uint8))
            cells = [f'<img src="{write_png(f"{number}-{side}.png", pixels)}">' for side, pixels in enumerate(pictures)]
    elif form == "svg":
        for side, data in enumerate((before, after)):
            (PAGE / f"{number}-{side}.svg").write_bytes(data)
            cells[side] = f'<img src="{number}-{side}.svg">' if data else "—"
    title = f"<tr><th colspan=3>{html.escape(file)}: {html.escape(where)}</tr>"
    return title + "<tr>" + "".join(f"<td>{cell}" for cell in cells) + "</tr>"


def differ(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two frames are not the same."""
    return a.shape != b.shape or bool((a != b).any())


def write_png(name: str, pixels: np.ndarray) -> str:
    """`name`, once it is in the page's folder."""
    with av.open(str(PAGE / name), "w", format="image2") as output:
        stream = output.add_stream("png", rate=1)
        stream.height, stream.width, stream.pix_fmt = *pixels.shape[:2], "rgb24"
        for packet in stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")):
            output.mux(packet)
    return name


def build_before(out: Path, only: tuple[str, ...]) -> bool:
    """Draw `only` with the source that was last accepted, from git; False where there is no such thing."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            last = git("log", "-1", "--format=%H", "--", str(MANIFEST)).decode().strip()
            with tarfile.open(fileobj=io.BytesIO(git("archive", last))) as archive:
                archive.extractall(folder, filter="data")
            names = [word for name in only for word in ("--only", name)]
            for lang, theme in LOOKS:
                look = ["--lang", lang, "--theme", theme, "--quality", "draft", "--out", str(out), "--no-cache"]
                forms = [word for form in FORMATS for word in ("--format", form)]
                command = [sys.executable, "render.py", "build", "-q", *look, *forms, *names]
                subprocess.run(command, cwd=folder, check=False)
        except (OSError, subprocess.CalledProcessError, tarfile.TarError):
            return False
    return (out / "manifest.json").is_file()


def git(*arguments: str) -> bytes:
    """What git answers. Raises OSError and CalledProcessError."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


if __name__ == "__main__":
    accept()
