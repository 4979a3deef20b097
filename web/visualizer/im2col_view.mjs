/** Where is each cell copied to? The patches as the rows of a matrix; an entry lights its source and all its copies. */

import { im2col, range } from "../arithmetic.mjs";
import { settingPanel } from "./controls.mjs";
import { h } from "./elements.mjs";
import { grid, magnitude, sign } from "./grid.mjs";
import { extents, factor } from "./numbers.mjs";
import { filterChoice } from "./player.mjs";
import { inputGrid } from "./scan_planes.mjs";
import { stepsOf } from "./setting.mjs";

/** The matrix of a trace, made once for all that is pointed at in it. */
const unrolled = new WeakMap();

export function im2colView(context) {
  const { setting, trace, say, act, limits, hover, point } = context;
  if (!unrolled.has(trace)) unrolled.set(trace, im2col(trace));
  const matrix = unrolled.get(trace);
  const { index } = stepsOf(setting);
  const [height, width] = [trace.axes[0].input, trace.axes[1].input];
  const [, , filter] = setting.at;
  const pinned = { entry: [index, setting.tap ?? Math.floor(matrix.column.length / 2)] };
  const [row, column] = (hover?.entry ? hover : pinned).entry;
  const source = hover?.source ?? matrix.origin[row][column];
  const copies = matrix.origin.flat().filter((from) => from >= 0 && from === source).length;
  const place = [Math.floor((source % (height * width)) / width), source % width];
  const text = hover?.source !== undefined
    ? say("visualizer.im2col.cell", { cell: say("common.cell", { row: place[0], col: place[1] }), count: copies })
    : source < 0
      ? say("visualizer.im2col.zero", { row, column })
      : say("visualizer.im2col.entry", { row, column, cell: say("common.cell", { row: place[0], col: place[1] }), count: copies });
  const step = hover?.source === undefined ? trace.stepAt(...matrix.cells[row], filter) : null;
  const choose = (at, tap) => act((now) => ({ ...now, at: [...matrix.cells[at], now.at[2]], tap }));
  const limit = magnitude(setting.input);
  const name = `im2col ${extents(matrix.shape)}`;
  const body = grid({
    key: "matrix", label: name, title: name, rows: matrix.shape[0], cols: matrix.shape[1], class: "matrix",
    frames: hover?.source === undefined ? [{ rows: [row], cols: [0, matrix.shape[1] - 1], class: "window" }] : [],
    onleave: () => point(null),
    cell: (r, c) => ({
      value: matrix.matrix[r][c], limit, role: "input", id: `e${r}-${c}`,
      class: `${matrix.origin[r][c] < 0 ? "border" : matrix.origin[r][c] === source ? "copy" : ""} ${
        hover?.source === undefined && r === row && c === column ? "now" : ""}`,
      current: r === pinned.entry[0] && c === pinned.entry[1],
      label: `${say("visualizer.im2col.place", { row: r, column: c })}`,
      onclick: () => choose(r, c),
      onpoint: () => point({ entry: [r, c] }),
    }),
  });
  const weights = setting.input.flatMap((_, channel) => {
    const depth = trace.stepAt(0, 0, filter).channels.indexOf(channel);
    return trace.weights[filter][0].flatMap((line, i) => line.map((_, j) => (depth < 0 ? 0 : trace.weights[filter][depth][i][j])));
  });
  return {
    question: say("visualizer.im2col.question"),
    answer: text,
    panel: [settingPanel(context)],
    stage: [
      filterChoice(context),
      h("div", { class: "unrolled" },
        h("div", { class: "sources" }, range(setting.input.length).map((channel) =>
          inputGrid(context, channel, {
            step, editable: false,
            cell: (r, c, inside, from, at) => {
              const own = from < 0 || at < 0 ? -1 : channel * height * width + from * width + at;
              return {
                class: own >= 0 && own === source ? "copy" : "",
                ...(inside && { id: `s${own}`, label: say("visualizer.im2col.source", { cell: say("common.cell", { row: r, col: c }),
                  count: matrix.counts[channel][r][c] }), onclick: () => point({ source: own }) }),
                onpoint: () => point(own < 0 ? null : { source: own }),
              };
            },
          }))),
        matrix.entries <= limits.entries
          ? h("div", { class: "product", style: `--across:${matrix.shape[1] + 2}`, tabindex: "0", role: "region", "aria-label": say("visualizer.im2col.product") },
            body,
            h("div", { class: "beside flow" }, sign("\u00d7"), stoodUp(weights, "kernel", say("common.kernel"), magnitude(setting.kernel[filter]))),
            sign(setting.bias[filter] ? `+ ${factor(setting.bias[filter])} =` : "="),
            stoodUp(trace.output[filter].flat(), "output", say("common.feature_map"), magnitude(trace.output[filter]), row))
          : h("p", { class: "note" }, say("visualizer.im2col.too_large", { size: extents(matrix.shape), most: limits.entries }))),
      h("p", { class: "note" }, say("im2col-layout.cost", {
        size: extents(matrix.shape), entries: matrix.entries, cells: setting.input.length * height * width, ratio: matrix.blowUp })),
    ],
  };
}

/** A matrix of one column. */
function stoodUp(values, role, title, limit, lit = -1) {
  return grid({
    key: role, label: title, title, rows: values.length, cols: 1, class: "matrix",
    frames: lit >= 0 ? [{ rows: [lit], cols: [0], class: "output" }] : [],
    cell: (row) => ({ value: values[row], limit, role }),
  });
}
