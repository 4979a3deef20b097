"""What the shell offers when a person presses Tab."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.catalogue import read_catalogue
from pipeline.field_source import network_names
from pipeline.rooms import Rooms


def complete_names(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """What the shell offers for --only."""
    return sorted({entry.name for entry in read_catalogue().entries if entry.name.startswith(begun)})


def complete_lessons(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """What the shell offers for a lesson: the shipped ones, and .toml files."""
    found = read_catalogue()
    names = [lesson.name for lesson in (*found.lessons, *found.networks)]
    files = [path.as_posix() for path in Path(begun or ".").parent.glob("*.toml")]
    return sorted(name for name in (*names, *files) if name.startswith(begun))


def complete_targets(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """What the shell offers to watch: lessons, and what can be drawn, by name or file."""
    names = [*complete_lessons(ctx, parameter, begun), *complete_names(ctx, parameter, begun)]
    files = [path.as_posix() for path in Path(begun or ".").parent.glob("[!_]*.py") if "/" in begun]
    return sorted({*names, *(file for file in files if file.startswith(begun))})


def complete_networks(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """What the shell offers for a network: the shipped ones, and .toml and .onnx files."""
    files = [path.as_posix() for end in ("toml", "onnx") for path in Path(begun or ".").parent.glob(f"*.{end}")]
    return sorted(name for name in (*network_names(Rooms()), *files) if name.startswith(begun))
