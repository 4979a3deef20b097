"""The memory of shapes forgets what is old and never grows beyond its bound."""

from manim import BLUE, Camera, Square

from pipeline.film_shapebook import Recent, ShapeBook


def test_recent_keeps_the_latest_within_its_bound():
    recent = Recent(limit=100)
    for number in range(1000):
        recent.put(number, str(number), weight=10)
        assert recent.get(number) == str(number)
        assert recent.get(number - 9 if number > 9 else number) is not None
    kept = [number for number in range(1000) if recent.get(number) is not None]
    assert 10 <= len(kept) <= 20
    assert kept[-1] == 999
    assert recent.get("never seen") is None


def test_equal_content_is_the_same_shape():
    book = ShapeBook(Camera(pixel_width=192, pixel_height=108))
    square, twin, other = Square(color=BLUE), Square(color=BLUE), Square(color=BLUE, fill_opacity=0.1)
    shapes = book.moving([square, twin, other])
    assert shapes[0] is shapes[1] is not shapes[2]
    before = square.points.copy()
    square.shift([1, 0, 0])
    moved = book.moving([square])[0]
    assert moved is not shapes[0]
    assert book.still([square]) == [moved]
    square.points = before
    assert book.moving([square])[0] is shapes[0]


def test_what_touches_no_pixel_has_no_shape():
    book = ShapeBook(Camera(pixel_width=192, pixel_height=108))
    far, clear, bare = Square().shift([99, 0, 0]), Square().set_opacity(0), Square(stroke_width=0)
    assert book.moving([far, clear, bare]) == []
    assert book.moving([clear.set_opacity(0.01)])[0].box[0] < 96
