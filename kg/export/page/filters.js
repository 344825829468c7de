// The legend, which is also the filter: every row is a checkbox with the look of what it stands for.
const controls = [];

function startFilters(onChange) {
  const panel = byId("filters");
  const total = (values) => {
    const found = new Map();
    for (const value of values) found.set(value, (found.get(value) || 0) + 1);
    return (index) => found.get(index) || 0;
  };
  const nodes = total(NODES.map((node) => node.group));
  const relations = total(EDGES.map((edge) => edge.relation));
  const statuses = total(EDGES.map((edge) => edge.status));
  const verdicts = total(EDGES.map((edge) => edge.verdict));
  const row = (field, index, swatch, name, number, hint) => checkRow(field, index, swatch, name, number, hint, onChange);
  panel.append(
    section(STRINGS.types, DATA.types.map((type, i) => row("types", i, shapeSwatch(i), STRINGS.typeNames[type], nodes(i)))),
    section(
      STRINGS.relations,
      RELATIONS.map((relation, i) => row("relations", i, lineSwatch(i), relation.label, relations(i), relation.definition)),
      el("p", { class: "hint" }, STRINGS.width),
    ),
    section(STRINGS.statuses, DATA.statuses.map((status, i) =>
      row("statuses", i, el("span", { class: "mark", "aria-hidden": "true" }, STRINGS.statusMarks[status] || "—"),
        STRINGS.statusNames[status], statuses(i), STRINGS.statusHints[status])),
    switchRow("contested", STRINGS.onlyContested, EDGES.filter((edge) => edge.contested).length, onChange,
      el("span", { class: "mark", "aria-hidden": "true" }, STRINGS.contestedMark), STRINGS.contestedHint)),
    section(STRINGS.verdicts, DATA.verdicts.map((verdict, i) =>
      row("verdicts", i, el("span", { class: "mark", "aria-hidden": "true" }, STRINGS.verdictMarks[verdict] || "—"),
        STRINGS.verdictNames[verdict], verdicts(i), STRINGS.verdictHints[verdict]))),
    section(STRINGS.confidence, confidenceRow(onChange)),
    section(
      STRINGS.dates,
      el("div", { class: "dates" }, dateInput("from", onChange), dateInput("to", onChange)),
      switchRow("undated", STRINGS.undated, EDGES.filter((edge) => edge.dates.includes("")).length, onChange),
    ),
    section(null,
      switchRow("lonely", STRINGS.lonely, null, onChange),
      el("button", { type: "button", class: "plain", onclick: () => onChange(resetFilters) }, STRINGS.reset),
      el("p", { class: "hint" }, STRINGS.keys)),
  );
}

/** Bring the controls in line with the state. */
function showFilters() {
  for (const control of controls) control();
}

function resetFilters() {
  const { selection, view, theme, top, extra } = state;
  state = Object.assign(defaults(), { selection, view, theme, top, extra });
}

function section(title, ...content) {
  return el("fieldset", {}, title ? el("legend", {}, title) : null, ...content);
}

function checkRow(field, index, swatch, name, number, hint, onChange) {
  const toggle = () => onChange(() => (box.checked ? state[field].add(index) : state[field].delete(index)));
  const box = el("input", { type: "checkbox", name: field, value: index, onchange: toggle });
  controls.push(() => (box.checked = state[field].has(index)));
  const label = el("label", { class: "row", title: hint || null }, box, swatch, el("span", { class: "name" }, name), tally(number));
  label.classList.toggle("none", number === 0);
  return label;
}

function switchRow(field, name, number, onChange, swatch = null, hint = null) {
  const box = el("input", { type: "checkbox", name: field, onchange: () => onChange(() => (state[field] = box.checked)) });
  controls.push(() => (box.checked = state[field]));
  return el("label", { class: "row", title: hint }, box, swatch, el("span", { class: "name" }, name), tally(number));
}

const tally = (number) => (number === null ? null : el("span", { class: "tally" }, number.toLocaleString("en")));

function confidenceRow(onChange) {
  const show = el("output", {});
  const slider = el("input", {
    type: "range", name: "confidence", min: 0, max: 1, step: 0.05, "aria-label": STRINGS.confidence,
    oninput: () => onChange(() => (state.confidence = Number(slider.value))),
  });
  controls.push(() => {
    slider.value = state.confidence;
    show.textContent = Math.round(state.confidence * 100) + "%";
  });
  return el("div", { class: "row" }, slider, show);
}

function dateInput(field, onChange) {
  const input = el("input", { type: "date", name: field, onchange: () => onChange(() => (state[field] = input.value)) });
  controls.push(() => (input.value = state[field]));
  return el("label", {}, STRINGS[field], input);
}
