/**
 * The arithmetic of one convolution and of a stack of layers, as `core` has it: no drawing, no page, no words.
 *
 * Integers are exact up to 2^53. Decimals are added one product after the other in core's order, so that every double is
 * core's own: `tests/web/test_arithmetic.py` replays thousands of settings and compares them digit by digit.
 * Planes are nested arrays: input [C][H][W], kernel [O][C/groups][kh][kw]; pairs are [rows, cols], padding is
 * [top, left, bottom, right].
 *
 * @typedef {[number, number]} Pair
 * @typedef {[number, number, number, number]} Sides
 * @typedef {{input: number, before?: number, after?: number, kernel: number, dilation?: number, stride?: number,
 *   ceil?: boolean}} Axis
 * @typedef {{input: number[][][], kernel: number[][][][], bias: number[], stride: Pair, dilation: Pair, padding: Sides,
 *   groups: number, mode: string, flip: boolean}} Convolution
 * @typedef {{kernel: Pair, stride: Pair, padding: Sides, dilation: Pair}} Layer
 */

export const MODES = ["zeros", "reflect", "replicate", "circular"];

/** The numbers 0 to `count` - 1. @param {number} count @returns {number[]} */
export function range(count) {
  return Array.from({ length: Math.max(0, count) }, (_, index) => index);
}

/** The output-size formula along one axis, with every intermediate value. @param {Axis} axis */
export function axisSize({ input, before = 0, after = 0, kernel, dilation = 1, stride = 1, ceil = false }) {
  const padded = input + before + after;
  const span = dilation * (kernel - 1) + 1;
  const numerator = padded - span;
  const quotient = (ceil ? Math.ceil(numerator / stride) : Math.floor(numerator / stride)) + 0;
  const dropped = ceil && quotient * stride >= before + input;
  const output = quotient + 1 - Number(dropped);
  const remainder = numerator - stride * Math.floor(numerator / stride);
  const taps = (at) => range(kernel).map((tap) => at * stride + tap * dilation);
  const overhang = Math.max(0, (output - 1) * stride + span - padded);
  const overrun = output * stride + span - padded;
  const reads = Array(padded).fill(0);
  for (const at of range(output)) for (const tap of taps(at)) if (tap < padded) reads[tap] += 1;
  const unread = range(padded).filter((index) => reads[index] === 0);
  return {
    input, before, after, kernel, dilation, stride, padding: before + after, padded, span, numerator, quotient, remainder,
    output, dropped, overhang, overrun, reads, unread, taps,
  };
}

/** The widest border on one side of an axis of `cells`; Infinity if there is no bound. */
export function mostPadding(mode, cells) {
  return { reflect: cells - 1, circular: cells }[mode] ?? Infinity;
}

/** The input index whose value stands at each padded index; -1 where a zero does. @returns {number[]} */
function borderSources(mode, cells, before, after) {
  return range(before + cells + after).map((place) => {
    const index = place - before;
    if (mode === "replicate") return Math.min(Math.max(index, 0), cells - 1);
    if (mode === "circular") return ((index % cells) + cells) % cells;
    if (mode === "reflect") return cells > 1 ? Math.min(Math.abs(index), 2 * (cells - 1) - Math.abs(index)) : 0;
    return index >= 0 && index < cells ? index : -1;
  });
}

/**
 * The padded indices along one axis of input cells that no window reads in their place, but as a copy in the padding.
 * @param {ReturnType<typeof axisSize>} axis @param {string} mode @returns {number[]}
 */
export function readAsCopies(axis, mode) {
  const sources = borderSources(mode, axis.input, axis.before, axis.after);
  const read = new Set(sources.filter((_, index) => axis.reads[index]));
  return axis.unread.filter((index) => index >= axis.before && index < axis.before + axis.input && read.has(sources[index]));
}

