/* Code to show an artifact elsewhere: made from the links that the page has, in the language that is being read. */
(() => {
  const escaped = (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const plain = (text) => text.replace(/[[\]\\`*_<>]/g, "\\$&").replaceAll("\n", " ");

  const PROTOCOL = "https:"; // of a site that was named without
  /** What a reader calls the address of a site, as that of a folder; null if it is none. */
  function siteIn(text) {
    const spoken = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${PROTOCOL}//${text}`;
    if (/\s/.test(text) || !URL.canParse(spoken)) return null;
    const { protocol, origin, pathname } = new URL(spoken);
    return protocol.startsWith("http") ? origin + pathname.replace(/[^/]*\.html?$|(?<!\/)$/, "/").replace(/\/+$/, "/") : null;
  }

  /** Where the files are: at the site that the reader named, else beside this page. A page of this machine does not know. */
  const site = () => siteIn(typed.trim()) ?? besides;
  const known = location.protocol.startsWith("http") && !/^(localhost|127\..*|\[::1\])$/.test(location.hostname);
  const besides = known ? new URL(".", location.href).href : null;
  let typed = reader.remembered("site") ?? "";

  function address(file, absolute) {
    const own = file.split("?")[0]; // a preview adds which version it shows
    if (site()) return escaped(new URL(own, site()).href);
    return absolute ? `https://example.org/${own}` : own;
  }

  /** What can be linked to: its files in the language read, or else in another, and its words. */
  function partsOf(section) {
    const links = [...section.querySelectorAll("a[data-format]")].map((link) => ({
      ...link.dataset,
      file: link.getAttribute("href"),
    }));
    const spoken = links.filter((link) => !link.lang || link.lang === reader.lang);
    const files = spoken.length ? spoken : links;
    const text = (name) =>
      (section.querySelector(`[data-said="${name}"] [lang="${reader.lang}"]`)?.textContent ?? "").trim();
    const lesson = section.closest("article").querySelector(`h2 [lang="${reader.lang}"]`).textContent.trim();
    const pictured = section.querySelector(`a.picture[lang="${reader.lang}"] img`)?.alt;
    const find = (format, theme) =>
      files.find((file) => file.format === format && (!file.theme || file.theme === theme)) ??
      files.find((file) => file.format === format);
    return { files, find, lesson, caption: text("caption"), alt: pictured || text("alt") || text("caption") };
  }

  /** The picture for a theme, as the page chooses it: vectors first. */
  const pictureFor = (find, theme) => find("svg", theme) ?? find("png", theme) ?? find("gif", theme);

  const makers = {
    video(section) {
      const { files, find, alt } = partsOf(section);
      const { theme } = reader;
      const film = find("mp4", theme) ?? find("webm", theme);
      const poster = find("png", theme);
      const types = ["webm", "mp4"].filter((type) => find(type, theme));
      const tracks = files.filter((file) => file.format === "vtt");
      return [
        `<video controls muted playsinline preload="none" width="${film.width}" height="${film.height}"` +
          `${poster ? ` poster="${address(poster.file)}"` : ""}>`,
        ...types.map((type) => `  <source src="${address(find(type, theme).file)}" type="video/${type}">`),
        ...tracks.map(
          (file) =>
            `  <track kind="${file.track}" src="${address(file.file)}" srclang="${file.lang}"` +
            `${file.track === "subtitles" ? ` label="${reader.tongue(file.lang)}" default` : ""}>`,
        ),
        `  ${escaped(alt)}`,
        "</video>",
      ].join("\n");
    },
    picture(section) {
      const { find, alt } = partsOf(section);
      const [light, dark] = ["light", "dark"].map((theme) => pictureFor(find, theme));
      return [
        "<picture>",
        ...(dark.file === light.file
          ? []
          : [`  <source media="(prefers-color-scheme: dark)" srcset="${address(dark.file)}">`]),
        `  <img src="${address(light.file)}" width="${light.width}" height="${light.height}" alt="${escaped(alt)}">`,
        "</picture>",
      ].join("\n");
    },
    markdown(section) {
      const { find, files, alt, caption } = partsOf(section);
      const film = find("mp4", reader.theme) ?? find("webm", reader.theme);
      const picture = film ? find("png", reader.theme) : pictureFor(find, reader.theme);
      if (!picture) return `[${plain(caption)}](${address((film ?? files[0]).file)})`;
      const shown = `![${plain(alt)}](${address(picture.file)})`;
      return film ? `[${shown}](${address(film.file)})` : shown;
    },
    opengraph(section) {
      const { find, lesson, alt, caption } = partsOf(section);
      const card = find("png", reader.theme) ?? pictureFor(find, reader.theme);
      const tags = {
        "og:title": lesson,
        "og:description": caption,
        "og:image": address(card.file, true),
        "og:image:width": card.width,
        "og:image:height": card.height,
        "og:image:alt": alt,
      };
      return [
        ...Object.entries(tags).map(([name, value]) => `<meta property="${name}" content="${escaped(value)}">`),
        '<meta name="twitter:card" content="summary_large_image">',
      ].join("\n");
    },
    checksums: (section) => section.querySelector('[data-part="checksums"]').textContent.trim(),
  };

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  /** Show the code of a section that was copied last, with what is to be known of it. */
  function tell(section) {
    const { copied } = section.dataset;
    const part = (name) => section.querySelector(`[data-part="${name}"]`);
    const code = copied === "checksums" ? "" : makers[copied](section);
    part("code").textContent = code;
    part("code").hidden = !code;
    part("hint").hidden = !code || site() !== null;
    if (part("tracks")) part("tracks").hidden = copied !== "video";
  }

  const everywhere = () => document.querySelectorAll("section[data-copied]").forEach(tell);
  document.addEventListener("look", everywhere);

  /** Use another address of the files from now on: it was typed into `field`, and stands in all others too. */
  function name(field) {
    typed = field.value;
    reader.remember("site", typed);
    const wrong = Boolean(typed.trim()) && !siteIn(typed.trim());
    for (const other of document.querySelectorAll('[data-part="site"]')) {
      if (other !== field) other.value = typed;
      other.toggleAttribute("aria-invalid", wrong);
      other.closest("section").querySelector('[data-part="no-site"]').hidden = !wrong;
    }
    everywhere();
  }

  async function copied(section, button) {
    section.dataset.copied = button.dataset.copy;
    tell(section);
    await copy(makers[button.dataset.copy](section));
    const word = section.querySelector('[data-part="copied"]');
    button.dataset.done = "";
    word.toggleAttribute("data-on", true);
    setTimeout(() => {
      delete button.dataset.done;
      word.removeAttribute("data-on");
    }, 1600);
  }

  /** Put in what offers the code of a section; before its files are looked at, it would be weight alone. */
  function offer(section) {
    if (section.querySelector(".codes")) return;
    const part = document.getElementById("embedding").content.cloneNode(true);
    const codes = section.querySelector("[data-codes]").dataset.codes.split(" ");
    for (const button of part.querySelectorAll("[data-copy]")) {
      if (!codes.includes(button.dataset.copy)) button.remove();
      else button.addEventListener("click", () => copied(section, button));
    }
    if (!codes.includes("tracks")) part.querySelector('[data-part="tracks"]').remove();
    const field = part.querySelector('[data-part="site"]');
    field.value = typed;
    if (besides) field.placeholder = besides;
    field.addEventListener("input", () => name(field));
    section.querySelector('[data-part="checksums"]').before(part);
  }

  window.embed = {
    /** Bring the files of one section of the page to life. */
    start(section) {
      const files = section.querySelector("details.files");
      files.addEventListener("toggle", () => offer(section));
      if (files.open) offer(section);
    },
    code: (section, kind) => makers[kind](section),
  };
})();
