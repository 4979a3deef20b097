"""Files appear under their final names only complete: written aside in the same folder, then renamed."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from pathlib import Path

from pipeline.rooms import shown

LEFT_BEHIND = re.compile(r"\..+\.[a-z0-9_]{8}\.part")


def write_aside(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write `data` to `path` at once: a reader sees the old file or the new one. Makes the folder; raises OSError.

    Without `sync` a power cut may leave a torn file under the final name: for readers that check what they read.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            if sync:
                os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def unwritten(path: Path, error: OSError) -> str:
    """One sentence without its full stop: that `path` could not be written, why, and the next move."""
    move = "choose another folder with --out"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        move = "free some space there and build again"
    return f"{shown(path)} cannot be written ({error.strerror or error}): {move}"


def sweep(folder: Path) -> None:
    """Remove what writers that were killed left in `folder`. Only for one who knows that nobody writes there now."""
    if folder.is_dir():
        for path in folder.iterdir():
            if LEFT_BEHIND.fullmatch(path.name):
                path.unlink(missing_ok=True)
