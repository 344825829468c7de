// Names on the canvas, like those on a map: the same size at every zoom, the important first, never one over another.
const LABEL_FONT = '500 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const LABEL_CELL = 64;
const widths = new Map();
let labelBoxes = [];

function shorten(name) {
  const letters = Array.from(name);
  return letters.length > 28 ? letters.slice(0, 27).join("").trimEnd() + "…" : name;
}

/** Draw on a finished frame. `ids` are in order of importance, `faded` are not about the selection. */
function drawLabels(context, network, ids, faded) {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  const scale = network.getScale();
  const taken = new Map();
  labelBoxes = [];
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { font: LABEL_FONT, textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3.5 });
  context.strokeStyle = colors.ground;
  context.fillStyle = colors.ink;
  const positions = network.getPositions(ids);
  for (const id of ids) {
    if (faded.has(id)) continue;
    const at = network.canvasToDOM(positions[id]);
    const text = shorten(NODES[id].label);
    if (!widths.has(id)) widths.set(id, context.measureText(text).width);
    const half = widths.get(id) / 2 + 2;
    const top = at.y + NODES[id].size * scale + 4;
    const box = { id, left: at.x - half, right: at.x + half, top, bottom: top + 14 };
    if (box.right < 0 || box.left > context.canvas.clientWidth || box.bottom < 0 || top > context.canvas.clientHeight) continue;
    if (!claimSpace(taken, box)) continue;
    labelBoxes.push(box);
    context.strokeText(text, at.x, top);
    context.fillText(text, at.x, top);
  }
  context.restore();
}

/** Take the space of a box unless some of it is taken. */
function claimSpace(taken, box) {
  const cells = [];
  for (let x = Math.floor(box.left / LABEL_CELL); x <= box.right / LABEL_CELL; x++) {
    for (let y = Math.floor(box.top / LABEL_CELL); y <= box.bottom / LABEL_CELL; y++) cells.push(x + " " + y);
  }
  const free = (other) => other.left >= box.right || other.right <= box.left || other.top >= box.bottom || other.bottom <= box.top;
  if (!cells.every((cell) => (taken.get(cell) || []).every(free))) return false;
  for (const cell of cells) {
    if (!taken.has(cell)) taken.set(cell, []);
    taken.get(cell).push(box);
  }
  return true;
}

/** The node whose name is at a point of the canvas, or null. */
function labelAt({ x, y }) {
  const box = labelBoxes.find((b) => x >= b.left && x <= b.right && y >= b.top && y <= b.bottom);
  return box ? box.id : null;
}
