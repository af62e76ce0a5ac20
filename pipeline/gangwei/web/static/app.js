"use strict";
// Which view an address shows; language, light and dark; links within the page load nothing anew, so that uploads go on.
const VIEWS = [
  [/^\/$/, documentsView], [/^\/documents\/(\d+)$/, reviewView], [/^\/tables(?:\/(\w+))?$/, tablesView], [/^\/organisation$/, organisationView],
  [/^\/figures$/, figuresView], [/^\/compare(?:\/(\w+))?$/, compareView], [/^\/api$/, interfaceView],
];
const NAVIGATION = [["/", "documents_view"], ["/tables", "tables_view"], ["/organisation", "charts"], ["/figures", "figures_view"], ["/compare", "compare_view"], ["/api", "api_view"]];
const main = document.getElementById("main");

// What a view leaves behind when another takes its place: timers, listeners.
let leave = [];
const whenLeft = (work) => leave.push(work);

async function show() {
  for (const work of leave) work();
  leave = [];
  const path = location.pathname;
  const [view, found] = VIEWS.map(([pattern, made]) => [made, path.match(pattern)]).find(([, matched]) => matched) || [documentsView, []];
  drawTop(path);
  const begun = (show.begun = Symbol(path));
  try {
    const built = await view(...[...found].slice(1));
    if (show.begun !== begun) return; // another view was asked for meanwhile
    main.replaceChildren(...[built].flat(9).filter(Boolean));
  } catch (error) {
    if (show.begun !== begun) return;
    main.replaceChildren(h("div", { class: "empty" }, h("h1", {}, t("cannot_show")), h("p", {}, error.message)));
    if (error.code === undefined) throw error;
  }
  const heading = main.querySelector("h1");
  document.title = `${heading ? `${heading.textContent} · ` : ""}岗位 gangwei`;
  document.documentElement.dataset.ready = Math.round(performance.now());
}
function drawTop(path) {
  document.documentElement.lang = zh ? "zh-Hans" : "en";
  const isHere = (target) => (target === "/" ? path === "/" || path.startsWith("/documents/") : path.startsWith(target));
  const nav = document.querySelector("header.top nav");
  nav.setAttribute("aria-label", t("navigation"));
  nav.replaceChildren(...NAVIGATION.map(([target, name]) => h("a", { href: target, "aria-current": isHere(target) && "page" }, t(name))));
  const theme = localStorage.getItem("theme") || "auto";
  document.querySelector("header.top .tools").replaceChildren(
    h("button", { type: "button", class: "quiet", "aria-label": `${t("theme")}: ${t(`theme_${theme}`)}`, title: `${t("theme")}: ${t(`theme_${theme}`)}`, onclick: turnTheme }, { auto: "◐", light: "☀", dark: "☾" }[theme]),
    h("button", { type: "button", class: "quiet", lang: zh ? "en" : "zh-Hans", onclick: turnLanguage }, zh ? "English" : "中文"));
}
function turnTheme() {
  const order = ["auto", "light", "dark"];
  const next = order[(order.indexOf(localStorage.getItem("theme") || "auto") + 1) % 3];
  if (next === "auto") localStorage.removeItem("theme");
  else localStorage.setItem("theme", next);
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  drawTop(location.pathname);
  document.querySelector("header.top .tools button").focus();
  document.dispatchEvent(new Event("theme"));
}
function turnLanguage() {
  zh = !zh;
  localStorage.setItem("language", zh ? "zh" : "en");
  show();
}
function go(path, { replace = false } = {}) {
  if (replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
  return show();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/']");
  const isOther = event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || isOther || link.target || link.hasAttribute("download") || link.pathname.endsWith(".json")) return;
  event.preventDefault();
  go(link.pathname + link.search);
});
addEventListener("popstate", show);
addEventListener("beforeunload", (event) => { if (uploading.size) event.preventDefault(); });

const kept = localStorage.getItem("language");
if (kept) zh = kept === "zh";
begin().then(show, (error) => main.replaceChildren(h("p", { class: "empty" }, error.message)));
