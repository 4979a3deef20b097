"""What each input channel alone adds to a feature map."""

from __future__ import annotations

import numpy as np

from core.arrays import Array, finished
from core.convolution import Convolution


def maps_of_channels(convolution: Convolution, padded: Array, channel: int) -> Array:
    """(Cg, h, w) for output channel ``channel``, from the ``padded`` input (C, Hp, Wp), as ``step.channel_sums``.

    Their sum plus the bias is the feature map.
    """
    weights = convolution.weights[channel]
    maps = np.zeros((len(weights), *convolution.output_size), convolution.dtype)
    product = np.empty_like(maps[0])
    planes = padded[convolution.channels(channel)]
    for (depth, i, j), weight in np.ndenumerate(weights):
        np.multiply(convolution.seen(planes[depth], i, j), weight, out=product, dtype=product.dtype)
        maps[depth] += product
    return finished(maps)
