"use strict";
// Files on their way in: chosen, dropped (folders too) or pasted; four at a time, each with its progress and its end.
const AT_A_TIME = 4;
const queue = []; // of this page: {name, blob, state, share, file, reason, …}
const uploading = new Set();
let firstFile = null; // files behind this number are this page's

function add(files) {
  const taken = [...files].map(({ name, blob }) => ({ name, blob, size: blob.size, state: "queued", share: 0, reason: "" }));
  for (const one of taken) {
    if (one.size > session.limits.bytes) Object.assign(one, { state: "refused", reason: t("limit_bytes", { n: session.limits.bytes >> 20 }) });
    else if (one.name.length > session.limits.name) Object.assign(one, { state: "refused", reason: t("limit_name", { n: session.limits.name }) });
  }
  queue.push(...taken);
  say(t("taken", { n: taken.length }));
  pump();
}
function pump() {
  for (const one of queue) {
    if (uploading.size >= AT_A_TIME) break;
    if (one.state === "queued") send(one);
  }
  document.dispatchEvent(new Event("uploads"));
}
function send(one) {
  one.state = "sending";
  uploading.add(one);
  const form = new FormData();
  form.append("file", one.blob, one.name);
  const request = new XMLHttpRequest(); // fetch does not tell how far an upload is
  const end = (change) => {
    Object.assign(one, change);
    uploading.delete(one);
    delete one.blob;
    pump();
  };
  request.upload.onprogress = (event) => { one.share = event.total ? event.loaded / event.total : 0; document.dispatchEvent(new Event("uploads")); };
  request.onload = () => {
    const answer = JSON.parse(request.responseText || "{}");
    if (request.status === 201) end({ state: "waiting", file: answer.files[0].file, name: answer.files[0].name, share: 1 });
    else end({ state: "refused", reason: refusal(answer).message });
  };
  request.onerror = () => end({ state: "refused", reason: t("offline") });
  request.open("POST", "/api/files");
  request.setRequestHeader("x-gangwei-token", session.token);
  request.send(form);
}

// What a drop holds: files, and those of folders with their paths.
async function dropped(items) {
  const entries = [...items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  const found = [];
  const walk = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => { entry.file(done, failed); });
      found.push({ name: path + file.name, blob: file });
      return;
    }
    const reader = entry.createReader();
    for (;;) { // a folder is read a hundred entries at a time
      const some = await new Promise((done, failed) => { reader.readEntries(done, failed); });
      if (!some.length) return;
      for (const inner of some) await walk(inner, `${path}${entry.name}/`);
    }
  };
  for (const entry of entries) await walk(entry, "");
  return found;
}

function uploadPanel(isEmpty) {
  const chosen = (event) => {
    add([...event.target.files].map((file) => ({ name: file.webkitRelativePath || file.name, blob: file })));
    event.target.value = "";
  };
  const files = h("input", { type: "file", multiple: true, class: "unseen", id: "files", tabindex: -1, "aria-hidden": "true", onchange: chosen });
  const folder = h("input", { type: "file", webkitdirectory: true, class: "unseen", id: "folder", tabindex: -1, "aria-hidden": "true", onchange: chosen });
  const paste = pastePanel();
  const panel = h("section", { class: `drop${isEmpty ? " large" : ""}`, "aria-label": t("upload") },
    h("div", { class: "drop-say" }, h("strong", {}, t("drop_here")), h("span", { class: "soft" }, t("drop_what"))),
    h("div", { class: "row" },
      h("button", { type: "button", class: "main", onclick: () => files.click() }, t("choose_files")),
      h("button", { type: "button", onclick: () => folder.click() }, t("choose_folder")),
      h("button", { type: "button", "aria-expanded": "false", onclick: (event) => { paste.hidden = !paste.hidden; event.target.setAttribute("aria-expanded", String(!paste.hidden)); if (!paste.hidden) paste.querySelector("textarea").focus(); } }, t("paste_text"))),
    files, folder, paste,
    h("p", { class: "soft small" }, t("limits", { bytes: session.limits.bytes >> 20, files: session.limits.files, total: Math.round(session.limits.total / 2 ** 30), members: session.limits.members, unpacked: session.limits.unpacked >> 20 })));
  const over = (isOver) => (event) => { event.preventDefault(); panel.classList.toggle("over", isOver); };
  panel.addEventListener("dragover", over(true));
  panel.addEventListener("dragleave", over(false));
  panel.addEventListener("drop", async (event) => {
    over(false)(event);
    const found = await trying(() => dropped(event.dataTransfer.items));
    if (found && found.length) add(found);
  });
  return panel;
}
function pastePanel() {
  const text = h("textarea", { rows: 8, maxlength: session.limits.characters, "aria-label": t("paste_text"), placeholder: t("paste_here") });
  const name = h("input", { type: "text", "aria-label": t("paste_name"), placeholder: t("paste_name"), maxlength: 100 });
  const panel = h("div", { class: "paste", hidden: true }, text, h("div", { class: "row" }, name,
    h("button", { type: "button", class: "main", onclick: () => {
      if (!text.value.trim()) return text.focus();
      add([{ name: `${(name.value.trim() || text.value.trim().split("\n")[0].slice(0, 24)).replace(/[/\\]/g, " ")}.txt`, blob: new Blob([text.value], { type: "text/plain" }) }]);
      text.value = name.value = "";
      panel.hidden = true;
      return undefined;
    } }, t("read_it"))));
  return panel;
}

