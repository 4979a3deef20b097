"""The receptive field's film: every stack plays for nine seconds, its digits are the trace's, no text on another."""

import re
from fractions import Fraction
from functools import cache

import pytest

from look import Look
from look.numbers import number, size
from look.phrases import DOT, pair
from pipeline.film import Quality, rehearse, render_film
from scenes._ink import HEIGHT, WIDTH
from scenes.receptive_field_growth import ReceptiveFieldGrowth, alt
from tests._stacks import STACKS, trace_of
from tests.scenes._lessons import SHIPPED
from tests.scenes._lessons import trace as lesson_trace
from tests.scenes._overlap import faults_in, ink_box, letterings
from tests.scenes._watching import RATES

LOOKS = [Look("dark", "en"), Look("light", "zh")]
FILMS = [(name, LOOKS[at % 2]) for at, name in enumerate(STACKS)] + [("strided", LOOKS[1]), ("everything", LOOKS[1])]
TINY = Quality(160, 90, 4)


def at_edge(box):
    """Whether a text is too near to the frame."""
    left, top, right, bottom = box
    return min(left, top, WIDTH - right) < 40 or bottom > HEIGHT - 24


@cache
def watched(name, look=LOOKS[0]):
    """The trace, the film and, after each play, the texts on screen: content and box."""
    trace = trace_of(name) if name in STACKS else lesson_trace(name)
    frames, found = [], []

    class Watched(ReceptiveFieldGrowth):
        def play(self, *animations, **settings):
            super().play(*animations, **settings)
            texts = [(text, ink_box(text)) for text in letterings(self.mobjects)]
            frames.append([(text.content, box) for text, box in texts])
            found.extend(faults_in(*zip(*texts, strict=True)) + [text.content for text, box in texts if at_edge(box)])

    return trace, rehearse(Watched, trace, look, TINY), frames, found


@pytest.fixture(scope="module", params=FILMS, ids=lambda film: f"{film[0]}-{film[1].lang}")
def played(request):
    """Every film; all that is tested of one is tested before the next is played."""
    return (*watched(*request.param), request.param[1])


def test_it_plays_nine_seconds_and_no_text_lies_on_another(played):
    _, film, frames, faults, _ = played
    assert film.duration == 9
    assert faults == []
    assert [content for content, _ in frames[-1] if content.endswith("…")] == []


@pytest.mark.parametrize("fps", RATES)
def test_it_is_exactly_as_long_at_every_rate(fps):
    assert rehearse(ReceptiveFieldGrowth, trace_of("default"), LOOKS[0], Quality(160, 90, fps)).frames == 9 * fps


@pytest.mark.parametrize("name", ["default", "one-layer", "wide-input", "three", "holes", "corner", "even"])
def test_the_last_frame_counts_the_paths(name):
    field = trace_of(name).field
    _, _, frames, _ = watched(name)
    digits = [content for content, place in frames[-1] if place[2] < 800 and 180 < place[1] < 790]
    counts = field.paths[field.mask(0)].tolist()
    factors = [count for factor in field.path_factors for count in factor[factor > 0].tolist()]
    assert sorted(digits) == sorted(["⊗", *(number(count) for count in [*counts, *factors])])


def test_each_count_stands_in_its_own_cell():
    field = trace_of("default").field
    _, _, frames, _ = watched("default")
    places = [(p[0] + p[2], p[1] + p[3], content) for content, p in frames[-1] if p[2] < 800 and 180 < p[1] < 790]
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
    _, _, frames, _ = watched("default")
    numbers = [sum(content.isdigit() for content, _ in texts) for texts in frames]
    assert numbers[0] == 0
    assert numbers[-1] == 25 + 5 + 5
    assert numbers == sorted(numbers)


def test_sizes_on_screen_are_those_of_the_field(played):
    trace, _, frames, _, look = played
    words = [content for content, _ in frames[-1]]
    last, read = trace.field.rows[-1], int(trace.field.mask(0).sum())
    said = [
        look.say("receptive-field.jump", value=pair(last.jump)),
        look.say("receptive-field.padding", value=pair(last.padding)),
        look.say("receptive-field.reads", count=read, all=last.size[0] * last.size[1]),
    ]
    assert {look.say("receptive-field.size", size=size(*last.size)), look.say("receptive-field.one")} <= set(words)
    assert DOT.join(said) in words


def test_sizes_read_well():
    _, _, frames, _ = watched("strided")
    words = [content for content, _ in frames[-1]]
    assert {"receptive field 31×31", "one unit"} <= set(words)
    assert any(re.fullmatch(rf"jump 16{DOT}effective padding 15{DOT}cells read: \d+ of 961", word) for word in words)


def test_captions_and_chapters_follow_the_story(played):
    trace, film, _, _, _ = played
    field = trace.field
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


def test_what_is_read_is_told_apart_from_what_is_spanned(played):
    trace, film, _, _, look = played
    field, said = trace.field, [text for _, text in film.cues]
    height, width = field.rows[-1].size
    whole = field.cells_read == height * width
    layers, name = len(field.layers), "receptive-field-growth.say"
    key = "field" if layers > 1 and field.mask(1).any() else "direct"
    count = {} if whole else {"count": field.cells_read}
    assert look.say(f"{name}.{key}{'' if whole else '_some'}", size=size(height, width), **count) in said
    for depth in range(1, layers):
        row0, col0, row1, col1 = field.region(depth)
        extent = size(row1 - row0, col1 - col0)
        if field.mask(depth).all() and field.mask(depth).shape == (row1 - row0, col1 - col0):
            continue
        if int(field.mask(depth).sum()) < (row1 - row0) * (col1 - col0):
            assert look.say(f"{name}.reads", size=extent, depth=depth) not in said
    if key == "field":
        kernel, span = field.layers[0].kernel, field.layers[0].span
        assert (look.say(f"{name}.each", size=size(*span)) in said) == (kernel == span)


def test_a_dilated_stack_says_what_it_reads():
    _, film, _, _ = watched("dilated")
    said = [text for _, text in film.cues]
    assert "It reads 9 units of layer 2, spread over 9×9" in said
    _, film, _, _ = watched("spread")
    said = [text for _, text in film.cues]
    assert "Each unit of layer 1 reads 3×2 cells, spread over 3×3" in said
    assert "Together they span 5×5 cells, the receptive field, and read 15 input cells of it" in said


@pytest.mark.parametrize("look", LOOKS, ids=["en", "zh"])
def test_alt_text_has_the_numbers_of_the_trace(look):
    field = trace_of("strided").field
    said = alt(trace_of("strided"), look)
    last = field.rows[-1]
    for text in (size(*last.size), pair(last.jump), pair(last.padding), number(int(field.paths.max()))):
        assert re.search(rf"(?<![\d.×]){re.escape(text)}(?![\d×])", said), (text, said)


@pytest.mark.parametrize("look", LOOKS, ids=["en", "zh"])
@pytest.mark.parametrize("lesson", SHIPPED)
def test_the_shipped_lessons_play(lesson, look):
    trace, film, frames, faults = watched(lesson, look)
    words = [content for content, _ in frames[-1]]
    assert film.duration == 9
    assert look.say("receptive-field.size", size=size(*trace.field.rows[-1].size)) in words
    assert trace.lesson.title[look.lang] in words
    assert faults == []


def test_it_really_renders(tmp_path):
    film = render_film(ReceptiveFieldGrowth, trace_of("corner"), LOOKS[1], TINY, {"mp4": tmp_path / "film.mp4"})
    assert film.frames == 9 * TINY.fps
    assert (tmp_path / "film.mp4").stat().st_size > 1000
