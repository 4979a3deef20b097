/** How do channels become one map? Each is scanned by its own plane of the kernel, then they are added. */

import { range } from "../arithmetic.mjs";
import { channelPanel, settingPanel } from "./controls.mjs";
import { h } from "./elements.mjs";
import { magnitude, sign } from "./grid.mjs";
import { factor, number } from "./numbers.mjs";
import { filterChoice, player } from "./player.mjs";
import { abreast, inputGrid, kernelGrid, mapGrid } from "./scan_planes.mjs";

export function channelsView(context) {
  const { setting, trace, say } = context;
  const [row, col, filter] = setting.at;
  const step = trace.stepAt(row, col, filter);
  const [height, width] = trace.axes.map((axis) => axis.output);
  const steps = range(height).map((r) => range(width).map((c) => trace.stepAt(r, c, filter).channelSums));
  const maps = step.channels.map((_, depth) => steps.map((line) => line.map((sums) => sums[depth])));
  const limit = magnitude([maps, trace.output[filter]]);
  const sum = [...step.channelSums, ...(step.bias ? [step.bias] : [])].map((value, index) => (index ? factor(value) : number(value)));
  return {
    question: say("visualizer.channels.question"),
    answer: say("visualizer.channels.answer", {
      place: say("common.output_cell", { row, col }), sum: `${sum.join(" + ")} = ${number(step.value)}` }),
    panel: [channelPanel(context), settingPanel(context)],
    stage: [
      filterChoice(context),
      h("div", { class: "scan", style: abreast(trace.padded[0], step.products[0], maps[0], trace.output[filter]) },
        h("div", { class: "lines" }, step.channels.map((channel, depth) =>
          h("div", { class: "flow", key: `line${channel}` },
            inputGrid(context, channel, { step }),
            sign("\u2217"),
            kernelGrid(context, filter, depth),
            sign("="),
            mapGrid(context, maps[depth], { limit, id: `m${depth}`, title: `${say("channel-mixing.map")}${say("visualizer.comma")}${say("common.channel", { index: channel })}` })))),
        h("div", { class: "flow last" },
          sign(step.bias ? `\u03a3 + ${factor(step.bias)}` : "\u03a3"),
          mapGrid(context, trace.output[filter], { limit, title: say("common.feature_map") }))),
      player(context),
      step.channels.length === 1 && h("p", { class: "note" },
        setting.input.length === 1 ? say("channel-mixing.one") : say("visualizer.channels.group_of_one")),
    ],
  };
}
