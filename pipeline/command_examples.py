"""What a person may type: the examples below the help of each command."""

from __future__ import annotations

# `\b` on a line of its own keeps click from joining the lines after it.
MAIN_EXAMPLES = """\b
Examples:
  python render.py list                        what there is
  python render.py build                       the whole article, into out/
  python render.py build my.toml -q            your own lesson
  python render.py trace article --json        every step as data

\b
Completion for bash (zsh and fish likewise), once render.py is on the PATH as an executable:
  eval "$(_RENDER_PY_COMPLETE=bash_source render.py)"
"""

LIST_EXAMPLES = """\b
Examples:
  python render.py list
  python render.py list three-channels
  python render.py list --json
"""

BUILD_EXAMPLES = """\b
Examples:
  python render.py build
  python render.py build article my.toml --quality draft --lang zh
  python render.py build --only output-size --only 'im2col*' --format svg
  python render.py build --explain
  python render.py build --cluster tcp://192.0.2.7:8786
"""

TRACE_EXAMPLES = """\b
Examples:
  python render.py trace article
  python render.py trace my.toml --json > steps.json
"""

FIELD_EXAMPLES = """\b
Examples:
  python render.py field resnet50
  python render.py field resnet50 --node block3/unit1/add --input-size 225 225
  python render.py field model.onnx --json > fields.json
  python render.py field resnet50 --effective
"""

WATCH_EXAMPLES = """\b
Examples:
  python render.py watch --open
  python render.py watch my.toml --lang en --theme dark
  python render.py watch scenes/convolution_scan.py
"""

GALLERY_EXAMPLES = """\b
Example:
  python render.py gallery
"""

CACHE_EXAMPLES = """\b
Examples:
  python render.py cache
  python render.py cache --limit 500M
"""

VERIFY_EXAMPLES = """\b
Examples:
  python render.py verify
  python render.py verify article --rebuild
"""

DOCTOR_EXAMPLES = """\b
Example:
  python render.py doctor
"""
