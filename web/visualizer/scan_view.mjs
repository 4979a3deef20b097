/** What happens in one step? Patch times kernel, cell by cell, and the sum as it grows. */

import { settingPanel } from "./controls.mjs";
import { h } from "./elements.mjs";
import { sign, typed } from "./grid.mjs";
import { factor, number } from "./numbers.mjs";
import { filterChoice, player } from "./player.mjs";
import { abreast, inputGrid, kernelGrid, mapGrid, productGrid, put, withCell } from "./scan_planes.mjs";

export function scanView(context) {
  const { setting, trace, say } = context;
  const [row, col, filter] = setting.at;
  const step = trace.stepAt(row, col, filter);
  const products = step.running.length;
  return {
    question: say("visualizer.scan.question"),
    answer: say("visualizer.scan.answer", { place: say("common.output_cell", { row, col }), count: products, value: step.value }),
    panel: [settingPanel(context)],
    stage: [
      filterChoice(context),
      h("div", { class: "scan", style: abreast(trace.padded[0], step.products[0], step.products[0], trace.output[filter]) },
        h("div", { class: "lines" }, step.channels.map((channel, depth) =>
          h("div", { class: "flow", key: `line${channel}` },
            inputGrid(context, channel, { step }),
            sign("\u2299"),
            kernelGrid(context, filter, depth),
            sign("="),
            productGrid(context, step, depth)))),
        h("div", { class: "flow last" },
          sign("\u2192"),
          mapGrid(context, trace.output[filter], { title: mapName(context, filter) }))),
      player(context),
      sumOf(context, step),
    ],
  };
}

function mapName({ setting, say }, filter) {
  const name = say("common.feature_map");
  return setting.kernel.length > 1 ? `${name}${say("visualizer.comma")}${say("common.filter", { index: filter })}` : name;
}

/** The sum written out: every product with what it brings the sum to, the bias, and the value. */
function sumOf(context, step) {
  const { setting, say, hover, point, act, limits } = context;
  const terms = step.products.flatMap((plane, depth) =>
    plane.flatMap((cells, i) => cells.map((product, j) => ({ product, tap: [depth, i, j] }))),
  );
  const bias = setting.bias[step.channel];
  return h("section", { class: "sum", "aria-label": say("visualizer.scan.sum") },
    h("h3", {}, say("visualizer.scan.sum")),
    h("ol", { class: "terms", onpointerleave: () => point(null) }, terms.map(({ tap: [depth, i, j] }, index) =>
      h("li", { class: String(hover?.tap) === String([depth, i, j]) ? "lit" : "", onpointerenter: () => point({ tap: [depth, i, j] }) },
        h("span", { class: "term" },
          h("b", { class: "role-input" }, number(step.patch[depth][i][j])), "\u00b7",
          h("b", { class: "role-kernel" }, factor(step.weights[depth][i][j]))),
        h("span", { class: "running" }, h("small", {}, say("visualizer.scan.so_far")), " ", number(step.running[index]))))),
    h("p", { class: "total" },
      h("span", {}, say("visualizer.scan.products", { value: step.running.at(-1) })),
      h("label", {}, " + ", say("common.bias"), " ",
        typed({ class: "bias", id: `b${step.channel}`, "aria-label": say("common.bias") }, bias, number(bias), (text) =>
          put(text, limits, (value) => act((now) => ({ ...now, bias: withCell(now.bias, [step.channel], value) }))))),
      h("span", {}, " = "), h("strong", { id: "value" }, number(step.value))));
}
