"""Manim's settings for the length of one film: nothing of the user's, nothing left behind, no folder littered."""

from __future__ import annotations

import logging
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from manim import config, logger, tempconfig
from manim.constants import RendererType

from pipeline.film_amendments import amended_manim

_FIXED = {
    "renderer": "cairo",
    "frame_height": 8.0,
    "frame_width": 128 / 9,
    "background_color": "#000000",
    "background_opacity": 1.0,
    "background_image": None,
    "seed": 0,
    "dry_run": True,  # Manim's own writer writes nothing: the frames go to ours
    "format": None,
    "save_sections": False,
    "preview": False,
    "live_preview": False,
    "enable_gui": False,
    "enable_wireframe": False,
    "show_in_file_browser": False,
    "from_animation_number": 0,
    "upto_animation_number": -1,
    "progress_bar": "none",
    "log_to_file": False,
    "notify_outdated_version": False,
}


@contextmanager
def manim_settings(width: int, height: int, fps: int) -> Iterator[None]:
    """Draw `width` x `height` pixels at `fps`; whatever a manim.cfg says does not reach the film."""
    fixed = dict(_FIXED)
    if config.renderer is RendererType.CAIRO:
        del fixed["renderer"]  # Manim takes several milliseconds to set what is set
    level, numbers, legacy_numbers = logger.level, random.getstate(), np.random.get_state()
    with tempfile.TemporaryDirectory(prefix="convscan-") as folder:
        size = {"pixel_width": width, "pixel_height": height, "frame_rate": fps, "media_dir": folder}
        try:
            with tempconfig({**fixed, **size}), amended_manim():
                logger.setLevel(logging.ERROR)
                yield
        finally:
            logger.setLevel(level)
            random.setstate(numbers)
            np.random.set_state(legacy_numbers)
