"""The libraries that drawing needs, loaded once for all processes of a preview: see `pipeline.watch_nursery`."""

import gc

import av
import matplotlib.backends.backend_agg
import matplotlib.backends.backend_svg
import matplotlib.figure
import numpy as np
import typst

from pipeline.film_import import import_manim

import_manim()
gc.freeze()  # a search for garbage would copy all their memory into each process

__all__ = ["av", "matplotlib", "np", "typst"]
