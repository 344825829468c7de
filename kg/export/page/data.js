// The embedded graph. Nodes are in order of importance, so a node's index is its rank.
const DATA = JSON.parse(byId("data").textContent);
const BASE = document.body.dataset.base;
const NODES = DATA.nodes;
const EDGES = DATA.edges;
const RELATIONS = DATA.relations;

const nodeByKey = new Map(NODES.map((node) => [node.key, node.id]));
const edgeByKey = new Map(EDGES.map((edge, index) => [edge.key, index]));
const edgesOf = NODES.map(() => []);
const edgesSaidBy = NODES.map(() => new Set());

EDGES.forEach((edge, index) => {
  edge.id = index;
  edge.dates = edge.claims.map((claim) => publishedOf(claim)).sort();
  edgesOf[edge.from].push(edge);
  if (edge.to !== edge.from) edgesOf[edge.to].push(edge);
  for (const [, , , speaker] of edge.claims) if (typeof speaker === "number") edgesSaidBy[speaker].add(edge);
});
for (const node of NODES) node.names = [node.label, ...(node.aliases || []), ...(node.metonyms || [])];

/** An embedded claim (an array, to keep the file small) with its tables looked up. */
function readClaim(claim) {
  const [sentence, manner, confidence, speaker, rule, subject, object, triggers] = claim;
  const [document, text] = DATA.sentences[sentence];
  const [polarity, modality, time, kind] = DATA.manners[manner];
  const [id, title, url, published, publisher] = DATA.documents[document];
  return {
    text, polarity, modality, time, kind, confidence, speaker, rule: DATA.rules[rule], subject, object, triggers,
    document: { id, title, url, published, publisher },
  };
}

/** The date of the article that makes a claim, "" when it is undated. */
function publishedOf(claim) {
  return isoDate(DATA.documents[DATA.sentences[claim[0]][0]][3]);
}

/** A year, month or day of ISO 8601, "" for anything else. */
function isoDate(text) {
  const found = /^\d{4}(-\d\d){0,2}/.exec(text || "");
  return found ? found[0] : "";
}

/** The node at the other end. */
const otherEnd = (edge, node) => NODES[edge.from === node.id ? edge.to : edge.from];

/** How a relation reads from one of its ends: "sells arms to", or its inverse "buys arms from". */
function relationFrom(edge, node) {
  const relation = RELATIONS[edge.relation];
  if (relation.symmetric || edge.from === node.id) return relation.label;
  return relation.inverse ? relation.inverse.replaceAll("-", " ") : "← " + relation.label;
}

const verdictOf = (edge) => DATA.verdicts[edge.verdict];
const statusOf = (edge) => DATA.statuses[edge.status];
const typeOf = (node) => DATA.types[node.group];

/** Letters alone: lower case, without marks, for search. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
