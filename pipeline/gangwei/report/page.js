// Text of documents reaches the page as text nodes only: nothing here parses markup.
const DATA = JSON.parse(document.getElementById("data").textContent);
const FIGURES = DATA.figures;
const PAGE = 100;

const ROLE = ["role_id", "title", "title_full", "company", "department", "level", "function", "summary", "layout", "confidence", "start", "end", "relations", "duties", "kpis", "requirements"];

// A word of a scale in Chinese; as it is where the page is in English.
const word = (scale, value) => (zh && DATA.words[scale] && DATA.words[scale][value]) || value;

const roles = [];
const byId = new Map();
DATA.documents.forEach((document_, n) => {
  for (const cells of document_.roles) {
    const role = Object.fromEntries(ROLE.map((name, place) => [name, cells[place]]));
    role.n = roles.length;
    role.document = n;
    byId.set(role.role_id, role.n);
    roles.push(role);
  }
});
const roleLink = (role) => h("a", { href: `#/role/${role.n}` }, role.title || t("not_stated"));

// Bars

function bars(title, entries, { total, label = (name) => name, kinds = 0, keep = false } = {}) {
  const shown = keep ? entries : entries.slice(0, 20);
  const most = Math.max(1, ...shown.map(([, n]) => n));
  const rest = kinds - shown.length;
  return h("section", { class: "card" }, h("h2", {}, title),
    shown.length ? h("div", { class: "bars" }, shown.map(([name, n]) => {
      const said = label(name) || t("not_stated");
      const bar = h("span", { class: n ? "fill" : "" });
      bar.style.width = `${(100 * n) / (total || most)}%`;
      return [h("span", { class: "name", title: said }, said), h("span", { class: "track" }, bar), h("span", { class: "n" }, total ? `${number(n)} · ${percent(n / total)}` : number(n))];
    })) : h("p", { class: "soft" }, "—"),
    rest > 0 && h("p", { class: "soft" }, t("more_kinds", { n: rest })));
}
const listed = (name, title, scale, options) => bars(title, FIGURES[name].top, { label: (value) => (scale ? word(scale, value) : value), kinds: FIGURES[name].kinds, ...options });
const ordered = (name, title, label, steps) => {
  const found = new Map(FIGURES[name].top);
  return bars(title, steps.filter((step) => found.has(step)).map((step) => [step, found.get(step)]), { label, keep: true });
};
const tenths = (name, title) => {
  const found = new Map(FIGURES[name].top);
  const steps = [...Array(10).keys()].map(String);
  return bars(title, steps.map((step) => [step, found.get(step) || 0]), { label: (step) => `${step * 10}–${step * 10 + 10}%`, keep: true });
};

// Pages

