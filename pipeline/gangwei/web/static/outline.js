"use strict";
// What was read in a document: doubts first, then posts and units with their values.
const TYPED = { duties: ["action", "object", "frequency"], authorities: ["action", "object", "frequency"], routines: ["action", "object", "frequency"],
  kpis: ["name", "measure", "direction", "comparator", "target", "unit", "weight", "period"], requirements: ["category", "degree", "min_years", "min_age", "max_age", "gender", "preferred"] };
const NAMES = { duties: "duty", authorities: "authority", routines: "routine", kpis: "kpi", requirements: "requirement", summary: "summary_field" };
const fieldName = (field) => t(NAMES[field] || field);
const KIND_OF_DUTY = { duties: "duty", authorities: "authority", routines: "routine" };

function outlineOf(state) {
  const { outline } = state.view;
  const places = outline.roles.map((role, n) => roleCard(state, role, n));
  const first = places[0] && places[0].querySelector("[data-item]");
  if (first) first.tabIndex = 0;
  return [doubtsCard(state), ...places, ...outline.units.map((unit, n) => unitCard(state, unit, n)),
    outline.roles.length + outline.units.length ? null : h("p", { class: "empty soft" }, t(state.view.document.status === "failed" ? "not_read" : "no_posts")),
    addPost(state), labelsCard(state), keysCard()].filter(Boolean);
}
function roleCard(state, role, n) {
  const own = state.view.roles[n];
  const said = own ? [[t("level"), word("roles.level", own.level)], [t("function"), word("roles.function", own.function)], [t("layout"), role.layout]].filter(([, value]) => value) : [];
  const isDoubtful = role.confidence < 0.5 && !role.accepted;
  return h("section", { class: `card role${role.accepted ? " accepted" : ""}`, "aria-label": role.title[0] },
    h("div", { class: "role-head" },
      h("span", { class: "number", "aria-hidden": "true" }, n + 1), h("h2", {}, item(state, { role: n, field: "title" }, role.title)),
      h("span", { class: isDoubtful ? "warn small" : "soft small", title: t("confidence") }, role.accepted ? `✓ ${t("accepted")}` : role.confidence.toFixed(2)),
      h("button", { type: "button", class: "quiet", "aria-pressed": String(role.accepted), onclick: () => correct(state, { op: "accept", role: n, accepted: !role.accepted }) }, role.accepted ? t("unaccept") : t("accept")),
      h("button", { type: "button", class: "quiet", "aria-label": `${t("drop_post")} ${role.title[0]}`, title: t("drop_post"), onclick: () => correct(state, { op: "drop", role: n }, null) }, "✕")),
    h("p", { class: "soft small" }, said.map(([name, value], place) => [place ? " · " : "", `${name} ${value}`])),
    h("dl", { class: "fields" },
      SINGLES.filter((field) => role[field]).map((field) => [h("dt", {}, fieldName(field)), h("dd", {}, item(state, { role: n, field }, role[field]))]),
      POSTS.filter((field) => role[field].length).map((field) => [h("dt", {}, fieldName(field)), h("dd", { class: "posts" }, role[field].map((entry, place) => item(state, { role: n, field, item: place }, entry)))])),
    ITEMS.filter((field) => role[field].length).map((field) => h("section", { class: `list list-${KIND[field]}` },
      h("h3", {}, h("span", { class: KIND[field] }, fieldName(field)), h("span", { class: "soft" }, ` ${role[field].length}`)), listed(state, { role: n, field }, role[field]))),
    addValue(state, { role: n }));
}
const unitCard = (state, unit, n) => h("section", { class: "card role", "aria-label": unit.name[0] },
  h("div", { class: "role-head" }, h("span", { class: "chip" }, t("unit")), h("h2", {}, item(state, { unit: n, field: "name" }, unit.name)),
    h("button", { type: "button", class: "quiet", "aria-label": `${t("drop_unit")} ${unit.name[0]}`, title: t("drop_unit"), onclick: () => correct(state, { op: "drop", unit: n }, null) }, "✕")),
  listed(state, { unit: n, field: "functions" }, unit.functions), addValue(state, { unit: n }));
