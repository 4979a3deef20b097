/* What the reader wants to see: language and theme, from the address, an earlier visit, or the browser, in this order.
   Runs in the head, before anything is painted. `reader.choose` changes them; whoever depends on them hears "look". */
(() => {
  const root = document.documentElement;
  const languages = root.dataset.languages.split(" ");
  const themes = ["light", "dark"];
  const asked = new URLSearchParams(location.search);
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** What was said on an earlier visit; null if nothing was. */
  const remembered = (key) => {
    try {
      return localStorage.getItem(`convscan.${key}`);
    } catch {
      return null; // a browser may keep nothing for a page from the disk
    }
  };
  const remember = (key, value) => {
    try {
      localStorage.setItem(`convscan.${key}`, value);
    } catch {
      // then the address has it
    }
  };

  const reader = {
    remembered,
    remember,
    get lang() {
      return root.dataset.lang;
    },
    get theme() {
      return root.dataset.theme ?? (dark.matches ? "dark" : "light");
    },
    /** A language's own name. */
    tongue(lang) {
      return document.querySelector(`button[data-choose="lang"][value="${lang}"]`).textContent;
    },
    /** Show the page in another language or theme from now on, and say so in its address. */
    choose(key, value) {
      put(key, value);
      remember(key, value);
      const address = new URL(location.href);
      address.searchParams.set(key, value);
      history.replaceState(history.state, "", address);
      tell();
    },
  };
  window.reader = reader;

  function put(key, value) {
    root.dataset[key] = value;
    if (key === "lang") root.lang = value;
  }
  function tell() {
    document.dispatchEvent(new CustomEvent("look", { detail: { lang: reader.lang, theme: reader.theme } }));
  }
  function first(known, ...wishes) {
    return wishes.find((wish) => known.includes(wish));
  }

  const spoken = navigator.languages.map((language) => language.split("-")[0]);
  put("lang", first(languages, asked.get("lang"), remembered("lang"), ...spoken) ?? languages[0]);
  const theme = first(themes, asked.get("theme"), remembered("theme"));
  if (theme) put("theme", theme);
  dark.addEventListener("change", tell);

  // Pictures are asked for while the page still comes in: then it must be known which.
  const coming = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.matches?.("source[data-theme]")) fit(node);
    }
  });
  coming.observe(root, { childList: true, subtree: true });

  document.addEventListener("DOMContentLoaded", () => {
    coming.disconnect();
    const buttons = document.querySelectorAll("button[data-choose]");
    const mark = () => {
      for (const button of buttons) {
        button.setAttribute("aria-pressed", String(reader[button.dataset.choose] === button.value));
      }
      for (const source of document.querySelectorAll("source[data-theme]")) fit(source);
      const title = document.querySelector(`meta[name="title"][data-of="${reader.lang}"]`);
      if (title) document.title = title.content;
    };
    for (const button of buttons) {
      button.addEventListener("click", () => reader.choose(button.dataset.choose, button.value));
    }
    document.addEventListener("look", mark);
    mark();
  });

  /** A picture of the other theme stands aside, also where the reader's choice is not the system's. */
  function fit(source) {
    const chosen = root.dataset.theme;
    const media = chosen ? (chosen === source.dataset.theme ? "all" : "not all") : "(prefers-color-scheme: dark)";
    if (source.media !== media) source.media = media;
  }
  reader.fit = (part) => part.querySelectorAll("source[data-theme]").forEach(fit);
})();
