"""A folder as an option's value."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click


class Folder(click.Path):
    """A path that is really given: an empty one, such as an unset variable leaves, would be the working folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. A usage error when it is empty."""
        if not os.fspath(value):
            self.fail("it is empty: name a folder, or . for the working folder.", param, ctx)
        return super().convert(value, param, ctx)