function summaryPage() {
  const rows = new Map(FIGURES.rows.top);
  const figure = (value, name) => h("div", {}, h("b", {}, value), h("span", { class: "soft" }, t(name)));
  const fields = ["company", "department", "summary", "supervisor", "subordinate", "deputy", "duty", "authority", "routine", "kpis", "requirements"];
  const found = new Map(FIGURES.fields.top);
  const total = rows.get("roles") || 0;
  return [
    h("h1", {}, t("summary")),
    leftOut(),
    h("div", { class: "figures" },
      figure(number(FIGURES.documents), "documents"), figure(number(FIGURES.to_review), "to_review"), figure(number(total), "role_n"),
      ["duties", "kpis", "requirements", "relations", "units"].map((name) => figure(number(rows.get(name) || 0), name)),
      figure(FIGURES.mean_coverage === null ? "—" : percent(FIGURES.mean_coverage), "coverage")),
    attention(),
    h("div", { class: "grid" },
      listed("status", t("status"), "documents.status", { total: FIGURES.documents }),
      bars(t("fields"), fields.map((name) => [name, found.get(name) || 0]), { total: total || 1, keep: true, label: (name) => t(name === "summary" ? "summary_field" : name) }),
      listed("layout", t("layout"), "", { total: total || 1 }), tenths("coverage", t("coverage_bars")), tenths("confidence", t("confidence_bars")),
      listed("level", t("level"), "roles.level"), listed("function", t("function"), "roles.function"),
      bars(t("notes"), FIGURES.notes.top, { label: (code) => (NOTES[code] ? NOTES[code][zh ? 0 : 1] : code) }),
      listed("script", t("script"), "documents.script", { total: FIGURES.documents }), listed("media_type", t("media_type"), "", { total: FIGURES.documents })),
  ];
}
function leftOut() {
  if (DATA.documents.length === FIGURES.documents) return null;
  return h("p", { class: "card warn" }, t("left_out", { n: FIGURES.documents, m: DATA.documents.length }));
}
function attention() {
  const rest = FIGURES.to_review - DATA.attention.length;
  const tags = (reasons) => Object.entries(reasons).map(([code, value]) => {
    if (code === "failed" || code === "partial") return [h("span", { class: "tag warn" }, t(code)), ` ${value} `];
    return h("span", { class: "tag" }, code === "coverage" ? `${t("low_coverage")} ${percent(value)}` : `${t(code)} ${value}`);
  });
  return h("section", { class: "card" }, h("h2", {}, t("first")),
    DATA.attention.length ? h("div", { class: "scroll attention" }, h("table", { class: "stacked" },
      h("thead", {}, h("tr", {}, h("th", {}, t("document")), h("th", {}, t("why")))),
      h("tbody", {}, DATA.attention.slice(0, attention.all ? undefined : 10).map((entry) => h("tr", {},
        h("td", {}, entry.shown === null ? h("span", { title: t("not_shown") }, entry.doc) : h("a", { href: `#/document/${entry.shown}` }, entry.doc)),
        h("td", {}, tags(entry.reasons))))))) : h("p", { class: "soft" }, t("nothing")),
    DATA.attention.length > 10 && !attention.all && h("button", { type: "button", onclick: () => { attention.all = true; show(); } }, t("list_more", { n: DATA.attention.length - 10 })),
    rest > 0 && h("p", { class: "soft" }, t("more_attention", { n: rest })));
}

const filter = { text: "", level: "", function: "", company: "", doubtful: "", sort: "", page: 0 };
const haystack = (role) => role.hay || (role.hay = [role.title, role.title_full, role.company, role.department, role.role_id, role.summary,
  ...role.relations.map((row) => row[1]), ...role.duties.map((row) => row[2]), ...role.kpis.map((row) => row[0]), ...role.requirements.map((row) => row[0])].join("\n").toLowerCase());
