"""What could not be made, as text: each reason once, with everything that it stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.job import Failure


def failure_lines(failures: Iterable[Failure]) -> Iterator[str]:
    """`label: reason` for a reason that stopped one thing; for others the reason, and the labels below it."""
    stopped: dict[str, list[str]] = {}
    for failure in failures:
        stopped.setdefault(failure.reason, []).append(failure.label)
    for reason, labels in sorted(stopped.items(), key=lambda item: sorted(item[1])):
        if len(labels) == 1:
            yield f"{labels[0]}: {reason}"
        else:
            yield reason
            yield from (f"  {label}" for label in sorted(labels))
