"""All of convscan's arithmetic and lesson loading: NumPy and the standard library only.

>>> from core import Trace, load_lesson
>>> trace = Trace(load_lesson("lessons/article.toml"))
>>> trace.output_size, trace.step_at(1, 1).value
((3, 3), -1)
"""

from core.axis_size import AxisSize
from core.card import Card
from core.convolution import Convolution
from core.errors import LessonError
from core.im2col import Im2col, col2im
from core.lesson import Lesson, load_lesson, parse_lesson
from core.localized import Localized
from core.receptive_field import FieldRow, Layer, ReceptiveField
from core.step import Step
from core.trace import Trace

__all__ = [
    "AxisSize",
    "Card",
    "Convolution",
    "FieldRow",
    "Im2col",
    "Layer",
    "Lesson",
    "LessonError",
    "Localized",
    "ReceptiveField",
    "Step",
    "Trace",
    "col2im",
    "load_lesson",
    "parse_lesson",
]
