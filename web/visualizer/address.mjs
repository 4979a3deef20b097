/**
 * A setting as the part of the page's address after the "#", short and readable: `v=scan&i=1,2;3,4&k=1,0;0,1&s=2`.
 *
 * Cells are joined by commas, rows by semicolons, planes by slashes, filters by tildes. What is as in the article's lesson
 * or plain (stride 1, no padding, ...) is left out. `pipeline/visualizer.py` writes the same for a lesson.
 */

import { MODES, fieldRows, inputPlane, range } from "../arithmetic.mjs";
import { VIEWS, settled } from "./setting.mjs";

const LAYER = /^(\d+)(?:x(\d+))?(?:s(\d+)(?:x(\d+))?)?(?:p(\d+(?:\.\d+)*))?(?:d(\d+)(?:x(\d+))?)?$/;

/** The text after the "#". @param {import("./setting.mjs").Setting} setting @param {import("./setting.mjs").Setting} article */
export function written(setting, article) {
  const parts = { v: setting.view };
  const differs = (name) => JSON.stringify(setting[name]) !== JSON.stringify(article[name]);
  if (differs("input")) parts.i = planesText(setting.input);
  if (differs("kernel")) parts.k = setting.kernel.map(planesText).join("~");
  if (setting.bias.some((bias) => bias !== 0)) parts.b = setting.bias.join(",");
  if (setting.stride.some((cells) => cells !== 1)) parts.s = short(setting.stride).join(",");
  if (setting.padding.some((cells) => cells !== 0)) parts.p = short(setting.padding).join(",");
  if (setting.dilation.some((cells) => cells !== 1)) parts.d = short(setting.dilation).join(",");
  if (setting.groups !== 1) parts.g = String(setting.groups);
  if (setting.mode !== "zeros") parts.m = setting.mode;
  if (setting.flip) parts.f = "1";
  if (differs("layers")) parts.l = setting.layers.map(layerText).join(";");
  if (differs("at")) parts.at = setting.at.join(",");
  if (setting.tap !== null) parts.e = String(setting.tap);
  if (differs("unit")) parts.u = setting.unit.join(",");
  return Object.entries(parts).map(([key, text]) => `${key}=${text}`).join("&");
}

/**
 * The setting an address stands for. Throws a RangeError with the offending key where there is none.
 * @param {string} text after the "#"
 * @param {import("./setting.mjs").Setting} article what is left out is as in it
 * @param {Record<string, number>} limits
 * @returns {import("./setting.mjs").Setting}
 */
export function read(text, article, limits) {
  const parts = new URLSearchParams(text);
  const get = (key, reader, otherwise) => {
    if (!parts.has(key)) return otherwise;
    const value = reader(parts.get(key));
    if (value === null) throw new RangeError(key);
    return value;
  };
  const whole = (least, most) => (word) => (/^\d+$/.test(word) && +word >= least && +word <= most ? +word : null);
  const list = (reader, counts) => (words) => {
    const values = words.split(",").map(reader);
    return values.includes(null) || !counts.includes(values.length) ? null : values;
  };
  const pair = (reader) => (words) => spread(list(reader, [1, 2])(words), 2);
  const oneOf = (names) => (word) => (names.includes(word) ? word : null);

  const input = get("i", planesReader(limits.side, limits), article.input);
  const kernel = get("k", (words) => {
    const filters = words.split("~").map(planesReader(limits.kernel, limits));
    return filters.includes(null) || !sameShape(filters) || filters.length > limits.filters ? null : filters;
  }, article.kernel);
  const bias = get("b", list((word) => cellValue(word, limits), [kernel.length]), kernel.map(() => 0));
  const groups = get("g", whole(1, limits.channels), 1);
  if (input.length !== kernel[0].length * groups || kernel.length % groups) throw new RangeError(parts.has("g") ? "g" : "k");
  const setting = {
    view: get("v", oneOf(VIEWS), article.view),
    input, kernel, bias, groups,
    stride: get("s", pair(whole(1, limits.stride)), [1, 1]),
    padding: get("p", (words) => spread(list(whole(0, limits.padding), [1, 2, 4])(words), 4), [0, 0, 0, 0]),
    dilation: get("d", pair(whole(1, limits.dilation)), [1, 1]),
    mode: get("m", oneOf(MODES), "zeros"),
    flip: get("f", oneOf(["1"]), "") === "1",
    layers: get("l", layersReader(limits), article.layers),
    at: get("at", list(whole(0, 999), [2, 3]), article.at),
    tap: get("e", whole(0, 9999), null),
    unit: get("u", list(whole(0, 999), [3]), null),
  };
  setting.at = [...setting.at, 0].slice(0, 3);
  if (!fieldIsDrawable(setting, limits)) throw new RangeError("l");
  return settled(setting);
}

