"use strict";
// Who answers to whom: a tree a company.
async function organisationView() {
  const wanted = new URLSearchParams(location.search).get("company");
  const { companies, company, roles, left_out } = await ask(`/api/organisation${wanted === null ? "" : `?${new URLSearchParams({ company: wanted })}`}`);
  const heading = h("h1", {}, t("charts"));
  if (!companies.length) return [heading, h("p", { class: "empty soft" }, t("organisation_none"))];
  const byId = new Map(roles.map((role) => [role.role_id, role.n]));
  const graph = graphOf(roles, byId);
  const tree = drawn(graph, `${t("charts")} ${company}`, (role) => `/documents/${role.document}?at=${role.start}`);
  tree.classList.add("tree");
  const alone = roles.filter((role) => !graph.nodes.get(`role ${role.n}`).linked);
  return [h("div", { class: "controls" }, heading, h("select", { "aria-label": t("of_company"), onchange: (event) => go(`/organisation?${new URLSearchParams({ company: event.target.value })}`, { replace: true }) },
    companies.map((one) => h("option", { value: one.company, selected: one.company === company }, `${one.company || t("no_company")} (${one.relations})`)))),
  left_out ? h("p", { class: "warn" }, t("roles_many", { n: roles.length })) : null,
  h("section", { class: "card" }, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("charts") }, tree), h("p", { class: "soft small" }, t("solid"), graph.seconds ? ` ${t("second")}` : "")),
  alone.length ? h("section", { class: "card" }, h("h2", {}, t("alone")), alone.map((role) => h("a", { class: "tag", href: `/documents/${role.document}?at=${role.start}` }, role.title || t("not_stated")))) : null];
}
