/** The planes of a scan as matrices of cells: input with its border, kernel, products, output. */

import { cellValue } from "./address.mjs";
import { grid, magnitude } from "./grid.mjs";
import { extents, number } from "./numbers.mjs";

/** One input channel with its border; the cells inside can be typed into. */
export function inputGrid({ setting, trace, say, act, limits, hover, point }, channel, { step, editable = true, cell: extra }) {
  const { rowSources, colSources, padded, axes } = trace;
  const limit = magnitude(setting.input);
  const read = step?.channels.includes(channel) && step;
  const tap = read && hover?.tap?.[0] === step.channels.indexOf(channel) ? hover.tap : null;
  return grid({
    key: `input${channel}`, label: inputName(setting, say, channel), title: inputName(setting, say, channel),
    rows: padded[channel].length, cols: padded[channel][0].length, onleave: () => point(null),
    frames: read ? [{ rows: step.rows, cols: step.cols, class: "window" }] : [],
    cell: (row, col) => {
      const [r, c] = [row - axes[0].before, col - axes[1].before];
      const inside = r >= 0 && c >= 0 && r < axes[0].input && c < axes[1].input;
      const taken = read && step.rows.includes(row) && step.cols.includes(col);
      const marks = [
        inside ? "" : "border", taken ? "read" : read && within(row, step.rows) && within(col, step.cols) ? "hole" : "",
        tap && step.rows[tap[1]] === row && step.cols[tap[2]] === col ? "lit" : "",
      ];
      const own = { value: padded[channel][row][col], limit, role: "input", class: marks.join(" ") };
      const onpoint = taken
        ? () => point({ tap: [step.channels.indexOf(channel), step.rows.indexOf(row), step.cols.indexOf(col)] })
        : () => point(null);
      const more = extra?.(r, c, inside, rowSources[row], colSources[col]) ?? {};
      if (!inside) return { ...own, onpoint, ...more, class: `${own.class} ${more.class ?? ""}` };
      const typed = editable && {
        label: `${inputName(setting, say, channel)}${say("visualizer.comma")}${say("common.cell", { row: r, col: c })}`, id: `x${channel}-${r}-${c}`,
        onchange: (text) => put(text, limits, (value) => act((now) => ({ ...now, input: withCell(now.input, [channel, r, c], value) }))),
      };
      return { ...own, onpoint, ...typed, ...more, class: `${own.class} ${more.class ?? ""}` };
    },
  });
}

/** The kernel of one filter for one of its channels, as written, to be typed into. */
export function kernelGrid({ setting, say, act, limits, hover, point }, filter, depth) {
  const plane = setting.kernel[filter][depth];
  const limit = magnitude(setting.kernel[filter]);
  const [rows, cols] = [plane.length, plane[0].length];
  // Under flip the kernel meets the patch turned round: its last cell the first.
  const met = (i, j) => (setting.flip ? [depth, rows - 1 - i, cols - 1 - j] : [depth, i, j]);
  const name = kernelName(setting, say, filter, depth, extents([rows, cols]));
  return grid({
    key: `kernel${filter}-${depth}`, label: name, title: name, rows, cols, onleave: () => point(null),
    cell: (i, j) => ({
      value: plane[i][j], limit, role: "kernel", id: `k${filter}-${depth}-${i}-${j}`,
      class: String(hover?.tap) === String(met(i, j)) ? "lit" : "",
      label: `${name}${say("visualizer.comma")}${say("common.cell", { row: i, col: j })}`,
      onpoint: () => point({ tap: met(i, j) }),
      onchange: (text) => put(text, limits, (value) => act((now) => ({ ...now, kernel: withCell(now.kernel, [filter, depth, i, j], value) }))),
    }),
  });
}

/** The products of one channel in the step. */
export function productGrid({ setting, say, hover, point }, step, depth) {
  const plane = step.products[depth];
  const limit = magnitude(step.products);
  return grid({
    key: `product${depth}`, label: say("common.products"), title: say("common.products"), rows: plane.length,
    cols: plane[0].length, onleave: () => point(null),
    cell: (i, j) => ({
      value: plane[i][j], limit, role: "product", class: String(hover?.tap) === String([depth, i, j]) ? "lit" : "",
      onpoint: () => point({ tap: [depth, i, j] }),
    }),
  });
}

/** A map of the output's size, whose cells move the window. @param {number[][]} plane */
export function mapGrid({ setting, say, act }, plane, { title, limit = magnitude(plane), id = "o" }) {
  const [row, col] = setting.at;
  return grid({
    key: title, label: title, title, rows: plane.length, cols: plane[0].length, class: "maps",
    frames: [{ rows: [row], cols: [col], class: "output" }],
    cell: (r, c) => ({
      value: plane[r][c], limit, role: "output", current: r === row && c === col, id: `${id}-${r}-${c}`,
      label: `${title}${say("visualizer.comma")}${say("common.cell", { row: r, col: c })}: ${number(plane[r][c])}`,
      onclick: () => act((now) => ({ ...now, at: [r, c, now.at[2]] })),
    }),
  });
}

/** What an input channel is called. */
function inputName({ input }, say, channel) {
  const size = extents([input[0].length, input[0][0].length]);
  const name = say("common.sized", { thing: say("common.input"), size });
  return input.length > 1 ? `${name}${say("visualizer.comma")}${say("common.channel", { index: channel })}` : name;
}

/** How many columns of cells planes have that stand side by side, for the style sheet. @param {...number[][]} planes */
export function abreast(...planes) {
  const cols = (some) => some.reduce((sum, plane) => sum + plane[0].length, 0);
  return `--abreast:${cols(planes)};--beside:${cols(planes.slice(0, 3))}`;
}

function kernelName({ kernel, flip }, say, filter, depth, size) {
  const name = say("common.sized", { thing: say("common.kernel"), size });
  const parts = [flip ? say("visualizer.scan.as_written", { thing: name }) : name];
  if (kernel.length > 1) parts.push(say("common.filter", { index: filter }));
  if (kernel[0].length > 1) parts.push(say("common.channel", { index: depth }));
  return parts.join(say("visualizer.comma"));
}

function within(index, taps) {
  return index >= taps[0] && index <= taps.at(-1);
}

/** Set a number that was typed; whether it is one. */
export function put(text, limits, set) {
  const value = cellValue(text, limits);
  if (value !== null) set(value);
  return value !== null;
}

/** The same nested arrays with one cell changed. */
export function withCell(block, [at, ...rest], value) {
  return block.map((item, index) => (index !== at ? item : rest.length ? withCell(item, rest, value) : value));
}
