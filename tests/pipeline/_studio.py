"""A studio: rooms of one's own in a temporary folder, with an article-like lesson and whatever a test puts in."""

import json
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core import Trace, load_lesson
from pipeline.build import Outcome, build_files
from pipeline.job import Failure, Job, Made
from pipeline.pages import NAMES as PAGES
from pipeline.plan import Request
from pipeline.pool import Running
from pipeline.rooms import Rooms
from pipeline.store import Store

LESSON = """
title = { en = "An edge", zh = "边缘" }
[convolution]
input = [[0,0,1,2,2],[0,1,1,3,2],[1,0,2,3,3],[0,1,3,2,3],[1,1,2,3,3]]
kernel = [[0,1,0],[1,-4,1],[0,1,0]]
highlight = [1, 1]
"""

CHANNELS = """
title = "Channels"
[convolution]
input = [[[1,2,3],[4,5,6],[7,8,9]], [[0,1,0],[1,0,1],[0,1,0]]]
kernel = [[[[1,0],[0,1]], [[1,1],[1,1]]], [[[0.5,0],[0,0]], [[0,0],[0,-1]]], [[[0,0],[0,0]], [[0,0],[0,1]]]]
"""

FIGURE = '''
"""A square in the ink of its look."""
def draw(trace, fig, look):
    fig.set_size_inches(4, 3)
    fig.set_facecolor(look.background)
    axes = fig.add_axes((0.25, 0.25, 0.5, 0.5))
    axes.set_axis_off()
    axes.fill([0, 1, 1, 0], [0, 0, 1, 1], color=look.ink)
'''

CARD = FIGURE.replace("(4, 3)", "(12, 6.3)")

SCENE = '''
"""A wait that says two things."""
from scenes._stage import Stage

class Patience(Stage):
    seconds = 0.4
    def construct(self):
        self.chapter("Only chapter")
        self.caption("first & foremost")
        self.wait(0.2)
        self.caption("value " + str(self.trace.step_at(1, 1).value))
        self.wait(0.2)

def alt(trace, look):
    return f"Waiting in {look.lang}."
'''


@dataclass
class Studio:
    """Rooms below `root`, an output folder `out`, and what a build said."""

    root: Path
    failures: list[Failure] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rooms = Rooms(self.root / "scenes", self.root / "figures", self.root / "lessons")
        for folder in (self.rooms.scenes, self.rooms.figures, self.rooms.lessons):
            folder.mkdir(parents=True)
        self.out = self.root / "out"
        self.add_lesson("article", LESSON)

    def add_lesson(self, name: str, text: str) -> Path:
        """A lesson in the lessons' room."""
        path = self.rooms.lessons / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def add_figure(self, stem: str, text: str = FIGURE) -> Path:
        """A figure in the figures' room."""
        path = self.rooms.figures / f"{stem}.py"
        path.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
        return path

    def add_scene(self, stem: str = "patience", text: str = SCENE) -> Path:
        """A scene in the scenes' room."""
        path = self.rooms.scenes / f"{stem}.py"
        path.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
        return path

    def trace(self, name: str = "article") -> Trace:
        """The trace of a lesson."""
        return Trace(load_lesson(self.rooms.lessons / f"{name}.toml"))

    def build(
        self, *only: str, workers: int = 0, cluster: str | None = None, store: Store | None = None, **asked: Any
    ) -> Outcome:
        """Build into `out`; this studio is its own progress, so `labels` and `failures` fill.

        It draws in this process, which is quicker, unless there are `workers` or the address of a `cluster`; and
        everything anew, without a `store`.
        """
        request = Request(only=only, **asked)
        self.notices.clear()
        return build_files(
            request, self.out, self, workers=workers, cluster=cluster, rooms=self.rooms, store=store, explain=True
        )

    def files(self) -> dict[str, bytes]:
        """Every file in the output folder, hidden ones too, but for the pages about them."""
        found = {p.relative_to(self.out).as_posix(): p.read_bytes() for p in self.out.rglob("*") if p.is_file()}
        return {name: data for name, data in found.items() if name not in PAGES}

    def manifest(self) -> dict[str, dict[str, Any]]:
        """The manifest's entries."""
        files: dict[str, dict[str, Any]] = json.loads((self.out / "manifest.json").read_text())["files"]
        return files

    def notice(self, text: str) -> None:
        self.notices.append(text)

    def started(self, jobs: list[Job]) -> None:
        self.planned = [job.label for job in jobs]

    def running(self, now: Running) -> None:
        self.now = now

    def made(self, job: Job, made: Made) -> None:
        self.labels.append(job.label)

    def failed(self, failure: Failure, job: Job | None = None) -> None:
        self.failures.append(failure)

    def stopped(self) -> None:
        self.now = []
