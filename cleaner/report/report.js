"use strict";
// Text of documents reaches the page as text nodes only (textContent), never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const app = $("app");
const state = { document: 0, rules: new Set(), view: "both", at: -1, runs: [] };

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "onclick") element.addEventListener("click", value);
    else if (name === "rule") { element.style.setProperty("--h", value.hue); element.style.setProperty("--k", value.shift); }
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
const number = (value) => value.toLocaleString("en");
const plural = (count, name) => `${number(count)} ${name}${count === 1 ? "" : "s"}`;
const family = (rule) => rule.slice(0, Math.max(0, rule.indexOf("/")));
const short = (rule) => (family(rule) === "scorer" ? "scorer" : rule.slice(rule.indexOf("/") + 1));

// Characters that turn the writing direction of what follows could show a text otherwise than it is.
const TURNS = /([\u202a-\u202e\u2066-\u2069]+)/u;
const codes = (text) => [...text].map((each) => "U+" + each.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")).join(" ");
const mark = (text) => make("span", { class: "shapeless", text: codes(text) });
const inert = (text) => text.split(TURNS).map((part, at) => (at % 2 ? mark(part) : part));

// ---- what a line says

const rulesOf = (doc, line) => {
  const found = [];
  for (const [, , note] of line.pieces) {
    const rule = note === undefined ? undefined : doc.notes[note][0];
    if (rule !== undefined && !found.includes(rule)) found.push(rule);
  }
  return found;
};
const wanted = (line) => state.rules.size === 0 || line.rules.some((rule) => state.rules.has(rule));

for (const doc of data.documents) {
  doc.counts = new Map();
  for (const line of doc.lines || []) {
    line.rules = rulesOf(doc, line);
    for (const rule of line.rules) doc.counts.set(rule, (doc.counts.get(rule) || 0) + 1);
  }
}

// ---- at the left: documents and rules

function showDocuments() {
  $("documents").hidden = data.documents.length < 2 && !data.cut;
  $("document-list").replaceChildren(
    ...data.documents.map((doc, index) => {
      let count = doc.problem ? "not read" : `${Math.round(100 * doc.share)} %`;
      let matching = true;
      if (state.rules.size && !doc.problem) {
        const hits = doc.lines.filter(wanted).length;
        matching = hits > 0;
        count = number(hits);
      }
      return make("li", {}, make("button", {
        type: "button", title: doc.problem || state.rules.size ? doc.name : `${doc.name}: ${count} of the characters went`, "aria-current": index === state.document ? "true" : undefined,
        class: `${matching ? "" : "none"} ${doc.problem ? "failed" : ""}`.trim(),
        onclick: () => { open(index); },
      }, make("span", { class: "name", dir: "auto" }, ...inert(doc.name)), make("span", { class: "count", text: count })));
    }),
  );
  const here = $("document-list").querySelector("[aria-current]");
  if (here) {
    const list = $("document-list");
    list.scrollTop = Math.min(list.scrollTop, here.offsetTop - list.offsetTop);
    list.scrollTop = Math.max(list.scrollTop, here.offsetTop - list.offsetTop + here.offsetHeight - list.clientHeight);
  }
  $("cut").textContent = data.cut || "";
  $("cut").hidden = !data.cut;
}

function showLegend(doc) {
  const shown = new Map([...doc.counts].sort((a, b) => b[1] - a[1] || (data.rules[a[0]].name < data.rules[b[0]].name ? -1 : 1)));
  for (const rule of state.rules) if (!shown.has(rule)) shown.set(rule, 0);
  $("legend-list").replaceChildren(...[...shown].map(([rule, count]) => {
    const { name } = data.rules[rule];
    return make("li", {}, make("button", {
      type: "button", class: "ruled", rule: data.rules[rule], title: name, "aria-pressed": String(state.rules.has(rule)), "data-rule": name,
      onclick: () => { toggle(rule); },
    }, make("span", { class: "swatch" }),
    make("span", { class: "name" }, short(name), make("small", { text: family(name) })),
    make("span", { class: "count", text: number(count) })));
  }));
  $("nothing").hidden = shown.size > 0;
  $("clear").hidden = state.rules.size === 0;
}

function toggle(rule) {
  if (!state.rules.delete(rule)) state.rules.add(rule);
  show();
}

// ---- the document

function showHead(doc) {
  $("file").replaceChildren(...inert(doc.name));
  $("title").replaceChildren(...inert(doc.title || "Without a title"));
  $("title").lang = doc.title ? doc.lang : "";
  $("meta").replaceChildren(...doc.meta.map(([name, value]) => make("div", { class: value.length > 90 ? "long" : undefined },
    make("dt", { text: name }), make("dd", { dir: "auto" }, ...inert(value)))));
  $("flags").replaceChildren(...doc.flags.map(([name, detail]) => make("li", {}, make("b", { text: name }), detail)));
}

function pieces(doc, line, side) {
  const cell = make("div", { class: `text ${side}${side === "cleaned" && line.joined ? " joined" : ""}`, dir: "auto", lang: doc.lang, role: "cell" });
  for (const [what, text, note] of line.pieces) {
    if (what === (side === "raw" ? "+" : "-")) continue;
    if (what === " ") { cell.append(...inert(text)); continue; }
    const rule = data.rules[doc.notes[note][0]];
    const shown = make(what === "-" ? "del" : "ins", { class: "ruled", rule });
    if (/^[\p{Cf}\p{Cc}\u00ad\u034f]+$/u.test(text)) shown.append(mark(text));
    else shown.append(...inert(text));
    cell.append(shown);
  }
  return cell;
}

function row(doc, line, run) {
  const first = run && run.first === line;
  const element = make("div", {
    class: `line ${line.fate}${line.gap ? " gap" : ""}${line.rules.length ? " ruled" : ""}${/^heading/.test(line.kind || "") ? " h" : ""}${line.kind === "code" ? " code" : ""}`,
    rule: data.rules[line.rules[0]], id: `line-${line.number}`, role: "row", tabindex: "-1",
  }, make("div", { class: "no", text: line.number, role: "rowheader" }), pieces(doc, line, "raw"));
  if (line.fate === "removed") {
    const tag = make("div", { class: "tag cleaned", role: "cell" });
    if (first) {
      tag.append(line.rules.map((rule) => short(data.rules[rule].name)).join(", "));
      if (run.lines.length > 1) tag.append(make("span", { text: `  ${plural(run.lines.length, "line")}` }));
    } else tag.append(make("span", { class: "unseen", text: line.rules.map((rule) => short(data.rules[rule].name)).join(", ") }));
    element.append(tag);
  } else element.append(pieces(doc, line, "cleaned"));
  element.addEventListener("mouseenter", () => card(doc, line, element));
  element.addEventListener("mouseleave", () => { $("card").hidden = true; });
  element.addEventListener("focus", () => { rest(element); card(doc, line, element); element.setAttribute("aria-describedby", "card"); });
  element.addEventListener("blur", () => { $("card").hidden = true; element.removeAttribute("aria-describedby"); });
  if (run) element.addEventListener("click", () => { if (!String(getSelection())) select(state.runs.indexOf(run), false); });
  line.element = element;
  return element;
}

function runsOf(doc) {
  const runs = [];
  let last = null;
  for (const line of doc.lines) {
    if (line.fate === "kept" || !wanted(line)) { last = null; continue; }
    const key = `${line.fate} ${line.rules.join()}`;
    if (last === null || last.key !== key || line.fate === "mended") runs.push((last = { key, first: line, lines: [] }));
    last.lines.push(line);
  }
  return runs;
}

function showLines(doc) {
  const around = new Set();
  if (state.rules.size) doc.lines.forEach((line, at) => { if (wanted(line)) for (let near = at - 1; near <= at + 1; near++) around.add(near); });
  const runOf = new Map();
  for (const run of state.runs) for (const line of run.lines) runOf.set(line, run);
  const out = [];
  let folded = 0;
  const fold = () => {
    if (folded) out.push(make("button", { type: "button", class: "fold", text: plural(folded, "other line"), onclick: clearRules }));
    folded = 0;
  };
  doc.lines.forEach((line, at) => {
    line.element = null;
    if (state.rules.size && !around.has(at)) { folded += 1; return; }
    fold();
    out.push(row(doc, line, runOf.get(line)));
  });
  fold();
  if (doc.cut) out.push(make("p", { class: "note", text: doc.cut }));
  if (!doc.lines.length) out.push(make("p", { class: "note", text: doc.problem || "The document is empty." }));
  $("lines").replaceChildren(...out);
  rest($("lines").querySelector(".line"));
}

// One line can be reached with the tab key: the one that had the focus last. The arrow keys lead to the others.
function rest(element) {
  for (const other of $("lines").querySelectorAll('.line[tabindex="0"]')) other.tabIndex = -1;
  if (element) element.tabIndex = 0;
}
const shownLines = () => [...$("lines").querySelectorAll(".line")].filter((line) => line.offsetParent !== null);
function walk(by) {
  const here = document.activeElement;
  if (!here || !here.classList.contains("line")) return false;
  const lines = shownLines();
  const next = lines[lines.indexOf(here) + by];
  if (next) next.focus();
  return true;
}

function showMap(doc) {
  const parts = [];
  let last = null;
  for (const line of doc.lines) {
    for (const [, text, note] of line.pieces) {
      const key = note === undefined ? "kept" : doc.notes[note][0];
      if (last === null || last.key !== key) parts.push((last = { key, line, size: 0 }));
      last.size += text.length;
    }
  }
  $("map").replaceChildren(...parts.map(({ key, line, size }) => {
    const name = key === "kept" ? "stays" : data.rules[key].name;
    const part = make("button", {
      type: "button", tabindex: "-1", title: name, rule: data.rules[key],
      class: `${key === "kept" ? "kept" : "ruled"}${key !== "kept" && !wanted(line) ? " faded" : ""}`,
      onclick: () => { if (!line.element) clearRules(); line.element.scrollIntoView({ block: "center" }); },
    });
    part.style.flexGrow = size;
    return part;
  }));
}

function showSums(doc) {
  const stays = doc.lines.filter((line) => line.fate !== "removed").length;
  const changed = doc.cut || doc.lines.some((line) => line.fate !== "kept");
  const share = !changed ? [doc.share ? "; only white space went" : "; nothing went"]
    : [", ", make("b", { text: `${100 * doc.share < 0.05 && doc.share > 0 ? "under 0.1" : (100 * doc.share).toFixed(1)} %` }), " of the characters went"];
  $("sums").replaceChildren(make("b", { text: stays === doc.lines.length && !doc.cut ? `All ${plural(doc.lines.length, "line")}` : `${number(stays)} of ${plural(doc.lines.length, "line")}` }), " stay", ...(doc.total ? share : []));
}

function showStep() {
  $("step").textContent = state.runs.length ? `${state.at < 0 ? "–" : state.at + 1} / ${state.runs.length}` : "none";
  $("next").disabled = $("previous").disabled = state.runs.length === 0;
}

// ---- the card of one line

const ELEMENTS = 4; // the innermost ones are the telling ones
const NAMES = 3; // class names and ids of each
function inner(path) {
  const names = path.split(" > ").map((name) => {
    const parts = name.match(/[.#]?[^.#]+/g) || [name];
    return parts.length > NAMES + 1 ? parts.slice(0, NAMES + 1).join("") + "…" : name;
  });
  return (names.length > ELEMENTS ? "… > " : "") + names.slice(-ELEMENTS).join(" > ");
}

function card(doc, line, element) {
  const box = $("card");
  const notes = [...new Set(line.pieces.filter((piece) => piece[2] !== undefined).map((piece) => piece[2]))];
  const children = notes.flatMap((note) => {
    const [rule, reason] = doc.notes[note];
    return [
      make("p", { class: "what ruled", rule: data.rules[rule] }, make("span", { class: "swatch" }), data.rules[rule].name),
      make("p", { class: "why", dir: "auto" }, ...inert(reason)),
    ];
  });
  if (!notes.length) {
    if (!line.odds && !line.path) { box.hidden = true; return; }
    children.push(make("p", { class: "what", text: "stays" }));
  }
  const zone = { head: "above the prose", tail: "below the prose", body: "within the prose", none: "no prose on the page" }[line.zone];
  children.push(make("p", { class: "where", text: [`line ${line.number}`, zone, line.kind].filter(Boolean).join(" · ") }));
  if (line.path) children.push(make("p", { class: "path", text: inner(line.path) }));
  if (line.odds) {
    const meter = make("meter", { min: 0, max: 1, value: line.odds.probability });
    children.push(make("div", { class: "odds" },
      make("div", { class: "all" }, "scorer", meter, `${line.odds.probability.toFixed(2)} likely content`),
      ...line.odds.moved.flatMap(([feature, value, by]) => [
        make("span", { text: feature }), make("span", { class: "n", text: String(value).replace("-", "−") }),
        make("span", { class: "n", text: (by < 0 ? "−" : "+") + Math.abs(by).toFixed(1) }),
      ])));
  }
  box.replaceChildren(...children);
  box.hidden = false;
  const at = element.getBoundingClientRect();
  const cell = (element.querySelector(".cleaned") || element).getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const left = cell.width ? cell.left + 12 : at.left + 60;
  box.style.left = `${Math.max(8, Math.min(left, innerWidth - size.width - 16))}px`;
  const below = at.bottom + 6;
  box.style.top = `${below + size.height < innerHeight - 8 ? below : Math.max(8, at.top - size.height - 6)}px`;
}

// ---- moving about

function select(index, move = true) {
  for (const element of document.querySelectorAll(".line.on")) element.classList.remove("on");
  state.at = index;
  const run = state.runs[index];
  if (run) {
    for (const line of run.lines) if (line.element) line.element.classList.add("on");
    if (move && run.first.element) {
      run.first.element.scrollIntoView({ block: "center", behavior: "instant" });
      run.first.element.focus({ preventScroll: true });
      card(current(), run.first, run.first.element);
    }
    remember(`${state.document + 1}:${run.first.number}`);
  }
  showStep();
}
function remember(place) {
  try { history.replaceState(null, "", `#${place}`); } catch { /* a page in a frame may not */ }
}
const current = () => data.documents[state.document];
const step = (by) => {
  const count = state.runs.length;
  if (count) select(state.at < 0 ? (by > 0 ? 0 : count - 1) : (state.at + by + count) % count);
};
function clearRules() { state.rules.clear(); show(); }
function open(index) {
  if (index < 0 || index >= data.documents.length) return;
  state.document = index;
  show();
  scrollTo({ top: 0, behavior: "instant" });
  remember(String(index + 1));
}
function setView(view) {
  state.view = view;
  app.classList.toggle("only-raw", view === "raw");
  app.classList.toggle("only-cleaned", view === "cleaned");
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
}
function show() {
  const doc = current();
  doc.lines = doc.lines || [];
  state.runs = runsOf(doc);
  state.at = -1;
  $("card").hidden = true;
  showDocuments();
  showLegend(doc);
  showHead(doc);
  showMap(doc);
  showSums(doc);
  showLines(doc);
  showStep();
}
function theme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
  document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
}

const views = ["both", "raw", "cleaned"];
const keys = {
  n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
  "]": () => open(state.document + 1), "[": () => open(state.document - 1),
  v: () => setView(views[(views.indexOf(state.view) + 1) % views.length]), t: theme,
  Escape: () => { $("card").hidden = true; select(-1); if (state.rules.size) clearRules(); },
  ArrowDown: () => walk(1), ArrowUp: () => walk(-1),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  if (keys[event.key]() !== false) event.preventDefault();
});
addEventListener("scroll", () => {
  const element = document.activeElement && document.activeElement.closest(".line");
  const line = element && current().lines.find((each) => each.element === element);
  const seen = line && element.getBoundingClientRect().bottom > 0 && element.getBoundingClientRect().top < innerHeight;
  if (seen) card(current(), line, element);
  else $("card").hidden = true;
}, { passive: true });
$("next").addEventListener("click", () => step(1));
$("previous").addEventListener("click", () => step(-1));
$("clear").addEventListener("click", clearRules);
$("theme").addEventListener("click", theme);
for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => setView(button.dataset.view));

const place = /^#(\d+)(?::(\d+))?$/.exec(location.hash);
if (place && data.documents[place[1] - 1]) state.document = place[1] - 1;
show();
if (place && place[2]) select(state.runs.findIndex((run) => run.lines.some((line) => line.number === Number(place[2]))));
document.documentElement.dataset.ready = "true";
