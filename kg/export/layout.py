"""Fixed positions for the page: a force-directed core, the rest in rings around it, no two boxes overlapping.

Method: ForceAtlas2 (Jacomy et al. 2014, networkx) lays out the best-connected part of each connected component, which
is what the page opens on; the others lie around it, each on the side of what it is tied to, the less important further
out; then each box in turn takes the free place nearest to where it wants to be. Components are packed on shelves, the
largest on top. Needs numpy, not scipy.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

Box = tuple[float, float]
"""Width and height that a node and its label take, in pixels at scale 1."""
Point = tuple[float, float]

CORE = 300
"""Most nodes of a component that the force-directed method, quadratic in them, sees."""
_SPARSENESS = 1.8
_AIR = 30.0
_EVENNESS = 0.6
_OPENING = 1.005
_ASPECT = 1.5
_SHELF_GAP = 60.0
_CELL = 100.0


def find_positions(boxes: Sequence[Box], ties: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Centre of each box, in whole pixels, such that no two boxes overlap.

    ``boxes`` are in order of importance: an earlier one keeps closer to its ideal place. ``ties`` maps pairs of
    indices to a pull, at least 0; pairs in both directions add up. The same input gives the same positions.
    """
    neighbors: list[dict[int, float]] = [{} for _ in boxes]
    for (a, b), pull in sorted(ties.items()):
        if a != b:
            neighbors[a][b] = neighbors[b][a] = neighbors[a].get(b, 0.0) + pull
    islands = [_arrange(island, boxes, neighbors) for island in _components(neighbors)]
    placed = _shelve(islands, boxes)
    return [placed[index] for index in range(len(boxes))]


def _components(neighbors: Sequence[Mapping[int, float]]) -> list[list[int]]:
    """Connected components, each sorted, the largest first."""
    seen: set[int] = set()
    components = []
    for start in range(len(neighbors)):
        if start in seen:
            continue
        seen.add(start)
        found = [start]
        for node in found:
            fresh = sorted(set(neighbors[node]) - seen)
            seen.update(fresh)
            found.extend(fresh)
        components.append(sorted(found))
    return sorted(components, key=lambda nodes: (-len(nodes), nodes[0]))


def _arrange(nodes: Sequence[int], boxes: Sequence[Box], neighbors: Sequence[Mapping[int, float]]) -> dict[int, Point]:
    """Positions of one component around the origin, without overlaps."""
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    core, rest = _core(nodes[0], neighbors)
    wanted = _even_out(_forces(core, neighbors))
    area = inner = _area(core, boxes)
    for node in rest:
        area += _area([node], boxes)
        wanted[node] = _around([wanted[n] for n in sorted(neighbors[node]) if n in wanted], math.sqrt(area / inner))
    half = math.sqrt(inner * (_SPARSENESS + min(_AIR / len(core), 5.0)) / _ASPECT) / 2
    return _separate({n: (x * half * _ASPECT, y * half) for n, (x, y) in wanted.items()}, boxes)


def _area(nodes: Sequence[int], boxes: Sequence[Box]) -> float:
    return sum(boxes[n][0] * boxes[n][1] for n in nodes)


def _core(start: int, neighbors: Sequence[Mapping[int, float]]) -> tuple[list[int], list[int]]:
    """Grow from the most important node to its most important neighbours: a connected core, and the rest in order."""
    order, queue, seen = [], [start], {start}
    while queue:
        node = heapq.heappop(queue)
        order.append(node)
        for fresh in set(neighbors[node]) - seen:
            seen.add(fresh)
            heapq.heappush(queue, fresh)
    return sorted(order[:CORE]), order[CORE:]


def _forces(nodes: Sequence[int], neighbors: Sequence[Mapping[int, float]]) -> dict[int, Point]:
    """ForceAtlas2 from a sunflower spiral, scaled so that nine in ten nodes lie in [-1, 1] on each axis."""
    import networkx as nx
    import numpy as np

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(nodes)
    members = set(nodes)
    graph.add_weighted_edges_from(
        (a, b, pull) for a in nodes for b, pull in sorted(neighbors[a].items()) if a < b and b in members
    )
    start = {n: np.array(_sunflower(rank, 3.0)) for rank, n in enumerate(nodes)}
    found = nx.forceatlas2_layout(
        graph, pos=start, max_iter=200, scaling_ratio=4.0, gravity=2.0, weight="weight", seed=1
    )
    points = np.array([found[n] for n in nodes])
    points -= np.median(points, axis=0)
    points /= np.maximum(np.quantile(np.abs(points), 0.9, axis=0), 1e-9)
    return {n: (float(x), float(y)) for n, (x, y) in zip(nodes, points, strict=True)}