/** The two axes of a convolution: rows and columns. @param {Convolution} convolution */
export function axesOf({ input, kernel, stride, dilation, padding }) {
  const sizes = [input[0].length, input[0][0].length];
  const window = [kernel[0][0].length, kernel[0][0][0].length];
  return [0, 1].map((axis) =>
    axisSize({
      input: sizes[axis], before: padding[axis], after: padding[axis + 2], kernel: window[axis],
      dilation: dilation[axis], stride: stride[axis],
    }),
  );
}

/**
 * A convolution scanned: cross-correlation, or with `flip` true convolution. Every window must fit (`axesOf`).
 * `output` is [O][h][w]; `stepAt(row, col, channel)` one position of the window.
 * @param {Convolution} convolution
 */
export function scan(convolution) {
  const { input, bias, padding, groups, mode } = convolution;
  const axes = axesOf(convolution);
  const [rowSources, colSources] = axes.map((axis, at) => borderSources(mode, axis.input, padding[at], padding[at + 2]));
  const padded = input.map((plane) =>
    rowSources.map((row) => colSources.map((col) => (row < 0 || col < 0 ? 0 : plane[row][col]))),
  );
  const turn = (plane) => plane.map((cells) => [...cells].reverse()).reverse();
  const weights = convolution.flip ? convolution.kernel.map((filter) => filter.map(turn)) : convolution.kernel;
  const depth = weights[0].length;
  const first = (channel) => Math.floor(channel / (weights.length / groups)) * depth;

  function stepAt(row, col, channel = 0) {
    const rows = axes[0].taps(row);
    const cols = axes[1].taps(col);
    const channels = range(depth).map((plane) => first(channel) + plane);
    const patch = channels.map((plane) => rows.map((r) => cols.map((c) => padded[plane][r][c])));
    const products = patch.map((plane, k) =>
      plane.map((cells, i) => cells.map((cell, j) => cell * weights[channel][k][i][j] + 0)),
    );
    const running = sums(products.flat(2));
    const channelSums = products.map((plane) => sums(plane.flat()).at(-1));
    const value = running.at(-1) + bias[channel];
    return { row, col, channel, channels, rows, cols, patch, weights: weights[channel], products, running, channelSums,
      bias: bias[channel], value };
  }

  const output = range(weights.length).map((channel) =>
    range(axes[0].output).map((row) => range(axes[1].output).map((col) => stepAt(row, col, channel).value)),
  );
  return { convolution, axes, rowSources, colSources, padded, weights, output, stepAt };
}

/** Cumulative sums, in order. @param {number[]} numbers @returns {number[]} */
function sums(numbers) {
  let total = 0;
  return numbers.map((number) => (total += number));
}

/**
 * The scan as one matrix: a patch per row in output order, columns channel-major (channel, i, j).
 * `origin` has the input cell each entry copies as c*H*W + row*W + col, -1 for a zero of the padding; `counts` [C][H][W]
 * how often each cell is copied.
 * @param {ReturnType<typeof scan>} trace
 */
export function im2col({ convolution, axes, rowSources, colSources, padded }) {
  const [height, width] = [axes[0].input, axes[1].input];
  const cells = range(axes[0].output).flatMap((row) => range(axes[1].output).map((col) => [row, col]));
  const column = padded.flatMap((_, channel) =>
    range(axes[0].kernel).flatMap((i) => range(axes[1].kernel).map((j) => [channel, i, j])),
  );
  const places = cells.map(([row, col]) =>
    column.map(([channel, i, j]) => [
      channel, row * axes[0].stride + i * axes[0].dilation, col * axes[1].stride + j * axes[1].dilation,
    ]),
  );
  const matrix = places.map((line) => line.map(([channel, row, col]) => padded[channel][row][col]));
  const origin = places.map((line) =>
    line.map(([channel, row, col]) =>
      rowSources[row] < 0 || colSources[col] < 0
        ? -1
        : channel * height * width + rowSources[row] * width + colSources[col],
    ),
  );
  const counts = convolution.input.map((plane) => plane.map((line) => line.map(() => 0)));
  for (const from of origin.flat()) {
    if (from < 0) continue;
    const [channel, rest] = [Math.floor(from / (height * width)), from % (height * width)];
    counts[channel][Math.floor(rest / width)][rest % width] += 1;
  }
  const entries = cells.length * column.length;
  return { matrix, origin, column, cells, counts, shape: [cells.length, column.length], entries,
    blowUp: entries / (convolution.input.length * height * width) };
}

