"""The one exception an author of lessons ever sees."""


class SentenceError(Exception):
    """A mistake of a user, not of the program: the message is one sentence, and all there is to say."""

    def _render_traceback_(self) -> list[str]:
        """What IPython and Jupyter print in the place of a traceback."""
        return [str(self)]


class LessonError(SentenceError, ValueError):
    """A mistake in a lesson. The message is one sentence: the file, the key, the rule and the next move."""
