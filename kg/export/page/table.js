// The same view as tables, for screen readers, for the keyboard and for reading in order.
const ROWS = 200;

function showTables({ nodes, edges }, onSelect) {
  const sorted = [...edges].sort((a, b) => a.from - b.from || a.relation - b.relation || a.to - b.to || a.id - b.id);
  byId("table").replaceChildren(
    pagedTable(STRINGS.tableOf, STRINGS.columns, sorted, (edge) => edgeRow(edge, onSelect)),
    pagedTable(STRINGS.entitiesOf, STRINGS.entityColumns, ranked.map((id) => NODES[id]), (node) => entityRow(node, edges, onSelect)),
  );
}

function edgeRow(edge, onSelect) {
  const latest = edge.dates.at(-1) || "";
  const open = () => onSelect({ kind: "edge", id: edge.id });
  return [
    nodeButton(NODES[edge.from], onSelect),
    el("button", { type: "button", class: "edge", title: STRINGS.evidence, onclick: open }, lineSwatch(edge.relation), RELATIONS[edge.relation].label),
    nodeButton(NODES[edge.to], onSelect),
    [statusChip(edge), contestedChip(edge), verdictChip(verdictOf(edge))].filter(Boolean),
    Math.round(edge.confidence * 100) + "%",
    String(edge.support),
    latest || STRINGS.undatedDocument,
  ];
}

function entityRow(node, edges, onSelect) {
  const degree = edges.filter((edge) => edge.from === node.id || edge.to === node.id).length;
  return [nodeButton(node, onSelect), STRINGS.typeName[typeOf(node)], String(degree), node.names.slice(1).join(" · ")];
}

function pagedTable(title, columns, things, toCells) {
  const body = el("tbody");
  const more = el("button", { type: "button", class: "plain", onclick: () => addRows() });
  let shown = 0;
  const addRows = () => {
    const next = things.slice(shown, shown + ROWS);
    body.append(...next.map((thing) => el("tr", {}, toCells(thing).map((cell, i) => el(i ? "td" : "th", i ? {} : { scope: "row" }, cell)))));
    shown += next.length;
    more.hidden = shown >= things.length;
    more.textContent = fill(STRINGS.moreRows, Math.min(ROWS, things.length - shown));
  };
  addRows();
  return el("div", { class: "scroll" },
    el("table", {}, el("caption", {}, `${title} (${things.length})`),
      el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col" }, column)))), body),
    more);
}
