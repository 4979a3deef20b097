/** The page: a setting from the address, a view of it, and what a reader can do. Everything shown follows the setting. */

import { scan } from "../arithmetic.mjs";
import { fieldIsDrawable, read, written } from "./address.mjs";
import { channelsView } from "./channels_view.mjs";
import { h, show } from "./elements.mjs";
import { fieldView } from "./field_view.mjs";
import { im2colView } from "./im2col_view.mjs";
import { moved } from "./keyboard.mjs";
import { scanView } from "./scan_view.mjs";
import { VIEWS, problemOf, settled, stepsOf } from "./setting.mjs";
import { sizeView } from "./size_view.mjs";
import { tools } from "./tools.mjs";
import { sayingIn } from "./words.mjs";

const PACE = 650; // milliseconds a step is shown while playing
const SHOWN = { size: sizeView, scan: scanView, im2col: im2colView, field: fieldView, channels: channelsView };
const page = JSON.parse(document.getElementById("page-data").textContent);
const says = Object.fromEntries(Object.entries(page.words).map(([lang, messages]) => [lang, sayingIn(messages)]));
const article = read(page.article, { view: "scan", at: [0, 0, 0], input: [[[0]]], kernel: [[[[0]]]], layers: [] }, page.limits);

for (const title of document.querySelectorAll('meta[name="title"]')) title.remove(); // here the title says which view it is

let setting = article;
let hover = null;
let timer = null;
let notice = null;
let traced = { setting: null, trace: null }; // pointing at things changes nothing that was computed

/** @param {(now: import("./setting.mjs").Setting) => import("./setting.mjs").Setting} change */
function act(change) {
  const changed = settled(change(setting));
  [hover, notice] = [null, null];
  if (!fieldIsDrawable(changed, page.limits)) { // its own address could not be opened
    notice = (say) => say("visualizer.field.too_large", { most: page.limits.plane });
    return render();
  }
  setting = changed;
  history.replaceState(null, "", `#${written(setting, article)}`);
  render();
}

function point(at) {
  if (JSON.stringify(at) === JSON.stringify(hover)) return;
  hover = at;
  render();
}

function play(on) {
  clearInterval(timer);
  timer = null;
  if (on) {
    const { count, index, cellOf } = stepsOf(setting);
    if (index === count - 1) act((now) => ({ ...now, at: cellOf(0) }));
    timer = setInterval(() => {
      const steps = stepsOf(setting);
      if (steps.index === steps.count - 1) play(false);
      else act((now) => ({ ...now, at: steps.cellOf(steps.index + 1) }));
    }, PACE);
  }
  render();
}

function open() {
  [hover, notice] = [null, null];
  clearInterval(timer);
  timer = null;
  try {
    setting = read(location.hash.slice(1), article, page.limits);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    setting = article;
    notice = (say) => say("visualizer.unreadable", { key: error.message });
  }
  render();
}

function render() {
  if (timer && problemOf(setting)) return play(false);
  const room = roomOfStage();
  draw(room);
  if (roomOfStage() !== room) draw(roomOfStage()); // the first time, and when a bar to scroll by came
  for (const frame of document.querySelectorAll(".stage .frame")) keepInSight(frame);
  hint();
}

function draw(room) {
  const say = says[window.reader.lang];
  const problem = problemOf(setting);
  if (!problem && traced.setting !== setting) traced = { setting, trace: scan(setting) };
  const trace = problem ? null : traced.trace;
  const context = {
    room, setting, article, trace, problem, say, act, point, hover, play, playing: timer !== null, limits: page.limits, says,
    notify: (message) => {
      notice = message;
      render();
    },
  };
  const needsTrace = !["size", "field"].includes(setting.view);
  const drawn = SHOWN[problem && needsTrace ? "size" : setting.view](context);
  document.title = `${say("visualizer.title")} \u00b7 ${say(`visualizer.view.${setting.view}`)}`;
  show(document.getElementById("content"), [
    h("div", { class: "title" }, h("h1", {}, say("visualizer.title")), tools(context)),
    h("nav", { "aria-label": say("visualizer.views") }, VIEWS.map((view) =>
      h("a", { href: `#${written({ ...setting, view }, article)}`, "aria-current": view === setting.view ? "page" : null },
        say(`visualizer.view.${view}`)))),
    h("div", { key: setting.view, class: `view of-${setting.view}` },
      notice && h("p", { class: "notice", role: "status" }, notice(say)),
      h("header", {}, h("h2", {}, drawn.question),
        h("p", { class: problem && setting.view !== "field" ? "answer problem" : "answer", "aria-live": timer ? "off" : "polite" }, drawn.answer)),
      h("div", { class: "board" },
        h("div", { class: "panels" }, drawn.panel),
        h("div", { class: "stage" }, drawn.stage)),
      h("footer", { class: "keys" },
        h("p", {}, say(`visualizer.keys.${setting.view}`)),
        h("p", { class: "conventions" }, conventions(setting, say).join(" \u00b7 ")))),
  ]);
}

/** Pixels that the stage is wide; 0 before there is one. */
function roomOfStage() {
  return document.querySelector(".stage")?.clientWidth ?? 0;
}

/** What can be scrolled to the right fades there, since not every system shows a bar. */
function hint() {
  for (const box of document.querySelectorAll(".scroller, .product, .grid")) {
    box.classList.toggle("more", box.scrollWidth - box.clientWidth - box.scrollLeft > 2);
  }
}

/** What a reader of these numbers takes for granted, and another page may not. */
function conventions({ view, flip }, say) {
  const counted = say("common.conventions.rows_from_zero");
  const turned = flip ? say("common.conventions.flipped") : say("common.conventions.not_flipped");
  return {
    size: [say("common.conventions.floor"), say("output-size.indices")],
    scan: [turned, counted],
    im2col: [say("im2col-layout.order_rows"), turned, counted],
    field: [counted],
    channels: [turned, counted],
  }[view];
}

/** A matrix too wide for the screen scrolls to what is framed; the page itself stays where it is. */
function keepInSight(frame) {
  const box = frame.closest(".grid");
  const [inner, outer] = [frame.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.left < outer.left) box.scrollLeft -= outer.left - inner.left;
  else if (inner.right > outer.right) box.scrollLeft += inner.right - outer.right;
}

addEventListener("hashchange", () => {
  open();
  document.querySelector("nav [aria-current]").scrollIntoView({ block: "nearest", inline: "center" });
});
document.addEventListener("look", render);
document.addEventListener("scroll", hint, { capture: true, passive: true });
document.addEventListener("transitionend", hint); // until then a frame may stick out
document.fonts.ready.then(hint);
addEventListener("resize", render);
addEventListener("keydown", (event) => moved(event, { setting, act, play: () => play(!timer), playable: !problemOf(setting) }));
open();
