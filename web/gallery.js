/* The gallery comes to life, section by section; `gallery.start` does it again for one that was put in later, and
   `gallery.arrange` when the index has become another. */
(() => {
  function start(section) {
    reader.fit(section);
    for (const twin of section.querySelectorAll("picture + .on-paper")) {
      twin.alt = twin.previousElementSibling.querySelector("img").alt;
    }
    window.film.start(section);
    window.embed.start(section);
  }
  window.gallery = { start, arrange };

  const sections = [...document.querySelectorAll("section.piece")];
  sections.forEach(start);
  const opening = sections.find((section) => section.dataset.kind === "film");
  if (opening) window.film.greet(opening);

  const narrow = matchMedia("(max-width: 60rem)");
  const index = () => document.querySelector("nav.index details");
  const fold = () => (index().open = !narrow.matches);
  narrow.addEventListener("change", fold);
  document.addEventListener("click", ({ target }) => {
    if (narrow.matches && target.closest("nav.index a")) index().open = false;
  });

  // The index marks where the reader is: the last heading that has passed the upper third of the window.
  let places = [];
  let waiting = false;
  function arrange() {
    places = [...document.querySelectorAll("nav.index a")].map((link) => ({
      link,
      target: document.getElementById(decodeURIComponent(link.hash.slice(1))),
    }));
    fold();
    find();
    mark();
  }
  function mark() {
    waiting = false;
    const passed = places.filter(({ target }) => target.getBoundingClientRect().top < innerHeight / 3);
    const here = passed.at(-1) ?? places[0];
    if (here?.link.hasAttribute("aria-current")) return;
    for (const { link } of places) {
      if (link === here?.link) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
    for (const lesson of lessons()) lesson.toggleAttribute("data-here", lesson.contains(here?.link));
    if (here && !narrow.matches) keepInSight(here.link);
  }
  function keepInSight(link) {
    const box = link.closest("details");
    const top = link.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 0.1 * box.clientHeight || top > 0.9 * box.clientHeight) box.scrollTop += top - box.clientHeight / 2;
  }

  // Of many lessons the index shows those in whose name, or title in any language, all words are that are looked for.
  const lessons = () => document.querySelectorAll("nav.index details > ol > li");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  function find() {
    const field = document.querySelector('[data-part="find"]');
    if (!field) return;
    const words = plain(field.value).split(/\s+/);
    const all = [...lessons()];
    for (const lesson of all) {
      const link = lesson.querySelector("a");
      const said = plain(`${link.textContent} ${decodeURIComponent(link.hash)}`);
      lesson.hidden = !words.every((word) => said.includes(word));
    }
    document.querySelector('[data-part="found"]').textContent =
      field.value.trim() && `${all.filter((lesson) => !lesson.hidden).length} / ${all.length}`;
  }
  document.addEventListener("input", ({ target }) => target.matches('[data-part="find"]') && find());
  document.addEventListener("keydown", ({ target, key }) => {
    if (key === "Enter" && target.matches('[data-part="find"]')) {
      [...lessons()].find((lesson) => !lesson.hidden)?.querySelector("a").click();
    }
  });
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }, { passive: true });
  arrange();

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.transcript:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
})();
