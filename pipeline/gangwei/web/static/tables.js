"use strict";
// All tables, and everything that can be taken away.
async function tablesView(name = "roles") {
  const table = session.table.get(name);
  if (!table) throw refusal({ code: "table", detail: t("no_such") });
  const filters = table.columns.filter((column) => Object.keys(column.scale).length).map((column) => ({ name: `is.${column.name}`, first: headOf(name, column.name), options: Object.keys(column.scale).map((value) => [value, word(`${name}.${column.name}`, value)]) }));
  const texts = table.columns.filter((column) => ["company", "department", "title", "code", "fault"].includes(column.name)).map((column) => ({ name: `has.${column.name}`, first: headOf(name, column.name) }));
  const hidden = new Set(["role_id", "sha256", "source", "end", "target_role_id"]);
  const columns = table.columns.filter((column) => !hidden.has(column.name)).map((column) => cellOf(name, column));
  if (table.columns[0].name === "role_id" && name !== "roles") columns.splice(1, 0, { name: "_title", head: t("post_one"), sortable: false });
  const list = grid({ table: name, label: t("rows_n"), columns, controls: [...texts, ...filters] });
  list.refresh();
  return [h("h1", { class: "unseen" }, t("tables_view")), takeBar(name),
    h("nav", { class: "tabs", "aria-label": t("tables_of") }, session.tables.map((one) => h("a", { href: `/tables/${one.name}`, "aria-current": one.name === name && "page" }, zh ? one.header : one.name))), list.element];
}
function cellOf(table, column) {
  const at = (row) => (Number.isInteger(row.start) ? `?at=${row.start}` : "");
  const made = {
    doc_id: (row) => h("a", { href: `/documents/${row._doc}${at(row)}` }, row.doc_id),
    title: table === "roles" ? (row) => h("a", { href: `/documents/${row._doc}${at(row)}` }, row.title || t("not_stated")) : undefined,
    confidence: (row) => row.confidence.toFixed(2), coverage: (row) => percent(row.coverage),
    preferred: (row) => (row.preferred ? t("yes") : ""),
  }[column.name];
  return { name: column.name, head: headOf(table, column.name), isNumber: ["integer", "number"].includes(column.type), isFirst: column.name === "doc_id", wide: ["text", "message", "summary"].includes(column.name),
    cell: made || ((row) => (row[column.name] === null ? "" : word(`${table}.${column.name}`, row[column.name]))) };
}
function takeBar(name) {
  const language = h("input", { type: "checkbox", checked: zh });
  const take = (path) => (event) => {
    event.preventDefault();
    say(t("exporting"));
    trying(async () => {
      const answer = await fetch(`${path}${path.includes("?") ? "&" : "?"}headers=${language.checked ? "zh" : "en"}`);
      if (!answer.ok) throw refusal(await answer.json());
      const link = h("a", { href: URL.createObjectURL(await answer.blob()), download: /filename="([^"]+)"/.exec(answer.headers.get("content-disposition"))[1] });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    });
  };
  const button = (path, said, isMain) => h("a", { class: `button${isMain ? " main" : ""}`, href: path, download: "", onclick: take(path) }, said);
  const file = h("input", { type: "file", accept: ".jsonl", class: "unseen", tabindex: -1, "aria-hidden": "true", onchange: async (event) => {
    const text = await event.target.files[0].text();
    event.target.value = "";
    const found = await trying(() => ask("/api/annotations", { method: "POST", headers: { "x-gangwei-token": session.token, "content-type": "application/x-ndjson" }, body: text }));
    if (found) { say(t("imported", { n: found.documents, m: found.unknown.length })); show(); }
  } });
  return h("section", { class: "card", "aria-label": t("download") },
    h("div", { class: "take" }, h("strong", {}, t("download")), button("/api/download/tables.zip", t("download_all"), true), button("/api/download/gangwei.xlsx", "Excel"), button(`/api/download/${name}.csv`, `${zh ? session.table.get(name).header : name} CSV`), button(`/api/download/${name}.parquet`, "Parquet"), h("label", { class: "check" }, language, t("headers_zh")),
      h("span", { class: "soft" }, "·"), button("/api/download/gold.zip", t("gold")), button("/api/download/annotations.jsonl", t("doccano")), h("button", { type: "button", onclick: () => file.click() }, t("import_doccano")), file));
}
