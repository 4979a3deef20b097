"""The one exception an author of lessons ever sees."""


class LessonError(ValueError):
    """A mistake in a lesson. The message is one sentence: the file, the key, the rule and the next move."""
