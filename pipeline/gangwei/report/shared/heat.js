"use strict";
// Which source states which duty, in the words of a statement; `link` draws one statement.
function heatTable(sources, duties, link) {
  const said = h("div", { class: "said", "aria-live": "polite" });
  let pressed = null;
  const open = (event, text, source, statements) => {
    if (pressed) pressed.removeAttribute("aria-pressed");
    pressed = event.currentTarget;
    pressed.setAttribute("aria-pressed", "true");
    said.replaceChildren(h("h2", {}, source), h("p", { class: "soft" }, text), h("ol", {}, statements.map((statement) => h("li", {}, link(statement)))));
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
