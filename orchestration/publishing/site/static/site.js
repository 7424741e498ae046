// Language and light, charts drawn when they come into view, filters of lists, printing. No page needs it to be read.
"use strict";
(() => {
  const root = document.documentElement;
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch (blocked) { /* shown, not kept */ } };
  const english = () => root.lang === "en";

  function speak() {
    document.title = dajuan.titles[english() ? 1 : 0];
    for (const element of document.querySelectorAll("[data-label-en]")) {
      element.dataset.labelZh ??= element.getAttribute("aria-label");
      element.setAttribute("aria-label", english() ? element.dataset.labelEn : element.dataset.labelZh);
    }
    for (const option of document.querySelectorAll("option[data-en]")) {
      option.dataset.zh ??= option.textContent;
      option.textContent = english() ? option.dataset.en : option.dataset.zh;
    }
    document.dispatchEvent(new Event("dajuan-language"));
  }

  const dark = () => root.dataset.mode ? root.dataset.mode === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  const loading = new Map();
  dajuan.load = (path) => {
    if (!loading.has(path)) {
      loading.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = dajuan.root + path;
        script.onload = resolve;
        script.onerror = () => reject(new Error(path));
        document.head.append(script);
      }));
    }
    return loading.get(path);
  };

  const views = new Map();
  async function draw(figure) {
    await Promise.all([dajuan.load("assets/" + dajuan.vega), dajuan.load("assets/themes.js")]);
    const spec = JSON.parse(figure.querySelector(".spec").textContent);
    spec.width = "container";
    const config = dajuan.themes[dark() && !matchMedia("print").matches ? "dark" : "light"];
    views.get(figure)?.finalize();
    views.set(figure, await vegaEmbed(figure.querySelector(".plot"), spec, {config, actions: false, renderer: "svg", mode: "vega-lite"}));
    for (const drawn of figure.querySelector(".plot").children) drawn.setAttribute("aria-hidden", "true"); // told by the label and the table
    figure.dataset.drawn = "";
  }
  const figures = [...document.querySelectorAll("figure.chart")];
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) { watcher.unobserve(entry.target); draw(entry.target); }
    }
  }, {rootMargin: "400px"});
  figures.forEach((figure) => watcher.observe(figure));
  const redraw = () => figures.filter((figure) => "drawn" in figure.dataset).forEach(draw);

  // A chart as a file: by daylight, with its title, on paper.
  async function save(button) {
    const figure = button.closest("figure"), as = button.dataset.as;
    await Promise.all([dajuan.load("assets/" + dajuan.vega), dajuan.load("assets/themes.js")]);
    const spec = JSON.parse(figure.querySelector(".spec").textContent);
    const plot = figure.querySelector(".plot"), {paper, ink, soft} = dajuan.themes.paper;
    const [text, subtitle] = [plot.dataset.title, figure.querySelector("figcaption").innerText];
    Object.assign(spec, {width: plot.clientWidth - 80, background: paper, title: {text, subtitle, anchor: "start", color: ink, subtitleColor: soft}});
    const made = await vegaEmbed(document.createElement("div"), spec, {config: dajuan.themes.light, actions: false, renderer: "none", mode: "vega-lite"});
    const link = document.createElement("a");
    link.href = await made.view.toImageURL(as, as === "png" ? 2 : 1);
    link.download = figure.id + "." + as;
    link.click();
    made.finalize();
  }

  function narrow(form) {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    let count = 0;
    for (const item of document.querySelectorAll("." + form.dataset.filters)) {
      item.hidden = !wanted.every(([name, value]) => item.dataset[name] === value);
      if (!item.hidden) count += 1;
    }
    form.querySelector("[data-count]").textContent = count;
    for (const section of document.querySelectorAll("section[data-list]")) {
      section.hidden = !section.querySelector(`.${form.dataset.filters}:not([hidden])`);
    }
  }

  document.getElementById("language").addEventListener("click", () => {
    root.lang = english() ? "zh-CN" : "en";
    keep("dajuan-language", english() ? "en" : "zh");
    speak();
  });
  let chosen = "mode" in root.dataset;
  document.getElementById("mode").addEventListener("click", () => {
    chosen = true;
    root.dataset.mode = dark() ? "light" : "dark";
    keep("dajuan-mode", root.dataset.mode);
    redraw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (!chosen) { delete root.dataset.mode; settle(); redraw(); }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.save");
    if (button) save(button);
  });
  for (const form of document.querySelectorAll("form[data-filters]")) {
    form.addEventListener("change", () => narrow(form));
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  // The page that a link points into may have the place inside a closed part.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.querySelector("details.sources");
    if (details) details.open = true;
  };
  addEventListener("hashchange", reveal);

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.sources:not([open])")];
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));

  const settle = () => { if (!root.dataset.mode && dark()) root.dataset.mode = "dark"; };
  settle();
  speak();
  reveal();
})();
