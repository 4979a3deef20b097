"""An author's scene or figure: imported from its file, and blamed by its line when it fails."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
import traceback
from pathlib import Path
from types import ModuleType

from pipeline.rooms import ROOT, shown


def load_module(path: Path) -> ModuleType:
    """The module in `path`, imported once. Files in this project's rooms keep their package names."""
    if path.parent.parent == ROOT:
        return importlib.import_module(f"{path.parent.name}.{path.stem}")
    # Two folders may hold the same stem, and a file may change, so one elsewhere is known by its path and content.
    content = path.read_bytes()
    name = f"{path.stem}_{hashlib.sha256(str(path.resolve()).encode() + content).hexdigest()[:12]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{shown(path)} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        # Not the loader's way, which may take bytecode of another content with the same size and second.
        exec(compile(content, path, "exec", dont_inherit=True), vars(module))
    except BaseException:
        del sys.modules[name]
        raise
    return module


def blamed_line(error: BaseException, path: Path) -> str:
    """`file:line` where `error` left the author's file `path`; the file alone when it was raised around it."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        frames.append((error.filename or "", error.lineno))
    lines = [line for file, line in frames if Path(file) == path]
    return f"{shown(path)}:{lines[-1]}" if lines else shown(path)