def _around(anchors: Sequence[Point], radius: float) -> Point:
    """The point at this distance from the centre in the direction of the middle of the anchors."""
    angle = math.atan2(sum(y for _, y in anchors), sum(x for x, _ in anchors))
    return 1.15 * radius * math.cos(angle), 1.15 * radius * math.sin(angle)


def _even_out(points: Mapping[int, Point]) -> dict[int, Point]:
    """Mix each coordinate with its rank: opens the crowded middle, draws in what is far out; in [-1.2, 1.2]."""
    xs, ys = ([point[axis] for point in points.values()] for axis in (0, 1))
    return dict(zip(points, zip(_mix(xs), _mix(ys), strict=True), strict=True))


def _mix(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda i: (values[i], i))
    mixed = [0.0] * len(values)
    for rank, i in enumerate(order):
        even = 2 * rank / max(len(values) - 1, 1) - 1
        mixed[i] = _EVENNESS * even + (1 - _EVENNESS) * max(-1.2, min(values[i], 1.2))
    return mixed


def _separate(wanted: Mapping[int, Point], boxes: Sequence[Box]) -> dict[int, Point]:
    """Move each box, in the order given, to the free place nearest to the wanted one, found along a spiral."""
    taken: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
    placed = {}
    for node, (x, y) in wanted.items():
        width, height = boxes[node]
        for dx, dy in _spiral(min(width, height) / 2):
            left, top = x + dx - width / 2, y + dy - height / 2
            box = (left, top, left + width, top + height)
            cells = list(_cells(box))
            if not any(_overlap(box, other) for cell in cells for other in taken.get(cell, ())):
                break
        for cell in cells:
            taken.setdefault(cell, []).append(box)
        placed[node] = (x + dx, y + dy)
    return placed


def _shelve(islands: Sequence[Mapping[int, Point]], boxes: Sequence[Box]) -> dict[int, tuple[int, int]]:
    """Put the components on shelves, left to right and top to bottom; the widest sets the width."""
    frames = [_frame(island, boxes) for island in islands]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in frames)
    limit = max([math.sqrt(area * _ASPECT), *(right - left for left, _, right, _ in frames)])
    placed: dict[int, tuple[int, int]] = {}
    x = y = shelf = 0.0
    for island, (left, top, right, bottom) in zip(islands, frames, strict=True):
        if x > 0 and x + right - left > limit:
            x, y, shelf = 0.0, y + shelf + _SHELF_GAP, 0.0
        for node, (px, py) in island.items():
            placed[node] = round(px - left + x), round(py - top + y)
        x += right - left + _SHELF_GAP
        shelf = max(shelf, bottom - top)
    return placed


def _frame(points: Mapping[int, Point], boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the boxes around the points."""
    return (
        min(x - boxes[n][0] / 2 for n, (x, _) in points.items()),
        min(y - boxes[n][1] / 2 for n, (_, y) in points.items()),
        max(x + boxes[n][0] / 2 for n, (x, _) in points.items()),
        max(y + boxes[n][1] / 2 for n, (_, y) in points.items()),
    )


def _sunflower(rank: int, spacing: float) -> Point:
    """The point of this rank on Vogel's spiral, which covers a disc evenly."""
    radius, angle = spacing * math.sqrt(rank + 0.5), rank * math.pi * (3 - math.sqrt(5))
    return radius * math.cos(angle), radius * math.sin(angle)


def _spiral(step: float) -> Iterator[Point]:
    """The origin, then the points of a sunflower spiral that opens ever faster, at the screen's aspect, without end."""
    yield 0.0, 0.0
    for rank in count(1):
        x, y = _sunflower(rank, step * _OPENING**rank)
        yield x * _ASPECT, y


def _cells(box: tuple[float, float, float, float]) -> Iterator[tuple[int, int]]:
    """The cells of a coarse grid that a box touches."""
    left, top, right, bottom = (int(edge // _CELL) for edge in box)
    return ((column, row) for column in range(left, right + 1) for row in range(top, bottom + 1))


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
