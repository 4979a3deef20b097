/** The layers of a stack: change, add and remove them. */

import { range } from "../arithmetic.mjs";
import { fieldIsDrawable } from "./address.mjs";
import { choice } from "./controls.mjs";
import { h } from "./elements.mjs";
import { alike } from "./numbers.mjs";

const KEYS = [["kernel", "K", 1], ["stride", "S", 1], ["padding", "P", 0], ["dilation", "D", 1]];

export function layerEditor({ setting, say, act, limits }) {
  const { layers } = setting;
  const put = (changed) => act((now) => ({ ...now, layers: changed, unit: null }));
  const drawable = (changed) => fieldIsDrawable({ ...setting, layers: changed }, limits);
  const added = [...layers, { kernel: [3, 3], stride: [1, 1], padding: [0, 0, 0, 0], dilation: [1, 1] }];
  return h("section", { class: "panel layers", key: "layers", "aria-label": say("visualizer.field.layers") },
    layers.map((layer, index) =>
      h("fieldset", { key: `layer${index}` },
        h("legend", {}, say("receptive-field.layer", { depth: index + 1 })),
        KEYS.map(([key, letter, least]) => {
          const now = layer[key];
          const one = now.every((value) => value === now[0]);
          const changed = (value) => layers.map((other, at) => (at === index ? { ...other, [key]: now.map(() => Number(value)) } : other));
          const numbers = range(limits[key] + 1).slice(least).filter((value) => (one && value === now[0]) || drawable(changed(value)));
          const options = numbers.map((value) => [String(value), String(value)]);
          if (!one) options.unshift(["own", alike(now)]);
          return choice({ id: `layer${index}-${key}`, label: `${say(`receptive-field.table.${key}`)} ${letter}`,
            value: one ? String(now[0]) : "own", options, onset: (value) => value !== "own" && put(changed(value)) });
        }),
        layers.length > 1 && h("button", { type: "button", class: "remove", "aria-label": say("visualizer.field.remove", { depth: index + 1 }),
          title: say("visualizer.field.remove", { depth: index + 1 }), onclick: () => put(layers.filter((_, at) => at !== index)) }, "\u00d7"))),
    h("button", { type: "button", class: "add", disabled: layers.length >= limits.layers || !drawable(added),
      onclick: () => put(added) }, say("visualizer.field.add")));
}
