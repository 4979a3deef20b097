"""The encoder's picture: a patch converts as it would in its frame, and as BT.709 says."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.film_picture import SMALLEST, YuvConverter, YuvPicture

WIDTH, HEIGHT = 96, 64


def planes(picture):
    return [
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width].copy()
        for plane in picture.frame.planes
    ]


def noise(seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


def full(pixels):
    picture = YuvPicture(WIDTH, HEIGHT)
    picture.apply(YuvConverter().patch(pixels, (0, 0, WIDTH, HEIGHT)))
    return picture


def test_the_conversion_is_bt709_limited_and_rounded():
    pixels = noise(1)
    red, green, blue = (pixels[..., channel] / 255 for channel in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def mean(plane):
        return plane.reshape(HEIGHT // 2, 2, WIDTH // 2, 2).mean(axis=(1, 3))

    expected = (
        16 + 219 * luma,
        128 + 224 * mean(blue - luma) / 1.8556,
        128 + 224 * mean(red - luma) / 1.5748,
    )
    for found, plane in zip(planes(full(pixels)), expected, strict=True):
        assert np.abs(found - plane).max() < 0.52  # rounding, and swscale's 15-bit coefficients


def spans(limit):
    return st.integers(0, (limit - SMALLEST) // 2).flatmap(
        lambda start: st.tuples(
            st.just(2 * start), st.integers(start + SMALLEST // 2, limit // 2).map(lambda end: 2 * end)
        )
    )


@settings(max_examples=200)
@given(spans(WIDTH), spans(HEIGHT), st.integers(0, 9))
def test_a_patch_converts_as_in_its_frame(columns, rows, seed):
    before, after = noise(seed), noise(seed + 100)
    (x0, x1), (y0, y1) = columns, rows
    patched = full(before)
    patched.apply(YuvConverter().patch(after, (x0, y0, x1, y1)))
    before[y0:y1, x0:x1] = after[y0:y1, x0:x1]
    for found, expected in zip(planes(patched), planes(full(before)), strict=True):
        np.testing.assert_array_equal(found, expected)
