"use strict";
// Corrections: each ends in one `correct`.
function edit(state, said) {
  if (state.chosen !== said || !state.outline.querySelector(".details")) choose(state, said);
  const at = parsed(said);
  const entry = entryAt(state, said);
  const text = h("textarea", { rows: Math.min(6, Math.ceil(entry[0].length / 30)), "aria-label": t("change"), maxlength: session.limits.correction });
  text.value = entry[0];
  const keep = () => (text.value.trim() === entry[0] ? close() : correct(state, { op: "change", ...at, text: text.value }));
  const close = () => { choose(state, said, { isStill: true }); find(state, said)?.focus(); };
  const split = () => correct(state, { op: "split", ...at, at: Array.from(text.value.slice(0, text.selectionStart)).length });
  text.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at.item !== undefined) { event.preventDefault(); split(); }
    else if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); keep(); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  const form = h("div", { class: "editor" }, text, h("div", { class: "row actions" },
    h("button", { type: "button", class: "main", onclick: keep }, t("keep")), h("button", { type: "button", onclick: close }, t("cancel")),
    at.item === undefined ? null : h("button", { type: "button", title: "Ctrl+Enter", onclick: () => (text.value === entry[0] ? split() : say(t("split_first"), true)) }, `✂ ${t("split_here")}`)));
  state.outline.querySelector(".details")?.replaceWith(form);
  text.focus();
}
function drop(state, said) {
  const at = parsed(said);
  if (at.field === "title" || at.field === "name") return undefined;
  const next = at.item > 0 ? key({ ...at, item: at.item - 1 }) : null;
  return correct(state, { op: "drop", ...at }, next || said);
}
function merge(state, said) {
  const at = parsed(said);
  return at.item ? correct(state, { op: "merge", ...at }, key({ ...at, item: at.item - 1 })) : undefined;
}
function shift(state, said, by) {
  const at = parsed(said);
  if (at.item === undefined || at.item + by < 0) return undefined;
  return correct(state, { op: "move", ...at, to: { ...at, item: at.item + by } }, find(state, key({ ...at, item: at.item + by })) ? key({ ...at, item: at.item + by }) : said);
}
function accept(state, said) {
  const { role } = parsed(said);
  return role === undefined ? undefined : correct(state, { op: "accept", role, accepted: !state.view.outline.roles[role].accepted });
}

// Adding without drawing: the text is typed, and its place looked for in the source.
function addValue(state, owner) {
  const fields = owner.role === undefined ? ["functions"] : [...ITEMS, ...POSTS, ...SINGLES.filter((name) => !state.view.outline.roles[owner.role][name])];
  const form = h("form", { class: "row add", hidden: true });
  const field = h("select", { "aria-label": t("field") }, fields.map((name) => h("option", { value: name }, fieldName(name))));
  const text = h("input", { type: "text", "aria-label": t("value"), placeholder: t("value_here"), maxlength: session.limits.correction });
  form.append(field, text, h("button", { class: "main" }, t("add")));
  form.addEventListener("submit", (event) => { event.preventDefault(); if (text.value.trim()) correct(state, { op: "add", ...owner, field: field.value, text: text.value }); });
  form.addEventListener("keydown", (event) => event.stopPropagation());
  return [h("button", { type: "button", class: "quiet add-button", onclick: () => { form.hidden = !form.hidden; if (!form.hidden) text.focus(); } }, `＋ ${t("add_value")}`), form];
}
function addPost(state) {
  if (state.view.text === null) return null;
  const form = h("form", { class: "row add", hidden: true });
  const field = h("select", { "aria-label": t("field") }, h("option", { value: "title" }, t("post_one")), h("option", { value: "unit" }, t("unit")));
  const text = h("input", { type: "text", "aria-label": t("name"), placeholder: t("name"), maxlength: 200 });
  form.append(field, text, h("button", { class: "main" }, t("add")));
  form.addEventListener("submit", (event) => { event.preventDefault(); if (text.value.trim()) correct(state, { op: "add", field: field.value, text: text.value }, null); });
  return h("div", {}, h("button", { type: "button", class: "quiet", onclick: () => { form.hidden = !form.hidden; if (!form.hidden) text.focus(); } }, `＋ ${t("add_post")}`), form);
}
