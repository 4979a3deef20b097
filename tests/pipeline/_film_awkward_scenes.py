"""Scenes that are hard to redraw in parts."""

import numpy as np
from manim import (
    BLUE,
    DEGREES,
    DOWN,
    GREEN,
    LEFT,
    ORIGIN,
    RED,
    RIGHT,
    UP,
    UR,
    WHITE,
    YELLOW,
    Arrow,
    CapStyleType,
    Circle,
    Create,
    DashedLine,
    Dot,
    FadeIn,
    FadeOut,
    FadeTransform,
    Group,
    ImageMobject,
    Indicate,
    LaggedStart,
    Line,
    LineJointType,
    MoveAlongPath,
    PGroup,
    Point,
    Polygon,
    ReplacementTransform,
    Rotate,
    Square,
    Star,
    Text,
    TracedPath,
    Transform,
    Triangle,
    Uncreate,
    ValueTracker,
    VGroup,
    VMobject,
    Write,
    always_redraw,
)
from manim.mobject.types.point_cloud_mobject import PointCloudDot

from tests.pipeline._film_scenes import Bare


class Overlaps(Bare):
    def construct(self):
        squares = VGroup(
            *(Square(1, fill_color=c, fill_opacity=0.5).shift(RIGHT * i) for i, c in enumerate((RED, BLUE, GREEN)))
        )
        circle = Circle(2, color=YELLOW, fill_opacity=0.3, stroke_width=10)
        self.add(circle)
        self.play(FadeIn(squares, lag_ratio=0.3), run_time=0.5)
        self.play(squares[1].animate.shift(UP).set_opacity(0.2), circle.animate.scale(0.5), run_time=0.6)
        self.bring_to_front(circle)
        self.wait(0.3)
        self.bring_to_back(circle)
        self.play(squares.animate.shift(LEFT * 9), run_time=0.5)
        self.play(FadeOut(squares), Uncreate(circle), run_time=0.5)
        self.wait(0.2)


class Gradients(Bare):
    def construct(self):
        square = Square(2).set_fill([RED, BLUE], opacity=[0.2, 1]).set_stroke([YELLOW, GREEN, WHITE], width=8)
        sheen = Circle(1, fill_opacity=1, color=BLUE).set_sheen(0.5, UR).shift(RIGHT)
        behind = Star(color=WHITE, fill_opacity=0.5).set_background_stroke(color=RED, width=12).shift(LEFT)
        group = VGroup(square, Dot())
        self.add(group, sheen, behind)
        self.wait(0.1)
        self.play(Rotate(square), behind.animate.set_background_stroke(width=3), run_time=0.5)
        group[1].shift(RIGHT * 3)  # moves the gradient of nobody but the group's own parts
        self.wait(0.2)
        self.play(sheen.animate.set_sheen_direction(DOWN), group.animate.scale(0.4), run_time=0.4)


class DepthChanges(Bare):
    def construct(self):
        low = Square(2, fill_color=RED, fill_opacity=1, z_index=-1)
        middle = Square(2, fill_color=BLUE, fill_opacity=1).shift(RIGHT * 0.5)
        high = Circle(1, color=GREEN, fill_opacity=1, z_index=2).shift(UP * 0.5)
        self.add(high, middle, low)
        self.wait(0.1)
        self.play(low.animate.shift(UR), run_time=0.3)
        low.set_z_index(5)
        self.wait(0.2)
        middle.add_updater(lambda m, dt: m.set_z_index(m.z_index + 40 * dt))
        self.wait(0.5)
        middle.clear_updaters()
        self.add_foreground_mobjects(low)
        self.play(high.animate.shift(DOWN), run_time=0.3)
        self.remove_foreground_mobjects(low)
        self.play(low.animate.shift(LEFT), run_time=0.3)


class Transforms(Bare):
    def construct(self):
        square, star = Square(color=BLUE, fill_opacity=0.4), Star(color=YELLOW, fill_opacity=0.7).shift(RIGHT * 2)
        self.play(Create(square), run_time=0.3)
        self.play(Transform(square, Triangle(color=RED).scale(2)), run_time=0.4)
        self.play(ReplacementTransform(square, star), run_time=0.4)
        words = Text("kernel", font_size=48)
        self.play(Write(words), run_time=0.5)
        self.play(FadeTransform(words, star.copy().shift(LEFT * 3)), run_time=0.4)
        self.play(Indicate(star), MoveAlongPath(star, Circle()), run_time=0.4)
        self.wait(0.2)


