"use strict";
// One document: its source beside what was read in it; a click on either side shows the other; all can be corrected.
const KIND = {
  title: "title", company: "company", department: "department", summary: "summary", supervisors: "post", subordinates: "post", deputies: "post",
  duties: "duty", authorities: "authority", routines: "routine", kpis: "kpi", requirements: "requirement", name: "unit", functions: "unit",
};
const SINGLES = ["company", "department", "summary"];
const POSTS = ["supervisors", "subordinates", "deputies"];
const ITEMS = ["duties", "authorities", "routines", "kpis", "requirements"];
const LEGEND = ["title", "company", "department", "post", "summary", "duty", "authority", "routine", "kpi", "requirement", "unit", "label", "repair", "unclaimed"];
const hiddenKinds = new Set(JSON.parse(localStorage.getItem("hidden") || "[]"));

async function reviewView(id) {
  const state = { id, view: null, chosen: null, editing: false, root: null };
  state.view = await ask(`/api/documents/${id}`);
  const parts = { head: h("div", { class: "review-head" }), outline: h("div", { class: "outline" }), source: h("div", { class: "source" }), legend: legend(state) };
  Object.assign(state, parts);
  state.root = h("div", { class: "review" });
  for (const kind of hiddenKinds) state.root.classList.add(`hide-${kind}`);
  state.root.append(parts.head, h("div", { class: "split" },
    h("section", { class: "pane", "aria-label": t("outline") }, parts.outline),
    h("section", { class: "pane text", "aria-label": t("source") }, parts.legend, parts.source)));
  drawReview(state);
  const keys = (event) => reviewKeys(state, event);
  document.addEventListener("keydown", keys);
  whenLeft(() => document.removeEventListener("keydown", keys));
  listenToSelection(state);
  const wanted = new URLSearchParams(location.search).get("at");
  if (wanted) setTimeout(() => choosePlace(state, Number(wanted)), 0);
  return state.root;
}
function drawReview(state) {
  const scrolled = [state.outline.scrollTop, state.source.querySelector("pre")?.scrollTop || 0];
  state.head.replaceChildren(...reviewHead(state));
  state.outline.replaceChildren(...outlineOf(state));
  state.source.replaceChildren(sourceOf(state));
  state.outline.scrollTop = scrolled[0];
  state.source.querySelector("pre").scrollTop = scrolled[1];
  if (state.chosen && !find(state, state.chosen)) state.chosen = null;
  if (state.chosen) choose(state, state.chosen, { isStill: true });
}
function reviewHead(state) {
  const { document: doc, outline, undone, previous, next, roles } = state.view;
  const layouts = [...new Set(roles.map((role) => role.layout))].filter(Boolean).join("、");
  const facts = [
    [t("company"), companyFact(state)], [t("layout"), layouts], [t("coverage"), doc.n_chars ? percent(doc.coverage) : ""], [t("script"), word("documents.script", doc.script)],
    [t("encoding"), doc.encoding], [t("length"), doc.n_chars ? t("characters", { n: doc.n_chars }) : ""],
  ].filter(([, value]) => value);
  const to = (target, sign, name) => h("a", { class: "button", href: target && `/documents/${target}`, "aria-disabled": target ? null : "true", "aria-label": t(name), title: t(name) }, sign);
  return [h("div", { class: "row between" },
    h("div", { class: "row" }, to(previous, "‹", "previous_document"), to(next, "›", "next_document"), h("h1", {}, doc.doc_id), chip(doc.status, word("documents.status", doc.status)), outline.checked ? h("span", { class: "chip ok" }, `✓ ${t("checked")}`) : null),
    h("div", { class: "row" },
      h("button", { type: "button", disabled: !doc._corrections, title: "Ctrl+Z", onclick: () => back(state, "undo") }, `↶ ${t("undo")}`, doc._corrections ? ` ${doc._corrections}` : ""),
      h("button", { type: "button", disabled: !undone, title: "Ctrl+Shift+Z", onclick: () => back(state, "redo") }, `↷ ${t("redo")}`),
      h("button", { type: "button", class: outline.checked ? null : "main", onclick: () => correct(state, { op: "check", checked: !outline.checked }) }, outline.checked ? t("uncheck") : t("check")))),
  doc.error ? h("p", { class: "warn" }, doc.error) : null,
  h("dl", { class: "inline-facts" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))))].filter(Boolean);
}
function companyFact(state) {
  const text = state.view.outline.company;
  const edit = (event) => {
    const field = h("input", { type: "text", value: text, "aria-label": t("company") });
    const end = (isKept) => { if (isKept && field.value.trim() !== text) correct(state, { op: "change", field: "company", text: field.value }); else drawReview(state); };
    field.addEventListener("keydown", (key) => { if (key.key === "Enter") end(true); if (key.key === "Escape") end(false); key.stopPropagation(); });
    event.currentTarget.replaceWith(field);
    field.focus();
  };
  return h("button", { type: "button", class: "plain", title: t("change"), onclick: edit }, text || t("not_stated"));
}

