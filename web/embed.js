/* Code to show an artifact elsewhere: made from the links that the page has, in the language that is being read. */
(() => {
  const escaped = (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const plain = (text) => text.replace(/[[\]\\`*_<>]/g, "\\$&").replaceAll("\n", " ");

  /** Where the files are: beside this page on its host. A page from the disk does not know its host. */
  function address(file, absolute) {
    if (location.protocol.startsWith("http")) return new URL(file, location.href).href;
    return absolute ? `https://example.org/${file}` : file;
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

  window.embed = {
    /** Bring the copy buttons of one section of the page to life. */
    start(section) {
      const [shown, hint] = ["code", "hint"].map((name) => section.querySelector(`[data-part="${name}"]`));
      for (const button of section.querySelectorAll("button[data-copy]")) {
        button.addEventListener("click", async () => {
          const code = makers[button.dataset.copy](section);
          shown.textContent = code;
          shown.hidden = button.dataset.copy === "checksums";
          hint.hidden = shown.hidden || location.protocol.startsWith("http");
          await copy(code);
          button.dataset.done = "";
          section.querySelector('[data-part="copied"]').toggleAttribute("data-on", true);
          setTimeout(() => {
            delete button.dataset.done;
            section.querySelector('[data-part="copied"]').removeAttribute("data-on");
          }, 1600);
        });
      }
    },
    code: (section, kind) => makers[kind](section),
  };
})();
