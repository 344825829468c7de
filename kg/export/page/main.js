// Wiring: a choice changes the state, the state is shown and remembered in the address.
let visible = { nodes: new Set(), edges: [] };

/** Change the state and show it. */
function change(edit) {
  edit();
  show();
  remember(false);
}

/** Select a node or an edge, or nothing. */
function select(selection) {
  state.selection = selection;
  if (selection) reveal(selection);
  show();
  remember(true);
  if (selection && state.view === "graph") focusOn(selection);
}

/** Add the neighbors of a node that the opening view leaves out. */
function expand(id) {
  change(() => edgesOf[id].filter(passes).forEach((edge) => [edge.from, edge.to].forEach((end) => state.extra.add(end))));
}

function show() {
  showTheme();
  visible = findVisible();
  showFilters();
  drawGraph(visible);
  const table = state.view === "table";
  byId("table").hidden = !table;
  byId("stage").hidden = table;
  if (table) showTables(visible, select);
  else openCanvas();
  showDetails();
  showStatus();
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
}

let shownTheme = null;

function showTheme() {
  const theme = state.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  if (theme === shownTheme) return;
  shownTheme = document.documentElement.dataset.theme = theme;
  readColors();
}

let shownDetails = "";

/** The facts or the evidence of the selection. The focus follows when it was here, in the table or in the search. */
function showDetails() {
  const panel = byId("details");
  const { selection } = state;
  const inside = panel.contains(document.activeElement);
  panel.hidden = !selection;
  if (!selection) {
    shownDetails = "";
    if (inside) byId(state.view === "table" ? "table" : "canvas").focus({ preventScroll: true });
    return;
  }
  const close = el("button", { type: "button", class: "icon close", "aria-label": STRINGS.close, title: STRINGS.close, onclick: () => select(null) }, icon("close"));
  const content = selection.kind === "node" ? factsPanel(NODES[selection.id], select) : evidencePanel(EDGES[selection.id], select);
  panel.replaceChildren(close, ...content.filter(Boolean));
  const fresh = shownDetails !== selection.kind + selection.id;
  if (fresh) panel.scrollTop = 0;
  if (inside || (fresh && (state.view === "table" || document.activeElement === byId("query")))) panel.focus({ preventScroll: true });
  shownDetails = selection.kind + selection.id;
}

function showStatus() {
  const { nodes, edges } = visible;
  const number = (value) => value.toLocaleString("en");
  byId("status").textContent = fill(STRINGS.counts, number(nodes.size), number(NODES.length), number(edges.length), number(EDGES.length));
  const empty = byId("empty");
  empty.hidden = nodes.size > 0;
  empty.textContent = NODES.length ? STRINGS.nothingVisible : STRINGS.empty;
  const rest = Math.min(STEP, NODES.length - state.top);
  byId("more").hidden = rest <= 0;
  byId("more").textContent = fill(STRINGS.more, rest);
}

/** Take the state from the address. */
function restore() {
  const { extra } = state;
  state = Object.assign(fromHash(location.hash), { extra });
  if (state.selection) reveal(state.selection);
  show();
  if (state.selection && state.view === "graph") focusOn(state.selection);
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) && document.activeElement.type !== "checkbox";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      byId("query").focus();
    } else if (event.key === "Escape") {
      if (document.body.classList.contains("filtering")) toggleFilters(false);
      else if (state.selection) select(null);
    }
  });
}

function toggleFilters(open = !document.body.classList.contains("filtering")) {
  document.body.classList.toggle("filtering", open);
  byId("filters-toggle").setAttribute("aria-expanded", String(open));
}

function startButtons() {
  const tools = { in: () => zoomBy(1.4), out: () => zoomBy(1 / 1.4), fit: () => fitCanvas(true), image: saveImage };
  for (const button of document.querySelectorAll("[data-tool]")) button.addEventListener("click", tools[button.dataset.tool]);
  for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => change(() => (state.view = button.dataset.view)));
  }
  byId("theme").addEventListener("click", () => change(() => (state.theme = shownTheme === "dark" ? "light" : "dark")));
  byId("more").addEventListener("click", () => {
    change(() => (state.top += STEP));
    fitCanvas(true);
  });
  byId("filters-toggle").addEventListener("click", () => toggleFilters());
}

fillTemplate();
startFilters(change);
startSearch(select);
startCanvas(select);
startButtons();
startKeys();
state = fromHash(location.hash);
if (state.selection) reveal(state.selection);
show();
if (state.selection && state.view === "graph") focusOn(state.selection);
addEventListener("popstate", restore);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);

/**
 * For tests and for the console, since a canvas cannot be queried:
 * `state()` is what is chosen and what is visible, by identifier; `select(identifier)` selects a node or an edge (null: nothing);
 * `point(identifier)` is where on the screen a node, or the middle of an edge, is drawn: { x, y } in CSS pixels.
 */
window.kgPage = Object.freeze({
  state: () => ({
    selection: state.selection && (state.selection.kind === "node" ? NODES : EDGES)[state.selection.id].key,
    nodes: ranked.map((id) => NODES[id].key),
    edges: visible.edges.map((edge) => edge.key),
    labels: labelBoxes.map((box) => ({ ...box, id: NODES[box.id].key })),
    theme: shownTheme,
    view: state.view,
    hash: toHash(),
  }),
  select: (key) => select(nodeByKey.has(key) ? { kind: "node", id: nodeByKey.get(key) } : edgeByKey.has(key) ? { kind: "edge", id: edgeByKey.get(key) } : null),
  point: (key) => {
    const canvas = byId("canvas").getBoundingClientRect();
    const toScreen = (at) => ({ x: canvas.left + network.canvasToDOM(at).x, y: canvas.top + network.canvasToDOM(at).y });
    if (nodeByKey.has(key)) return toScreen(network.getPosition(nodeByKey.get(key)));
    const drawnEdge = network.body.edges[edgeByKey.get(key)];
    return toScreen(drawnEdge.edgeType.getPoint(0.5));
  },
});
