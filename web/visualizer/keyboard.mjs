/** Keys: arrows move the step, the entry or the unit; space plays. Whatever has its own use for a key keeps it. */

import { fieldRows, inputPlane } from "../arithmetic.mjs";
import { stepsOf } from "./setting.mjs";

const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Do what a pressed key means in the setting's view, if it means anything. */
export function moved(event, { setting, act, play, playable }) {
  const target = event.target;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (target.matches("select, textarea, input[type=range], .scroller")) return;
  if (target.matches("input[type=text]")) return amongCells(event);
  const way = WAYS[event.key];
  const { view } = setting;
  if (view === "field") {
    if (way) done(event, () => act((now) => ({ ...now, unit: unitBeside(now, way) })));
  } else if (!playable) {
    return;
  } else if (view === "im2col") {
    if (way) done(event, () => act((now) => entryBeside(now, way)));
  } else if (view === "scan" || view === "channels") {
    const { count, index, cols, cellOf } = stepsOf(setting);
    const to = { Home: 0, End: count - 1 }[event.key] ?? (way && index + way[0] * cols + way[1]);
    if (to !== undefined) done(event, () => to >= 0 && to < count && act((now) => ({ ...now, at: cellOf(to) })));
    else if (event.key === " " && !target.matches("button, a, input")) done(event, play);
    else return;
  }
  focusCurrent(target);
}

function done(event, action) {
  event.preventDefault();
  action();
}

/** In a typed cell the arrows up and down, and Enter, go to the cell above or below. */
function amongCells(event) {
  const way = { ...WAYS, Enter: [1, 0] }[event.key];
  const [, name, row, col] = /^(.*-)(\d+)-(\d+)$/.exec(event.target.id) ?? [];
  if (!way || way[1] || !name) return;
  const beside = document.getElementById(`${name}${Number(row) + way[0]}-${col}`);
  if (beside) done(event, () => beside.focus());
}

/** A focused cell hands its focus on to the one that is now current. */
function focusCurrent(target) {
  const cells = target.closest?.(".cells");
  cells?.querySelector("button[aria-pressed=true]")?.focus();
  document.querySelector(".product .now")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function unitBeside({ layers, input, unit: [depth, row, col] }, [down, right]) {
  const plane = fieldRows(layers, inputPlane(layers, [input[0].length, input[0][0].length]))[depth].plane;
  const held = (index, cells) => Math.min(Math.max(index, 0), cells - 1);
  return [depth, held(row + down, plane[0]), held(col + right, plane[1])];
}

function entryBeside(now, [down, right]) {
  const { count, index, cellOf } = stepsOf(now);
  const taps = now.input.length * now.kernel[0][0].length * now.kernel[0][0][0].length;
  const held = (at, cells) => Math.min(Math.max(at, 0), cells - 1);
  return { ...now, at: cellOf(held(index + down, count)), tap: held((now.tap ?? Math.floor(taps / 2)) + right, taps) };
}
