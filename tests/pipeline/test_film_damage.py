"""Damage: no pixel that may differ is left out, and the rectangles are few, even and apart."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.film_damage import damage, rectangles

WIDTH, HEIGHT = 64, 48


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@dataclass(eq=False)
class Stamp:
    """A shape that leaves a number in its box, over whatever was there."""

    number: int
    box: tuple[int, int, int, int]

    def draw(self, context, pixels):
        x0, y0, x1, y1 = self.box
        pixels[y0:y1, x0:x1] = pixels[y0:y1, x0:x1] * 31 + self.number


def picture(stamps):
    pixels = np.zeros((HEIGHT, WIDTH), np.int64)
    for stamp in stamps:
        stamp.draw(None, pixels)
    return pixels


spans = st.integers(0, 46).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, 48)))
boxes = st.tuples(spans, spans).map(lambda pair: (pair[0][0], pair[1][0], pair[0][1], pair[1][1]))
stacks = st.lists(boxes, min_size=1, max_size=7).flatmap(
    lambda drawn: st.tuples(*2 * [st.lists(st.sampled_from([Stamp(n, b) for n, b in enumerate(drawn, 1)]), max_size=9)])
)


@given(stacks)
def test_everything_that_differs_is_covered(stacks):
    before, now = stacks
    covered = np.zeros((HEIGHT, WIDTH), bool)
    for x0, y0, x1, y1 in damage(before, now):
        covered[y0:y1, x0:x1] = True
    assert (covered | (picture(before) == picture(now))).all()


def test_what_stays_in_its_order_is_not_damage():
    a, b, c, d = (Stamp(n, (n, 0, n + 1, 1)) for n in range(4))
    assert damage([a, b, c], [a, b, c]) == []
    assert damage([a, b, c], [a, d, c]) == [b.box, d.box]
    assert damage([a, b, c], [b, d, c]) == [a.box, d.box]
    assert sorted(damage([a, b, c], [b, a, c])) == sorted([a.box, b.box] * 2)
    assert damage([a], [a, a]) == [a.box]


@given(st.lists(boxes, max_size=12))
def test_rectangles_cover_the_boxes_apart_and_even(found):
    result = rectangles(found, WIDTH, HEIGHT)
    for x0, y0, x1, y1 in result:
        assert x0 % 2 == y0 % 2 == x1 % 2 == y1 % 2 == 0
        assert 0 <= x0 <= x1 - 16 <= WIDTH - 16
        assert 0 <= y0 <= y1 - 16 <= HEIGHT - 16
    for box in found:
        assert any(r[0] <= box[0] and r[1] <= box[1] and r[2] >= box[2] and r[3] >= box[3] for r in result)
    assert not any(overlap(a, b) for n, a in enumerate(result) for b in result[:n])


def test_far_corners_of_a_large_picture_are_two_rectangles():
    corners = [(0, 0, 10, 10), (1900, 1060, 1920, 1080)]
    assert rectangles(corners, 1920, 1080) == [(0, 0, 16, 16), (1900, 1060, 1920, 1080)]
    assert rectangles([(0, 0, 10, 10), (20, 3, 31, 9)], 1920, 1080) == [(0, 0, 36, 18)]
