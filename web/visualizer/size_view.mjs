/** How large is the output? The formula with its numbers, and where each window stops. */

import { axesOf, readAsCopies } from "../arithmetic.mjs";
import { settingPanel } from "./controls.mjs";
import { h } from "./elements.mjs";
import { formulaLines } from "./formula.mjs";
import { extents } from "./numbers.mjs";
import { strip } from "./strip.mjs";

export function sizeView(context) {
  const { setting, say, problem } = context;
  const [rows, cols] = axesOf(setting);
  const same = ["input", "before", "after", "kernel", "dilation", "stride"].every((name) => rows[name] === cols[name]);
  const unread = rows.padded * cols.padded - (rows.padded - rows.unread.length) * (cols.padded - cols.unread.length);
  const answer = problem
    ? say(...problem)
    : say("visualizer.size.joined", {
      result: say("output-size.result", { size: extents([rows.output, cols.output]) }),
      unread: unread ? say("visualizer.size.unread", { count: unread }) : say("visualizer.size.all_read"),
    });
  const copies = (axis) => readAsCopies(axis, setting.mode).length;
  const shown = same ? [[rows, "H", say("output-size.alike")]] : [[rows, "H", say("common.rows")], [cols, "W", say("common.columns")]];
  return {
    question: say("visualizer.size.question"),
    answer,
    panel: [settingPanel(context)],
    stage: [
      h("div", { class: "axes" }, shown.map(([axis, letter, name]) =>
        h("section", { class: "axis", key: name },
          h("h3", {}, name),
          axis.output > 0 && formulaLines(axis, letter, say),
          strip(axis, say),
          axis.output > 0 && h("p", { class: "note" }, axis.overrun > 0 && say("output-size.overrun", { count: axis.overrun }),
            axis.overrun > 0 && axis.unread.length > 0 && say("visualizer.join"),
            axis.unread.length > 0 && say("output-size.unread", { count: axis.unread.length }),
            copies(axis) > 0 && say("visualizer.size.copies", { count: copies(axis) }))))),
      h("ul", { class: "legend" },
        ["inside", "border", "unread", "window", "over"].map((kind) =>
          h("li", { class: kind }, h("i", {}), say(`visualizer.legend.${kind}`)))),
    ],
  };
}
