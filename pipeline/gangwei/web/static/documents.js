"use strict";
// The first view: bring documents in, see how each was read, open one.
async function documentsView() {
  const first = await ask("/api/files");
  const isEmpty = !first.files.length;
  const figures = h("div", { class: "figures", role: "status" });
  const list = grid({
    table: "documents", label: t("documents"), size: 50, columns: documentColumns(() => look()),
    controls: [
      { name: "is.status", first: t("all_statuses"), options: ["ok", "partial", "empty", "failed"].map((status) => [status, word("documents.status", status)]) },
      { name: "has.company", first: t("company") }, { name: "eyes", first: t("only_eyes"), isCheck: true },
    ],
  });
  const below = h("div", {});
  let version = -1;
  let timer = 0;
  function draw(found) {
    heard(found.files);
    if (found.version === version && below.childNodes.length) return;
    version = found.version;
    const open = (found.states.waiting || 0) + (found.states.reading || 0);
    const figure = (value, name) => h("div", {}, h("b", {}, number(value)), h("span", { class: "soft" }, t(name)));
    figures.replaceChildren(...(found.documents ? [figure(found.documents, "documents"), figure(found.roles, "role_n"), figure(found.checked, "checked_n"), open ? figure(open, "in_queue") : null].filter(Boolean) : []));
    if (found.documents) {
      if (!below.childNodes.length) below.append(...list.element.flat(9));
      list.refresh();
    } else below.replaceChildren(found.files.length || isWaiting() ? "" : startHints());
  }
  async function look() {
    clearTimeout(timer);
    isHurried = false;
    const waiting = queue.filter((one) => one.file && !["done", "failed"].includes(one.state)).map((one) => one.file);
    const after = waiting.length ? Math.min(...waiting) - 1 : 1e9;
    const found = await ask(`/api/files?after=${after}`).catch(() => null);
    if (found) draw(found);
    if (timer === null) return; // another view is shown
    const isBusy = isWaiting() || (found && ((found.states.waiting || 0) + (found.states.reading || 0)));
    timer = setTimeout(look, isBusy ? 500 : 4000);
  }
  let isHurried = false;
  const hurry = () => { // an upload is there: the next look is soon
    if (isHurried || !queue.some((one) => one.state === "waiting")) return;
    isHurried = true;
    clearTimeout(timer);
    timer = setTimeout(look, 300);
  };
  document.addEventListener("uploads", hurry);
  whenLeft(() => { clearTimeout(timer); timer = null; document.removeEventListener("uploads", hurry); });
  draw(first);
  look();
  return [h("h1", { class: "unseen" }, t("documents_view")), uploadPanel(isEmpty), uploadList(), figures, below];
}
function documentColumns(refresh) {
  const remove = async (row) => {
    if (!confirm(t("remove_sure", { name: row.source }))) return;
    await trying(async () => { await tell(`/api/files/${row._file}`, undefined, "DELETE"); say(t("removed")); });
    refresh();
  };
  return [
    { name: "doc_id", head: t("document"), isFirst: true, cell: (row) => h("a", { href: `/documents/${row._doc}` }, row.doc_id) },
    { name: "company", head: t("company") },
    { name: "status", head: t("status"), cell: (row) => [chip(row.status, word("documents.status", row.status)), row.error ? h("span", { class: "reason small" }, row.error) : null] },
    { name: "n_roles", head: t("role_n"), isNumber: true },
    { name: "coverage", head: t("coverage"), isNumber: true, cell: (row) => (row.n_chars ? share(row.coverage) : "") },
    { name: "_doubts", head: t("doubts"), isNumber: true, cell: (row) => (row._doubts && !row._checked ? h("span", { class: "warn" }, row._doubts) : row._doubts || "") },
    { name: "_corrections", head: t("corrections"), isNumber: true, cell: (row) => [row._corrections || "", row._checked ? h("span", { class: "good", title: t("checked_n") }, " ✓") : null] },
    { name: "media_type", head: t("media_type"), cell: (row) => h("span", { class: "soft", title: row.media_type }, formatOf(row.media_type)) },
    { name: "_file", head: "", sortable: false, cell: (row) => h("button", { type: "button", class: "quiet", title: t("remove"), "aria-label": `${t("remove")} ${row.source}`, onclick: () => remove(row) }, "✕") },
  ];
}
const FORMATS = { "text/plain": "txt", "text/html": "html", "application/rtf": "rtf", "application/msword": "doc", "application/vnd.ms-excel": "xls", "message/rfc822": "eml", "text/tab-separated-values": "tsv", "application/x-ndjson": "jsonl" };
const formatOf = (type) => FORMATS[type] || (/wordprocessing/.test(type) ? "docx" : /spreadsheetml/.test(type) ? "xlsx" : /presentationml/.test(type) ? "pptx" : type.replace(/^.*[/.]/, ""));
const chip = (kind, said) => h("span", { class: `chip ${kind}` }, said);
function share(value) {
  const bar = h("span", {});
  bar.style.width = `${Math.round(value * 100)}%`;
  return h("span", { class: "share" }, h("span", { class: "share-bar", "aria-hidden": "true" }, bar), percent(value));
}
const startHints = () => h("div", { class: "hints" }, ["hint_upload", "hint_look", "hint_take"].map((name, n) => h("section", { class: "card" }, h("h2", {}, `${n + 1}. ${t(name)}`), h("p", { class: "soft" }, t(`${name}_more`)))));