function rolesPage() {
  const body = h("div");
  const refresh = () => body.replaceChildren(...rolesFound(refresh));
  const choice = (name, first, scale) => {
    const values = [...new Set(roles.map((role) => role[name]))].filter(Boolean).sort();
    return h("select", { "aria-label": first, onchange: (event) => { filter[name] = event.target.value; filter.page = 0; refresh(); } },
      h("option", { value: "" }, first), values.map((value) => h("option", { value, selected: filter[name] === value }, word(scale, value))));
  };
  const search = h("input", { type: "search", placeholder: t("search"), "aria-label": t("search"), value: filter.text,
    oninput: (event) => { filter.text = event.target.value; filter.page = 0; clearTimeout(rolesPage.timer); rolesPage.timer = setTimeout(refresh, 120); } });
  refresh();
  return [h("h1", {}, t("roles")), leftOut(),
    h("div", { class: "controls" }, search, choice("company", t("all_companies"), ""), choice("level", t("all_levels"), "roles.level"), choice("function", t("all_functions"), "roles.function"),
      h("select", { "aria-label": t("confidence"), onchange: (event) => { filter.doubtful = event.target.value; filter.page = 0; refresh(); } },
        h("option", { value: "" }, t("any_confidence")), h("option", { value: "1", selected: filter.doubtful === "1" }, t("doubtful")))), body];
}
function rolesFound(refresh) {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = roles.filter((role) => ["level", "function", "company"].every((name) => !filter[name] || role[name] === filter[name])
    && (!filter.doubtful || role.confidence < 0.5) && words.every((one) => haystack(role).includes(one)));
  const columns = [
    ["title", roleLink, (role) => role.title], ["department", (role) => role.department, (role) => role.department], ["company", (role) => role.company, (role) => role.company],
    ["level", (role) => word("roles.level", role.level), (role) => role.level], ["function", (role) => word("roles.function", role.function), (role) => role.function],
    ["duties", (role) => role.duties.length, (role) => -role.duties.length], ["kpis", (role) => role.kpis.length, (role) => -role.kpis.length],
    ["requirements", (role) => role.requirements.length, (role) => -role.requirements.length], ["confidence", (role) => role.confidence.toFixed(2), (role) => role.confidence],
    ["document", (role) => h("a", { href: `#/document/${role.document}` }, DATA.documents[role.document].doc_id), (role) => role.n],
  ];
  const by = columns.find(([name]) => name === filter.sort);
  if (by) {
    const compare = new Intl.Collator("zh").compare;
    found.sort((a, b) => { const [x, y] = [by[2](a), by[2](b)]; return (typeof x === "number" ? x - y : compare(x, y)) || a.n - b.n; });
  }
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  filter.page = Math.min(filter.page, pages - 1);
  const turn = (by_) => () => { filter.page += by_; refresh(); };
  const isNumber = (name) => ["duties", "kpis", "requirements", "confidence"].includes(name);
  return [h("div", { class: "controls" }, h("span", {}, `${number(found.length)} ${t("found")}`),
    pages > 1 && [h("button", { type: "button", disabled: filter.page === 0, onclick: turn(-1) }, t("previous")), h("span", {}, t("page_of", { n: filter.page + 1, m: pages })),
      h("button", { type: "button", disabled: filter.page === pages - 1, onclick: turn(1) }, t("next"))]),
  h("div", { class: "scroll" }, h("table", { class: "stacked roles" },
    h("thead", {}, h("tr", {}, columns.map(([name]) => h("th", { class: isNumber(name) && "n", "aria-sort": filter.sort === name && "ascending" },
      h("button", { type: "button", onclick: () => { filter.sort = name; refresh(); } }, t(name) + (filter.sort === name ? " ↑" : "")))))),
    h("tbody", {}, found.slice(filter.page * PAGE, (filter.page + 1) * PAGE).map((role) => h("tr", {},
      columns.map(([name, cell]) => h("td", { class: isNumber(name) ? "n" : name === "title" && "first", "data-head": isNumber(name) && t(name) }, String(cell(role)) === "" ? null : cell(role))))))))];
}

