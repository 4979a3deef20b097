"""Imports Manim in half the time: three libraries that it loads at once, and films rarely use, load when used."""

from __future__ import annotations

import importlib
import logging
import sys
from types import ModuleType
from typing import Any

RARELY_USED = ("bs4", "networkx", "scipy.spatial.transform")
"""Used by Manim for code listings, for graphs, and for rotations."""

NOTEBOOKS = "IPython"
"""Manim teaches it commands wherever it is installed; only where it runs is it of use."""


def import_manim() -> None:
    """Import Manim, if nobody has yet. Whoever imports one of these libraries afterwards gets the library itself."""
    if "manim" in sys.modules:
        return
    promises: dict[str, ModuleType | None] = {name: _Promise(name) for name in RARELY_USED if name not in sys.modules}
    if NOTEBOOKS not in sys.modules:
        promises[NOTEBOOKS] = None  # as if it were not installed
    sys.modules.update(promises)  # type: ignore[arg-type]  # None stands for what cannot be imported
    log = logging.getLogger()
    level, handlers = log.level, log.handlers[:]
    try:
        importlib.import_module("manim")
    finally:
        # Manim makes itself the printer of what every library says, such as Matplotlib of the fonts it found.
        log.setLevel(level)
        log.handlers[:] = handlers
        for name, promise in promises.items():
            if name in sys.modules and sys.modules[name] is promise:
                del sys.modules[name]


class _Promise(ModuleType):
    """A module that promises whatever is asked of it."""

    def __getattr__(self, name: str) -> Any:
        return _promised(self.__name__, (), name)


class _Promised:
    """Something in a module that is looked up when it is called, or asked whether it is the type of something."""

    def __init__(self, module: str, path: tuple[str, ...]) -> None:
        self._module = module
        self._path = path

    def __getattr__(self, name: str) -> Any:
        return _promised(self._module, self._path, name)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._real()(*arguments, **named)

    def __instancecheck__(self, value: Any) -> bool:
        return isinstance(value, self._real())

    def _real(self) -> Any:
        found: Any = importlib.import_module(self._module)
        for name in self._path:
            found = getattr(found, name)
        return found


def _promised(module: str, path: tuple[str, ...], name: str) -> _Promised:
    if name.startswith("__"):
        raise AttributeError(name)
    return _Promised(module, (*path, name))
