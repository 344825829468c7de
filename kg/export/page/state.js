// What the reader has chosen, and what is visible because of it.
const STEP = 300;

const defaults = () => ({
  types: new Set(DATA.types.keys()),
  relations: new Set(RELATIONS.keys()),
  statuses: new Set([0]),
  verdicts: new Set(DATA.verdicts.keys()),
  confidence: 0,
  from: "",
  to: "",
  undated: true,
  contested: false,
  lonely: EDGES.length === 0,
  top: STEP,
  extra: new Set(),
  selection: null, // { kind: "node" | "edge", id: index }
  view: "graph",
  theme: "",
});

let state = defaults();

/** Whether a date (of isoDate) passes the date filter; of a year or month, a part is enough. */
function inDates(date) {
  if (!date) return state.undated;
  return (!state.from || date >= state.from.slice(0, date.length)) && (!state.to || date <= state.to.slice(0, date.length));
}

/** Whether an edge passes the filters: of its claims, one date must. */
function passes(edge) {
  return (
    state.statuses.has(edge.status) &&
    state.verdicts.has(edge.verdict) &&
    state.relations.has(edge.relation) &&
    state.types.has(NODES[edge.from].group) &&
    state.types.has(NODES[edge.to].group) &&
    edge.confidence >= state.confidence &&
    (edge.contested || !state.contested) &&
    (edge.dates.length === 0 ? state.undated : edge.dates.some(inDates))
  );
}

/** A large graph opens on its best-connected nodes; search and expansion add to them. */
const inPool = (id) => id < state.top || state.extra.has(id);

/** The nodes and edges to draw: { nodes: Set of indices, edges: array of edges }. */
function findVisible() {
  const edges = EDGES.filter((edge) => inPool(edge.from) && inPool(edge.to) && passes(edge));
  const nodes = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  if (state.lonely) {
    for (const node of NODES) if (inPool(node.id) && state.types.has(node.group)) nodes.add(node.id);
  }
  if (state.selection && state.selection.kind === "node") nodes.add(state.selection.id);
  return { nodes, edges };
}

/** Loosen what hides an edge or a node, so that a link to it shows it. */
function reveal(selection) {
  if (selection.kind === "node") {
    state.extra.add(selection.id);
    state.types.add(NODES[selection.id].group);
    return;
  }
  const edge = EDGES[selection.id];
  for (const id of [edge.from, edge.to]) reveal({ kind: "node", id });
  if (passes(edge)) return;
  state.statuses.add(edge.status);
  state.verdicts.add(edge.verdict);
  state.relations.add(edge.relation);
  state.confidence = Math.min(state.confidence, edge.confidence);
  if (!passes(edge)) Object.assign(state, { from: "", to: "", undated: true, contested: false });
}