function rolePage(n) {
  const role = roles[n];
  if (!role) return [h("p", {}, t("no_such"))];
  const document_ = DATA.documents[role.document];
  const marks = [];
  const item = (kind, text, start, end, said) => {
    marks.push([start, end, kind]);
    const place = document_.text === null ? null : marks.length - 1;
    const go = () => locate(place);
    return h("li", place === null ? {} : { "data-place": place, tabindex: 0, onclick: go, onkeydown: (event) => { if (event.key === "Enter") go(); } }, text, said.length ? h("span", { class: "soft" }, `（${said.join("，")}）`) : null);
  };
  const list = (kind, rows, make) => rows.length ? h("section", { class: "card" }, h("h2", {}, h("span", { class: kind }, t(kind))), h("ol", {}, rows.map(make))) : null;
  const of = (kind) => role.duties.filter((row) => row[0] === kind);
  const dutyItem = (row, n, rows) => [row[1] && (n === 0 || rows[n - 1][1] !== row[1]) ? h("li", { class: "group" }, row[1]) : null,
    item(row[0], row[2], row[4], row[5], row[3] ? [word("duties.frequency", row[3])] : [])];
  const posts = ["supervisor", "subordinate", "deputy"].map((kind) => [kind, role.relations.filter((row) => row[0] === kind)]).filter(([, rows]) => rows.length);
  for (const row of role.relations) marks.push([row[3], row[4], "post"]);
  const facts = [["company", role.company], ["department", role.department], ["level", word("roles.level", role.level)], ["function", word("roles.function", role.function)], ["summary_field", role.summary],
    ["confidence", role.confidence.toFixed(2)], ["layout", role.layout]].filter(([, value]) => value);
  const said = [
    h("section", { class: "card" }, h("dl", { class: "facts" },
      facts.map(([name, value]) => [h("dt", {}, t(name)), h("dd", {}, value)]),
      posts.map(([kind, rows]) => [h("dt", {}, t(kind)), h("dd", {}, rows.map((row, place) => [place ? "、" : "", byId.has(row[2]) ? h("a", { href: `#/role/${byId.get(row[2])}` }, row[1]) : row[1]]))]),
      h("dt", {}, t("document")), h("dd", {}, h("a", { href: `#/document/${role.document}` }, document_.doc_id)))),
    list("duty", of("duty"), dutyItem), list("authority", of("authority"), dutyItem), list("routine", of("routine"), dutyItem),
    list("kpi", role.kpis, (row) => item("kpi", row[0], row[7], row[8], [
      row[3] && word("kpis.comparator", row[2]) + row[3] + row[4], row[5] !== null && `${t("weight")} ${row[5]}%`, row[6] && word("kpis.period", row[6])].filter(Boolean))),
    list("requirement", role.requirements, (row) => item("requirement", row[0], row[8], row[9], [
      word("requirements.category", row[1]), row[2] && word("requirements.degree", row[2]), row[3] !== null && `≥${row[3]}${t("year_unit")}`, row[7] && t("preferred")].filter(Boolean))),
  ];
  return [h("h1", {}, role.title || t("not_stated")), h("div", { class: "split" }, h("div", {}, said), source(document_, marks, role))];
}

function documentPage(n) {
  const document_ = DATA.documents[n];
  if (!document_) return [h("p", {}, t("no_such"))];
  const marks = [];
  const own = roles.filter((role) => role.document === n);
  for (const role of own) {
    for (const row of role.duties) marks.push([row[4], row[5], row[0]]);
    for (const row of role.kpis) marks.push([row[7], row[8], "kpi"]);
    for (const row of role.requirements) marks.push([row[8], row[9], "requirement"]);
    for (const row of role.relations) marks.push([row[3], row[4], "post"]);
  }
  const facts = [["status", word("documents.status", document_.status)], ["why", document_.error], ["company", document_.company], ["title", document_.title], ["script", word("documents.script", document_.script)],
    ["coverage", percent(document_.coverage || 0)]].filter(([, value]) => value);
  return [h("h1", {}, document_.doc_id), h("div", { class: "split" }, h("div", {},
    h("section", { class: "card" }, h("dl", { class: "facts" }, facts.map(([name, value]) => [h("dt", {}, name === "title" ? "" : t(name)), h("dd", {}, value)]))),
    own.length ? h("section", { class: "card" }, h("h2", {}, t("document_roles")), h("ol", {}, own.map((role) => h("li", {}, roleLink(role), role.department && ` ${role.department}`, h("span", { class: "soft" }, ` ${role.confidence.toFixed(2)}`))))) : null,
    document_.units.length ? h("section", { class: "card" }, h("h2", {}, t("units")), h("ol", {}, document_.units.map((row) => h("li", {}, `${row[0]}：${row[1]}`)))) : null,
    document_.notes.length ? h("section", { class: "card" }, h("h2", {}, t("notes")), h("ol", {}, document_.notes.map((row) => h("li", {}, h("span", { class: "tag" }, NOTES[row[0]] ? NOTES[row[0]][zh ? 0 : 1] : row[0]), row[3])))) : null),
  source(document_, marks, null))];
}

