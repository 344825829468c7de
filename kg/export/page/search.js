// Search over names, aliases and metonyms: an ARIA combobox with a list of suggestions.
const SUGGESTIONS = 8;
const searchable = NODES.map((node) => node.names.map(plain));
let suggested = [];
let marked = -1;

function startSearch(onPick) {
  const input = byId("query");
  input.addEventListener("input", () => suggest(input.value, onPick));
  input.addEventListener("focus", () => input.value && suggest(input.value, onPick));
  input.addEventListener("blur", () => setTimeout(closeSuggestions, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      markSuggestion((marked + (event.key === "ArrowDown" ? 1 : -1) + suggested.length) % (suggested.length || 1));
    } else if (event.key === "Enter" && suggested.length) {
      pick(suggested[Math.max(marked, 0)].id, onPick);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (byId("suggestions").hidden) input.blur();
      input.value = "";
      closeSuggestions();
    }
  });
}

/** The best matches: a name that starts so, then a word of it, then any part; ties by importance. */
function findNodes(query) {
  const wanted = plain(query.trim());
  if (!wanted) return [];
  const found = [];
  for (const node of NODES) {
    let best = null;
    searchable[node.id].forEach((name, i) => {
      const at = name.indexOf(wanted);
      if (at < 0) return;
      const score = (name === wanted ? 0 : at === 0 ? 1 : /[\p{L}\p{N}]/u.test(name[at - 1]) ? 5 : 3) + (i ? 0.5 : 0);
      if (!best || score < best.score) best = { id: node.id, score, by: i ? node.names[i] : null };
    });
    if (best) found.push(best);
  }
  return found.sort((a, b) => a.score - b.score || a.id - b.id).slice(0, SUGGESTIONS);
}

function suggest(query, onPick) {
  suggested = findNodes(query);
  const list = byId("suggestions");
  list.replaceChildren(...suggested.map(({ id, by }, i) => {
    const node = NODES[id];
    return el(
      "li", { id: "suggestion-" + i, role: "option", "aria-selected": "false", onmousedown: (event) => {
        event.preventDefault();
        pick(id, onPick);
      } },
      shapeSwatch(node.group), el("span", { class: "name" }, node.label),
      el("small", {}, by ? fill(STRINGS.alsoKnownAs, by) : STRINGS.typeName[typeOf(node)]),
    );
  }));
  if (query.trim() && !suggested.length) list.append(el("li", { class: "none" }, STRINGS.noSuggestions));
  list.hidden = !query.trim();
  byId("query").setAttribute("aria-expanded", String(!list.hidden));
  markSuggestion(suggested.length ? 0 : -1);
}

function markSuggestion(index) {
  marked = index;
  const input = byId("query");
  [...byId("suggestions").children].forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
  if (index >= 0) input.setAttribute("aria-activedescendant", "suggestion-" + index);
  else input.removeAttribute("aria-activedescendant");
}

function pick(id, onPick) {
  byId("query").value = "";
  closeSuggestions();
  onPick({ kind: "node", id });
}

function closeSuggestions() {
  byId("suggestions").hidden = true;
  byId("query").setAttribute("aria-expanded", "false");
  suggested = [];
  markSuggestion(-1);
}
