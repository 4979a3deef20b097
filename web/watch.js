/* Put into a page by `render.py watch`: sections that were drawn anew are swapped, and nothing else on the page moves. */
(() => {
  const { version, words } = SETTINGS;
  const { digest } = document.currentScript.dataset;
  const SECTION = "section[id]"; // an artifact
  const PART = `${SECTION}, article[id] > header`; // what is swapped; of a lesson also what is said about it
  const INSIDE = ".frame-of-page"; // where those are, with the index
  const keyOf = (element) => `${element.id} ${element.tagName}`;
  const nameOf = (part) => (part.id ? `${part.id}:${part.dataset.kind}` : `${part.parentElement.id}:header`);
  const standing = () => new Map([...document.querySelectorAll(PART)].map((part) => [nameOf(part), part]));
  const say = (word) => (words[window.reader?.lang ?? document.documentElement.lang] ?? words.en)[word];
  let known = version; // of the page as it stands
  let served = null; // its parts as they came, by name, before any script of the page changed them

  // What it says stands in a corner, apart from the page's own style.
  const host = document.createElement("aside");
  host.id = "watch";
  const note = host.attachShadow({ mode: "open" });
  note.innerHTML = `<style>
    :host { position: fixed; z-index: 9999; inset: auto 1rem 1rem; display: flex; flex-direction: column; gap: .5rem;
      align-items: flex-end; pointer-events: none; font: 15px/1.45 system-ui, sans-serif; }
    @media print { :host { display: none; } }
    div { max-width: min(52rem, 100%); box-sizing: border-box; padding: .55rem .9rem; border-radius: .5rem;
      background: var(--background, Canvas); color: var(--ink, CanvasText); border: 1px solid currentColor;
      box-shadow: 0 .2rem 1rem rgb(0 0 0 / .25); pointer-events: auto; overflow-wrap: anywhere; }
    #mistakes { border-left: .5rem solid var(--window, currentColor); max-height: 40vh; overflow: auto; }
    p { margin: 0 0 .3rem; white-space: pre-line; } small { display: block; }
    [hidden] { display: none; }
  </style><div id="mistakes" role="alert" tabindex="0" hidden></div><div id="doing" role="status" hidden></div>`;
  const [mistakes, doing] = ["mistakes", "doing"].map((id) => note.getElementById(id));
  document.body.append(host);
  if (!version) document.querySelector("main").textContent = say("first");

  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  let state = { mistakes: {}, doing: [], version };
  let connected = true;

  /** Say what is wrong and what is being drawn; what is said already stays, so that nobody hears it again. */
  function show() {
    const sentences = Object.entries(state.mistakes);
    const said = JSON.stringify([sentences, window.reader?.lang]);
    if (mistakes.dataset.said !== said) {
      mistakes.dataset.said = said;
      mistakes.replaceChildren(
        ...sentences.map(([sentence, labels]) => {
          const line = element("p", sentence);
          const drawings = labels.filter((label) => label.includes("/")); // a lesson's own mistake names its file
          if (drawings.length) line.append(element("small", drawings.join(" · ")));
          return line;
        }),
        element("small", say("kept")),
      );
    }
    mistakes.hidden = !sentences.length;
    doing.textContent = connected ? `${say("drawing")} ${state.doing.join(" · ")}` : say("lost");
    doing.hidden = connected && !state.doing.length;
  }
  document.addEventListener("look", show);

  async function fetched() {
    const answer = await fetch("/", { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = new Map([...page.querySelectorAll(PART)].map((part) => [nameOf(part), part]));
    const html = new Map([...parts].map(([name, part]) => [name, part.outerHTML]));
    const inside = page.querySelector(INSIDE);
    const shape = inside.cloneNode(true); // of what is around the parts
    for (const part of shape.querySelectorAll(PART)) part.replaceWith(nameOf(part));
    const script = page.getElementById("watch-script");
    script.remove();
    inside.remove();
    const letters = page.getElementById("letters"); // those of the new words too, no reason to load the page again
    document.getElementById("letters").textContent = letters.textContent;
    letters.remove();
    const frame = page.documentElement.outerHTML;
    const number = Number(answer.headers.get("X-Version"));
    return { parts, html, inside, shape: shape.outerHTML, frame, version: number, digest: script.dataset.digest };
  }

  /** Fetch the page again and bring in what differs; where more than its inside differs, load it whole. */
  async function refresh() {
    const next = await fetched();
    const old = standing();
    for (const [name, part] of served ? next.parts : []) {
      if (old.has(name) && next.html.get(name) !== served.html.get(name)) swap(old.get(name), part, next.version);
    }
    const frame = served?.frame ?? next.frame;
    if (frame !== next.frame || (!served && next.digest !== digest)) reload();
    else if (served && served.shape !== next.shape) {
      bring(document.querySelector(INSIDE), served.inside, next.inside, next.version);
      window.gallery.arrange();
    }
    served = { ...next, frame };
    known = next.version;
  }

  /** Make what is below `old`, which came as `before`, as below `fresh`; parts that stay are not touched, nor are films. */
  function bring(old, before, fresh, number) {
    const [came, comes] = [before, fresh].map((one) => new Map([...one.children].map((child) => [keyOf(child), child])));
    for (const child of [...old.children]) if (!comes.has(keyOf(child))) child.remove();
    const stays = new Map([...old.children].map((child) => [keyOf(child), child]));
    let at = old.firstElementChild;
    for (const [key, child] of comes) {
      const standing = stays.get(key) ?? enter(child, old, at, number);
      if (standing !== at && stays.has(key)) old.insertBefore(standing, at);
      at = standing.nextElementSibling;
      if (!stays.has(key) || child.matches(PART)) continue;
      if (child.querySelector(PART)) bring(standing, came.get(key) ?? child, child, number);
      else if (came.get(key)?.outerHTML !== child.outerHTML) standing.replaceWith(document.importNode(child, true));
    }
  }

  /** Put in `element`, with the parts in it, as a page that is loaded would have it. */
  function enter(element, into, at, number) {
    const fresh = into.insertBefore(document.importNode(element, true), at);
    renew(fresh, number);
    for (const part of fresh.matches(SECTION) ? [fresh] : fresh.querySelectorAll(SECTION)) begin(part);
    return fresh;
  }

  function begin(section) {
    onScreen.observe(section);
    window.gallery.start(section);
  }

  /** Not while a film plays; and at the same place, though there may be more above it. */
  function reload() {
    const film = [...document.querySelectorAll("video")].find((video) => !video.paused);
    if (film) return film.addEventListener("pause", reload, { once: true });
    const [place] = [...document.querySelectorAll(SECTION)].filter((part) => part.getBoundingClientRect().bottom > 0);
    const at = place && scrollY ? { id: place.id, top: place.getBoundingClientRect().top } : null;
    sessionStorage.setItem("convscan.watch", JSON.stringify(at));
    history.scrollRestoration = at ? "manual" : "auto";
    location.reload();
  }
  const at = JSON.parse(sessionStorage.getItem("convscan.watch"));
  sessionStorage.removeItem("convscan.watch");
  const place = at && document.getElementById(at.id);
  if (place) scrollBy({ top: place.getBoundingClientRect().top - at.top, behavior: "instant" });

  /** The browser would show the old file of the same address, so each address is another one. */
  function renew(part, number) {
    for (const name of ["src", "srcset", "href"]) {
      for (const one of part.querySelectorAll(`img[${name}], source[${name}], video[${name}], a[data-format][${name}]`)) {
        one.setAttribute(name, `${one.getAttribute(name)}?v=${number}`);
      }
    }
  }

  function swap(old, part, number) {
    const fresh = document.importNode(part, true);
    renew(fresh, number);
    const [was, film] = [old.querySelector("video"), fresh.querySelector("video")];
    const opened = [...old.querySelectorAll("details")].map((details) => details.open);
    [...fresh.querySelectorAll("details")].forEach((details, at) => (details.open = opened[at] ?? details.open));
    for (const image of fresh.querySelectorAll("img:not(.on-paper, .on-paper *)")) {
      image.loading = "eager"; // else it would be blank until the next frame
      image.decoding = "sync";
    }
    onScreen.unobserve(old);
    old.replaceWith(fresh);
    if (!fresh.id) return;
    begin(fresh);
    if (was?.getAttribute("src") && film) window.film.resume(film, window.film.momentOf(was), !was.paused);
    was?.removeAttribute("src");
  }

  // The server is told what is on screen, to draw that first.
  const places = new Set();
  let telling = 0;
  function tell() {
    clearTimeout(telling);
    telling = setTimeout(() => {
      if (document.visibilityState !== "visible") return;
      const { lang = "en", theme = "light" } = window.reader ?? {};
      const asked = new URLSearchParams({ lang, theme });
      for (const place of places) asked.append("at", place);
      fetch(`/_watch/seen?${asked}`).catch(() => {});
    }, 150);
  }
  const onScreen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) places.add(target.id);
      else places.delete(target.id);
    }
    tell();
  });
  for (const part of document.querySelectorAll(SECTION)) onScreen.observe(part);
  document.addEventListener("look", tell);
  document.addEventListener("visibilitychange", tell);
  tell();

  let turn = version ? refresh().catch(() => {}) : Promise.resolve(); // for what later pages are compared with
  const events = new EventSource("/_watch/events");
  events.onmessage = ({ data }) => {
    state = JSON.parse(data);
    connected = true;
    show();
    turn = turn
      .then(() => (state.version === known ? null : version ? refresh() : location.reload()))
      .catch(() => {});
  };
  events.onerror = () => {
    connected = false;
    show();
  };
  // One who leaves is no longer told.
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
})();