class Updaters(Bare):
    def construct(self):
        tracker = ValueTracker(0)
        square = Square().add_updater(lambda m: m.move_to([tracker.get_value(), 0, 0]))
        label = always_redraw(lambda: Text(f"{tracker.get_value():.1f}", font_size=40).next_to(square, UP))
        dot = Dot(color=RED).add_updater(lambda m, dt: m.shift(2 * dt * UP))
        trail = TracedPath(dot.get_center, stroke_width=6, stroke_color=GREEN)
        self.add(tracker, square, label, dot, trail)
        self.play(tracker.animate.set_value(2), run_time=0.6)
        self.wait(0.3)
        dot.add_updater(lambda m: self.remove(square) if m.get_y() > 2 else None)
        self.wait(0.3)
        self.wait(0.3, frozen_frame=True)


class Removal(Bare):
    def construct(self):
        grid = VGroup(*(Square(0.4, color=BLUE, fill_opacity=0.5) for _ in range(40))).arrange_in_grid(5)
        self.add(grid)
        self.wait(0.1)
        self.remove(grid[3])
        self.wait(0.1)
        counter = VGroup(Dot())

        def renew(group):
            group.submobjects = [Dot(UP * group.get_y() + RIGHT * group.get_x() + UR / 4)]

        self.add(counter)
        counter.add_updater(lambda m: renew(m))
        self.wait(0.4)
        self.play(LaggedStart(*(FadeOut(cell, scale=2) for cell in self.mobjects[0:3]), lag_ratio=0.4), run_time=0.5)
        self.clear()
        self.wait(0.1)
        self.add(grid, grid[0], grid)
        self.wait(0.1)


class ThickStrokes(Bare):
    def construct(self):
        spike = Polygon([-3, 0, 0], [0, 0.4, 0], [-3, 0.3, 0], stroke_width=30, color=RED)
        lines = VGroup(
            Line(LEFT, RIGHT, stroke_width=25, cap_style=CapStyleType.SQUARE).shift(UP * 2),
            Line(LEFT, RIGHT, stroke_width=25, cap_style=CapStyleType.ROUND).shift(UP),
            DashedLine(LEFT * 3, RIGHT * 3, stroke_width=9).shift(DOWN),
            Arrow(LEFT * 2, RIGHT * 2, buff=0).shift(DOWN * 2),
        )
        zigzag = VMobject(stroke_width=20, joint_type=LineJointType.MITER, color=BLUE)
        zigzag.set_points_as_corners([[x * 0.4, x % 2 * 3, 0] for x in range(6)])
        self.add(spike, lines, zigzag)
        self.wait(0.1)
        self.play(Rotate(spike, 170 * DEGREES), zigzag.animate.shift(RIGHT * 4), run_time=0.6)
        zigzag.joint_type = LineJointType.ROUND
        self.wait(0.1)
        self.play(lines.animate.rotate(1).shift(LEFT * 5), run_time=0.5)
        spike.set_stroke(width=0)
        self.wait(0.1)
        spike.set_fill(RED, 1)
        self.wait(0.1)


class Pictures(Bare):
    def construct(self):
        pixels = np.arange(0, 240, dtype=np.uint8).reshape(8, 10, 3)
        image, square = ImageMobject(pixels).scale(12), Square(color=RED, fill_opacity=0.5)
        self.add(image, square)
        self.wait(0.1)
        self.play(square.animate.shift(RIGHT * 2), run_time=0.4)
        twin = image.copy().shift(RIGHT * 3)
        self.play(FadeIn(twin), image.animate.rotate(0.4), run_time=0.4)
        image.pixel_array[:] = 99
        image.pixel_array[..., 3] = 255
        self.wait(0.1)
        self.play(FadeOut(twin), Group(image, square).animate.shift(LEFT), run_time=0.3)
        cloud = PointCloudDot(radius=0.8, density=5, color=YELLOW)
        painted = Circle(1.5, fill_opacity=1).color_using_background_image(self.picture_file)
        self.add(cloud, painted, painted.copy().shift(RIGHT))
        self.play(cloud.animate.shift(UP), painted.animate.shift(LEFT), run_time=0.3)
        self.wait(0.1)


class Odd(Bare):
    def construct(self):
        broken = VMobject(color=RED, fill_opacity=1)
        broken.points = np.full((8, 3), np.nan)
        single = VMobject(color=RED, fill_opacity=1)
        single.points = np.zeros((1, 3))
        huge = Square(1e5, fill_color=BLUE, fill_opacity=0.2, stroke_width=40)
        outside = Circle(color=GREEN).shift(RIGHT * 30)
        self.add(broken, single, huge, outside, Point(ORIGIN), VMobject(), PGroup())
        self.wait(0.1)
        self.play(outside.animate.shift(LEFT * 24), run_time=0.5)
        self.camera.background_color = GREEN
        self.wait(0.1)
        self.play(huge.animate.scale(1e-5), run_time=0.3)
        self.renderer.update_frame(self, [outside])
        self.wait(0.1)
        self.play(outside.animate.set_stroke(width=0), run_time=0.2)


AWKWARD = [Overlaps, Gradients, DepthChanges, Transforms, Updaters, Removal, ThickStrokes, Pictures, Odd]
