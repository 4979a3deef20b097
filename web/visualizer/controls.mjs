/** The controls that several views share: sliders, choices, switches, and the panel of a convolution's sizes. */

import { mostPadding, range } from "../arithmetic.mjs";
import { h } from "./elements.mjs";
import { alike } from "./numbers.mjs";
import { remixed, resized } from "./setting.mjs";

/**
 * A slider with its letter in the formula. `values` are shown as one number where they are alike.
 * @param {{id: string, letter?: string, label: string, values: number[], least: number, most: number,
 *   onset: (value: number) => void}} slider
 */
function slider({ id, letter, label, values, least, most, onset }) {
  return h("label", { class: "slider", key: id },
    h("span", { class: "name" }, label, letter && h("var", {}, letter)),
    h("output", { for: id }, alike(values, values.length === 2 ? "\u00d7" : ", ")),
    h("input", { id, type: "range", min: least, max: most, step: 1, value: String(values[0]),
      oninput: (event) => onset(Number(event.target.value)) }));
}

/** A choice among words. @param {{id: string, label: string, value: string, options: string[][], onset: (value: string) => void}} choice */
export function choice({ id, label, value, options, onset }) {
  return h("label", { class: "pick", key: id },
    h("span", { class: "name" }, label),
    h("select", { id, value, onchange: (event) => onset(event.target.value) },
      options.map(([key, text]) => h("option", { value: key, key }, text))));
}

/** A switch. @param {{id: string, label: string, on: boolean, onset: (on: boolean) => void}} toggle */
function toggle({ id, label, on, onset }) {
  return h("label", { class: "toggle", key: id },
    h("input", { id, type: "checkbox", checked: on, onchange: (event) => onset(event.target.checked) }), h("span", {}, label));
}

/** The sizes of the convolution, for every view that scans. */
export function settingPanel({ setting, say, act, limits }) {
  const { input, kernel, stride, padding, dilation, mode } = setting;
  const [height, width] = [input[0].length, input[0][0].length];
  const window = [kernel[0][0].length, kernel[0][0][0].length];
  const all = (values) => (values.every((value) => value === values[0]) ? values.slice(0, 1) : values);
  const most = Math.min(limits.padding, mostPadding(mode, Math.min(height, width)));
  return h("section", { class: "panel", key: "panel", "aria-label": say("visualizer.setting") },
    slider({ id: "height", letter: "H", label: say("visualizer.height"), values: [height], least: 1, most: limits.side,
      onset: (rows) => act((now) => ({ ...now, input: resized(now.input, rows, now.input[0][0].length, true) })) }),
    slider({ id: "width", letter: "W", label: say("visualizer.width"), values: [width], least: 1, most: limits.side,
      onset: (cols) => act((now) => ({ ...now, input: resized(now.input, now.input[0].length, cols, true) })) }),
    slider({ id: "kernel", letter: "K", label: say("common.kernel"), values: all(window), least: 1, most: limits.kernel,
      onset: (side) => act((now) => ({ ...now, kernel: now.kernel.map((filter) => resized(filter, side, side, false)) })) }),
    slider({ id: "padding", letter: "P", label: say("common.padding"), values: all(padding), least: 0, most,
      onset: (cells) => act((now) => ({ ...now, padding: [cells, cells, cells, cells] })) }),
    slider({ id: "stride", letter: "S", label: say("output-size.stride"), values: all(stride), least: 1, most: limits.stride,
      onset: (cells) => act((now) => ({ ...now, stride: [cells, cells] })) }),
    slider({ id: "dilation", letter: "D", label: say("output-size.dilation"), values: all(dilation), least: 1,
      most: limits.dilation, onset: (cells) => act((now) => ({ ...now, dilation: [cells, cells] })) }),
    choice({ id: "mode", label: say("visualizer.mode"), value: mode, onset: (chosen) => act((now) => ({ ...now, mode: chosen })),
      options: [["zeros", say("visualizer.zeros")], ["reflect", say("visualizer.reflect")],
        ["replicate", say("visualizer.replicate")], ["circular", say("visualizer.circular")]] }),
    toggle({ id: "flip", label: say("visualizer.flip"), on: setting.flip,
      onset: (flip) => act((now) => ({ ...now, flip })) }));
}

/** How many channels, filters and groups there are. */
export function channelPanel({ setting, say, act, limits }) {
  const { input, kernel, groups } = setting;
  const [channels, filters] = [input.length, kernel.length];
  const divisors = (one, other) => range(limits.channels + 1).slice(1).filter((count) => one % count === 0 && other % count === 0);
  const mix = (more) => act((now) => {
    const wanted = { channels: now.input.length, filters: now.kernel.length, groups: now.groups, ...more };
    const split = divisors(wanted.channels, wanted.filters).filter((count) => count <= wanted.groups);
    return remixed(now, wanted.channels, wanted.filters, split.at(-1));
  });
  return h("section", { class: "panel", key: "channels", "aria-label": say("visualizer.channels.count") },
    slider({ id: "channels", letter: "C", label: say("visualizer.channels.inputs"), values: [channels], least: 1,
      most: limits.channels, onset: (count) => mix({ channels: count }) }),
    slider({ id: "filters", letter: "O", label: say("visualizer.channels.filters"), values: [filters], least: 1,
      most: limits.filters, onset: (count) => mix({ filters: count }) }),
    choice({ id: "groups", label: say("visualizer.channels.groups"), value: String(groups),
      options: divisors(channels, filters).map((count) => [String(count), String(count)]), onset: (count) => mix({ groups: Number(count) }) }));
}
