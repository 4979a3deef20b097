"""The receptive field's film: every stack plays for nine seconds, its digits are the trace's, no text on another."""

import re
from fractions import Fraction
from itertools import combinations

import pytest

from core import Trace, load_lesson
from look import Look
from look.numbers import number, size
from look.phrases import DOT, pair
from pipeline.film import Quality, rehearse, render_film
from scenes._ink import HEIGHT, LEAST, UNIT, WIDTH, Lettering
from scenes.receptive_field_growth import ReceptiveFieldGrowth, alt
from tests._stacks import STACKS, trace_of

LOOKS = [Look("dark", "en"), Look("light", "zh")]
TINY = Quality(160, 90, 4)


def box(text):
    """Left, top, right, bottom of the ink, in page pixels."""
    points = [part.points for part in text if len(part.points)]
    xs = [x for part in points for x in part[:, 0]]
    ys = [y for part in points for y in part[:, 1]]
    return (
        WIDTH / 2 + min(xs) / UNIT,
        HEIGHT / 2 - max(ys) / UNIT,
        WIDTH / 2 + max(xs) / UNIT,
        HEIGHT / 2 - min(ys) / UNIT,
    )


def played(name, look=LOOKS[0], trace=None):
    """The film and, after each play, the texts on screen: content, size and box."""
    frames = []

    class Watched(ReceptiveFieldGrowth):
        def play(self, *animations, **settings):
            super().play(*animations, **settings)
            family = {id(m): m for top in self.mobjects for m in top.get_family()}
            texts = [m for m in family.values() if isinstance(m, Lettering) and m.submobjects]
            frames.append([(text.content, text.size, box(text)) for text in texts])

    film = rehearse(Watched, trace or trace_of(name), look, TINY)
    return film, frames


@pytest.mark.parametrize("look", LOOKS, ids=["en", "zh"])
@pytest.mark.parametrize("name", STACKS)
def test_it_plays_nine_seconds_and_no_text_lies_on_another(name, look):
    film, frames = played(name, look)
    assert film.duration == 9
    for texts in frames:
        for content, letters, (left, top, right, bottom) in texts:
            assert letters >= LEAST - 1e-9, content
            assert min(left, top) >= 40, content
            assert right <= WIDTH - 40, content
            assert bottom <= HEIGHT - 24, content
        for (one, _, a), (two, _, b) in combinations(texts, 2):
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one, two)
    assert [content for content, _, _ in frames[-1] if content.endswith("…")] == []


@pytest.mark.parametrize("fps", [15, 30, 60])
def test_it_is_exactly_as_long_at_every_rate(fps):
    assert rehearse(ReceptiveFieldGrowth, trace_of("default"), LOOKS[0], Quality(160, 90, fps)).frames == 9 * fps


@pytest.mark.parametrize("name", ["default", "one-layer", "wide-input", "three", "holes", "corner", "even"])
def test_the_last_frame_counts_the_paths(name):
    field = trace_of(name).field
    _, frames = played(name)
    digits = [content for content, _, place in frames[-1] if place[2] < 800 and 180 < place[1] < 790]
    counts = field.paths[field.mask(0)].tolist()
    factors = [count for factor in field.path_factors for count in factor[factor > 0].tolist()]
    assert sorted(digits) == sorted(["⊗", *(number(count) for count in [*counts, *factors])])


def test_each_count_stands_in_its_own_cell():
    field = trace_of("default").field
    _, frames = played("default")
    places = [(p[0] + p[2], p[1] + p[3], content) for content, _, p in frames[-1] if p[2] < 800 and 180 < p[1] < 790]
    columns = {}
    for x, y, content in places:
        if content != "⊗":
            columns.setdefault(next((at for at in columns if abs(at - x) < 40), x), []).append((y, content))
    ordered = [[content for _, content in sorted(columns[x])] for x in sorted(columns)]
    rows, cols = (factor.tolist() for factor in field.path_factors)
    assert ordered[0] == [number(count) for count in rows]
    for col, column in enumerate(ordered[1:]):
        assert column == [number(cols[col]), *(number(count) for count in field.paths[:, col].tolist())]


def test_no_count_is_shown_before_its_time():
    _, frames = played("default")
    numbers = [sum(content.isdigit() for content, _, _ in texts) for texts in frames]
    assert numbers[0] == 0
    assert numbers[-1] == 25 + 5 + 5
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("name", STACKS)
def test_sizes_on_screen_are_those_of_the_field(name):
    trace = trace_of(name)
    _, frames = played(name)
    words = [content for content, _, _ in frames[-1]]
    last = trace.field.rows[-1]
    assert f"receptive field {size(*last.size)}" in words
    assert "one unit" in words
    subtitle = next(content for content in words if content.startswith("jump"))
    read = int(trace.field.mask(0).sum())
    assert subtitle == (
        f"jump {pair(last.jump)}{DOT}effective padding {pair(last.padding)}"
        f"{DOT}cells read: {number(read)} of {number(last.size[0] * last.size[1])}"
    )


@pytest.mark.parametrize("name", STACKS)
def test_captions_and_chapters_follow_the_story(name):
    film, _ = played(name)
    field = trace_of(name).field
    assert film.chapters[0][0] == 0
    assert len(film.chapters) == 3
    assert film.cues[0][0] == 0
    starts = [start for start, _ in film.cues]
    assert starts == sorted(set(starts))
    said = " ".join(text for _, text in film.cues)
    assert size(*field.rows[-1].size) in said
    counts = field.paths[field.mask(0)]
    for count in (counts.min(), counts.max()) if counts.size else ():
        assert number(int(count)) in film.cues[-1][1]
    assert film.chapters[2][0] <= film.poster_at < 9
    assert 9 - film.poster_at >= Fraction(3, 2)  # the result stays long enough to be read


@pytest.mark.parametrize("look", LOOKS, ids=["en", "zh"])
def test_alt_text_has_the_numbers_of_the_trace(look):
    field = trace_of("strided").field
    said = alt(trace_of("strided"), look)
    last = field.rows[-1]
    for text in (size(*last.size), pair(last.jump), pair(last.padding), number(int(field.paths.max()))):
        assert re.search(rf"(?<![\d.×]){re.escape(text)}(?![\d×])", said), (text, said)


@pytest.mark.parametrize("lesson", ["article", "strided-padding", "three-channels"])
def test_the_shipped_lessons_play(lesson, checkout):
    trace = Trace(load_lesson(checkout / "lessons" / f"{lesson}.toml"))
    film, frames = played(lesson, trace=trace)
    assert film.duration == 9
    assert f"receptive field {size(*trace.field.rows[-1].size)}" in [content for content, _, _ in frames[-1]]


def test_it_really_renders(tmp_path):
    film = render_film(ReceptiveFieldGrowth, trace_of("corner"), LOOKS[1], TINY, {"mp4": tmp_path / "film.mp4"})
    assert film.frames == 9 * TINY.fps
    assert (tmp_path / "film.mp4").stat().st_size > 1000
