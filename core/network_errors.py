"""What can go wrong with a network: each is one sentence naming the file, the node, the rule and the next move."""

from __future__ import annotations

from core.errors import SentenceError


class NetworkError(SentenceError, ValueError):
    """A network that cannot be read, or a node whose receptive field cannot be told."""


class Untraceable(Exception):  # noqa: N818 - not an error by itself: only if somebody asks about this node
    """Why the field of one node cannot be computed, or its gradient followed: a clause that follows the node's name."""


GIVE_SIZE = "give --input-size H W, or a lesson's input_size"
"""The next move wherever a size is missing."""
