// The facts panel: who a node is, and its edges grouped by relation.

/** What is known about a node. */
function factsPanel(node, onSelect) {
  const edges = edgesOf[node.id].filter(passes);
  const hidden = edgesOf[node.id].length - edges.length;
  return [
    el("h2", {}, shapeSwatch(node.group), node.label),
    el("p", { class: "chips" }, chip(STRINGS.typeName[typeOf(node)]), chip(count(STRINGS.sources, sourcesOf(node)))),
    factList(node),
    expandButton(node, edges),
    ...[...groupByRelation(node, edges)].map(([label, group]) =>
      el("section", {}, el("h3", {}, label, el("span", { class: "tally" }, String(group.length))),
        arrowKeys(el("ul", { class: "edges" }, group.map((edge) => el("li", {}, edgeButton(edge, otherEnd(edge, node).label, onSelect))))))),
    said(node, onSelect),
    edges.length ? null : el("p", { class: "hint" }, STRINGS.noEdges),
    hidden ? el("p", { class: "hint" }, fill(STRINGS.hiddenEdges, hidden)) : null,
  ].filter(Boolean);
}

/** Number of documents that say something about a node. */
function sourcesOf(node) {
  return new Set(edgesOf[node.id].flatMap((edge) => edge.claims.map((claim) => DATA.sentences[claim[0]][0]))).size;
}

function factList(node) {
  const rows = [
    [STRINGS.aliases, (node.aliases || []).join(" · ")],
    [STRINGS.metonyms, (node.metonyms || []).join(" · ")],
    [STRINGS.iso3, node.iso3],
    [STRINGS.wikidata, /^Q[1-9]\d*$/.test(node.wikidata || "") ? link("https://www.wikidata.org/wiki/" + node.wikidata, node.wikidata) : node.wikidata],
    [STRINGS.iri, el("code", {}, BASE + node.key)],
  ];
  return el("dl", {}, rows.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

/** Edges under the words that the relation has from this end; within, the best supported first. */
function groupByRelation(node, edges) {
  const groups = new Map();
  const order = (edge) => edge.relation * 2 + (edge.from === node.id ? 0 : 1);
  for (const edge of [...edges].sort((a, b) => order(a) - order(b) || a.status - b.status || b.support - a.support || a.id - b.id)) {
    const label = relationFrom(edge, node);
    groups.set(label, [...(groups.get(label) || []), edge]);
  }
  return groups;
}

/** What a node is quoted for. */
function said(node, onSelect) {
  const edges = [...edgesSaidBy[node.id]].filter(passes);
  if (!edges.length) return null;
  const text = (edge) => `${NODES[edge.from].label} ${RELATIONS[edge.relation].label} ${NODES[edge.to].label}`;
  return el("section", {}, el("h3", {}, fill(STRINGS.says, node.label), el("span", { class: "tally" }, String(edges.length))),
    arrowKeys(el("ul", { class: "edges" }, edges.map((edge) => el("li", {}, edgeButton(edge, text(edge), onSelect))))));
}

function expandButton(node, edges) {
  const hidden = new Set(edges.map((edge) => otherEnd(edge, node).id).filter((id) => !inPool(id)));
  return hidden.size ? el("button", { type: "button", class: "plain", onclick: () => expand(node.id) }, fill(STRINGS.expand, hidden.size)) : null;
}
