"use strict";
// The same work in several companies: families of roles with their duties by company, and the tables behind.
async function compareView(name) {
  const heading = h("h1", {}, t("compare_view"));
  const found = await ask("/api/comparison");
  if (found.state === "being made") {
    const timer = setTimeout(show, 900);
    whenLeft(() => clearTimeout(timer));
    return [heading, h("p", { class: "empty soft", role: "status" }, t("comparing"), " ", h("progress", { "aria-label": t("comparing") }))];
  }
  if (found.state === "failed") return [heading, h("p", { class: "empty" }, t("compare_none")), h("p", { class: "soft" }, found.reason)];
  const tabs = h("nav", { class: "tabs", "aria-label": t("tables_of") }, h("a", { href: "/compare", "aria-current": !name && "page" }, t("by_company")),
    found.tables.map((table) => h("a", { href: `/compare/${table.name}`, "aria-current": table.name === name && "page" }, zh ? table.header : table.name.replace(/_/g, " "))));
  const take = h("a", { class: "button", href: "/api/download/comparison.zip", download: "" }, t("download_comparison"));
  return [h("div", { class: "row between" }, heading, take), tabs, name ? comparedTable(found.tables.find((table) => table.name === name)) : familyOf(found)];
}
function familyOf({ families, n_families: nFamilies }) {
  if (!families.length) return h("p", { class: "empty soft" }, t("no_families"));
  const wanted = new URLSearchParams(location.search);
  const at = Math.min(Number(wanted.get("family")) || 0, families.length - 1);
  const { family: [title, titles, nRoles, nCompanies, nIndependent, nClusters], sources, n_sources: nSources, duties } = families[at];
  const link = ([, , words, document_, role, start]) => [words, " ", document_ ? h("a", { href: `/documents/${document_}?at=${start}` }, role || t("not_stated")) : null];
  return [h("div", { class: "controls" }, h("label", { class: "check" }, t("family"), h("select", { onchange: (event) => go(`/compare?family=${event.target.value}`, { replace: true }) },
    families.map(({ family: [name, , roles, companies] }, n) => h("option", { value: n, selected: n === at }, t("family_of", { name, r: roles, c: companies }))))),
  nFamilies > families.length ? h("span", { class: "soft" }, t("families_more", { n: nFamilies - families.length })) : null),
  h("section", { class: "card" }, h("h2", {}, title), h("p", {}, t("heat_counts", { r: nRoles, c: nCompanies, i: nIndependent, d: nClusters })), h("p", {}, titles.split("|").map((one) => h("span", { class: "tag" }, one))),
    h("p", { class: "soft small" }, t("heat_legend")), heatTable(sources, duties, link),
    nSources > sources.length || nClusters > duties.length ? h("p", { class: "soft small" }, t("heat_more", { n: nSources - sources.length, d: Math.max(0, nClusters - duties.length) })) : null)];
}
function comparedTable(table) {
  if (!table) throw refusal({ code: "table", detail: t("no_such") });
  const hidden = /(_id|run|start|end|sha256|position)$/;
  const columns = table.columns.filter((column) => !hidden.test(column.name)).map((column) => ({
    name: column.name, head: zh ? column.header : column.name.replace(/_/g, " "), sortable: false, isNumber: ["integer", "number"].includes(column.type), wide: /text$/.test(column.name), cell: (row) => comparedCell(column, row),
  }));
  const cases = ["other_title_same_work", "same_title_other_work", "same_title_same_work", "other_title_other_work"];
  const controls = table.name === "role_pairs" ? [{ name: "is.case", first: t("case"), options: cases.map((one) => [one, t(one)]) }] : [];
  const list = grid({ table: table.name, path: "/api/comparison/", label: t("rows_n"), columns, controls });
  list.refresh();
  return list.element;
}
function comparedCell({ name, scale, type }, row) {
  const value = row[name];
  if (value === null || value === undefined || value === "") return "";
  const side = /^(left_|right_)?title$/.exec(name);
  const document_ = side && row[`_${side[1] || ""}doc`];
  if (document_) return h("a", { href: `/documents/${document_}?at=${row[`${side[1] || ""}start`]}` }, value);
  return type === "number" ? Number(value).toFixed(2) : (zh && scale[value]) || (["case", "relation", "standing", "kind"].includes(name) && T[value] ? t(value) : value);
}
