"""The stage of the im2col films: a story under the picture, small print, marks on cells, time in milliseconds."""

from __future__ import annotations

from manim import FadeIn, VGroup

from look.grid import Box
from look.typesetting import Content
from scenes._im2col_cells import corner, outline
from scenes._ink import WIDTH
from scenes._motion import Slot
from scenes._stage import MARGIN, Stage

STORY_SIZE = 40.0
ROOM = WIDTH - 2 * MARGIN
INSET = 3.0  # px from a cell's edge to its mark


class Im2colStage(Stage):
    """`story` is the line that tells what happens, at height `story_at`; `note` is the small print."""

    story_at = 948.0

    def setup(self) -> None:
        """The story and the small print, blank."""
        super().setup()
        self.story, self.note = Slot(), Slot()

    def tell(self, content: Content, *others: FadeIn, milliseconds: int = 0) -> None:
        """Say something under the picture, at once or fading in; with nothing to say, what was said goes."""
        if not content:
            self.story.show()
            return
        line = self.text(content, WIDTH / 2, self.story_at, STORY_SIZE, max_width=ROOM)
        self.story.show(line)
        if milliseconds:
            self.play(FadeIn(line), *others, run_time=milliseconds / 1000)

    def counted(self, key: str, index: int) -> str:
        """Which of the patches this is, in the words of a message."""
        return self.look.say(key, index=index + 1, count=self.trace.im2col.shape[0])

    def hold(self, milliseconds: int) -> None:
        """Hold still, if there is time left for it."""
        if milliseconds > 0:
            self.wait(milliseconds / 1000)

    def mark(self, box: Box, role: str, inset: float = INSET) -> VGroup:
        """The outline and corner of a lit cell."""
        left, top, right, bottom = box
        inner = (left + inset, top + inset, right - inset, bottom - inset)
        return VGroup(outline(inner, self.look, role, line=5.0, least=16.0), corner(inner, self.look, role))


def middle(box: Box) -> tuple[float, float]:
    """The middle of a box."""
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
