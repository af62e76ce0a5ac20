"use strict";
// The interface, as its own description says it, and a place to try it.
async function interfaceView() {
  const described = await ask("/openapi.json");
  const operations = Object.entries(described.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })));
  const text = h("textarea", { rows: 5, "aria-label": t("paste_text"), maxlength: session.limits.characters });
  text.value = "部门：市场部\n职务：市场专员\n直接上级：市场部经理\n职责：\n1、每月编制推广计划\n2、完成线索目标，转化率不低于5%\n任职要求：大专以上，两年以上经验";
  const answer = h("pre", { class: "answer", hidden: true, tabindex: 0 });
  const run = () => trying(async () => { answer.textContent = JSON.stringify(await ask("/extract", { method: "POST", headers: { "content-type": "text/plain; charset=utf-8" }, body: text.value }), null, 1); answer.hidden = false; });
  return [h("div", { class: "row between" }, h("h1", {}, t("api_view")), h("a", { href: "/openapi.json", target: "_blank" }, t("openapi"))), h("p", { class: "soft" }, t("api_say")),
    h("section", { class: "card" }, h("h2", {}, t("try_it"), " ", h("code", {}, "POST /extract")), h("p", {}, h("code", {}, `curl --data-binary @FILE '${location.origin}/extract?name=FILE'`)), text, h("div", { class: "row" }, h("button", { type: "button", class: "main", onclick: run }, t("try_go"))), answer),
    h("section", { class: "card" }, operations.map((one) => h("div", { class: "operation" }, h("div", {}, h("span", { class: "method" }, one.method), h("code", {}, one.path)), h("p", {}, one.summary),
      one.parameters ? h("p", { class: "small soft" }, `${t("parameters")}: `, one.parameters.map((parameter, n) => [n ? "; " : "", h("code", {}, parameter.name), parameter.description ? ` ${parameter.description}` : ""])) : null,
      one.requestBody ? h("p", { class: "small soft" }, `${t("body")}: `, Object.keys(one.requestBody.content).map((kind, n) => [n ? ", " : "", h("code", {}, kind)])) : null)))];
}
