/** What can be done with a setting: back to the article's, a link to it, a lesson file of it. */

import { h } from "./elements.mjs";
import { lessonText } from "./lesson_text.mjs";

const FILE = "setting.toml";

export function tools({ setting, article, problem, say, says, act, notify }) {
  const title = Object.fromEntries(Object.entries(says).map(([code, words]) => [code, words("visualizer.lesson_title")]));
  return h("div", { class: "tools" },
    h("button", { type: "button", class: "reset", onclick: () => act((now) => ({ ...article, view: now.view })) },
      say("visualizer.reset")),
    h("button", { type: "button", class: "link", onclick: () => copyAddress(notify) }, say("visualizer.copy")),
    h("button", { type: "button", class: "lesson", disabled: Boolean(problem),
      onclick: () => {
        download(FILE, lessonText(setting, title));
        notify((words) => words("visualizer.downloaded", { file: FILE }));
      } }, say("visualizer.download")));
}

/** The address is the setting: copied where the browser allows it, and otherwise there to be copied by hand. */
async function copyAddress(notify) {
  try {
    await navigator.clipboard.writeText(location.href);
    notify((say) => say("visualizer.copied"));
  } catch {
    notify((say) => say("visualizer.not_copied"));
  }
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/toml" }));
  const link = document.createElement("a");
  [link.href, link.download] = [address, name];
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
