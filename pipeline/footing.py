"""What drawings stand on besides their jobs: the versions and the source that must be the same wherever one draws."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata

from pipeline.job import Job
from pipeline.library_versions import LIBRARIES, UNDERNEATH, system_libraries
from pipeline.rooms import ROOT
from pipeline.source import contents_of, modules_used

WORK = ROOT / "pipeline/cluster_task.py"
"""What a worker runs for any job; it imports, in the end, whatever draws."""

LOCALES = "locales/*/*.toml"
NONE = "none"
MOST_NAMED = 3


@dataclass(frozen=True)
class Footing:
    """`versions` maps Python, the libraries that draw `kinds` and those of the machine to their versions, and `files`
    our source and words to their digests, all as they are for the build.
    """

    kinds: tuple[str, ...]
    versions: Mapping[str, str]
    files: Mapping[str, str]

    def differences(self) -> Iterator[str]:
        """What is otherwise in this process, in words in which it is "there", and the build "here"."""
        here, there = self.versions, _versions(self.kinds)
        for name in dict.fromkeys((*here, *there)):
            if here.get(name, NONE) != there.get(name, NONE):
                yield f"{name} is {there.get(name, NONE)} there and {here.get(name, NONE)} here"
        # What is on disk now, and was when this process began: it may have imported the file since then.
        on_disk, imported = (
            contents_of(ROOT / name for name in self.files if (ROOT / name).is_file()),
            contents_at_start(),
        )
        changed = [name for name, digest in self.files.items() if not on_disk.get(name) == imported.get(name) == digest]
        if changed:
            more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
            verb = "is" if len(changed) == 1 else "are"
            yield f"{', '.join(changed[:MOST_NAMED])}{more} {verb} not the same there and here"


def footing_of(jobs: Iterable[Job]) -> Footing:
    """What `jobs` stand on in this process."""
    entries = {job.entry for job in jobs}
    kinds = tuple(sorted({entry.kind for entry in entries}))
    files = set(ROOT.glob(LOCALES)) | modules_used(WORK)
    for entry in entries:
        files |= modules_used(entry.path)
    return Footing(kinds, _versions(kinds), contents_of(file for file in files if file.is_relative_to(ROOT)))


@lru_cache(maxsize=1)
def contents_at_start() -> dict[str, str]:
    """Our files and their digests when this was first called."""
    return contents_of([*ROOT.glob("*/*.py"), *ROOT.glob(LOCALES)])


@lru_cache(maxsize=4)
def _versions(kinds: tuple[str, ...]) -> dict[str, str]:
    libraries = sorted({name for kind in kinds for name in (*LIBRARIES[kind], *UNDERNEATH[kind])})
    found = {"python": platform.python_version(), "the processor": platform.machine()}
    found |= {name: _version(name) for name in (*libraries, "distributed")}
    if "film" in kinds and NONE not in found.values():
        found |= {file.name: f"{file.stat().st_size} bytes" for file in system_libraries()}
    return found


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return NONE
