"use strict";
// A table of the server's, a page at a time: searched, filtered, sorted and cut there. Its state stands in the address.
function grid({ table, columns, path = "/api/tables/", controls = [], size = 100, label }) {
  const wanted = new URLSearchParams(location.search);
  const body = h("div", { class: "grid" });
  let timer;
  let asked = 0;
  const set = (name, value, { keepPage = false } = {}) => {
    if (value) wanted.set(name, value);
    else wanted.delete(name);
    if (!keepPage) wanted.delete("page");
    history.replaceState(null, "", `${location.pathname}${wanted.size ? `?${wanted}` : ""}`);
    return refresh();
  };
  async function refresh() {
    const mine = (asked += 1);
    const found = await trying(() => ask(`${path}${table}?${new URLSearchParams({ size, ...Object.fromEntries(wanted) })}`));
    if (!found || mine !== asked) return;
    const focused = body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    body.replaceChildren(...drawn(found));
    if (focused) body.querySelector(`[data-key="${focused}"]`)?.focus();
  }
  function drawn({ rows, total, page }) {
    const pages = Math.max(1, Math.ceil(total / size));
    const sorted = wanted.get("sort");
    const isDown = wanted.get("order") === "desc";
    const turn = (name) => {
      const isSame = sorted === name;
      if (isSame && isDown) { wanted.delete("order"); return set("sort", ""); }
      if (isSame) return set("order", "desc");
      wanted.delete("order");
      return set("sort", name);
    };
    const pager = h("nav", { class: "row pager", "aria-label": t("pages") },
      h("span", { role: "status" }, `${number(total)} ${label}`),
      pages > 1 ? [h("button", { type: "button", "data-key": "previous", disabled: page <= 1, onclick: () => set("page", page - 1, { keepPage: true }) }, t("previous")),
        h("span", {}, t("page_of", { n: page, m: pages })),
        h("button", { type: "button", "data-key": "next", disabled: page >= pages, onclick: () => set("page", page + 1, { keepPage: true }) }, t("next"))] : null);
    return [pager, total ? h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, h("table", { class: "stacked" },
      h("thead", {}, h("tr", {}, columns.map(({ name, head, isNumber, sortable = true }) => h("th", { scope: "col", class: isNumber && "n", "aria-sort": sorted === name && (isDown ? "descending" : "ascending") },
        sortable ? h("button", { type: "button", "data-key": `sort ${name}`, onclick: () => turn(name) }, head, h("span", { class: "arrow", "aria-hidden": "true" }, sorted === name ? (isDown ? " ↓" : " ↑") : "")) : head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, columns.map(({ name, head, isNumber, cell, isFirst, wide }) => {
        const shown = cell ? cell(row) : row[name];
        return h("td", { class: [isNumber && "n", isFirst && "first", wide && "wide"].filter(Boolean).join(" ") || null, "data-head": head }, shown === "" ? null : shown);
      })))))) : h("p", { class: "empty soft" }, t("no_rows"))];
  }
  const search = h("input", { type: "search", placeholder: t("search_rows"), "aria-label": t("search_rows"), value: wanted.get("q") || "",
    oninput: (event) => { clearTimeout(timer); timer = setTimeout(() => set("q", event.target.value.trim()), 180); } });
  const choose = ({ name, first, options }) => h("select", { "aria-label": first, onchange: (event) => set(name, event.target.value) },
    h("option", { value: "" }, first), options.map(([value, said]) => h("option", { value, selected: wanted.get(name) === value }, said)));
  const field = ({ name, first }) => h("input", { type: "search", class: "narrow", placeholder: first, "aria-label": first, value: wanted.get(name) || "",
    oninput: (event) => { clearTimeout(timer); timer = setTimeout(() => set(name, event.target.value.trim()), 180); } });
  const check = ({ name, first }) => h("label", { class: "check" }, h("input", { type: "checkbox", checked: wanted.has(name), onchange: (event) => set(name, event.target.checked ? "1" : "") }), first);
  const bar = h("div", { class: "controls", role: "search" }, search, controls.map((control) => (control.options ? choose(control) : control.isCheck ? check(control) : field(control))));
  return { element: [bar, body], refresh };
}