function listed(state, at, entries) {
  return h("ol", {}, entries.map((entry, place) => [entry[4] && (place === 0 || entries[place - 1][4] !== entry[4]) ? h("li", { class: "group" }, entry[4]) : null,
    h("li", {}, item(state, { ...at, item: place }, entry))]));
}
function item(state, at, entry) {
  const said = key(at);
  return h("span", { class: `item item-${KIND[at.field]}${entry[3] === "person" ? " touched" : ""}`, "data-item": said, tabindex: -1, role: "button", onclick: () => choose(state, said), ondblclick: () => edit(state, said) }, entry[0]);
}

// Below a chosen item: where it comes from, what it means, what can be done with it.
function detailsOf(state, said) {
  const at = parsed(said);
  const entry = entryAt(state, said);
  const list = at.item !== undefined;
  const does = (sign, name, work, more = {}) => h("button", { type: "button", onclick: work, ...more }, sign && h("span", { "aria-hidden": "true" }, `${sign} `), t(name));
  const actions = [does("✎", "change", () => edit(state, said), { title: "Enter" }),
    list ? [does("↑", "up", () => shift(state, said, -1), { title: "Alt+↑", disabled: at.item === 0 }), does("↓", "down", () => shift(state, said, 1), { title: "Alt+↓" }),
      does("⤒", "merge", () => merge(state, said), { title: "m", disabled: at.item === 0 }), does("✂", "split", () => edit(state, said)), moveTo(state, said)] : null,
    at.field === "title" || at.field === "name" ? null : does("✕", "drop", () => drop(state, said), { title: "Delete" })];
  const facts = [[t("rule"), entry[3] === "person" ? t("by_person") : entry[3]], ...typedFacts(state, at), [t("place"), entry[2] > entry[1] ? `${entry[1]}–${entry[2]}` : t("no_place")]].filter(([, value]) => value !== "" && value !== null && value !== undefined && value !== false);
  return h("div", { class: "details" }, h("div", { class: "row actions", role: "toolbar", "aria-label": t("actions") }, actions),
    h("dl", { class: "inline-facts" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, String(value))))));
}
function typedFacts(state, { role, field, item: place }) {
  if (role === undefined) return [];
  const own = state.view.roles[role];
  if (field === "title") return own ? ["title_full", "level", "function", "variants"].map((name) => [headOf("roles", name), word(`roles.${name}`, own[name])]) : [];
  if (!TYPED[field] || !own) return [];
  const table = KIND_OF_DUTY[field] ? "duties" : field;
  const row = state.view[table].filter((one) => one.role_id === own.role_id && (!KIND_OF_DUTY[field] || one.kind === KIND_OF_DUTY[field]))[place];
  return row ? TYPED[field].map((name) => [headOf(table, name), name === "preferred" ? (row[name] ? t("yes") : "") : word(`${table}.${name}`, row[name])]) : [];
}
const headOf = (table, name) => { const column = session.table.get(table).columns.find((one) => one.name === name); return zh ? column.header : column.name.replace(/_/g, " "); };
function moveTo(state, said) {
  const { role, unit, field } = parsed(said);
  const { roles, units } = state.view.outline;
  const options = [...roles.flatMap((one, n) => [...POSTS, ...ITEMS].filter((name) => n !== role || name !== field).map((name) => [{ role: n, field: name }, `${n + 1} ${one.title[0]} · ${fieldName(name)}`])),
    ...units.map((one, n) => [{ unit: n, field: "functions" }, `${t("unit")} ${one.name[0]}`]).filter(([at]) => at.unit !== unit)];
  const own = options.filter(([at]) => at.role === role && role !== undefined);
  const others = options.filter(([at]) => at.role !== role || role === undefined);
  const option = ([at, name]) => h("option", { value: JSON.stringify(at) }, name);
  return h("select", { "aria-label": t("move_to"), onchange: (event) => { const to = JSON.parse(event.target.value); const owner = to.role === undefined ? units[to.unit] : roles[to.role]; correct(state, { op: "move", ...parsed(said), to }, key({ ...to, item: owner[to.field].length })); } },
    h("option", { value: "" }, t("move_to")), own.length ? h("optgroup", { label: t("same_post") }, own.map(option)) : null, others.length ? h("optgroup", { label: t("other_posts") }, others.map(option)) : null);
}

