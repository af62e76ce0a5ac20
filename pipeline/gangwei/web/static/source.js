"use strict";
// The source text with everything marked, and drawing a value over it.
function legend(state) {
  const switch_ = (kind) => h("button", { type: "button", class: `kind ${kind}`, "aria-pressed": String(!hiddenKinds.has(kind)), onclick: (event) => {
    if (hiddenKinds.has(kind)) hiddenKinds.delete(kind);
    else hiddenKinds.add(kind);
    localStorage.setItem("hidden", JSON.stringify([...hiddenKinds]));
    event.currentTarget.setAttribute("aria-pressed", String(!hiddenKinds.has(kind)));
    state.root.classList.toggle(`hide-${kind}`, hiddenKinds.has(kind));
  } }, t(`kind_${kind}`));
  return h("div", { class: "legend", role: "group", "aria-label": t("legend") }, LEGEND.map(switch_));
}
function marksOf(state) {
  const { outline, notes, labels, repairs } = state.view;
  const marks = [];
  for (const note of notes) if (note.code === "unclaimed" || note.code === "unread_value") marks.push([note.start, note.end, "unclaimed", null]);
  for (const [, start, end, , rule, outcome] of labels) if (outcome === "taken" && rule.startsWith("label ")) marks.push([start, end, "label", null]);
  const entry = (at, found) => { if (found) marks.push([found[1], found[2], KIND[at.field], key(at)]); };
  outline.units.forEach((unit, n) => { entry({ unit: n, field: "name" }, unit.name); unit.functions.forEach((one, place) => entry({ unit: n, field: "functions", item: place }, one)); });
  outline.roles.forEach((role, n) => {
    for (const field of ["summary", ...SINGLES.slice(0, 2)]) entry({ role: n, field }, role[field]);
    for (const field of [...ITEMS, ...POSTS]) role[field].forEach((one, place) => entry({ role: n, field, item: place }, one));
    entry({ role: n, field: "title" }, role.title);
  });
  for (const repair of repairs) marks.push([repair.start, repair.end, "repair", null, repair]);
  return marks;
}
function sourceOf(state) {
  if (state.view.text === null || !state.view.text) return h("pre", { class: "soft" }, t("no_source"));
  // A caret to select with by keyboard; nothing can be typed.
  const shown = h("pre", { tabindex: 0, contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-readonly": "true", "aria-label": t("source"), spellcheck: "false", onbeforeinput: (event) => event.preventDefault(), ondrop: (event) => event.preventDefault() });
  for (const { start, end, text, open } of stretches(state.view.text, marksOf(state))) {
    const top = open.filter((mark) => mark[2] !== "repair").pop();
    const repair = open.find((mark) => mark[2] === "repair");
    const items = open.filter((mark) => mark[3]).map((mark) => mark[3]);
    const said = [top && t(`kind_${top[2]}`), repair && `${t("kind_repair")}: ${repair[4].before} → ${repair[4].after || "∅"}`].filter(Boolean).join(" · ");
    const name = top || repair ? "mark" : "span";
    shown.append(h(name, { class: [top ? top[2] : "noise", repair && "repair"].filter(Boolean).join(" "), "data-start": start, "data-end": end, "data-items": items.join("|") || null, title: said || null }, text));
  }
  shown.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-items]");
    if (!mark || !getSelection().isCollapsed) return;
    const items = mark.dataset.items.split("|");
    choose(state, items[items.length - 1], { from: "source" });
  });
  return shown;
}
function textBetween(state, start, end) {
  const text = state.view.text || "";
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}