// The source text with its values marked.
function source(document_, marks, role) {
  if (document_.text === null) return h("section", { class: "card source" }, h("h2", {}, t("source")), h("p", { class: "soft" }, t("no_text")));
  const all = document_.notes.filter((row) => row[0] === "unclaimed" || row[0] === "unread_value").map((row) => [row[1], row[2], "unclaimed", null]);
  marks.forEach(([start, end, kind], place) => all.push([start, end, kind, place]));
  const shown = h("pre", { tabindex: 0 });
  for (const { start, end, text, open } of stretches(document_.text, all, role ? [role.start, role.end] : [])) {
    const inside = role && start >= role.start && end <= role.end;
    const top = open[open.length - 1];
    if (top) shown.append(h("mark", { class: top[2] + (inside ? " inside-mark" : ""), "data-mark": open.filter((mark) => mark[3] !== null).map((mark) => mark[3]).join(" ") || null, title: t(top[2]) }, text));
    else shown.append(inside ? h("span", { class: "inside" }, text) : text);
  }
  if (role) requestAnimationFrame(() => { const first = shown.querySelector(".inside, .inside-mark"); if (first) shown.scrollTop = first.offsetTop - shown.offsetTop - 40; });
  return h("section", { class: "card source" }, h("h2", {}, t("source")),
    h("p", { class: "legend" }, ["post", "duty", "authority", "routine", "kpi", "requirement", "unclaimed"].map((kind) => h("span", { class: kind }, t(kind)))), shown);
}
function locate(place) {
  const found = [...document.querySelectorAll("mark[data-mark]")];
  for (const mark of found) mark.classList.remove("now");
  const here = found.filter((mark) => mark.dataset.mark.split(" ").includes(String(place)));
  for (const mark of here) mark.classList.add("now");
  if (here.length) here[0].scrollIntoView({ block: "center" });
}

function measuresPage() {
  const order = (scale) => Object.keys(DATA.words[scale]);
  return [h("h1", {}, t("measures")), h("div", { class: "grid" },
    listed("kpi", t("kpi_names")), listed("measure", t("measure"), "kpis.measure"), listed("period", t("period"), "kpis.period"),
    listed("category", t("category"), "requirements.category"), ordered("degree", t("degree"), (value) => word("requirements.degree", value), order("requirements.degree")),
    ordered("years", t("years"), (value) => ({ 0: "<1", 1: "1", 2: "2", 3: "3–4", 5: "5–7", 8: "8–9", 10: "≥10" })[value] + t("year_unit"), ["0", "1", "2", "3", "5", "8", "10"]),
    ordered("age", t("age"), (value) => `${value}–${Number(value) + 4}`, [...Array(20).keys()].map((step) => String(step * 5))), listed("gender", t("gender"), "requirements.gender"),
    listed("action", t("action")), listed("frequency", t("frequency"), "duties.frequency"))];
}

const PAGES = { summary: summaryPage, roles: rolesPage, charts: chartsPage, measures: measuresPage, compare: heatPage, role: (n) => rolePage(Number(n)), document: (n) => documentPage(Number(n)) };

function show() {
  const [, name, argument] = location.hash.split("/");
  const at = Object.hasOwn(PAGES, name) ? name : "summary";
  document.documentElement.lang = zh ? "zh-Hans" : "en";
  document.querySelector("header nav").replaceChildren(...["summary", "roles", "charts", "measures", ...(DATA.comparison ? ["compare"] : [])].map((one) => h("a", { href: `#/${one}`, "aria-current": one === at && "page" }, t(one))));
  document.querySelector("header button").textContent = zh ? "English" : "中文";
  document.querySelector("main").replaceChildren(...PAGES[at](argument).flat(9).filter(Boolean));
}
document.querySelector("header button").addEventListener("click", () => { zh = !zh; show(); });
addEventListener("hashchange", () => { show(); scrollTo(0, 0); document.querySelector("main").focus(); });
show();
document.documentElement.dataset.ready = Math.round(performance.now());
