// Duties by company, for each family of roles that a comparison found.
function heatPage(chosen) {
  const compared = DATA.comparison;
  if (!compared || !compared.families.length) return [h("h1", {}, t("compare")), h("p", {}, t("no_families"))];
  const at = Math.min(Number(chosen) || 0, compared.families.length - 1);
  const { family, sources, n_sources: nSources, duties } = compared.families[at];
  const [title, titles, nRoles, nCompanies, nIndependent, nClusters] = family;
  const rest = compared.n_families - compared.families.length;
  return [h("h1", {}, t("compare")),
    h("div", { class: "controls" }, h("select", { "aria-label": t("family"), onchange: (event) => { location.hash = `#/compare/${event.target.value}`; } },
      compared.families.map(({ family: [name, , roles_, companies] }, n) => h("option", { value: n, selected: n === at }, `${name} (${roles_} · ${companies})`)))),
    rest > 0 && h("p", { class: "soft" }, t("families_more", { n: rest })),
    h("section", { class: "card" }, h("h2", {}, title), h("p", {}, t("heat_counts", { r: nRoles, c: nCompanies, i: nIndependent, d: nClusters })),
      h("p", {}, titles.split("|").map((one) => h("span", { class: "tag" }, one))), h("p", { class: "soft" }, t("heat_legend")),
      heatTable(sources, duties, ([run, role, words]) => {
        const n = run === compared.run ? byId.get(role) : undefined;
        return [words, " ", n === undefined ? h("span", { class: "soft" }, `${run} ${role}`) : h("a", { href: `#/role/${n}` }, roles[n].title || role)];
      }),
      (nSources > sources.length || nClusters > duties.length) && h("p", { class: "soft" }, t("heat_more", { n: nSources - sources.length, d: nClusters - duties.length })))];
}
