/** What does one unit see? A stack of layers; a unit at any depth lights everything below that it reads. */

import { fieldPaths, fieldRegion, fieldRows, inputPlane, range } from "../arithmetic.mjs";
import { h } from "./elements.mjs";
import { layerEditor } from "./layer_editor.mjs";
import { alike, extents } from "./numbers.mjs";
import { LEGIBLE, sheet, widthOf } from "./plane.mjs";
import { middle } from "./setting.mjs";

// In pixels: between two planes, the narrowest that has room for its name, and a cell, as large as it may be and as it is
// where the planes need several lines.
const [GAP, NAMED, MOST, WRAPPED] = [36, 100, 44, 22];

export function fieldView(context) {
  const { setting, say, act, hover, point, room } = context;
  const { layers, input } = setting;
  const plane = inputPlane(layers, [input[0].length, input[0][0].length]);
  const rows = fieldRows(layers, plane);
  const [depth, ...unit] = hover?.unit ?? setting.unit;
  const below = layers.slice(0, depth);
  const paths = fieldPaths(below, plane, unit);
  const seen = paths[0].map((factor) => factor.filter((count) => count > 0).length);
  const size = extents(rows[depth].size);
  const answer = depth === 0
    ? say("visualizer.field.itself", { cell: say("common.cell", { row: unit[0], col: unit[1] }) })
    : say("visualizer.field.answer", { depth, cell: say("common.cell", { row: unit[0], col: unit[1] }), size, count: seen[0] * seen[1] });
  const margins = rows.map((_, at) => reachOf(layers, rows, at));
  const pixels = scaleFor(rows.map((row, at) => row.plane[1] + margins[at][1] + margins[at][3]), room);
  const name = (at) => (at === 0 ? say("common.input") : say("receptive-field.layer", { depth: at }));
  return {
    question: say("visualizer.field.question"),
    answer,
    panel: [layerEditor(context)],
    stage: [
      h("div", { class: "planes" }, range(rows.length).map((at) => {
        const margin = margins[at];
        return h("figure", { class: "plane", key: `plane${at}-${rows[at].plane}-${margin}` },
          h("figcaption", {},
            h("button", { type: "button", "aria-pressed": String(setting.unit[0] === at),
              onclick: () => act((now) => ({ ...now, unit: [at, ...middle(rows[at].plane)] })) },
            `${name(at)} ${extents(rows[at].plane)}`)),
          sheet({
            size: rows[at].plane, pixels, margin, label: `${name(at)} ${extents(rows[at].plane)}`,
            factors: at <= depth ? paths[at] : null, region: at < depth ? fieldRegion(below, unit, at) : null,
            unit: at === depth ? unit : null, counted: at === 0 && depth > 0, role: at === 0 ? "input" : "output",
            onpoint: (cell) => point(cell && { unit: [at, ...cell] }),
            onchoose: (cell) => act((now) => ({ ...now, unit: [at, ...cell] })),
          }));
      })),
      h("p", { class: "note" }, say("visualizer.field.paths")),
      h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": say("visualizer.field.table") }, table(rows, layers, depth, say, name)),
    ],
  };
}

/** Pixels of a cell, one scale for all planes of so many columns: side by side if they can be read there. */
function scaleFor(columns, room) {
  const wide = (pixels) => columns.reduce((sum, cells) => sum + Math.max(NAMED, widthOf(cells, pixels)), GAP * (columns.length - 1));
  return range(MOST + 1).slice(LEGIBLE).reverse().find((pixels) => wide(pixels) <= room) ?? WRAPPED;
}

/** How far outside plane `at` any unit above it looks: [top, left, bottom, right]. */
function reachOf(layers, rows, at) {
  const reach = [0, 0, 0, 0];
  for (const above of range(layers.length + 1).slice(at + 1)) {
    const first = fieldRegion(layers.slice(0, above), [0, 0], at);
    const last = fieldRegion(layers.slice(0, above), rows[above].plane.map((cells) => cells - 1), at);
    for (const axis of [0, 1]) {
      reach[axis] = Math.max(reach[axis], -first[axis]);
      reach[axis + 2] = Math.max(reach[axis + 2], last[axis + 2] - rows[at].plane[axis]);
    }
  }
  return reach;
}

function table(rows, layers, depth, say, name) {
  const heads = ["layer", "kernel", "stride", "padding", "dilation"].map((key) => say(`receptive-field.table.${key}`));
  heads.push(say("visualizer.field.plane"), say("receptive-field.table.size"), say("receptive-field.table.jump"), say("visualizer.field.start"));
  return h("table", {},
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows.map((row, at) => {
      const layer = layers[at - 1];
      const own = layer ? [extents(layer.kernel), alike(layer.stride, "\u00d7"), alike(layer.padding), alike(layer.dilation, "\u00d7")] : ["", "", "", ""];
      return h("tr", { class: at === depth ? "lit" : "" }, h("th", { scope: "row" }, name(at)),
        [...own, extents(row.plane), extents(row.size), alike(row.jump, "\u00d7"), alike(row.start, ", ")]
          .map((text) => h("td", {}, text)));
    })));
}
