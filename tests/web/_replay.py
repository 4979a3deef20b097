"""Has the pages' own modules compute in Chromium, for tests that compare."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

WEB = Path(__file__).parents[2] / "web"
MODULES = ("arithmetic.mjs", "visualizer/numbers.mjs", "visualizer/setting.mjs", "visualizer/address.mjs")

REPLAY = """
window.replay = (vectors) => JSON.stringify(vectors.map((vector) => answer(vector)), (_, value) =>
  Object.is(value, -0) ? "negative zero" : value);
function answer({ convolution, layers, least, axis, value, mode, cells, asked, limits, copies }) {
  if (copies) return readAsCopies(axisSize(copies), mode);
  if (asked) return opens(asked, limits);
  if (mode) return Number.isFinite(mostPadding(mode, cells)) ? mostPadding(mode, cells) : null;
  if (convolution) return scanned(convolution);
  if (layers) return stacked(layers, least);
  return axis ? sized(axis) : number(value);
}
function opens(text, limits) {
  try {
    return problemOf(read(text, { view: "scan", at: [0, 0, 0], layers: [] }, limits)) === null;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
function scanned(convolution) {
  const trace = scan(convolution);
  const matrix = im2col(trace);
  const [row, col] = [trace.axes[0].output - 1, Math.floor(trace.axes[1].output / 2)];
  const step = trace.stepAt(row, col, trace.output.length - 1);
  return {
    axes: trace.axes.map(sized), padded: trace.padded, output: trace.output,
    shown: trace.output.flat(2).map((cell) => number(cell)),
    step: [step.channels, step.rows, step.cols, step.patch, step.products, step.running, step.channelSums, step.value],
    matrix: matrix.matrix, origin: matrix.origin, column: matrix.column, counts: matrix.counts,
    size: [matrix.shape, matrix.entries, matrix.blowUp],
  };
}
function stacked(layers, least) {
  const plane = inputPlane(layers, least);
  const rows = fieldRows(layers, plane);
  const unit = rows.at(-1).plane.map((cells) => Math.floor((cells - 1) / 2));
  return {
    rows: rows.map((row) => [row.plane, row.size, row.jump, row.start, row.padding]),
    regions: rows.map((row) => fieldRegion(layers, unit, row.depth)),
    paths: fieldPaths(layers, plane, unit),
  };
}
function sized(axis) {
  const size = axis.span ? axis : axisSize(axis);
  return [size.padding, size.padded, size.span, size.numerator, size.quotient, size.remainder, size.output,
    size.overrun, size.dropped, size.overhang, size.reads, size.unread];
}
"""


def replayed(page: Page, vectors: list[dict[str, Any]]) -> list[Any]:
    """What the pages' own modules answer to `vectors`."""
    texts = [(WEB / name).read_text(encoding="utf-8") for name in MODULES]
    modules = re.sub(r"^(export (?=\w)|import .*)", "", "\n".join(texts), flags=re.MULTILINE)
    page.set_content(f"<!doctype html><title>proof</title><script type=module>{modules}\n{REPLAY}</script>")
    answers: list[Any] = []
    for first in range(0, len(vectors), 500):
        answers += json.loads(
            page.evaluate("(vectors) => replay(JSON.parse(vectors))", json.dumps(vectors[first : first + 500]))
        )
    return answers


def plain(value: Any) -> Any:
    """As JSON has it, and a negative zero told apart: 0 == -0.0, but they are different digits."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple | range):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return "negative zero" if isinstance(value, float) and value == 0 and np.signbit(value) else value
