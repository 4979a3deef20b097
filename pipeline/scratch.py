"""Folders for what is half made. Each goes with its build; a build that was killed leaves one, which the next sweeps.

Whether its build still runs is known by the lock on the folder, which the system takes back from a process that ends.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # not a Unix: what is left behind stays, as no lock tells that nobody needs it
    fcntl = None  # type: ignore[assignment]

PREFIX = "convscan-build-"
OURS = re.compile(re.escape(PREFIX) + r"[a-z0-9_]{8}")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a new folder among the machine's temporary ones, and remove it at the end. Raises OSError."""
    sweep_abandoned(Path(tempfile.gettempdir()))
    folder, handle = _locked_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def sweep_abandoned(place: Path) -> None:
    """Remove this user's scratch folders in `place` that no build holds."""
    if fcntl is None:
        return
    for path in sorted(place.glob(f"{PREFIX}*")):
        if not OURS.fullmatch(path.name):
            continue
        try:
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # gone meanwhile, or not a folder of this user's
            continue
        try:
            if os.fstat(handle).st_uid == os.getuid():
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
        except OSError:  # its build runs
            pass
        finally:
            os.close(handle)


def _locked_folder() -> tuple[Path, int | None]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        if fcntl is None:
            return folder, None
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:  # swept by another build as soon as it was made
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # a file system without locks: nobody can sweep there
            return folder, handle
        if folder.is_dir():
            return folder, handle
        os.close(handle)  # swept before it was locked
