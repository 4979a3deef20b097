"""Builds on a real Dask cluster: the same files as without one, whatever happens to its workers."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline import cluster_crew
from pipeline.build import build_files
from pipeline.job import Failure, Job, Made
from pipeline.plan import Request
from pipeline.pool import KILLED
from pipeline.progress import Quiet
from pipeline.request_error import RequestError
from tests.pipeline._cluster import cluster_in, kill, wait_for
from tests.pipeline._studio import CARD, FIGURE, SCENE, Studio

ONCE = """import os, pathlib, time
    pids = pathlib.Path({note!r})
    pids.touch()
    first = not pids.read_text()
    pids.write_text(pids.read_text() + f"{{os.getpid()}} ")
    time.sleep(60 * first)
    fig.set_size"""
"""The first process to draw it is busy for a minute; any other is not."""

DIES = FIGURE.replace("fig.set_size", "import os; os.kill(os.getpid(), 9)\n    fig.set_size")


def drawn(studio: Studio, cluster: str | None = None) -> dict[str, bytes]:
    """The files of a build of everything in the studio, into a folder of its own."""
    studio.out = studio.root / ("out-cluster" if cluster else "out")
    studio.build(cluster=cluster, quality="draft", langs=("en",))
    return studio.files()


def test_a_killed_worker_changes_no_byte(studio: Studio, tmp_path: Path) -> None:
    for stem, text in (("one", FIGURE), ("two", FIGURE), ("share_card_three", CARD)):
        studio.add_figure(stem, text)
    studio.add_scene("patience", SCENE)
    note = tmp_path / "pids"
    studio.add_figure("once", FIGURE.replace("fig.set_size", ONCE.format(note=str(note))))
    note.write_text("none ")  # the local build does not wait
    alone = drawn(studio)
    note.unlink()
    with cluster_in(tmp_path / "cluster", workers=2) as cluster:
        workers = {process.pid for process in cluster.processes[1:]}

        def strike() -> None:
            kill(int(wait_for(lambda: note.exists() and note.read_text()).split()[0]))

        striker = threading.Thread(target=strike)
        striker.start()
        together = drawn(studio, cluster.address)
        striker.join()
        first, *others = [int(pid) for pid in note.read_text().split()]
        assert first in workers
        assert others
        assert set(others) <= workers - {first}
    assert studio.failures == []
    assert len(alone) > 30
    assert together == alone


def test_a_job_that_kills_workers_fails_alone(studio: Studio, tmp_path: Path) -> None:
    for stem in ("one", "two"):
        studio.add_figure(stem)
    studio.add_figure("dies", DIES)
    with cluster_in(tmp_path / "cluster", workers=3, allowed_failures=0) as cluster:
        studio.build("one", "two", "dies", cluster=cluster.address, langs=("en",), themes=("light",), formats=("svg",))
    assert studio.failures == [Failure("article/dies (en, light)", KILLED)]
    assert sorted(studio.labels) == ["article/one (en, light)", "article/two (en, light)"]


class Meddler(Quiet):
    """Changes the workers' source as soon as something was drawn."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def made(self, job: Job, made: Made) -> None:
        self.file.write_text(self.file.read_text() + "# changed\n")


CHANGED = r"^The worker at tcp://127.0.0.1:\d+ would not draw the same, as figures/output_size.py is not the same "


def test_workers_need_no_file_of_ours_but_the_same_source(tmp_path: Path) -> None:
    request = Request(only=("output-size",), langs=("en",), formats=("svg", "png"), quality="draft")
    build_files(request, tmp_path / "alone", Quiet())
    with cluster_in(tmp_path / "cluster", workers=1) as cluster:
        meddler = Meddler(cluster.checkout / "figures/output_size.py")
        with pytest.raises(RequestError, match=CHANGED):
            build_files(request, tmp_path / "together", meddler, cluster=cluster.address)
        # The one that was drawn before is right, and in the manifest.
        made = sorted(path.name for path in (tmp_path / "together/article").iterdir())
        assert made == ["output-size.en.light.png", "output-size.en.light.svg"]
        for name in made:
            assert (tmp_path / "together/article" / name).read_bytes() == (
                tmp_path / "alone/article" / name
            ).read_bytes()
        # From now on it is refused at once; nothing is written.
        with pytest.raises(RequestError, match=CHANGED):
            build_files(request, tmp_path / "refused", Quiet(), cluster=cluster.address)
        assert not (tmp_path / "refused").exists()


