"""Scenes for the tests of films, and a quality that draws them in no time."""

from manim import BLUE, RIGHT, UP, FadeIn, FadeOut, Scene, Square

from pipeline.film import Quality

TINY = Quality(160, 90, 15)


class Bare(Scene):
    """The least that a film needs: it takes a trace, a look and a renderer."""

    def __init__(self, trace, look, renderer):
        self.cues, self.chapters, self.poster_at = [], [], None
        super().__init__(renderer=renderer)


class EightSeconds(Bare):
    seconds = 8

    def construct(self):
        square = Square(color=BLUE, fill_opacity=0.5)
        self.cues.append((self.renderer.clock, "in"))
        self.play(FadeIn(square), run_time=0.37)
        self.play(square.animate.shift(RIGHT), run_time=1 / 3)
        self.poster_at = self.renderer.clock
        self.cues.append((self.renderer.clock, "rest"))
        self.wait(4.1)
        self.play(square.animate.shift(RIGHT), run_time=0.01)
        square.add_updater(lambda m, dt: m.rotate(dt))
        self.wait(2)
        square.clear_updaters()
        self.play(FadeOut(square), run_time=8 - 0.37 - 1 / 3 - 4.1 - 0.01 - 2)


class Short(Bare):
    seconds = 1

    def construct(self):
        square = Square(color=BLUE, fill_opacity=0.5)
        self.play(FadeIn(square, shift=UP), run_time=0.5)
        self.poster_at = self.renderer.clock
        self.play(square.animate.scale(2).rotate(1), run_time=0.5)
