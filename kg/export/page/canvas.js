// The drawing: vis-network with fixed positions and no physics, kept in step with what is visible.
const still = matchMedia("(prefers-reduced-motion: reduce)");
const items = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
const drawn = { nodes: new Map(), edges: new Map() };
let network = null;
let ranked = [];
let faded = new Set();

function startCanvas(onSelect) {
  turnToScreen();
  network = new vis.Network(byId("canvas"), items, {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { chosen: true },
    edges: { smooth: false, selectionWidth: 2.5, hoverWidth: 1.5, arrowStrikethrough: false },
    interaction: { hover: true, multiselect: false, keyboard: { enabled: true, bindToWindow: false }, hideEdgesOnDrag: EDGES.length > 3000 },
  });
  network.on("afterDrawing", (context) => drawLabels(context, network, ranked, faded));
  network.on("click", ({ nodes, edges, pointer }) => {
    const named = nodes.length ? nodes[0] : labelAt(pointer.DOM);
    if (named !== null) onSelect({ kind: "node", id: named });
    else onSelect(edges.length ? { kind: "edge", id: edges[0] } : null);
  });
  network.on("doubleClick", ({ nodes }) => nodes.length && expand(nodes[0]));
  network.on("hoverNode", ({ node, event }) => showTip(NODES[node].label + " · " + STRINGS.typeName[typeOf(NODES[node])], event));
  network.on("hoverEdge", ({ edge, event }) => showTip(sentenceOf(EDGES[edge]), event));
  network.on("dragEnd", ({ nodes }) => nodes.forEach((id) => Object.assign(NODES[id], network.getPositions([id])[id])));
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, hideTip);
}

/** An edge in words: "Israel sells arms to Azerbaijan · 3 sources". */
function sentenceOf(edge) {
  const mark = edge.status ? " (" + STRINGS.statusNames[statusOf(edge)] + ")" : "";
  const relation = RELATIONS[edge.relation].label + mark;
  return `${NODES[edge.from].label} ${relation} ${NODES[edge.to].label} · ${count(STRINGS.sources, edge.support)}`;
}

function showTip(text, event) {
  const tip = byId("tip");
  const stage = byId("stage").getBoundingClientRect();
  tip.textContent = text;
  tip.hidden = false;
  byId("canvas").style.cursor = "pointer";
  const left = Math.min(event.clientX - stage.left + 14, stage.width - tip.offsetWidth - 8);
  tip.style.left = Math.max(8, left) + "px";
  tip.style.top = event.clientY - stage.top + 18 + "px";
}

function hideTip() {
  byId("tip").hidden = true;
  byId("canvas").style.cursor = "";
}

/** Draw what is visible, touching only what changed. */
function drawGraph({ nodes, edges }) {
  const close = closeTo(state.selection, edges);
  const curves = findCurves(edges);
  faded = close ? new Set([...nodes].filter((id) => !close.nodes.has(id))) : new Set();
  ranked = [...nodes].sort((a, b) => a - b);
  if (close) ranked.sort((a, b) => close.nodes.has(b) - close.nodes.has(a) || a - b);
  const strength = (edge) => (!close ? edgeStrength(edges.length) : close.edges.has(edge.id) ? 1 : 0.08);
  sync("nodes", ranked.map((id) => nodeItem(NODES[id], faded.has(id))));
  sync("edges", edges.map((edge) => edgeItem(edge, curves.get(edge.id), strength(edge))));
  const { kind, id } = state.selection || {};
  network.setSelection({ nodes: kind === "node" ? [id] : [], edges: kind === "edge" ? [id] : [] }, { highlightEdges: false });
}

function sync(kind, wanted) {
  const keys = new Map(wanted.map((item) => [item.id, JSON.stringify(item)]));
  const before = drawn[kind];
  const gone = [...before.keys()].filter((id) => !keys.has(id));
  if (gone.length) items[kind].remove(gone);
  const changed = wanted.filter((item) => before.get(item.id) !== keys.get(item.id));
  if (changed.length) items[kind].update(changed);
  drawn[kind] = keys;
}

/** The nodes and edges that the selection is about, or null when nothing is selected. */
function closeTo(selection, edges) {
  if (!selection) return null;
  const about = selection.kind === "edge" ? [EDGES[selection.id]] : edges.filter((e) => e.from === selection.id || e.to === selection.id);
  const nodes = new Set(about.flatMap((edge) => [edge.from, edge.to]));
  if (selection.kind === "node") nodes.add(selection.id);
  return { nodes, edges: new Set(about.map((edge) => edge.id)) };
}

const motion = () => (still.matches ? false : { duration: 450, easingFunction: "easeInOutQuad" });

let opened = false;

/** Fit the drawing when it is first on screen. */
function openCanvas() {
  if (opened) return;
  opened = true;
  network.setSize("100%", "100%");
  fitCanvas(false);
}

/** Show the whole drawing, with room for names at its border and for the footer below. */
function fitCanvas(animate) {
  const points = Object.values(network.getPositions(ranked));
  if (!points.length) return;
  const [left, right] = extent(points.map(({ x }) => x));
  const [top, bottom] = extent(points.map(({ y }) => y));
  const { width, height } = byId("canvas").getBoundingClientRect();
  const side = Math.min(70, width / 8);
  const scale = Math.min((width - 2 * side) / (right - left || 1), (height - 120) / (bottom - top || 1), 1.3);
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
  network.moveTo({ position, scale: Math.max(scale, 0.02), offset: { x: 0, y: -22 }, animation: animate && motion() });
}

function extent(values) {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** The drawing is wide; on an upright screen it lies on its side. */
function turnToScreen() {
  if (innerHeight > innerWidth * 1.2) for (const node of NODES) [node.x, node.y] = [node.y, node.x];
}

/** Bring a node, or both ends of an edge, into view beside the details panel. */
function focusOn(selection) {
  const ids = selection.kind === "node" ? [selection.id] : [EDGES[selection.id].from, EDGES[selection.id].to];
  const points = Object.values(network.getPositions(ids));
  const middle = { x: 0, y: 0 };
  for (const point of points) {
    middle.x += point.x / points.length;
    middle.y += point.y / points.length;
  }
  const panel = byId("details").getBoundingClientRect();
  const stage = byId("stage").getBoundingClientRect();
  const beside = panel.width < stage.width * 0.7;
  const offset = { x: beside ? -panel.width / 2 : 0, y: beside ? 0 : -panel.height / 2 };
  network.moveTo({ position: middle, offset, scale: Math.max(network.getScale(), 0.8), animation: motion() });
}

function zoomBy(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: motion() });
}

/** Save the drawing, on the theme's ground, as a PNG file. */
function saveImage() {
  const source = byId("canvas").querySelector("canvas");
  const copy = el("canvas", { width: source.width, height: source.height });
  const context = copy.getContext("2d");
  context.fillStyle = colors.ground;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(source, 0, 0);
  el("a", { href: copy.toDataURL("image/png"), download: "graph.png" }).click();
}