def test_workers_that_cannot_do_the_same_are_refused(studio: Studio, tmp_path: Path) -> None:
    studio.add_figure("one")
    with cluster_in(tmp_path / "cluster") as cluster:
        other = tmp_path / "packages/matplotlib-0.1.dist-info"
        other.mkdir(parents=True)
        (other / "METADATA").write_text("Metadata-Version: 2.1\nName: matplotlib\nVersion: 0.1\n")
        kinds = (
            (
                {"environment": {"PYTHONPATH": str(other.parent)}},
                r"would not draw the same, as matplotlib is 0\.1 there and ",
            ),
            ({"folder": tmp_path}, r"cannot run convscan \(.*No module named 'pipeline'"),
        )
        for place, sentence in kinds:
            pid = cluster.add_worker(**place)  # type: ignore[arg-type]
            with pytest.raises(RequestError, match=rf"^The worker at tcp://127.0.0.1:\d+ {sentence}"):
                studio.build("one", cluster=cluster.address)
            kill(pid)
        assert not studio.out.exists()


def test_a_cluster_without_workers_is_given_up(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    studio.add_figure("one")
    monkeypatch.setattr(cluster_crew, "PATIENCE", 0.5)
    with cluster_in(tmp_path / "cluster") as cluster:
        with pytest.raises(RequestError, match=r"^The cluster at tcp://\S+ has no workers, and none came in "):
            studio.build("one", cluster=cluster.address)
        assert studio.notices == [f"The cluster at {cluster.address} has no workers yet; this build waits for one."]


def test_a_scheduler_that_is_killed_ends_the_build(studio: Studio, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    studio.add_figure("once", FIGURE.replace("fig.set_size", ONCE.format(note=str(note))))
    with cluster_in(tmp_path / "cluster", workers=1) as cluster:

        def strike() -> None:
            wait_for(lambda: note.exists() and note.read_text())
            kill(cluster.processes[0].pid)

        striker = threading.Thread(target=strike)
        striker.start()
        with pytest.raises(RequestError, match=r"^The Dask scheduler at tcp://\S+ is gone: "):
            studio.build("once", cluster=cluster.address)
        striker.join()


def test_nobody_at_the_address(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    studio.add_figure("one")
    monkeypatch.setattr(cluster_crew, "CONNECT", 1.0)
    with socket.socket() as taken:  # bound, and nobody listens: a port that no other test gets
        taken.bind(("127.0.0.1", 0))
        for address in (f"tcp://127.0.0.1:{taken.getsockname()[1]}", "nonsense", "ftp://example.org"):
            with pytest.raises(RequestError, match=f"^No Dask scheduler answers at {address}: start one with "):
                studio.build("one", cluster=address)
    assert not studio.out.exists()


def test_ctrl_c_leaves_the_cluster_to_others(checkout: Path, studio: Studio, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    studio.add_figure("once", FIGURE.replace("fig.set_size", ONCE.format(note=str(note))))
    script = tmp_path / "run.py"
    script.write_text(
        "import pathlib, render\nfrom pipeline.rooms import Rooms\n"
        f"root = pathlib.Path({str(studio.root)!r})\n"
        "render.cli(obj=Rooms(root / 'scenes', root / 'figures', root / 'lessons'))\n"
    )
    with cluster_in(tmp_path / "cluster", workers=1) as cluster:
        build = subprocess.Popen(
            [sys.executable, str(script), "build", "--cluster", cluster.address, "--only", "once"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(checkout)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        wait_for(lambda: note.exists() and note.read_text())
        begun = time.monotonic()
        build.send_signal(signal.SIGINT)
        output, errors = build.communicate(timeout=30)
        assert time.monotonic() - begun < 10
        stopped = "Stopped. Finished files are complete and in the manifest.\n\n"
        assert (build.returncode, output, errors) == (130, "", stopped)
        assert cluster.processes[1].poll() is None
