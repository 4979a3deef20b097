"""Small networks for tests, without a file: each layer is a line."""

from core.network_graph import Network, Node


def layer(name, op, inputs, **attributes):
    """A node whose output has its own name; ``inputs`` is one name or several."""
    names = (inputs,) if isinstance(inputs, str) else tuple(inputs)
    return Node(name, op, names, (name,), attributes)


def conv(name, source, kernel=3, stride=1, pads=0, dilation=1, op="Conv", **attributes):
    """A convolution, the same in both directions unless pairs are given."""

    def pair(value):
        return value if isinstance(value, tuple) else (value, value)

    sides = {} if "auto_pad" in attributes else {"pads": pads if isinstance(pads, tuple) else (pads,) * 4}
    settings = {"kernel_shape": pair(kernel), "strides": pair(stride), "dilations": pair(dilation), **sides}
    return layer(name, op, source, **settings, **attributes)


def network(*nodes, size=(None, None), channels=4, **extra):
    """A network over a picture ``x``."""
    return Network("net", "net.onnx:", "x", (1, channels, *size), nodes, **extra)
