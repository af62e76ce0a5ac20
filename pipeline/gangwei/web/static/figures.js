"use strict";
// Distributions over all documents, as bars; the numbers stand below each chart for whoever cannot see it.
let drawing; // the library, half a megabyte that other views do without
const withCharts = () => (drawing ||= new Promise((done, failed) => { document.head.append(h("script", { src: "/static/vendor/echarts.js", onload: done, onerror: () => failed(refusal({ code: "offline", detail: t("offline") })) })); }));

async function figuresView() {
  const found = await ask("/api/figures");
  const heading = h("h1", {}, t("figures_view"));
  if (!found.documents) return [heading, h("p", { class: "empty soft" }, t("figures_none"))];
  const scaled = (scale) => (value) => word(scale, value) || t("not_stated");
  const plain = (value) => value || t("not_stated");
  const fields = (value) => t({ summary: "summary_field" }[value] || value);
  const years = (value) => (value === "10" ? "≥10" : value) + t("year_unit");
  const charts = [
    ["fields", t("fields"), fields], ["status", t("status_bars"), scaled("documents.status")], ["layout", t("layout"), plain], ["level", t("level"), scaled("roles.level")], ["function", t("function"), scaled("roles.function")],
    ["kpi", t("kpi_names"), plain], ["measure", t("measure"), scaled("kpis.measure")], ["period", t("period"), scaled("kpis.period")], ["category", t("category"), scaled("requirements.category")], ["degree", t("degree"), scaled("requirements.degree")],
    ["years", t("years"), years], ["action", t("action"), plain], ["frequency", t("frequency"), scaled("duties.frequency")], ["notes", t("notes"), (code) => (NOTES[code] ? NOTES[code][zh ? 0 : 1] : code)],
  ].filter(([name]) => found[name].top.length);
  const cards = h("div", { class: "charts" }, charts.map(([name, title, label]) => barCard(title, found[name], label)));
  await withCharts();
  requestAnimationFrame(() => cards.querySelectorAll(".chart").forEach((place) => place.draw()));
  const drawAgain = () => cards.querySelectorAll(".chart").forEach((place) => place.draw());
  document.addEventListener("theme", drawAgain);
  addEventListener("resize", drawAgain);
  whenLeft(() => { document.removeEventListener("theme", drawAgain); removeEventListener("resize", drawAgain); });
  return [heading, h("p", { class: "soft" }, `${number(found.documents)} ${t("documents")}`), cards];
}
function barCard(title, { top, kinds }, label) {
  const isStated = ([name]) => name !== "" && name !== "None";
  const unstated = top.filter((row) => !isStated(row)).reduce((sum, [, n]) => sum + n, 0);
  const rows = top.filter(isStated).slice(0, 15).map(([name, n]) => [label(name), n]);
  const place = h("div", { class: "chart", role: "img", "aria-label": `${title}: ${rows.slice(0, 5).map(([name, n]) => `${name} ${n}`).join(", ")}` });
  place.style.height = `${rows.length * 23 + 10}px`;
  place.draw = () => chart(place, {
    grid: { left: 4, right: 46, top: 2, bottom: 2, containLabel: true },
    xAxis: { type: "value", show: false }, yAxis: { type: "category", inverse: true, data: rows.map(([name]) => name), axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colour("--ink"), fontSize: 13, width: 150, overflow: "truncate" } },
    tooltip: { trigger: "item" },
    series: [{ type: "bar", data: rows.map(([, n]) => n), barWidth: 13, itemStyle: { color: colour("--bar"), borderRadius: 2 }, label: { show: true, position: "right", color: colour("--soft"), fontSize: 12 } }],
  });
  return h("section", { class: "card" }, h("h2", {}, title), place, unstated ? h("p", { class: "soft small" }, `${t("not_stated")} ${number(unstated)}`) : null, kinds > rows.length ? h("p", { class: "soft small" }, t("more_kinds", { n: kinds - rows.length })) : null,
    h("details", { class: "small" }, h("summary", { class: "soft" }, t("table_of_chart")), h("table", {}, h("tbody", {}, rows.map(([name, n]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "n" }, number(n))))))));
}
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
function chart(place, options) {
  if (place.chart) place.chart.dispose();
  place.chart = echarts.init(place, null, { renderer: "canvas" });
  const tooltip = { renderMode: "richText", backgroundColor: colour("--card"), borderColor: colour("--line"), textStyle: { color: colour("--ink"), fontFamily: getComputedStyle(document.body).fontFamily } };
  place.chart.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, ...options, tooltip: { ...tooltip, ...options.tooltip } });
}