/** The two axes of a layer on a plane [h, w]. @param {Layer} layer @param {Pair} plane */
function layerAxes({ kernel, stride, padding, dilation }, plane) {
  return [0, 1].map((axis) =>
    axisSize({ input: plane[axis], before: padding[axis], after: padding[axis + 2], kernel: kernel[axis],
      dilation: dilation[axis], stride: stride[axis] }),
  );
}

/** The plane a stack stands on: at least `least`, per axis enlarged until the last layer has a unit. @returns {Pair} */
export function inputPlane(layers, least) {
  let needed = [1, 1];
  for (const layer of [...layers].reverse()) {
    needed = layerAxes(layer, needed).map((axis, at) =>
      Math.max(1, (needed[at] - 1) * axis.stride + axis.span - axis.padding),
    );
  }
  return [Math.max(least[0], needed[0]), Math.max(least[1], needed[1])];
}

/** One row per depth, the input first: plane, size, jump, start and effective padding as pairs, in input cells. */
export function fieldRows(layers, plane) {
  const rows = [{ depth: 0, plane, size: [1, 1], jump: [1, 1], start: [0, 0], padding: [0, 0] }];
  for (const layer of layers) {
    const below = rows.at(-1);
    const axes = layerAxes(layer, below.plane);
    const size = axes.map((axis, at) => below.size[at] + (axis.span - 1) * below.jump[at]);
    const padding = axes.map((axis, at) => below.padding[at] + axis.before * below.jump[at]);
    rows.push({
      depth: rows.length, plane: axes.map((axis) => axis.output), size, padding,
      jump: axes.map((axis, at) => below.jump[at] * axis.stride),
      start: size.map((cells, at) => (cells - 1) / 2 - padding[at]),
    });
  }
  return rows;
}

/** [row0, col0, row1, col1], half-open: what a unit above all `layers` sees of plane `depth`, not clipped to it. */
export function fieldRegion(layers, unit, depth) {
  let [first, last] = [unit, unit];
  for (const layer of layers.slice(depth).reverse()) {
    const reach = [0, 1].map((axis) => layer.dilation[axis] * (layer.kernel[axis] - 1));
    first = first.map((cell, axis) => cell * layer.stride[axis] - layer.padding[axis]);
    last = last.map((cell, axis) => cell * layer.stride[axis] - layer.padding[axis] + reach[axis]);
  }
  return [first[0], first[1], last[0] + 1, last[1] + 1];
}

/**
 * Per depth, along rows and along columns, the number of paths from each cell up to the unit: [depth][axis][cell].
 * Paths from a cell are the product of the two; the unit reads it where they are not zero.
 */
export function fieldPaths(layers, plane, unit) {
  const rows = fieldRows(layers, plane);
  let above = unit.map((cell, axis) => range(rows.at(-1).plane[axis]).map((index) => Number(index === cell)));
  const depths = [above];
  for (const depth of range(layers.length).reverse()) {
    const axes = layerAxes(layers[depth], rows[depth].plane);
    above = axes.map((axis, at) => {
      const counts = Array(axis.padded).fill(0);
      above[at].forEach((paths, unitAt) => axis.taps(unitAt).forEach((tap) => (counts[tap] += paths)));
      return counts.slice(axis.before, axis.before + axis.input);
    });
    depths.unshift(above);
  }
  return depths;
}
