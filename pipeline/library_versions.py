"""The versions that a file's bytes depend on."""

from __future__ import annotations

import platform
import re
import sys
from functools import lru_cache
from importlib import metadata
from pathlib import Path

LIBRARIES = {
    "film": ("numpy", "manim", "av", "typst", "pylopdf-fonts-zh-cn"),
    "figure": ("numpy", "matplotlib", "typst", "pylopdf-fonts-zh-cn"),
    "card": ("numpy", "matplotlib", "typst", "pylopdf-fonts-zh-cn"),
    "table": ("numpy",),
}
"""The libraries whose version can change a file's bytes."""

UNDERNEATH = {
    "film": ("pycairo", "manimpango", "pillow", "fonttools"),
    "figure": ("pillow", "fonttools"),
    "card": ("pillow", "fonttools"),
    "table": (),
}
"""Libraries below those: no manifest names them."""

SYSTEM = re.compile(r"/lib(?:cairo|pango\w*|harfbuzz|freetype|fontconfig|pixman)[-.\d]*\.so[.\d]*$")
"""The machine's own libraries that Manim draws with."""


@lru_cache(maxsize=8)
def versions(kind: str) -> dict[str, str]:
    """Python's version and those of the libraries that draw a `kind`."""
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in LIBRARIES[kind]}


@lru_cache(maxsize=1)
def system_libraries() -> tuple[Path, ...]:
    """The files of the machine's own libraries that a film is drawn with; none where this cannot be seen."""
    import cairo  # noqa: F401
    import manimpango  # noqa: F401

    maps = Path("/proc/self/maps")
    loaded = {line.rpartition(" ")[2] for line in maps.read_text().splitlines()} if maps.exists() else set()
    return tuple(sorted(Path(file) for file in loaded if SYSTEM.search(file)))


def machine(kind: str) -> list[str]:
    """What is not in a manifest, since the same bytes are expected, but is never taken for granted by the store."""
    drawn_with = system_libraries() if kind == "film" else ()
    return [
        platform.machine(),
        sys.byteorder,
        *_underneath(kind),
        *(f"{f.name} {f.stat().st_size}" for f in drawn_with),
    ]


@lru_cache(maxsize=8)
def _underneath(kind: str) -> tuple[str, ...]:
    return tuple(f"{name} {metadata.version(name)}" for name in UNDERNEATH[kind])
