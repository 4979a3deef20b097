"""What feature-map says of its input, and of which channels grouped filters read."""

from __future__ import annotations

import pytest

from core import Trace, parse_lesson
from figures import feature_map
from look import LANGUAGES, Look
from tests.figures._drawings import drawing
from tests.figures._rules import breaches

PLANES = [[[1, 2, 0], [0, 1, 3]], [[3, 0, 1], [1, 1, 0]], [[2, 2, 0], [1, 0, 5]], [[0, 1, 1], [4, 0, 0]]]
READS = {
    4: {"en": [f"reads channel {at}" for at in range(4)], "zh": [f"读通道 {at}" for at in range(4)]},
    2: {
        "en": ["reads channels 0 to 1"] * 2 + ["reads channels 2 to 3"] * 2,
        "zh": ["读通道 0 至 1"] * 2 + ["读通道 2 至 3"] * 2,
    },
    1: {"en": [], "zh": []},
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("groups", READS)
def test_each_filter_names_the_channels_of_its_group(groups: int, lang: str) -> None:
    kernel = [[[[1, -1]]] * (4 // groups)] * 4
    text = f"title = 'x'\n[convolution]\ninput = {PLANES}\nkernel = {kernel}\ngroups = {groups}\nbias = [1, 2, -3, 4]"
    seen = drawing(feature_map.draw, Trace(parse_lesson(text, name="x")), Look("light", lang))
    word = {"en": "reads", "zh": "读通道"}[lang]
    filters = [text.content for text in seen.texts if text.content and word in text.content]
    assert len(filters) == len(READS[groups][lang])
    for said, expected in zip(filters, READS[groups][lang], strict=True):
        assert f" {expected} " in said
    assert any("4×2×3" in (text.content or "") for text in seen.texts)
    assert breaches(seen, "feature_map", cut=True) == []
