"""The command line as a process: what it imports, how fast it stops, and that a closed pipe is quiet."""

import json
import os
import pty
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline._studio import FIGURE, Studio

HEAVY = ("numpy", "onnx", "matplotlib", "manim", "typst", "av", "scipy", "rich", "PIL", "fontTools", "distributed")


def run(checkout: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(checkout / "render.py"), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["list"], ["list", "--json"], ["build", "--help"], ["build", "--lang", "fr"]],
)
def test_what_is_quick_imports_nothing_heavy(checkout: Path, arguments: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['render.py', *{arguments!r}]; sys.path.insert(0, {str(checkout)!r})\n"
        "import render\n"
        "try:\n    render.cli()\n"
        "except SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stderr.splitlines()[-1] == "[]"


def test_a_table_needs_no_drawing_library(checkout: Path, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.argv = ['render.py', 'build', '--only', 'summary']; sys.path.insert(0, {str(checkout)!r})\n"
        "import render\n"
        "try:\n    render.cli()\n"
        "except SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert result.stderr.splitlines()[-1] == "['numpy']"


def test_a_build_with_nothing_to_do_needs_no_library(checkout: Path, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.argv = ['render.py', 'build', '--only', 'summary']; sys.path.insert(0, {str(checkout)!r})\n"
        "import render\n"
        "try:\n    render.cli()\n"
        "except SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    for said in ("1 files in out", "1 files in out, all up to date"):
        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
        assert result.stdout.splitlines()[-1] == said
    assert result.stderr.splitlines()[-1] == "[]"


def test_it_runs_from_any_folder(checkout: Path, tmp_path: Path) -> None:
    result = run(checkout, "build", "--only", "summary", cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, "article/summary: txt\n1 files in out\n", "")
    assert "highlight_value=-1.000000" in (tmp_path / "out/article/summary.txt").read_text()


def test_the_article_as_data(checkout: Path) -> None:
    result = run(checkout, "trace", "article", "--json")
    data = json.loads(result.stdout)
    assert (result.returncode, result.stderr) == (0, "")
    assert data["output"][1][1] == -1


def test_a_terminal_without_unicode(checkout: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = run(checkout, "trace", "article", env=environment)
    assert (result.returncode, result.stderr) == (0, "")
    assert "5?5" in result.stdout


def test_a_closed_output_is_quiet(checkout: Path) -> None:
    """As `>&-` leaves it: nobody wants to read it, and a mistake is one all the same."""
    for arguments, code, errors in (
        (["list"], 0, ""),
        (["trace", "article"], 0, ""),
        (["trace", "nowhere.toml"], 2, "Error: nowhere.toml: there is no such file: check the path\n"),
    ):
        command = shlex.join([sys.executable, str(checkout / "render.py"), *arguments])
        result = subprocess.run(["sh", "-c", f"{command} >&-"], capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr) == (code, errors)


@pytest.mark.parametrize(
    "arguments",
    [["trace", "long.toml", "--json"], ["trace", "long.toml", "--csv"], ["list"], ["field", "vgg16"]],
)
def test_a_closed_pipe_is_quiet(checkout: Path, tmp_path: Path, arguments: list[str]) -> None:
    rows = ",".join("[" + ",".join("1" * 120) + "]" for _ in range(120))
    (tmp_path / "long.toml").write_text(f'title = "Long"\n[convolution]\ninput = [{rows}]\nkernel = [[1]]\n')
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.Popen(
        [sys.executable, str(checkout / "render.py"), *arguments],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    os.close(writer)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")


def test_a_terminal_shows_a_bar_and_what_is_drawn(checkout: Path, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    arguments = [str(checkout / "render.py"), "build", "--only", "summary", "--only", "trace"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    build = subprocess.Popen([sys.executable, *arguments], stdout=slave, stderr=slave, cwd=tmp_path, env=environment)
    os.close(slave)
    shown = b""
    while chunk := tail(master):
        shown += chunk
    os.close(master)
    assert build.wait(timeout=60) == 0
    text = shown.decode()
    assert "100%" in text
    assert "article/summary" in text
    assert text.rstrip().endswith("2 files in out")


def tail(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # its other end is closed
        return b""


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A temporary folder with a short path, as a machine's own is."""
    with tempfile.TemporaryDirectory(prefix="convscan-test-") as folder:
        yield Path(folder)


STARTED = "import pathlib, time; pathlib.Path(r'{note}').touch(); time.sleep(60)\n    fig.set_size"


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_stopping_is_quick_and_leaves_nothing(
    checkout: Path, tmp_path: Path, scratch: Path, workers: int, sent: signal.Signals, code: int
) -> None:
    """The signal goes to the whole group, as Ctrl-C in a terminal does; a terminal's end to the build alone."""
    studio, note = Studio(tmp_path / "studio"), tmp_path / "started"
    studio.add_figure("sleeps", FIGURE.replace("fig.set_size", STARTED.format(note=note)))
    script = tmp_path / "run.py"
    script.write_text(
        "import pathlib, render\nfrom pipeline.rooms import Rooms\n"
        f"root = pathlib.Path({str(studio.root)!r})\n"
        "if __name__ == '__main__':\n"
        "    render.cli(obj=Rooms(root / 'scenes', root / 'figures', root / 'lessons'))\n"
    )
    build = subprocess.Popen(
        [sys.executable, str(script), "build", "--jobs", str(workers), "--only", "sleeps"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(checkout), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not note.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    (os.kill if sent == signal.SIGHUP else os.killpg)(build.pid, sent)
    begun = time.monotonic()
    output, errors = build.communicate(timeout=30)
    assert time.monotonic() - begun < 10
    stopped = "Stopped. Finished files are complete and in the manifest.\n\n" if sent == signal.SIGINT else ""
    assert (build.returncode, output, errors) == (code, "", stopped)
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []
    assert gone(build.pid)
    assert list(scratch.iterdir()) == []


def test_ctrl_c_while_it_is_loading_is_quiet(checkout: Path, tmp_path: Path) -> None:
    note = tmp_path / "started"
    (tmp_path / "click.py").write_text(f"import pathlib, time; pathlib.Path({str(note)!r}).touch(); time.sleep(60)")
    build = subprocess.Popen(
        [sys.executable, str(checkout / "render.py"), "build"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not note.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    build.send_signal(signal.SIGINT)
    assert (build.communicate(timeout=30), build.returncode) == (("", ""), -signal.SIGINT)


def gone(group: int) -> bool:
    """Whether no process of the group is left, a moment after; one that only waits to be reaped is gone."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        stats = [stat.rpartition(")")[2].split() for stat in map(read, Path("/proc").glob("[0-9]*/stat"))]
        if not any(int(fields[2]) == group and fields[0] != "Z" for fields in stats if fields):
            return True
        time.sleep(0.02)
    return False


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile
        return ""
