"""All of convscan's arithmetic and lesson loading: NumPy and the standard library only.

>>> from core import Trace, load_lesson
>>> trace = Trace(load_lesson("lessons/article.toml"))
>>> trace.output_size, trace.step_at(1, 1).value
((3, 3), -1)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from core.any_lesson import AnyLesson, load_any_lesson
from core.axis_size import AxisSize
from core.card import Card
from core.convolution import Convolution
from core.errors import LessonError
from core.im2col import Im2col, MatrixProduct, col2im
from core.lesson import Lesson, load_lesson, parse_lesson
from core.localized import Localized
from core.network_errors import NetworkError
from core.network_lesson import NetworkLesson
from core.operation import AnyTrace, Operation, trace_of
from core.own_lesson import lesson_of
from core.pool_step import AverageStep, MaxStep
from core.pool_trace import AveragePoolTrace, MaxPoolTrace
from core.pooling import AveragePool, MaxPool
from core.receptive_field import FieldRow, Layer, ReceptiveField
from core.separable_convolution import SeparableConvolution
from core.separable_trace import SeparableTrace
from core.stamp import Stamp
from core.step import Step
from core.trace import Trace
from core.transpose_trace import TransposeTrace
from core.transposed_convolution import TransposedAxis, TransposedConvolution

if TYPE_CHECKING:
    from core.effective_field import EffectiveField
    from core.lesson_field import LessonField
    from core.network_cone import NetworkCone, Station
    from core.network_field import NetworkField
    from core.network_graph import Network
    from core.network_reader import load_network, parse_network
    from core.node_field import NodeField

__all__ = [
    "AnyLesson",
    "AnyTrace",
    "AveragePool",
    "AveragePoolTrace",
    "AverageStep",
    "AxisSize",
    "Card",
    "Convolution",
    "EffectiveField",
    "FieldRow",
    "Im2col",
    "Layer",
    "Lesson",
    "LessonError",
    "LessonField",
    "Localized",
    "MatrixProduct",
    "MaxPool",
    "MaxPoolTrace",
    "MaxStep",
    "Network",
    "NetworkCone",
    "NetworkError",
    "NetworkField",
    "NetworkLesson",
    "NodeField",
    "Operation",
    "ReceptiveField",
    "SeparableConvolution",
    "SeparableTrace",
    "Stamp",
    "Station",
    "Step",
    "Trace",
    "TransposeTrace",
    "TransposedAxis",
    "TransposedConvolution",
    "col2im",
    "lesson_of",
    "load_any_lesson",
    "load_lesson",
    "load_network",
    "parse_lesson",
    "parse_network",
    "trace_of",
]

_OF_NETWORKS = {
    "EffectiveField": "core.effective_field",
    "LessonField": "core.lesson_field",
    "Network": "core.network_graph",
    "NetworkCone": "core.network_cone",
    "NetworkField": "core.network_field",
    "NodeField": "core.node_field",
    "Station": "core.network_cone",
    "load_network": "core.network_reader",
    "parse_network": "core.network_reader",
}
"""What reads networks takes as long to load as all the rest, and most lessons are about one operation."""


def __getattr__(name: str) -> Any:
    if name not in _OF_NETWORKS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_OF_NETWORKS[name]), name)
