// Organisation charts: one tree a company, or a document where no company is stated.
function chartsPage(chosen) {
  const groups = new Map();
  for (const role of roles) {
    const key = role.company || `\u0000${role.document}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(role);
  }
  const entries = [...groups].map(([key, own]) => ({ own, graph: graphOf(own, byId), name: key[0] === "\u0000" ? t("of_document") + DATA.documents[Number(key.slice(1))].doc_id : key }))
    .filter(({ graph }) => graph.edges).sort((a, b) => b.graph.edges - a.graph.edges);
  if (!entries.length) return [h("h1", {}, t("charts")), h("p", {}, t("no_edges"))];
  const at = Math.min(Number(chosen) || 0, entries.length - 1);
  const { own, graph } = entries[at];
  const alone = own.filter((role) => !graph.nodes.get(`role ${role.n}`).linked);
  return [h("h1", {}, t("charts")), leftOut(),
    h("div", { class: "controls" }, h("select", { "aria-label": t("company"), onchange: (event) => { location.hash = `#/charts/${event.target.value}`; } },
      entries.map(({ name, graph: { edges } }, n) => h("option", { value: n, selected: n === at }, `${name} (${edges})`)))),
    h("section", { class: "card" }, h("div", { class: "scroll" }, drawn(graph, t("charts"), (role) => `#/role/${role.n}`)), h("p", { class: "soft" }, t("solid"), graph.seconds ? ` ${t("second")}` : "")),
    alone.length ? h("section", { class: "card" }, h("h2", {}, t("alone")), alone.map((role) => h("span", { class: "tag" }, roleLink(role)))) : null];
}
