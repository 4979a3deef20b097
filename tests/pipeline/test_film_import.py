"""Manim is imported without what films rarely use, and still has it when it is used."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from pipeline.film_import import RARELY_USED, import_manim
import_manim()
assert not [name for name in RARELY_USED if name in sys.modules or name.partition(".")[0] in sys.modules]
assert "IPython" not in sys.modules
import IPython
assert IPython.get_ipython() is None
import manim
import numpy as np
from manim import PI, Code, Graph, Square
turned = Square().rotate(PI / 6)
import scipy.spatial.transform
assert type(scipy.spatial.transform) is type(sys)
points = Square().points @ scipy.spatial.transform.Rotation.from_rotvec([0, 0, PI / 6]).as_matrix().T
np.testing.assert_allclose(turned.points, points, atol=1e-12)
assert "networkx" not in sys.modules
graph = Graph([1, 2, 3], [(1, 2), (2, 3)], layout="circular")
import networkx
assert type(networkx) is type(sys)
places = networkx.layout.circular_layout(networkx.path_graph(3))
assert len(graph.vertices) == len(places) == 3
code = Code(code_string="x = 1", language="python", add_line_numbers=False)
assert len(code.code_lines) == 1
import bs4
assert bs4.BeautifulSoup("<p>x</p>", "html.parser").p.text == "x"
import_manim()
"""


def test_other_libraries_stay_quiet(tmp_path):
    script = f"import logging, sys; sys.path.insert(0, {str(ROOT)!r})\nfrom pipeline.film_import import import_manim\n"
    script += "import_manim()\nlogging.getLogger('matplotlib').info('fonts')\nlogging.getLogger('x').warning('told')\n"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "told\n")


def test_what_is_rarely_used_comes_at_its_first_use(tmp_path):
    script = SCRIPT.format(root=str(ROOT))
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
