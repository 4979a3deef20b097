"""What a build says while it works: a bar on a terminal, plain lines in a pipe, nothing but errors when quiet."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Protocol

from pipeline.job import Failure, Job, Made
from pipeline.pool import Running


class Progress(Protocol):
    """What a build calls. `started` comes first and `stopped` last, whatever happens between."""

    def notice(self, text: str) -> None:
        """A line of news: why something is drawn, or what the build waits for."""

    def started(self, jobs: Sequence[Job]) -> None:
        """`jobs` are about to be done."""

    def running(self, now: Running) -> None:
        """What is being drawn now; called many times a second."""

    def made(self, job: Job, made: Made) -> None:
        """A job's files are in their places."""

    def failed(self, failure: Failure, job: Job | None = None) -> None:
        """A job could not be done; there is no `job` when its file was broken from the start."""

    def stopped(self) -> None:
        """Nothing more comes."""


class Quiet:
    """Says nothing, or with `details` the tracebacks of failures, on standard error."""

    def __init__(self, details: bool = False) -> None:
        self.details = details

    def notice(self, text: str) -> None:
        """Nothing to say."""

    def started(self, jobs: Sequence[Job]) -> None:
        """Nothing to say."""

    def running(self, now: Running) -> None:
        """Nothing to say."""

    def made(self, job: Job, made: Made) -> None:
        """Nothing to say."""

    def failed(self, failure: Failure, job: Job | None = None) -> None:
        """With details, the traceback; the reason is in the list at the end."""
        if self.details and failure.details:
            print(failure.details, file=sys.stderr, flush=True)

    def stopped(self) -> None:
        """Nothing to say."""


class Lines(Quiet):
    """One plain line for each finished job."""

    def notice(self, text: str) -> None:
        """As it is."""
        print(text, flush=True)

    def made(self, job: Job, made: Made) -> None:
        """`article/output-size (en, light): svg, pdf, png`."""
        print(line(job, made, self.details), flush=True)

    def failed(self, failure: Failure, job: Job | None = None) -> None:
        """`article/output-size (en, light): FAILED`, at once: a long build may be stopped before its end."""
        print(f"{failure.label}: FAILED", flush=True)
        super().failed(failure, job)


class Bar(Quiet):
    """A bar with what is being drawn now, on standard error."""

    def __init__(self, details: bool = False) -> None:
        super().__init__(details)
        self.stack = ExitStack()
        self.done = 0.0
        self.shown = ""

    def notice(self, text: str) -> None:
        """Notices come before the bar."""
        print(text, flush=True)

    def started(self, jobs: Sequence[Job]) -> None:
        """Put up the bar; its length is the jobs' rough cost, so that films count for more than tables."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
        from rich.table import Column

        columns = (
            SpinnerColumn(),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")),
        )
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self.bar = self.stack.enter_context(bar)
        self.task = self.bar.add_task("", total=sum(job.cost for job in jobs))

    def running(self, now: Running) -> None:
        """Show how far the jobs are and which run."""
        part = sum(job.cost * done for job, done in now)
        shown = " · ".join(job.label for job, _ in now)
        # A job may be over before the bar's own next look.
        news, self.shown = shown != self.shown, shown
        self.bar.update(self.task, completed=self.done + part, description=shown, refresh=news)

    def made(self, job: Job, made: Made) -> None:
        """Move the bar; with details, say what was made above it."""
        self._advance(job)
        if self.details:
            self.bar.console.print(line(job, made, True), markup=False, highlight=False)

    def failed(self, failure: Failure, job: Job | None = None) -> None:
        """Say it above the bar."""
        if job:
            self._advance(job)
        text = f"{failure.label}: FAILED\n" + (failure.details if self.details else "")
        self.bar.console.print(text.rstrip(), markup=False, highlight=False, soft_wrap=True)

    def _advance(self, job: Job) -> None:
        self.done += job.cost
        self.bar.update(self.task, completed=self.done)

    def stopped(self) -> None:
        """Take the bar away."""
        self.stack.close()


def line(job: Job, made: Made, timed: bool) -> str:
    """One finished job in words."""
    formats = ", ".join(dict.fromkeys(record.format for record, _ in made.files))
    return f"{job.label}: {formats}" + (f" in {made.seconds:.2f} s" if timed else "")
