"use strict";
// What the server is asked and told. A refusal is an Error with the server's own words and their code.
const session = {};
async function begin() {
  Object.assign(session, await ask("/api/session"));
  session.table = new Map(session.tables.map((table) => [table.name, table]));
}
async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw refusal({ code: "offline", detail: t("offline") });
  }
  if (!answer.ok) throw refusal(await answer.json().catch(() => ({ code: "http", detail: answer.statusText })));
  return answer.status === 204 ? null : answer.json();
}
const tell = (path, body, method = "POST") => ask(path, { method, headers: { "x-gangwei-token": session.token, "content-type": "application/json" }, body: body === undefined ? undefined : JSON.stringify(body) });
function refusal({ code, detail }) {
  const words = REFUSALS[code];
  const error = new Error(words ? words[zh ? 0 : 1].replace("{detail}", detail) : detail);
  error.code = code;
  return error;
}

// A word of a scale in Chinese; as it is where the page is in English.
function word(scale, value) {
  const [table, name] = scale.split(".");
  const column = session.table.get(table).columns.find((one) => one.name === name);
  return (zh && column && column.scale[value]) || value;
}

// A line that says what happened, for eyes and for screen readers.
function say(text, isBad = false) {
  const place = document.getElementById("said");
  const line = h("p", { class: isBad ? "bad" : null }, text);
  place.replaceChildren(line);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => line.remove(), isBad ? 9000 : 3500);
}
async function trying(work) {
  try {
    return await work();
  } catch (error) {
    say(error.message, true);
    if (error.code === undefined) throw error; // a fault of the page's own
    return undefined;
  }
}