// What needs eyes, before anything else.
function doubtsOf(state) {
  const { notes } = state.view;
  const order = ["contradiction", "low_confidence", "unread_value", "uncertain_repair", "unclaimed"];
  return notes.filter((note) => order.includes(note.code)).sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code) || a.start - b.start);
}
function doubtsCard(state) {
  const doubts = doubtsOf(state);
  const others = state.view.notes.length - doubts.length;
  if (!state.view.notes.length) return null;
  const cut = (note) => { const text = textBetween(state, note.start, note.end).replace(/\s+/g, " ").trim(); return text.length > 60 ? `${text.slice(0, 60)}…` : text; };
  const line = (note) => h("li", {}, h("button", { type: "button", class: "plain", onclick: () => choosePlace(state, note.start) }, h("span", { class: `chip ${note.code}` }, NOTES[note.code] ? NOTES[note.code][zh ? 0 : 1] : note.code), ` ${cut(note) || note.message}`));
  const shown = doubts.slice(0, 5);
  return h("section", { class: "card doubts", "aria-label": t("first") }, h("h3", {}, t("first"), h("span", { class: "soft" }, ` ${doubts.length}`)),
    shown.length ? h("ul", {}, shown.map(line)) : h("p", { class: "soft" }, t("nothing")),
    doubts.length + others > shown.length ? h("details", {}, h("summary", {}, t("more_notes", { n: doubts.length + others - shown.length })), h("ul", {}, [...doubts.slice(5), ...state.view.notes.filter((note) => !doubts.includes(note))].slice(0, 500).map(line))) : null);
}
function nextDoubt(state, by) {
  const doubts = doubtsOf(state);
  if (!doubts.length) return say(t("nothing"));
  state.doubt = ((state.doubt === undefined ? (by > 0 ? -1 : 0) : state.doubt) + by + doubts.length) % doubts.length;
  choosePlace(state, doubts[state.doubt].start);
  const note = doubts[state.doubt];
  return say(`${state.doubt + 1} / ${doubts.length} · ${NOTES[note.code] ? NOTES[note.code][zh ? 0 : 1] : note.code}`);
}
// Why words were taken for labels or not; made when it is opened.
function labelsCard(state) {
  if (!state.view.labels.length) return null;
  const body = h("div", { class: "scroll" });
  const fill_ = () => body.replaceChildren(h("table", {}, h("thead", {}, h("tr", {}, ["label", "field", "outcome", "why", "rule"].map((name) => h("th", { scope: "col" }, t(name))))),
    h("tbody", {}, state.view.labels.map(([field, start, , text, rule, outcome, reason]) => h("tr", {}, h("td", {}, h("button", { type: "button", class: "plain", onclick: () => choosePlace(state, start) }, text)),
      h("td", {}, T[field] ? fieldName(field) : field), h("td", {}, h("span", { class: `chip ${outcome}` }, t(`outcome_${outcome}`))), h("td", { class: "soft" }, reason), h("td", { class: "soft" }, rule))))));
  return h("details", { class: "card", ontoggle: (event) => { if (event.target.open) fill_(); } }, h("summary", {}, t("labels_why"), h("span", { class: "soft" }, ` ${state.view.labels.length}`)), body);
}
const keysCard = () => h("details", { class: "card keys" }, h("summary", {}, t("keys")), h("dl", { class: "fields" }, KEYS.map(([sign, chinese, english]) => [h("dt", {}, h("kbd", {}, sign)), h("dd", {}, zh ? chinese : english)])));
