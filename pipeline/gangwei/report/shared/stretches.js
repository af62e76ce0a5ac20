"use strict";
// A text cut where marks begin and end: stretches with the marks that lie over each, the latest last. Marks are lists
// that begin with start and end. Offsets count characters; JavaScript counts UTF-16 units.
function stretches(whole, marks, more = []) {
  const text = /[\ud800-\udfff]/.test(whole) ? Array.from(whole) : whole;
  const cut = (start, end) => (typeof text === "string" ? text.slice(start, end) : text.slice(start, end).join(""));
  const edges = new Set([0, text.length, ...more]);
  const opened = new Map();
  for (const mark of marks) {
    if (mark[1] <= mark[0]) continue;
    edges.add(Math.min(mark[0], text.length)).add(Math.min(mark[1], text.length));
    opened.set(mark[0], [...(opened.get(mark[0]) || []), mark]);
  }
  const places = [...edges].sort((a, b) => a - b);
  const found = [];
  let open = [];
  for (let n = 0; n + 1 < places.length; n += 1) {
    const [start, end] = [places[n], places[n + 1]];
    open = open.filter((mark) => mark[1] > start).concat(opened.get(start) || []);
    found.push({ start, end, text: cut(start, end), open });
  }
  return found;
}
