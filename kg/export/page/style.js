// How data looks on the canvas and in the legend. Colors are in page.css, so that both themes share the names.
const RELATION_STYLES = 8;
const DASHES = [[2, 5], null, [11, 6], null, null, [7, 4], [14, 4, 2, 4], null];
const DASHES_AGAIN = [[5, 5], [16, 6], [2, 3], [10, 3, 2, 3], [20, 4], [3, 8], [6, 2], [12, 10]];
let colors = {};

/** Read the theme's colors: r0 … r7 for relations, t0 … t2 for types, and those of the canvas. */
function readColors() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ground", "ink", "faint"];
  for (let i = 0; i < RELATION_STYLES; i++) names.push("r" + i);
  for (const i of DATA.types.keys()) names.push("t" + i, "t" + i + "-line");
  colors = Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]));
}

const relationColor = (index) => "r" + (index % RELATION_STYLES);
const relationDash = (index) => (index < RELATION_STYLES ? DASHES : DASHES_AGAIN)[index % RELATION_STYLES];

/** What vis-network needs to draw a node; `dim` fades what the selection is not about. */
function nodeItem(node, dim) {
  const background = colors["t" + node.group];
  const border = colors["t" + node.group + "-line"];
  const strong = { background, border: colors.ink };
  return {
    id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size, borderWidth: 1.5, borderWidthSelected: 4,
    color: { background, border, highlight: strong, hover: strong }, opacity: dim ? 0.18 : 1,
  };
}

/** How strongly edges are drawn: less where many would hide the nodes. */
const edgeStrength = (number) => Math.min(1, Math.max(0.4, Math.sqrt(350 / (number || 1))));

/** What vis-network needs to draw an edge; `curve` keeps parallel edges apart (0 is straight), `strength` is at most 1. */
function edgeItem(edge, curve, strength) {
  const color = colors[relationColor(edge.relation)];
  const plain = edge.status === 0;
  const mark = STRINGS.statusMarks[statusOf(edge)] || (edge.contested ? STRINGS.contestedMark : "");
  return {
    id: edge.id, from: edge.from, to: edge.to,
    width: (plain ? edge.width : Math.min(edge.width, 2)) * Math.max(strength, 0.6),
    color: { color, highlight: color, hover: color, opacity: (plain ? 0.85 : 0.5) * strength },
    dashes: relationDash(edge.relation) || false,
    arrows: edge.arrows ? { to: { enabled: true, scaleFactor: 0.55 } } : "",
    smooth: curve ? { enabled: true, type: curve > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(curve) } : false,
    label: strength < 0.3 ? "" : mark,
    font: mark ? { size: 17, color, strokeWidth: 4, strokeColor: colors.ground, align: "horizontal" } : undefined,
  };
}

/** How far each edge bends, so that those of one pair can be told apart: Map of edge index to roundness. */
function findCurves(edges) {
  const pairs = new Map();
  for (const edge of edges) {
    const pair = edge.from < edge.to ? edge.from + " " + edge.to : edge.to + " " + edge.from;
    if (pairs.has(pair)) pairs.get(pair).push(edge);
    else pairs.set(pair, [edge]);
  }
  const curves = new Map();
  for (const group of pairs.values()) {
    const gap = Math.min(0.16, 0.6 / group.length);
    group.forEach((edge, i) => curves.set(edge.id, (i - (group.length - 1) / 2) * gap * (edge.from < edge.to ? 1 : -1)));
  }
  return curves;
}

/** The shape of an entity type, as in the graph. */
function shapeSwatch(group) {
  const shapes = [
    svg("circle", { cx: 8, cy: 8, r: 6 }),
    svg("path", { d: "M8 1l7 7-7 7-7-7z" }),
    svg("rect", { x: 2.5, y: 2.5, width: 11, height: 11 }),
  ];
  return svg("svg", { viewBox: "0 0 16 16", class: "shape t" + group, "aria-hidden": "true" }, shapes[group]);
}

/** The line of a relation, as in the graph. */
function lineSwatch(index) {
  const relation = RELATIONS[index];
  const dash = relationDash(index);
  return svg(
    "svg", { viewBox: "0 0 34 12", class: "line " + relationColor(index), "aria-hidden": "true" },
    svg("path", { d: relation.symmetric ? "M1 6h32" : "M1 6h25", "stroke-dasharray": dash ? dash.join(" ") : null }),
    relation.symmetric ? null : svg("path", { d: "M25 1.5l8 4.5-8 4.5z", class: "head" }),
  );
}
