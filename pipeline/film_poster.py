"""A film's poster: one drawn frame as a PNG that holds pixels and nothing else."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from pipeline.film_picture import Pixels


def write_poster(path: Path, pixels: Pixels) -> None:
    """Write an opaque RGBA picture as an RGB PNG."""
    Image.fromarray(pixels[:, :, :3].copy(), "RGB").save(path, format="PNG", optimize=True)