// A selection in the source offers to become a value.
function listenToSelection(state) {
  const offer = h("form", { class: "offer", hidden: true });
  state.root.append(offer);
  let timer;
  const changed = () => {
    clearTimeout(timer);
    if (offer.contains(document.activeElement)) return;
    timer = setTimeout(() => drawOffer(state, offer), 220);
  };
  document.addEventListener("selectionchange", changed);
  whenLeft(() => { clearTimeout(timer); document.removeEventListener("selectionchange", changed); });
}
function selectedPlace(state) {
  const selection = getSelection();
  const pre = state.source.querySelector("pre");
  if (selection.isCollapsed || !selection.rangeCount || !pre.contains(selection.anchorNode) || !pre.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const offset = (node, inner) => {
    if (node === pre) return inner < pre.childNodes.length ? Number(pre.childNodes[inner].dataset.start) : Number(pre.lastChild.dataset.end);
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentNode : node).closest("[data-start]");
    return Number(holder.dataset.start) + (node.nodeType === Node.TEXT_NODE ? Array.from(node.data.slice(0, inner)).length : inner && holder.dataset.end - holder.dataset.start);
  };
  let [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  const text = Array.from(textBetween(state, start, end));
  while (text.length && /\s/.test(text[0])) { text.shift(); start += 1; }
  while (text.length && /\s/.test(text[text.length - 1])) { text.pop(); end -= 1; }
  return start < end ? { start, end, rect: range.getBoundingClientRect() } : null;
}
// What a stretch says, as a value says it: repaired, on one line, without its ordinal and closing mark.
function saidBetween(state, start, end) {
  let text = "";
  let place = start;
  for (const repair of [...state.view.repairs].sort((a, b) => a.start - b.start)) {
    if (repair.start < place || repair.end > end) continue;
    text += textBetween(state, place, repair.start) + repair.after;
    place = repair.end;
  }
  text += textBetween(state, place, end);
  return text.replace(/\s*\n\s*/g, (gap, at, whole) => (/[!-~]/.test(whole[at - 1] || "") && /[!-~]/.test(whole[at + gap.length] || "") ? " " : ""))
    .replace(/^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[、．.）)]\s*/, "").replace(/[\s。；;，,、]+$/, "").trim();
}
function drawOffer(state, offer) {
  const place = selectedPlace(state);
  offer.hidden = !place;
  if (!place) return;
  const { roles, units } = state.view.outline;
  const chosen = state.chosen && parsed(state.chosen).role;
  const around = roles.findIndex((role) => role.start <= place.start && place.start < role.end);
  const before = around >= 0 ? around : chosen ?? Math.max(0, roles.findLastIndex((role) => role.title[1] <= place.start));
  const text = h("input", { type: "text", value: saidBetween(state, place.start, place.end), "aria-label": t("value"), maxlength: session.limits.correction });
  const field = h("select", { "aria-label": t("field") },
    roles.length ? h("optgroup", { label: t("value_of") }, [...ITEMS, ...POSTS, ...SINGLES].map((name) => h("option", { value: name }, fieldName(name)))) : null,
    units.length ? h("option", { value: "functions" }, t("functions")) : null,
    h("optgroup", { label: t("something_new") }, h("option", { value: "title" }, t("new_post")), h("option", { value: "unit" }, t("new_unit"))));
  const owner = h("select", { "aria-label": t("whose") });
  const fillOwner = () => {
    owner.hidden = ["title", "unit"].includes(field.value);
    owner.replaceChildren(...(field.value === "functions" ? units : roles).map((one, n) => h("option", { value: n, selected: field.value !== "functions" && n === before }, `${n + 1} ${(one.title || one.name)[0]}`)));
  };
  field.addEventListener("change", fillOwner);
  fillOwner();
  offer.replaceChildren(text, field, owner, h("button", { class: "main" }, t("add")), h("button", { type: "button", "aria-label": t("cancel"), onclick: () => { offer.hidden = true; getSelection().removeAllRanges(); } }, "✕"));
  offer.onsubmit = (event) => {
    event.preventDefault();
    const isNew = ["title", "unit"].includes(field.value);
    const whose = isNew ? {} : { [field.value === "functions" ? "unit" : "role"]: Number(owner.value) };
    offer.hidden = true;
    getSelection().removeAllRanges();
    correct(state, { op: "add", ...whose, field: field.value, text: text.value, start: place.start, end: place.end });
  };
  offer.onkeydown = (event) => { event.stopPropagation(); if (event.key === "Escape") { offer.hidden = true; state.source.querySelector("pre").focus(); } };
  if (innerWidth > 820) { // above the selection where there is room, else below it; on a small screen the style puts it at the foot
    const high = offer.offsetHeight + 8;
    const top = place.rect.top > 60 + high ? place.rect.top - high : place.rect.bottom + 8;
    offer.style.top = `${Math.min(top, innerHeight - high)}px`;
    offer.style.left = `${Math.max(8, Math.min(place.rect.left, innerWidth - offer.offsetWidth - 16))}px`;
  } else offer.style.top = offer.style.left = "";
}