// The uploads of this page, the newest state of each.
function uploadList() {
  const list = h("div", { class: "uploads" });
  let timer = 0;
  const refresh = () => { timer = 0; list.replaceChildren(...uploadRows().filter(Boolean)); };
  const soon = () => { timer ||= setTimeout(refresh, 120); }; // uploads say how far they are many times a second
  document.addEventListener("uploads", soon);
  whenLeft(() => { clearTimeout(timer); document.removeEventListener("uploads", soon); });
  refresh();
  return list;
}
function uploadRows() {
  if (!queue.length) return [];
  const isOver = (one) => ["done", "failed", "refused"].includes(one.state);
  const over = queue.filter(isOver).length;
  const bad = queue.filter((one) => one.state === "refused" || one.state === "failed" || one.reason).length;
  const shown = [...queue.filter((one) => one.reason), ...queue.filter((one) => !one.reason && !isOver(one)), ...queue.filter((one) => !one.reason && isOver(one)).reverse()].slice(0, 60);
  return [h("div", { class: "row between" },
    h("span", {}, h("progress", { max: queue.length, value: over, "aria-label": t("progress") }), ` ${t("progress_of", { n: over, m: queue.length })}`, bad ? h("span", { class: "warn" }, ` · ${t("with_reason", { n: bad })}`) : null),
    over === queue.length ? h("button", { type: "button", class: "quiet", onclick: () => { queue.length = 0; document.dispatchEvent(new Event("uploads")); } }, t("clear_list")) : null),
  h("ul", { class: "files" }, shown.map((one) => h("li", { class: one.state },
    one.first ? h("a", { class: "name", href: `/documents/${one.first}` }, one.name) : h("span", { class: "name" }, one.name),
    one.state === "sending" ? h("progress", { max: 1, value: one.share, "aria-label": one.name }) : h("span", { class: "soft" }, t(`state_${one.state}`)),
    one.state === "done" ? h("span", { class: "soft" }, one.documents > 1 ? t("found_documents", { n: one.roles, m: one.documents }) : t("found_roles", { n: one.roles })) : null,
    one.reason ? h("span", { class: "warn reason" }, one.reason) : null))),
  queue.length > shown.length ? h("p", { class: "soft small" }, t("more_files", { n: queue.length - shown.length })) : null];
}
// Take over what the server says of uploads.
function heard(files) {
  const known = new Map(files.map((file) => [file.file, file]));
  for (const one of queue) {
    const file = one.file && known.get(one.file);
    if (file) Object.assign(one, { state: file.state, first: file.first, roles: file.roles, documents: file.documents, reason: file.error || file.reason });
  }
  document.dispatchEvent(new Event("uploads"));
}
const isWaiting = () => uploading.size > 0 || queue.some((one) => ["queued", "sending", "waiting", "reading"].includes(one.state));
