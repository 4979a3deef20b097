"""Who draws and encodes a film: this project, stock Manim, and FFmpeg that only encodes the finished frames."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.process import ROOT, Usage, run
from pipeline.film import Quality

LESSON = ROOT / "lessons" / "article.toml"

# Manim finds a scene by its class and gives it nothing, so each variant gets a file of its own.
STOCK = """\
import sys

sys.path.insert(0, {root!r})
from core import Trace, load_lesson
from look import Look
from scenes.{stem} import {scene} as Drawn


class {scene}(Drawn):
    def __init__(self, **settings):
        trace = Trace(load_lesson({lesson!r}))
        super().__init__(trace=trace, look=Look(theme={theme!r}, lang={lang!r}), **settings)
"""


def build(folder: Path, quality: str, *options: str) -> Usage:
    """`render.py build` into `folder`/out, its store empty, on the clock."""
    for name in ("out", "cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    command = [sys.executable, ROOT / "render.py", "build", "article", "--quality", quality, "--out", folder / "out"]
    return run([*command, *options], folder, XDG_CACHE_HOME=str(folder / "cache"))


def stock_manim(folder: Path, stem: str, scene: str, lang: str, theme: str, quality: Quality) -> Usage:
    """`manim render` as it comes, with nothing in its cache; only its look-up of newer versions is off."""
    shutil.rmtree(folder / "media", ignore_errors=True)
    (folder / "manim.cfg").write_text("[CLI]\nnotify_outdated_version = False\n")
    source = folder / f"{stem}_{lang}_{theme}.py"
    source.write_text(STOCK.format(root=str(ROOT), stem=stem, scene=scene, lesson=str(LESSON), lang=lang, theme=theme))
    size = ["--resolution", f"{quality.width},{quality.height}", "--fps", str(quality.fps)]
    return run([sys.executable, "-m", "manim", "render", *size, source, scene], folder)


def encode(folder: Path, frames: Path, film: Path, quality: Quality, *options: str) -> Usage:
    """Encode raw yuv420p `frames` with libx264 at its default preset, crf 18: by ffmpeg if there is one, else PyAV."""
    size, fps = f"{quality.width}x{quality.height}", str(quality.fps)
    if ffmpeg := shutil.which("ffmpeg"):
        raw = ["-f", "rawvideo", "-pixel_format", "yuv420p", "-video_size", size, "-framerate", fps, "-i", frames]
        command = [ffmpeg, "-nostdin", "-loglevel", "error", "-y", *raw, "-c:v", "libx264", "-crf", "18"]
        return run([*command, *options, film], folder)
    return run([sys.executable, "-m", "bench.encode", frames, film, size, fps, *options], ROOT)


def encoder_name() -> str:
    """Who `encode` is."""
    return "ffmpeg" if shutil.which("ffmpeg") else "PyAV, for want of ffmpeg"