/** Whether the planes under a setting's layers are small enough to be drawn cell by cell. */
export function fieldIsDrawable({ layers, input }, limits) {
  const plane = inputPlane(layers, [input[0].length, input[0][0].length]);
  return fieldRows(layers, plane).every((row) => Math.max(...row.plane) <= limits.plane);
}

/** A cell's number as written, or null: a plain decimal within the limits; a true minus will do. */
export function cellValue(word, limits) {
  const text = word.trim().replace("\u2212", "-");
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) + 0 : NaN;
  return Math.abs(value) <= limits.magnitude ? value : null;
}

function planesReader(side, limits) {
  return (words) => {
    const planes = words.split("/").map((plane) =>
      plane.split(";").map((row) => row.split(",").map((word) => cellValue(word, limits))),
    );
    const fits = planes.length <= limits.channels && planes[0].length <= side && planes[0][0].length <= side;
    return planes.flat(2).includes(null) || !sameShape(planes) || !fits ? null : planes;
  };
}

/** Whether nested lists are one block, as an array is. */
function sameShape(block) {
  const shape = (list) => (Array.isArray(list) ? [list.length, ...shape(list[0])] : []);
  const even = (list) =>
    !Array.isArray(list) || list.every((item) => String(shape(item)) === String(shape(list[0])) && even(item));
  return even(block);
}

function layersReader(limits) {
  return (words) => {
    const layers = words.split(";").map((word) => {
      const found = LAYER.exec(word);
      if (!found) return null;
      const [kernel, stride, dilation] = [[1, 2], [3, 4], [6, 7]].map(([row, col]) => {
        const rows = Number(found[row] ?? 1);
        return [rows, Number(found[col] ?? rows)];
      });
      const padding = spread((found[5] ?? "0").split(".").map(Number), 4);
      const bounds = [[kernel, 1, limits.kernel], [stride, 1, limits.stride], [dilation, 1, limits.dilation]];
      const held = [...bounds, [padding ?? [-1], 0, limits.padding]].every(([values, least, most]) =>
        values.every((value) => value >= least && value <= most),
      );
      return held ? { kernel, stride, padding, dilation } : null;
    });
    return layers.includes(null) || layers.length > limits.layers ? null : layers;
  };
}

function planesText(planes) {
  return planes.map((plane) => plane.map((row) => row.join(",")).join(";")).join("/");
}

function layerText({ kernel, stride, padding, dilation }) {
  const pair = (letter, values, plain) => (String(values) === String([plain, plain]) ? "" : letter + short(values).join("x"));
  const sides = padding.some((cells) => cells) ? `p${short(padding).join(".")}` : "";
  return short(kernel).join("x") + pair("s", stride, 1) + sides + pair("d", dilation, 1);
}

/** The fewest numbers that say the same: one for all, [rows, cols] for four sides. */
function short(values) {
  if (values.every((value) => value === values[0])) return values.slice(0, 1);
  return values.length === 4 && values[0] === values[2] && values[1] === values[3] ? values.slice(0, 2) : values;
}

function spread(values, count) {
  return values && [1, 2, count].includes(values.length) ? range(count).map((at) => values[at % values.length]) : null;
}