// Which item is meant: "role 0 duties 3", "role 0 title", "unit 1 functions 0".
const key = ({ role, unit, field, item }) => [role === undefined ? "unit" : "role", role === undefined ? unit : role, field, item === undefined ? "" : item].join(" ").trim();
function parsed(said) {
  const [owner, number_, field, item] = said.split(" ");
  return { [owner]: Number(number_), field, ...(item === undefined ? {} : { item: Number(item) }) };
}
function entryAt(state, said) {
  const { role, unit, field, item } = parsed(said);
  const owner = role === undefined ? state.view.outline.units[unit] : state.view.outline.roles[role];
  const found = owner && owner[field];
  return item === undefined ? found : found && found[item];
}
const find = (state, said) => state.outline.querySelector(`[data-item="${CSS.escape(said)}"]`);

// Choose an item: marked on both sides, its details and what can be done with it below it.
function choose(state, said, { from = "outline", isStill = false } = {}) {
  for (const old of state.root.querySelectorAll(".now")) old.classList.remove("now");
  for (const old of state.outline.querySelectorAll(".details, .editor")) old.remove();
  for (const old of state.outline.querySelectorAll("[data-item][aria-current]")) old.removeAttribute("aria-current");
  const item = find(state, said);
  if (!item) return;
  state.chosen = said;
  for (const one of state.outline.querySelectorAll("[data-item]")) one.tabIndex = -1;
  item.tabIndex = 0;
  item.setAttribute("aria-current", "true");
  item.classList.add("now");
  (item.closest("h2") || item).after(detailsOf(state, said));
  const marks = [...state.source.querySelectorAll("mark[data-items]")].filter((mark) => mark.dataset.items.split("|").includes(said));
  for (const mark of marks) mark.classList.add("now");
  if (isStill) return;
  if (from === "outline") item.focus({ preventScroll: true });
  if (marks.length) show_(state.source.querySelector("pre"), marks[0]);
  show_(state.outline, item);
}
// Bring an element into the middle of the pane that scrolls, and move nothing else; of a page that scrolls whole, nearest.
function show_(pane, element) {
  if (pane.scrollHeight <= pane.clientHeight) { element.scrollIntoView({ block: "nearest" }); return; }
  const [outer, inner] = [pane.getBoundingClientRect(), element.getBoundingClientRect()];
  if (inner.top < outer.top + 8 || inner.bottom > outer.bottom - 60) pane.scrollTop += inner.top - outer.top - outer.height / 3;
}
function choosePlace(state, place) {
  const mark = [...state.source.querySelectorAll("[data-start]")].find((one) => Number(one.dataset.start) <= place && place < Number(one.dataset.end));
  if (!mark) return;
  const items = (mark.dataset.items || "").split("|").filter(Boolean);
  if (items.length) choose(state, items[items.length - 1], { from: "source" });
  else { for (const old of state.root.querySelectorAll(".now")) old.classList.remove("now"); mark.classList.add("now"); }
  show_(state.source.querySelector("pre"), mark);
}

async function correct(state, correction, chosen = state.chosen) {
  const found = await trying(async () => {
    try {
      return await tell(`/api/documents/${state.id}/corrections`, { version: state.view.document._corrections, correction });
    } catch (error) {
      if (error.code === "version") state.view = await ask(`/api/documents/${state.id}`), drawReview(state);
      throw error;
    }
  });
  if (!found) return;
  state.view = found;
  state.chosen = chosen;
  drawReview(state);
  (find(state, chosen || "") || state.outline.querySelector("[data-item]"))?.focus({ preventScroll: true });
  say(t("kept_correction"));
}
async function back(state, which) {
  const found = await trying(() => tell(`/api/documents/${state.id}/${which}`));
  if (!found) return;
  state.view = found;
  drawReview(state);
  say(t(which === "undo" ? "undone" : "redone"));
}
function reviewKeys(state, event) {
  if (event.target.matches("input, textarea, select")) return;
  const isControl = event.ctrlKey || event.metaKey;
  const act = (work) => { event.preventDefault(); work(); };
  if (isControl && event.key.toLowerCase() === "z") return act(() => back(state, event.shiftKey ? "redo" : "undo"));
  if (isControl || event.isComposing) return undefined;
  if (event.key === "n" || event.key === "p") return act(() => nextDoubt(state, event.key === "n" ? 1 : -1));
  const item = event.target.closest("[data-item]");
  if (!item || event.target !== item) return undefined;
  const said = item.dataset.item;
  const items = [...state.outline.querySelectorAll("[data-item]")];
  const step = (by) => { const next = items[items.indexOf(item) + by]; if (next) choose(state, next.dataset.item); };
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) return act(() => shift(state, said, event.key === "ArrowUp" ? -1 : 1));
  const does = { ArrowDown: () => step(1), ArrowUp: () => step(-1), j: () => step(1), k: () => step(-1), Enter: () => edit(state, said), e: () => edit(state, said), Delete: () => drop(state, said), m: () => merge(state, said), a: () => accept(state, said), " ": () => choose(state, said) }[event.key];
  return does ? act(does) : undefined;
}
