"use strict";
// Who answers to whom, as a tree: `own` are roles with n, title, title_full, document and relations (kind, title,
// target_role_id); `byId` leads from a role_id to n.
function graphOf(own, byId) {
  const nodes = new Map();
  const names = new Map(); // a name that two roles have leads to neither, unless one is of the same document
  const known = (name, key) => names.set(name, names.has(name) && names.get(name) !== key ? null : key);
  for (const role of own) {
    const key = `role ${role.n}`;
    nodes.set(key, { name: role.title, role, above: [], below: [], linked: false });
    for (const name of [role.title, role.title_full]) known(name, key), known(`${role.document} ${name}`, key);
  }
  const node = (title, target, from) => {
    const key = (byId.has(target) && nodes.has(`role ${byId.get(target)}`) && `role ${byId.get(target)}`) || names.get(`${from.document} ${title}`) || names.get(title) || `name ${title}`;
    if (!nodes.has(key)) nodes.set(key, { name: title, role: null, above: [], below: [], linked: false });
    return key;
  };
  let edges = 0;
  let seconds = 0;
  const link = (high, low) => {
    if (high === low || nodes.get(low).above.includes(high)) return;
    if (nodes.get(low).above.length) seconds += 1;
    nodes.get(low).above.push(high);
    nodes.get(high).below.push(low);
    nodes.get(low).linked = nodes.get(high).linked = true;
    edges += 1;
  };
  for (const role of own) {
    for (const [kind, title, target] of role.relations) {
      if (kind === "supervisor") link(node(title, target, role), `role ${role.n}`);
      if (kind === "subordinate") link(`role ${role.n}`, node(title, target, role));
    }
  }
  return { nodes, edges, seconds };
}
function drawn({ nodes }, label, link) {
  const placed = new Map();
  const widths = [];
  let row = 0;
  const short = (name) => (name.length > 16 ? `${name.slice(0, 15)}…` : name);
  const width = (name) => [...short(name)].reduce((sum, char) => sum + (char < "\u2e80" ? 8 : 13.5), 22);
  // Depth first without recursion: documents may hold chains of any length.
  const place = (root) => {
    const stack = [[root, 0, false]];
    while (stack.length) {
      const [key, depth, isDone] = stack.pop();
      if (isDone) {
        const below = nodes.get(key).below.filter((low) => placed.get(low).parent === key);
        if (below.length) placed.get(key).y = (placed.get(below[0]).y + placed.get(below[below.length - 1]).y) / 2;
        else { placed.get(key).y = row; row += 1; }
        continue;
      }
      widths[depth] = Math.max(widths[depth] || 0, width(nodes.get(key).name));
      stack.push([key, depth, true]);
      for (const low of [...nodes.get(key).below].reverse()) {
        if (!placed.has(low)) { placed.set(low, { depth: depth + 1, parent: key, y: 0 }); stack.push([low, depth + 1, false]); }
      }
    }
  };
  const linked = [...nodes].filter(([, found]) => found.linked).map(([key]) => key);
  for (const key of [...linked.filter((one) => !nodes.get(one).above.length), ...linked]) {
    if (!placed.has(key)) { placed.set(key, { depth: 0, parent: null, y: 0 }); place(key); }
  }
  const lefts = [];
  widths.reduce((left, wide, depth) => { lefts[depth] = left; return left + wide + 46; }, 1);
  const x = (key) => lefts[placed.get(key).depth];
  const y = (key) => placed.get(key).y * 34 + 18;
  const right = (key) => x(key) + width(nodes.get(key).name);
  const lines = linked.flatMap((low) => nodes.get(low).above.map((high) => {
    const isFirst = placed.get(low).parent === high;
    const bend = (right(high) + x(low)) / 2;
    return s("path", { class: isFirst ? null : "second", d: `M${right(high)},${y(high)} C${bend},${y(high)} ${bend},${y(low)} ${x(low)},${y(low)}` });
  }));
  const boxes = linked.map((key) => {
    const { name, role } = nodes.get(key);
    const box = s("g", { class: role ? null : "named" }, s("title", {}, name), s("rect", { x: x(key), y: y(key) - 13, width: width(name), height: 26, rx: 5 }), s("text", { x: x(key) + 11, y: y(key) + 5 }, short(name)));
    return role ? s("a", { href: link(role) }, box) : box;
  });
  const depth = widths.length - 1;
  return s("svg", { width: lefts[depth] + widths[depth] + 2, height: row * 34 + 4, role: "img", "aria-label": label }, lines, boxes);
}
