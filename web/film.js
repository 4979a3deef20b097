/* A film's player: play, step by frames, chapters, and subtitles below the picture. What it says is in the page. */
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        dress(target);
      }
    },
    { rootMargin: "800px" },
  );

  /** The files of a film in the reader's language and theme, or the nearest that there are, by format. */
  function filesOf(section) {
    const found = {};
    for (const link of section.querySelectorAll("a[data-format]")) {
      const { format, lang, theme } = link.dataset;
      const distance = (lang === reader.lang ? 0 : 2) + (theme === reader.theme ? 0 : 1);
      if (!(format in found) || distance < found[format].distance) {
        found[format] = { distance, address: link.getAttribute("href") };
      }
    }
    return found;
  }

  function sourceOf(video) {
    const files = filesOf(video.closest("section"));
    return (files.mp4 ?? files.webm).address;
  }

  /** Give the film its poster: late, since a poster weighs more than all the text of the page. */
  function dress(video) {
    const poster = filesOf(video.closest("section")).png;
    if (poster && video.getAttribute("poster") !== poster.address) video.poster = poster.address;
  }

  /** By film, while the browser does not know it yet: a promise of whether it can show it, and the moment to show then. */
  const coming = new WeakMap();
  const momentOf = (video) => coming.get(video)?.moment ?? video.currentTime;

  /** Let the browser have the film; again, at the same moment, when language or theme changed. Whether it can show it. */
  function ready(video) {
    const address = sourceOf(video);
    if (video.getAttribute("src") === address) return coming.get(video)?.known ?? Promise.resolve(true);
    const film = { moment: momentOf(video) };
    film.known = new Promise((resolve) => {
      const heard = new AbortController();
      const settle = (shows) => {
        heard.abort();
        if (coming.get(video) !== film) return resolve(false); // it had to make room for another
        coming.delete(video);
        if (shows && film.moment) video.currentTime = film.moment;
        if (!shows) video.removeAttribute("src"); // asked for again, it is tried again
        video.closest("section").querySelector('[data-part="broken"]').hidden = shows;
        resolve(shows);
      };
      video.addEventListener("loadedmetadata", () => settle(true), { signal: heard.signal });
      video.addEventListener("error", () => settle(false), { signal: heard.signal });
    });
    coming.set(video, film);
    video.preload = "auto";
    video.src = address;
    return film.known;
  }

  async function play(video) {
    if (!(await ready(video))) return;
    if (video.ended) video.currentTime = 0;
    await video.play().catch(() => {}); // interrupted by a pause
  }

  async function seek(video, seconds) {
    video.pause();
    const moment = Math.min(Math.max(0, seconds), Number(video.dataset.duration));
    const known = ready(video);
    if (coming.has(video)) coming.get(video).moment = moment;
    else video.currentTime = moment;
    await known;
  }

  /** Minutes and seconds: 1:05.2. Rounded before it is split, or a second before the minute would be 0:60.0. */
  function clock(seconds) {
    const tenths = Math.round(seconds * 10);
    return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, "0")}`;
  }

  /** Bring the player of one section of the page to life. */
  function start(section) {
    const video = section.querySelector("video");
    if (!video) return;
    const part = (name) => section.querySelector(`[data-part="${name}"]`);
    const rate = Number(video.dataset.rate);
    const length = Number(video.dataset.duration);
    const frames = Math.round(rate * length);
    const range = part("position");
    const tracks = {};

    const frame = () => Math.min(frames - 1, Math.floor(momentOf(video) * rate + 0.01));
    const step = (by) => seek(video, (frame() + by + 0.5) / rate);

    function show() {
      range.value = String(frame());
      range.setAttribute("aria-valuetext", `${clock(video.currentTime)} / ${clock(length)}`);
      part("time").textContent = `${clock(video.currentTime)} / ${clock(length)}`;
      part("frame").textContent = `${frame() + 1} / ${frames}`;
      section.dataset.state = video.paused ? (video.getAttribute("src") ? "paused" : "fresh") : "playing";
      const now = Math.min(video.currentTime, length - 0.5 / rate);
      for (const mark of section.querySelectorAll("[data-at]")) {
        const on = video.getAttribute("src") && now >= Number(mark.dataset.at) && now < Number(mark.dataset.until);
        mark.toggleAttribute("data-now", Boolean(on));
      }
      const cue = section.querySelector(`.cues [lang="${reader.lang}"] [data-now]`);
      part("subtitle").textContent = cue?.dataset.text ?? "";
    }

    /** Subtitles over the picture, for the full screen; from the page, since a file:// page may not load a track. */
    function caption() {
      tracks[reader.lang] ??= trackIn(reader.lang);
      const wanted = section.dataset.subtitles !== "off" && document.fullscreenElement === part("screen");
      for (const [lang, track] of Object.entries(tracks)) {
        track.mode = lang !== reader.lang ? "disabled" : wanted ? "showing" : "hidden";
      }
    }
    function trackIn(lang) {
      const track = video.addTextTrack("subtitles", reader.tongue(lang), lang);
      for (const { dataset } of section.querySelectorAll(`.cues [lang="${lang}"] [data-text]`)) {
        const text = dataset.text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        track.addCue(new VTTCue(Number(dataset.at), Number(dataset.until), text));
      }
      return track;
    }

    range.max = String(frames - 1);
    part("play").addEventListener("click", () => (video.paused ? play(video) : video.pause()));
    part("start").addEventListener("click", () => play(video).then(() => part("play").focus()));
    video.addEventListener("click", () => (video.paused ? play(video) : video.pause()));
    part("back").addEventListener("click", () => step(-1));
    part("forward").addEventListener("click", () => step(1));
    range.addEventListener("input", () => seek(video, (Number(range.value) + 0.5) / rate));
    part("subtitles").addEventListener("click", (event) => {
      section.dataset.subtitles = section.dataset.subtitles === "off" ? "on" : "off";
      event.currentTarget.setAttribute("aria-pressed", String(section.dataset.subtitles !== "off"));
      caption();
    });
    part("fullscreen").addEventListener("click", () =>
      document.fullscreenElement ? document.exitFullscreen() : part("screen").requestFullscreen(),
    );
    section.addEventListener("fullscreenchange", caption);
    for (const button of section.querySelectorAll("button[data-at]")) {
      button.addEventListener("click", () => seek(video, Number(button.dataset.at) + 0.5 / rate));
    }
    for (const event of ["timeupdate", "play", "pause", "ended", "loadeddata", "seeking"]) video.addEventListener(event, show);
    const follow = () => {
      if (!video.paused) {
        show();
        video.requestVideoFrameCallback?.(follow);
      }
    };
    video.addEventListener("play", () => video.requestVideoFrameCallback?.(follow));
    section.relook = async () => {
      const playing = !video.paused;
      if (video.hasAttribute("poster")) dress(video);
      if (video.getAttribute("src")) await ready(video);
      caption();
      show();
      if (playing) play(video);
    };
    section.step = step;
    near.observe(video);
    caption();
    show();
  }

  // A film that fills the screen has no buttons there: the keys that players know do it.
  document.addEventListener("keydown", (event) => {
    const video = document.fullscreenElement?.querySelector("video[data-rate]");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!video || (!step && event.key !== " ")) return;
    event.preventDefault();
    if (step) video.closest("section").step(step);
    else if (video.paused) play(video);
    else video.pause();
  });

  document.addEventListener("look", () => {
    for (const section of document.querySelectorAll('section[data-kind="film"]')) section.relook?.();
  });

  window.film = {
    start,
    momentOf,
    /** Go on at a moment, as a film did that stood in this one's place. */
    async resume(video, moment, playing) {
      await seek(video, moment);
      if (playing) play(video);
    },
    /** Let the first film of the page begin by itself, unless the reader wants things to keep still or came for another. */
    greet(section) {
      const video = section.querySelector("video");
      if (!video || still.matches || location.hash.length > 1) return;
      const seen = new IntersectionObserver(([entry]) => {
        if (!entry.isIntersecting) return;
        seen.disconnect();
        play(video);
      }, { threshold: 0.5 });
      seen.observe(video);
    },
  };
})();
