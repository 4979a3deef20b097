/** One axis as a strip of cells, with a bar for every window that fits and one for the first that does not. */

import { range } from "../arithmetic.mjs";
import { h } from "./elements.mjs";

const WIDE = 30;
const BAR = 15;

/**
 * @param {ReturnType<typeof import("../arithmetic.mjs").axisSize>} axis
 * @param {(key: string, values?: Record<string, string | number>) => string} say
 */
export function strip(axis, say) {
  const reach = Math.max(axis.padded + (axis.overrun > 0 ? axis.overrun : 0), axis.span);
  const bars = Math.max(axis.output, 0) + 1;
  const [width, height] = [reach * WIDE + 2, WIDE + 12 + bars * BAR + 4];
  const cells = range(axis.padded).map((index) => {
    const inside = index >= axis.before && index < axis.before + axis.input;
    const unread = axis.output > 0 && axis.reads[index] === 0;
    return h("g", { class: `${inside ? "inside" : "border"} ${unread ? "unread" : ""}` },
      h("rect", { x: index * WIDE + 2, y: 2, width: WIDE - 3, height: WIDE - 3, rx: 4 }),
      h("text", { x: index * WIDE + WIDE / 2 + 0.5, y: WIDE / 2 + 1 }, inside ? index - axis.before : ""));
  });
  const windows = range(bars).map((at) => {
    const y = WIDE + 12 + at * BAR;
    const over = at >= axis.output;
    return h("g", { class: over ? "over" : "window" },
      h("line", { x1: at * axis.stride * WIDE + 4, x2: (at * axis.stride + axis.span) * WIDE - 3, y1: y, y2: y }),
      axis.taps(at).map((tap) => h("rect", { x: tap * WIDE + 5, y: y - 4, width: WIDE - 9, height: 8, rx: 3 })));
  });
  const label = `${say("output-size.fits", { count: Math.max(axis.output, 0) })}${say("visualizer.join")}${say("output-size.unread", { count: axis.unread.length })}`;
  return h("svg", { class: "strip", viewBox: `0 0 ${width} ${height}`, style: `--wide:${width}px`, role: "img", "aria-label": label },
    cells, windows);
}
