/* The gallery comes to life, section by section; `gallery.start` does it again for one that was put in later, and
   `gallery.arrange` when the index has become another. */
(() => {
  function start(section) {
    reader.fit(section);
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
    mark();
  }
  function mark() {
    waiting = false;
    const passed = places.filter(({ target }) => target.getBoundingClientRect().top < innerHeight / 3);
    const here = passed.at(-1) ?? places[0];
    for (const { link } of places) {
      if (link === here?.link) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }
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
