"""Options whose mistakes are told with the next move: one of some words, and whole numbers."""

from __future__ import annotations

from typing import Any

import click

from pipeline.request_error import close_to


class Word(click.Choice[str]):
    """One of some words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word. A usage error with those nearest to it."""
        if value not in self.choices:
            words = ", ".join(f"'{word}'" for word in self.choices)
            self.fail(f"'{value}' is not one of {words}: choose one.{close_to(str(value), self.choices)}", param, ctx)
        return super().convert(value, param, ctx)


class Whole(click.IntRange):
    """A whole number from ``least`` to ``most``, or without end."""

    def __init__(self, least: int, most: int | None = None) -> None:
        super().__init__(least, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. A usage error with the numbers there are."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            bounds = f"from {self.min} to {self.max:,}" if self.max is not None else f"of {self.min} or more"
            self.fail(f"it must be a whole number {bounds}, not '{value}': give another.", param, ctx)
