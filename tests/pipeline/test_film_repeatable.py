"""The same bytes in every process, whatever its environment."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from manim import RIGHT, Circle, Square, Star, TransformMatchingShapes, Triangle, VGroup
from pipeline.film import render_film
from tests.pipeline._film_scenes import TINY, Bare, Short

class Matching(Bare):  # Manim goes through the parts in the order of a set of hashes
    def construct(self):
        kinds = enumerate((Square, Circle, Star, Triangle))
        shapes = [kind(fill_opacity=0.5).shift(RIGHT * n / 3) for n, kind in kinds]
        self.play(TransformMatchingShapes(VGroup(*shapes), VGroup(*(s.copy().shift(RIGHT) for s in shapes[::-1]))))

for scene in (Short, Matching):
    paths = {{kind: Path(sys.argv[1], scene.__name__ + "." + kind) for kind in ("mp4", "webm", "gif", "png")}}
    render_film(scene, None, None, TINY, paths)
"""


def test_the_same_bytes_in_every_process(tmp_path):
    hashes = []
    for seed, zone in (("0", "UTC"), ("4711", "Asia/Shanghai")):
        folder = tmp_path / seed
        script = SCRIPT.format(root=str(ROOT))
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, "-c", script, str(folder)], check=True, env=environment, cwd=tmp_path)
        hashes.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) == 8
