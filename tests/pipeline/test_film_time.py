"""Time is exact: frame counts, run times, updaters and conditions, at every rate."""

from fractions import Fraction

import av
import pytest
from manim import RIGHT, Square, ValueTracker

from pipeline.film import QUALITIES, Film, Quality, rehearse, render_film
from tests.pipeline._film_scenes import TINY, Bare, EightSeconds


def packets(path):
    """Start and end in seconds of every packet, in presentation order."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        found = [
            (p.pts * stream.time_base, (p.pts + p.duration) * stream.time_base)
            for p in container.demux(stream)
            if p.size
        ]
    return sorted(found)


@pytest.mark.parametrize("fps", [15, 24, 25, 30, 50, 60])
def test_eight_seconds_are_eight_seconds_at_every_rate(fps, tmp_path):
    quality = Quality(160, 90, fps)
    film = rehearse(EightSeconds, None, None, quality)
    assert film.frames == 8 * fps
    assert film.duration == 8
    assert film.cues == ((0, "in"), (Fraction(37, 100) + Fraction(1, 3), "rest"))


@pytest.mark.parametrize("fps", [15, 24, 30, 60])
def test_files_last_as_long_as_the_film(fps, tmp_path):
    outputs = {kind: tmp_path / f"film.{kind}" for kind in ("mp4", "webm", "gif")}
    film = render_film(EightSeconds, None, None, Quality(160, 90, fps), outputs)
    assert film == rehearse(EightSeconds, None, None, Quality(160, 90, fps))
    assert len(packets(outputs["mp4"])) == len(packets(outputs["webm"])) == film.frames
    assert packets(outputs["mp4"])[0][0] == 0
    assert packets(outputs["mp4"])[-1][1] == 8
    assert packets(outputs["gif"])[-1][1] == 8
    for path in outputs.values():
        with av.open(str(path)) as container:
            assert container.duration == 8_000_000


def test_every_quality_has_the_same_duration():
    films = [rehearse(EightSeconds, None, None, name) for name in QUALITIES]
    assert [film.frames for film in films] == [120, 240, 480, 480]
    assert {film.duration for film in films} == {8}
    assert films[-1].size == (3840, 2160)


def test_the_last_frame_of_a_play_is_its_end_and_updaters_get_their_time():
    seen, total = [], []

    class Watched(Bare):
        def construct(self):
            square = Square()
            self.play(square.animate.shift(RIGHT), run_time=0.5)
            square.add_updater(lambda m, dt: total.append(dt))
            seen.append(float(square.get_x()))
            self.wait(1.3)
            tracker = ValueTracker(0)
            tracker.add_updater(lambda m: seen.append(m.get_value()))
            self.add(tracker)
            self.play(tracker.animate.set_value(1), run_time=1)

    film = rehearse(Watched, None, None, TINY)
    assert film.frames == round(Fraction(28, 10) * 15)
    assert seen[0] == 1
    assert sum(total) == pytest.approx(1.3 + 1)


def test_a_wait_ends_when_its_condition_is_met(tmp_path):
    class Impatient(Bare):
        def construct(self):
            tracker = ValueTracker(0)
            tracker.add_updater(lambda m, dt: m.increment_value(dt))
            self.add(tracker)
            self.wait_until(lambda: tracker.get_value() >= 0.5, max_time=3)
            self.wait(1)

    rehearsed = rehearse(Impatient, None, None, TINY)
    drawn = render_film(Impatient, None, None, TINY, {"mp4": tmp_path / "a.mp4"})
    assert rehearsed == drawn
    assert rehearsed.frames == 8 + 15


def test_film_knows_its_poster():
    film = Film(frames=30, fps=15, size=(160, 90))
    assert film.poster_frame == 29
    assert Film(30, 15, (160, 90), poster_at=Fraction(0)).poster_frame == 0
    assert Film(30, 15, (160, 90), poster_at=Fraction(99)).poster_frame == 29
