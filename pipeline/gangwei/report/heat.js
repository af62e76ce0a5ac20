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
      heatTable(sources, duties),
      (nSources > sources.length || nClusters > duties.length) && h("p", { class: "soft" }, t("heat_more", { n: nSources - sources.length, d: nClusters - duties.length })))];
}
function heatTable(sources, duties) {
  const said = h("div", { class: "said", "aria-live": "polite" });
  let pressed = null;
  const open = (event, text, source, statements) => {
    if (pressed) pressed.removeAttribute("aria-pressed");
    pressed = event.currentTarget;
    pressed.setAttribute("aria-pressed", "true");
    said.replaceChildren(h("h2", {}, source), h("p", { class: "soft" }, text), h("ol", {}, statements.map(([run, role, words]) => {
      const n = run === DATA.comparison.run ? byId.get(role) : undefined;
      return h("li", {}, words, " ", n === undefined ? h("span", { class: "soft" }, `${run} ${role}`) : h("a", { href: `#/role/${n}` }, roles[n].title || role));
    })));
    said.scrollIntoView({ block: "nearest" });
  };
  const cell = (text, source, found) => {
    if (!found) return h("td", {});
    const [n, isCopied, statements] = found;
    const name = `h${Math.min(n, 3)}${isCopied ? " copied" : ""}`;
    return h("td", {}, h("button", { type: "button", class: name, title: statements[0][2], "aria-label": `${source}: ${text}`, onclick: (event) => open(event, text, source, statements) }, n > 1 ? n : ""));
  };
  return [h("div", { class: "scroll" }, h("table", { class: "heat" },
    h("thead", {}, h("tr", {}, h("th", {}, t("duty")), h("th", { class: "standing" }, ""), h("th", { class: "n" }, t("n_companies")), sources.map((source) => h("th", { class: "who", scope: "col", title: source }, h("span", {}, source))))),
    h("tbody", {}, duties.map(([text, standing, nCompanies, nIndependent, cells]) => h("tr", {}, h("th", { scope: "row" }, text),
      h("td", { class: "standing" }, h("span", { class: "tag" }, t(standing))), h("td", { class: "n" }, nIndependent < nCompanies ? `${nCompanies} (${nIndependent})` : nCompanies),
      cells.map((found, place) => cell(text, sources[place], found))))))), said];
}
