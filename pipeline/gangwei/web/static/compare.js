"use strict";
// The same post in several companies.
async function compareView() {
  return [h("h1", {}, t("compare_view")), h("p", { class: "empty soft" }, t("compare_none"))];
}
