/**
 * A setting: everything that the page shows, and nothing about how. Frozen in the address (`address.mjs`), read by every
 * view, replaced as a whole by every change.
 *
 * @typedef {import("../arithmetic.mjs").Layer} Layer
 * @typedef {{view: string, input: number[][][], kernel: number[][][][], bias: number[], stride: number[],
 *   dilation: number[], padding: number[], groups: number, mode: string, flip: boolean, at: number[], tap: number | null,
 *   layers: Layer[], unit: number[] | null}} Setting
 */

import { axesOf, fieldRows, inputPlane, mostPadding, range } from "../arithmetic.mjs";

export const VIEWS = ["size", "scan", "im2col", "field", "channels"];

/**
 * Why the convolution cannot be computed: a message and its values, or null.
 * @param {Setting} setting
 */
export function problemOf(setting) {
  for (const [axis, size] of axesOf(setting).entries()) {
    const most = mostPadding(setting.mode, size.input);
    const wide = Math.max(setting.padding[axis], setting.padding[axis + 2]);
    if (wide > most) return ["visualizer.problem.padding", { padding: wide, mode: setting.mode, most, cells: size.input }];
    if (size.output < 1) {
      return ["visualizer.problem.fit", { span: size.span, padded: size.padded, missing: -size.numerator }];
    }
  }
  return null;
}

/** The same setting with a step, an entry and a unit that there are. @param {Setting} setting @returns {Setting} */
export function settled(setting) {
  const plane = inputPlane(setting.layers, [setting.input[0].length, setting.input[0][0].length]);
  const rows = fieldRows(setting.layers, plane);
  const [depth, ...cell] = setting.unit ?? [setting.layers.length];
  const held = Math.min(depth, setting.layers.length);
  const inside = cell.length && held === depth && cell.every((index, axis) => index < rows[held].plane[axis]);
  const unit = inside ? setting.unit : [setting.layers.length, ...middle(rows.at(-1).plane)];
  if (problemOf(setting)) return { ...setting, unit };
  const sizes = [...axesOf(setting).map((axis) => axis.output), setting.kernel.length];
  const at = setting.at.map((index, axis) => Math.min(index, sizes[axis] - 1));
  const taps = setting.input.length * setting.kernel[0][0].length * setting.kernel[0][0][0].length;
  return { ...setting, unit, at, tap: setting.tap !== null && setting.tap < taps ? setting.tap : null };
}

/** The middle cell of a plane, of two the upper or the left. @param {number[]} plane rows and columns */
export function middle(plane) {
  return plane.map((cells) => Math.floor((cells - 1) / 2));
}

/** How many steps the scan has in one output channel, and which of them the setting shows. @param {Setting} setting */
export function stepsOf(setting) {
  const [rows, cols] = axesOf(setting).map((axis) => axis.output);
  const count = rows * cols;
  const cellOf = (index) => [Math.floor(index / cols), index % cols, setting.at[2]];
  return { rows, cols, count, index: setting.at[0] * cols + setting.at[1], cellOf };
}

/** For planes that were made smaller, those that they were cut from: a slider that goes back brings the cells back. */
const uncut = new WeakMap();

/** `planes` with other rows and columns: what there was stays, new input cells repeat it, new kernel cells are 0. */
export function resized(planes, rows, cols, repeat) {
  const whole = uncut.get(planes) ?? planes;
  const [tall, wide] = [Math.max(rows, whole[0].length), Math.max(cols, whole[0][0].length)];
  const kept = whole.map((plane) => {
    const fresh = (row, col) => (repeat ? plane[row % plane.length][col % plane[0].length] : 0);
    return range(tall).map((row) => range(wide).map((col) => plane[row]?.[col] ?? fresh(row, col)));
  });
  const cells = kept.map((plane) => plane.slice(0, rows).map((line) => line.slice(0, cols)));
  uncut.set(cells, kept);
  return cells;
}

/** Another number of channels, filters or groups: what there was stays, a new plane is one before it, turned over. */
export function remixed(setting, channels, filters, groups) {
  const depth = channels / groups;
  const input = extended(setting.input, channels, turnedOver);
  const kernel = extended(
    setting.kernel.map((filter) => extended(filter, depth, turnedOver)), filters, (filter) => filter.map(turnedOver),
  );
  return { ...setting, input, kernel, groups, bias: extended(setting.bias, filters, () => 0) };
}

function extended(list, count, next) {
  const all = list.slice(0, count);
  while (all.length < count) all.push(next(all.at(-1)));
  return all;
}

/** Rows become columns where there are as many; otherwise left becomes right. */
function turnedOver(plane) {
  if (plane.length !== plane[0].length) return plane.map((cells) => [...cells].reverse());
  return plane.map((_, row) => plane.map((cells) => cells[row]));
}
