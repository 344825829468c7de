// The evidence panel: for an edge, every sentence that says so, with its words marked, its speaker and its source.

/** What an edge says and why we think so. */
function evidencePanel(edge, onSelect) {
  const relation = RELATIONS[edge.relation];
  const claims = edge.claims.map((claim, i) => ({ ...readClaim(claim), verdict: edge.verdicts ? DATA.verdicts[edge.verdicts[i]] : null })).sort((a, b) => (b.document.published || "").localeCompare(a.document.published || ""));
  return [
    el("h2", { class: "triple" },
      nodeButton(NODES[edge.from], onSelect),
      el("span", { class: "relation" }, lineSwatch(edge.relation), el("span", {}, relation.label)),
      nodeButton(NODES[edge.to], onSelect)),
    el("p", { class: "chips" }, statusChip(edge), contestedChip(edge), verdictChip(verdictOf(edge)),
      edge.period ? chip(fill(STRINGS.period, edge.period)) : null,
      chip(count(STRINGS.sources, edge.support)), chip(percent(edge.confidence))),
    edge.fact ? el("p", { class: "fact" }, STRINGS.referenceFact + " ", edge.fact) : null,
    el("p", { class: "key", "aria-hidden": "true" }, Object.entries(STRINGS.roles).map(([role, name]) => el("mark", { "data-role": role }, name))),
    el("ol", { class: "claims", "aria-label": count(STRINGS.claims, claims.length) }, claims.map((claim) => claimItem(claim, onSelect))),
    between(edge, onSelect),
  ];
}

function claimItem(claim, onSelect) {
  const { id, title, url, published, publisher } = claim.document;
  const date = isoDate(published);
  const outside = !inDates(date);
  return el("li", { class: outside ? "claim outside" : "claim" },
    el("blockquote", {}, highlight(claim)),
    el("p", { class: "source" },
      url ? link(url, title || id) : el("span", {}, title || id),
      publisher ? el("span", {}, publisher) : null,
      date ? el("time", { datetime: date }, date) : el("em", {}, STRINGS.undatedDocument)),
    el("p", { class: "chips" },
      speaker(claim.speaker, onSelect), tagsOf(claim).map((tag) => chip(STRINGS.tags[tag], tag)),
      claim.verdict ? verdictChip(claim.verdict) : null,
      outside ? chip(STRINGS.outside) : null, chip(percent(claim.confidence))),
    el("p", { class: "rule" }, STRINGS.rule + " ", el("code", {}, claim.rule)));
}

/** The sentence as text and marks. Spans count code points, so the text is split into code points first. */
function highlight(claim) {
  const letters = Array.from(claim.text);
  const spans = claim.triggers.map((span) => ["trigger", ...span]);
  if (claim.subject) spans.push(["subject", ...claim.subject]);
  if (claim.object) spans.push(["object", ...claim.object]);
  const cuts = [...new Set([0, letters.length, ...spans.flatMap(([, start, end]) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, i) => {
    const text = letters.slice(cuts[i], end).join("");
    const roles = spans.filter((span) => span[1] <= cuts[i] && end <= span[2]).map(([role]) => role);
    return roles.reduce((inner, role) => el("mark", { "data-role": role, title: STRINGS.roles[role] }, inner), text);
  });
}

/** What is out of the ordinary about how a claim is made. */
function tagsOf({ polarity, modality, time, kind }) {
  return [
    polarity === "denied" ? "denied" : null,
    modality === "factual" ? null : modality,
    time === "ended" ? "ended" : null,
    kind === "event" ? "event" : null,
  ].filter(Boolean);
}

function speaker(who, onSelect) {
  if (who === null) return null;
  const name = typeof who === "number" ? NODES[who].label : who;
  const text = fill(STRINGS.said, name);
  if (typeof who !== "number") return chip(text, "speaker");
  return el("button", { type: "button", class: "chip speaker", onclick: () => onSelect({ kind: "node", id: who }) }, text);
}

/** The other relations of the same two, whatever their status: what contests this one is among them. */
function between(edge, onSelect) {
  const others = edgesOf[edge.from].filter((e) => e !== edge && (e.from === edge.to || e.to === edge.to) && e.from !== e.to);
  if (!others.length) return null;
  return el("section", {}, el("h3", {}, STRINGS.between), arrowKeys(el("ul", { class: "edges" }, others.map((other) =>
    el("li", {}, edgeButton(other, relationFrom(other, NODES[edge.from]), onSelect))))));
}

const chip = (text, kind = null) => el("span", { class: kind ? "chip " + kind : "chip" }, text);
const percent = (confidence) => fill(STRINGS.confidenceOf, Math.round(confidence * 100));

function statusChip(edge) {
  const status = statusOf(edge);
  const label = chip((STRINGS.statusMarks[status] + " " + STRINGS.statusNames[status]).trim(), status);
  label.title = STRINGS.statusHints[status];
  return label;
}

function contestedChip(edge) {
  if (!edge.contested) return null;
  const label = chip(STRINGS.contested, "contested");
  label.title = STRINGS.contestedHint;
  return label;
}

/** What reference facts say, in a word and a sign; nothing where they say nothing. */
function verdictChip(verdict) {
  if (verdict === "unknown") return null;
  const label = chip(STRINGS.verdictMarks[verdict] + " " + STRINGS.verdictNames[verdict], verdict);
  label.title = STRINGS.verdictHints[verdict];
  return label;
}

function nodeButton(node, onSelect) {
  return el("button", { type: "button", class: "node", onclick: () => onSelect({ kind: "node", id: node.id }) }, shapeSwatch(node.group), node.label);
}

/** A line of a list of edges: what it is about, how it is said, how many sources. */
function edgeButton(edge, text, onSelect) {
  return el("button", { type: "button", class: "edge", onclick: () => onSelect({ kind: "edge", id: edge.id }) },
    lineSwatch(edge.relation), el("span", { class: "name" }, text),
    edge.status ? statusChip(edge) : null, contestedChip(edge), verdictChip(verdictOf(edge)), el("span", { class: "tally" }, count(STRINGS.sources, edge.support)));
}
