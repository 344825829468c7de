"""The best dependency tree from arc scores: greedy where that is a tree, Chu-Liu/Edmonds where it is not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_NEVER = -1e9


def decode_heads(scores: npt.NDArray[np.floating]) -> list[int]:
    """Head of each of n words; 0 is the root, word i is i + 1. ``scores`` is n × (n + 1), higher is better.

    Exactly one word has the root as its head. Source of the method: Edmonds (1967) with the single-root search of
    Zmigrod et al. (2020), in its plain form: the best tree for each candidate root.
    """
    count = scores.shape[0]
    arcs = np.array(scores, np.float64)
    arcs[np.arange(count), np.arange(count) + 1] = _NEVER
    heads: list[int] = arcs.argmax(axis=1).tolist()
    if heads.count(0) == 1 and not _cycle(heads):
        return heads
    square = np.full((count + 1, count + 1), _NEVER)
    square[1:] = _log_softmax(arcs)
    return _single_root(square)[1:]


def _single_root(square: Floats) -> list[int]:
    """Best arborescence from node 0 with one child of the root; ``square[d, h]`` scores head h for dependent d."""
    best = _edmonds(square)
    roots = [node for node in range(1, len(best)) if best[node] == 0]
    if len(roots) == 1:
        return best
    candidates = []
    for root in roots:
        forced = square.copy()
        forced[1:, 0] = _NEVER
        forced[root, 0] = square[root, 0]
        tree = _edmonds(forced)
        candidates.append((sum(forced[d, tree[d]] for d in range(1, len(tree))), -root, tree))
    return max(candidates)[2]


def _edmonds(square: Floats) -> list[int]:
    """Maximum spanning arborescence from node 0, by contracting one cycle at a time."""
    count = len(square)
    square = square.copy()
    np.fill_diagonal(square, _NEVER * 10)
    heads = square.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads[1:].tolist())
    if not cycle:
        return [int(head) for head in heads]
    inside = np.array(sorted(cycle))
    outside = np.array([node for node in range(count) if node not in cycle])
    kept = square[inside, heads[inside]]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), _NEVER)
    smaller[:size, :size] = square[np.ix_(outside, outside)]
    entering = square[np.ix_(inside, outside)] - kept[:, None]
    smaller[size, :size] = entering.max(axis=0)
    leaving = square[np.ix_(outside, inside)]
    smaller[:size, size] = leaving.max(axis=1)
    reduced = _edmonds(smaller)
    result = [int(head) for head in heads]
    for position in range(1, size):
        head = reduced[position]
        result[outside[position]] = int(inside[leaving[position].argmax()] if head == size else outside[head])
    broken = inside[entering[:, reduced[size]].argmax()]
    result[broken] = int(outside[reduced[size]])
    return result


def _cycle(heads: list[int]) -> set[int]:
    """Nodes of one cycle among words 1…n whose heads are ``heads[word - 1]``; empty for a tree."""
    state = [0] * (len(heads) + 1)
    state[0] = -1
    for start in range(1, len(heads) + 1):
        node = start
        while state[node] == 0:
            state[node] = start
            node = heads[node - 1]
        if state[node] == start:
            cycle, step = {node}, heads[node - 1]
            while step != node:
                cycle.add(step)
                step = heads[step - 1]
            return cycle
    return set()


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result
