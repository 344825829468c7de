// The state in the address: #node=country/AZE&status=asserted,denied&min=0.5. Only what differs from the defaults.
const SETS = [
  ["types", "types", () => DATA.types],
  ["relations", "relations", () => RELATIONS.map((relation) => relation.id)],
  ["status", "statuses", () => DATA.statuses],
  ["verdict", "verdicts", () => DATA.verdicts],
];

function toHash() {
  const start = defaults();
  const parts = [];
  const add = (key, value) => parts.push(key + "=" + encodeURIComponent(value).replace(/%2F/g, "/").replace(/%2C/g, ","));
  if (state.selection) {
    const { kind, id } = state.selection;
    add(kind, (kind === "node" ? NODES : EDGES)[id].key);
  }
  for (const [key, field, names] of SETS) {
    const chosen = [...state[field]].sort((a, b) => a - b);
    if (chosen.join() !== [...start[field]].join()) add(key, chosen.map((index) => names()[index]).join());
  }
  if (state.confidence) add("min", state.confidence);
  if (state.from) add("from", state.from);
  if (state.to) add("to", state.to);
  if (!state.undated) add("undated", 0);
  if (state.contested) add("contested", 1);
  if (state.lonely !== start.lonely) add("lonely", Number(state.lonely));
  if (state.top !== start.top) add("top", state.top);
  if (state.view !== start.view) add("view", state.view);
  if (state.theme) add("theme", state.theme);
  return "#" + parts.join("&");
}

/** The state that an address asks for; what it says wrongly or not at all is as by default. */
function fromHash(hash) {
  const asked = new Map(new URLSearchParams(hash.replace(/^#/, "").replace(/\+/g, "%2B")));
  const found = defaults();
  for (const [key, field, names] of SETS) {
    if (asked.has(key)) found[field] = new Set(asked.get(key).split(",").map((name) => names().indexOf(name)).filter((i) => i >= 0));
  }
  const confidence = Number(asked.get("min"));
  if (confidence > 0 && confidence <= 1) found.confidence = confidence;
  for (const key of ["from", "to"]) if (/^\d{4}-\d\d-\d\d$/.test(asked.get(key))) found[key] = asked.get(key);
  if (asked.has("undated")) found.undated = asked.get("undated") !== "0";
  found.contested = asked.get("contested") === "1";
  if (asked.has("lonely")) found.lonely = asked.get("lonely") === "1";
  if (Number(asked.get("top")) > 0) found.top = Math.floor(Number(asked.get("top")));
  if (asked.get("view") === "table") found.view = "table";
  if (["light", "dark"].includes(asked.get("theme"))) found.theme = asked.get("theme");
  const node = nodeByKey.get(asked.get("node"));
  const edge = edgeByKey.get(asked.get("edge"));
  if (edge !== undefined) found.selection = { kind: "edge", id: edge };
  else if (node !== undefined) found.selection = { kind: "node", id: node };
  return found;
}

/** Write the state to the address; a new selection is a step that Back undoes. */
function remember(step) {
  if (toHash() === (location.hash || "#")) return;
  try {
    history[step ? "pushState" : "replaceState"](null, "", toHash());
  } catch {
    // A sandboxed frame has no history of its own: the page works without permalinks.
  }
}
