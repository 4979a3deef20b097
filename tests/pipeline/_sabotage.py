"""A build as a process of its own, for tests that kill it, starve it or run two at once."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.pipeline._studio import Studio

CHECKOUT = Path(__file__).resolve().parents[2]


def start_build(
    studio: Studio,
    *arguments: str,
    store: Path | None = None,
    temporary: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    **options: object,
) -> subprocess.Popen[str]:
    """`render.py build` over the studio's rooms, into its `out`; with the store in `store`, or this test's own.

    Its scratch is in `temporary`, or beside the rooms.
    """
    script = studio.root / "run.py"
    script.write_text(
        "import pathlib, render\nfrom pipeline.rooms import Rooms\n"
        f"root = pathlib.Path({str(studio.root)!r})\n"
        "if __name__ == '__main__':\n"
        "    render.cli(obj=Rooms(root / 'scenes', root / 'figures', root / 'lessons'))\n"
    )
    environment = {**environment, "PYTHONPATH": str(CHECKOUT), "TMPDIR": str(temporary or studio.root)}
    if store:
        environment["XDG_CACHE_HOME"] = str(store)
    return subprocess.Popen(
        [sys.executable, str(script), "build", "--out", str(studio.out), *arguments],
        cwd=studio.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **options,  # type: ignore[call-overload]
    )


def finish(build: subprocess.Popen[str], timeout: float = 120) -> tuple[int, str, str]:
    """Exit code, output and errors of a build that ends."""
    output, errors = build.communicate(timeout=timeout)
    return build.returncode, output, errors
