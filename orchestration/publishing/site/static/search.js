// All claims, searched here: rows arrive in chunks, only the rows in sight are elements, sentences load when one is opened.
"use strict";
(() => {
  const form = document.getElementById("search");
  const list = document.getElementById("list");
  const canvas = list.querySelector(".rows");
  const found = document.getElementById("found");
  const dialog = document.getElementById("source");
  const FIELDS = ["region", "theme", "year", "status", "measure", "verdict"];
  const CODED = ["region", "document", "indicator", "period", "scope", "theme", "measure", "status", "verdict", "bound", "year"];
  const MARGIN = 8; // rows kept beyond either edge
  let meta, total = 0, loaded = 0, hits = new Int32Array(0), count = 0, timer = 0;
  const column = {}; // by name: places in tables of meta, −1 for none
  const ids = [], subjects = [], quotes = [], haystacks = [], sentences = new Map();

  const language = () => document.documentElement.lang === "en" ? 1 : 0;
  const say = (key) => meta.say[key][language()];
  const word = (table, row) => column[table][row] < 0 ? "" : meta[table][column[table][row]][language()];
  const nameOf = (row) => column.indicator[row] < 0 ? subjects[row] : meta.indicators[column.indicator[row]][language()];
  const regionOf = (row) => column.region[row] < 0 ? "" : meta.regions[column.region[row]];
  const periodOf = (row) => column.period[row] < 0 ? "" : meta.periods[column.period[row]];
  const scopeOf = (row) => column.scope[row] < 0 ? "" : meta.scopes[column.scope[row]];

  dajuan.take = (kind, number, data) => {
    if (kind === "sentences") { sentences.set(number, data); return; }
    if (kind === "meta") {
      meta = data;
      total = number;
      for (const name of CODED) column[name] = new Int32Array(total);
      hits = new Int32Array(total);
      return;
    }
    const from = number * meta.chunk;
    for (const name of CODED) column[name].set(data[name], from);
    for (let i = 0; i < data.claim_id.length; i += 1) {
      const row = from + i, indicator = column.indicator[row];
      ids[row] = data.claim_id[i];
      subjects[row] = data.subject[i];
      quotes[row] = data.quote[i];
      const names = indicator < 0 ? "" : meta.indicators[indicator].join(" ");
      haystacks[row] = [names, subjects[row], quotes[row], regionOf(row), scopeOf(row), periodOf(row), meta.documents[column.document[row]][0]].join("\n").toLowerCase();
    }
    loaded = ids.length;
  };

  function options() {
    const chosen = Object.fromEntries(FIELDS.map((field) => [field, form.elements[field].value]));
    const years = [...new Set(column.year.subarray(0, loaded))].filter(Boolean).sort((a, b) => b - a);
    const choices = {
      region: meta.codes.map((code, i) => [code, meta.regions[i]]).sort((a, b) => (a[0] < b[0] ? -1 : 1)),
      year: years.map((year) => [String(year), String(year)]),
    };
    for (const field of ["theme", "status", "measure", "verdict"]) choices[field] = meta.keys[field].map((key, i) => [key, meta[field][i][language()]]);
    for (const field of FIELDS) {
      const select = form.elements[field];
      select.replaceChildren(...[["", say("all")], ...choices[field]].map(([value, text]) => new Option(text, value)));
      select.value = chosen[field];
      if (select.selectedIndex < 0) select.value = "";
    }
  }

  function search() {
    const terms = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const place = (field, table) => { const value = form.elements[field].value; return value ? table.indexOf(value) : -1; };
    const wanted = [[column.region, place("region", meta.codes)], [column.year, Number(form.elements.year.value) || -1]];
    for (const field of ["theme", "status", "measure", "verdict"]) wanted.push([column[field], place(field, meta.keys[field])]);
    const active = wanted.filter(([, value]) => value >= 0);
    count = 0;
    for (let row = 0; row < loaded; row += 1) {
      if (active.every(([values, value]) => values[row] === value) && terms.every((term) => haystacks[row].includes(term))) {
        hits[count] = row;
        count += 1;
      }
    }
    list.scrollTop = 0;
    show();
  }

  const height = () => matchMedia("(max-width: 760px)").matches ? 62 : 36;

  function show() {
    const step = height();
    const first = Math.max(0, Math.floor(list.scrollTop / step) - MARGIN);
    const last = Math.min(count, Math.ceil((list.scrollTop + list.clientHeight) / step) + MARGIN);
    const focused = canvas.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    canvas.style.height = count * step + "px";
    canvas.replaceChildren(...Array.from({length: Math.max(0, last - first)}, (_, i) => line(first + i, step)));
    if (focused !== null) canvas.querySelector(`[data-at="${focused}"]`)?.focus({preventScroll: true});
    const suffix = loaded < total ? ` · ${say("loading")} ${loaded}/${total}` : "";
    found.textContent = (count ? `${count.toLocaleString("en")} ${say("found")}` : say("nothing")) + (count < loaded ? `（${say("of_all")} ${loaded.toLocaleString("en")}）` : "") + suffix;
  }

  function line(at, step) {
    const row = hits[at];
    const item = document.createElement("div");
    item.setAttribute("role", "listitem");
    item.setAttribute("aria-setsize", count);
    item.setAttribute("aria-posinset", at + 1);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "row";
    button.dataset.at = at;
    button.style.top = at * step + "px";
    const bound = word("bound", row);
    const cells = [
      ["name", nameOf(row) + (scopeOf(row) ? `（${scopeOf(row)}）` : "")], ["quote", quotes[row]], ["place", regionOf(row)],
      ["time dim", periodOf(row)], ["state dim", word("status", row)],
      ["judged verdict" + (column.verdict[row] < 0 ? "" : " v-" + meta.keys.verdict[column.verdict[row]]), word("verdict", row)],
    ];
    for (const [name, text] of cells) {
      const cell = document.createElement("span");
      cell.className = name;
      cell.textContent = text;
      if (name === "quote" && bound) cell.title = bound;
      button.append(cell);
    }
    item.append(button);
    return item;
  }

  const element = (tag, attributes, ...children) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };

  async function open(row) {
    const chunk = Math.floor(row / meta.sentences);
    await dajuan.load(`data/sentences-${chunk}.js`);
    const [before, marked, after, section, start, end] = sentences.get(chunk)[row % meta.sentences];
    const [title, day, url] = meta.documents[column.document[row]];
    document.getElementById("source-title").textContent = `${nameOf(row)} ${quotes[row]}`;
    const document_ = url ? element("a", {href: url, rel: "noopener noreferrer", textContent: title}) : element("span", {textContent: title});
    const facts = [regionOf(row), periodOf(row), ...["theme", "measure", "status", "bound", "verdict"].map((table) => word(table, row))];
    const promised = column.status[row] === meta.keys.status.indexOf("target") && column.region[row] >= 0;
    const sheet = promised ? meta.sheets[`${meta.codes[column.region[row]]}-${column.year[row]}`] : undefined;
    dialog.querySelector(".body").replaceChildren(
      element("p", {className: "note", textContent: facts.filter(Boolean).join(" · ")}),
      element("q", {className: "sentence", lang: "zh-CN"}, before, element("mark", {textContent: marked}), after),
      element("cite", {}, document_, ` ${day || say("no_date")} · ${section ? section + " · " : ""}${say("characters")} ${start}–${end}`),
      element("p", {className: "rule"}, element("code", {textContent: ids[row]}), ...(sheet ? [" · ", element("a", {href: `${dajuan.root}${sheet}#c-${ids[row]}`, textContent: say("to_sheet")})] : [])),
    );
    if (!dialog.open) dialog.showModal();
  }

  function remember() {
    const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", "#" + state);
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const field of ["q", ...FIELDS]) form.elements[field].value = state.get(field) ?? "";
    return state.get("c");
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => { search(); remember(); }, 60);
  }

  function move(event) {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    const at = event.target.dataset?.at;
    if (!step || at === undefined) return;
    const next = Number(at) + step;
    if (next < 0 || next >= count) return;
    event.preventDefault();
    const top = next * height();
    if (top < list.scrollTop) list.scrollTop = top;
    if (top + height() > list.scrollTop + list.clientHeight) list.scrollTop = top + height() - list.clientHeight;
    show();
    canvas.querySelector(`[data-at="${next}"]`)?.focus({preventScroll: true});
  }

  async function start() {
    await dajuan.load("data/meta.js");
    const chunks = Math.ceil(total / meta.chunk);
    let wanted = null;
    for (let n = 0; n < Math.max(chunks, 1); n += 1) {
      if (n < chunks) await dajuan.load(`data/claims-${n}.js`);
      options();
      if (n === 0) wanted = recall();
      search();
      const place = wanted ? ids.indexOf(wanted) : -1;
      if (place >= 0) { wanted = null; await open(place); }
    }
    list.dataset.ready = "";
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("reset", () => setTimeout(soon));
  form.addEventListener("submit", (event) => event.preventDefault());
  list.addEventListener("scroll", () => requestAnimationFrame(show), {passive: true});
  list.addEventListener("keydown", move);
  list.addEventListener("click", (event) => {
    const button = event.target.closest(".row");
    if (button) open(hits[Number(button.dataset.at)]);
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  addEventListener("resize", show);
  addEventListener("hashchange", () => {
    const id = recall();
    search();
    const place = id ? ids.indexOf(id) : -1;
    if (place >= 0) open(place);
  });
  document.addEventListener("dajuan-language", () => { if (meta) { options(); show(); } });
  start();
})();
