"""All of convscan's arithmetic and lesson loading: NumPy and the standard library only.

>>> from core import Trace, load_lesson
>>> trace = Trace(load_lesson("lessons/article.toml"))
>>> trace.output_size, trace.step_at(1, 1).value
((3, 3), -1)
"""

from core.any_lesson import AnyLesson, load_any_lesson
from core.axis_size import AxisSize
from core.card import Card
from core.convolution import Convolution
from core.effective_field import EffectiveField
from core.errors import LessonError
from core.im2col import Im2col, MatrixProduct, col2im
from core.lesson import Lesson, load_lesson, parse_lesson
from core.localized import Localized
from core.network_cone import NetworkCone, Station
from core.network_errors import NetworkError
from core.network_field import NetworkField
from core.network_graph import Network
from core.network_lesson import LessonField, NetworkLesson
from core.network_reader import load_network, parse_network
from core.node_field import NodeField
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
