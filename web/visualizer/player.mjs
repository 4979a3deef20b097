/** Step, play and scrub: the row of buttons under a scan. */

import { h } from "./elements.mjs";
import { stepsOf } from "./setting.mjs";

const ICONS = {
  first: "M5 5v14M19 5 9 12l10 7z",
  back: "M17 5 7 12l10 7z",
  play: "M7 4v16l13-8z",
  pause: "M8 5v14M16 5v14",
  next: "M7 5v14l10-7z",
  last: "M19 5v14M5 5v14l10-7z",
};

export function player({ setting, say, act, playing, play }) {
  const { count, index, cellOf } = stepsOf(setting);
  const go = (to) => act((now) => ({ ...now, at: cellOf(Math.min(Math.max(to, 0), count - 1)) }));
  const button = (name, onclick, disabled = false) =>
    h("button", { type: "button", class: `step ${name}`, "aria-label": say(`visualizer.player.${name}`),
      title: say(`visualizer.player.${name}`), onclick, disabled },
    h("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, h("path", { d: ICONS[name] })));
  return h("div", { class: "player", role: "group", "aria-label": say("visualizer.player.name") },
    button("first", () => go(0), index === 0),
    button("back", () => go(index - 1), index === 0),
    button(playing ? "pause" : "play", () => play(!playing)),
    button("next", () => go(index + 1), index === count - 1),
    button("last", () => go(count - 1), index === count - 1),
    h("input", { id: "scrub", type: "range", min: 0, max: count - 1, step: 1, value: String(index),
      "aria-label": say("visualizer.player.scrub"), "aria-valuetext": say("common.step", { index: index + 1, count }),
      oninput: (event) => go(Number(event.target.value)) }),
    h("output", { class: "count" }, say("common.step", { index: index + 1, count })));
}

/** Choosing the filter whose map is shown, where there are several. */
export function filterChoice({ setting, say, act }) {
  if (setting.kernel.length === 1) return null;
  return h("div", { class: "segments", role: "group", "aria-label": say("visualizer.channels.filters") },
    setting.kernel.map((_, index) =>
      h("button", { type: "button", "aria-pressed": String(index === setting.at[2]),
        onclick: () => act((now) => ({ ...now, at: [now.at[0], now.at[1], index] })) }, say("common.filter", { index }))));
}
