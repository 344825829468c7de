"""How well names are resolved: pairwise and B³ precision, recall and F1 on ``data/gold/names.jsonl``.

B³ (Bagga and Baldwin, *Algorithms for Scoring Coreference Chains*, 1998): for every name, the share of the names that were
put with it that belong there, and the share of those that belong there that were put with it; both averaged over all names.
``python -m kg.resolve.score data/gold/names.jsonl --part dev --errors`` prints them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.model import Document, Extraction, Mention
from kg.resolve import resolve

PARTS = ("dev", "test")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, each in [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(found: Mapping[Hashable, Hashable], true: Mapping[Hashable, Hashable]) -> Score:
    """B³ of two groupings, each a mapping of the same items to the name of their group.

    >>> score = b_cubed({1: "a", 2: "a", 3: "a"}, {1: "x", 2: "x", 3: "y"})
    >>> round(score.precision, 3), score.recall
    (0.556, 1.0)
    """
    both = Counter((found[item], true[item]) for item in true)
    sizes, wanted = Counter(found[item] for item in true), Counter(true.values())
    total = max(1, len(true))
    precision = sum(count * count / sizes[group] for (group, _), count in both.items()) / total
    recall = sum(count * count / wanted[group] for (_, group), count in both.items()) / total
    return Score(precision, recall)


def pairwise(found: Mapping[Hashable, Hashable], true: Mapping[Hashable, Hashable]) -> Score:
    """Precision and recall of the pairs that are in one group.

    >>> pairwise({1: "a", 2: "a", 3: "a"}, {1: "x", 2: "x", 3: "y"})
    Score(precision=0.3333333333333333, recall=1.0)
    """
    right = sum(_pairs(count) for count in Counter((found[item], true[item]) for item in true).values())
    put = sum(_pairs(count) for count in Counter(found[item] for item in true).values())
    wanted = sum(_pairs(count) for count in Counter(true.values()).values())
    return Score(right / put if put else 1.0, right / wanted if wanted else 1.0)


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of the gold that was read, by item, document and name: the group it was put in, and the true one."""

    found: dict[Hashable, Hashable]
    true: dict[Hashable, Hashable]
    unread: int


def read_items(path: Path, part: str) -> list[dict[str, Any]]:
    """The items of a part of the gold, as ``data/gold/README.md`` describes them."""
    return [item for item in map(json.loads, path.read_text("utf-8").splitlines()) if item["part"] == part]


def documents_of(items: Iterable[Mapping[str, Any]]) -> Iterator[Document]:
    """The documents of all items."""
    for item in items:
        for number, document in enumerate(item["documents"]):
            yield Document(f"{item['id']}/{number}", document["text"], "", published=document.get("published"))


def group(items: Sequence[Mapping[str, Any]], extractions: Mapping[str, Extraction]) -> Names:
    """Resolve every item, as a set of documents of its own; names that the reader did not see are counted as unread."""
    names = Names({}, {}, 0)
    unread = 0
    for item in items:
        read = [extractions[f"{item['id']}/{number}"] for number in range(len(item["documents"]))]
        canonical = resolve(read).canonical
        for number, (document, extraction) in enumerate(zip(item["documents"], read, strict=True)):
            for text, entity in document["names"].items():
                local = _entity_of(text, extraction)
                if (extraction.document.id, local) not in canonical:
                    unread += 1
                    continue
                key = (item["id"], number, text)
                names.found[key] = (item["id"], canonical[extraction.document.id, local or ""])
                names.true[key] = (item["id"], entity)
    return Names(names.found, names.true, unread)


def errors(names: Names) -> Iterator[str]:
    """The pairs that were wrongly joined, and those that were wrongly kept apart, a line each."""
    items: defaultdict[Hashable, list[Any]] = defaultdict(list)
    for key in names.true:
        items[key[0]].append(key)  # type: ignore[index]
    for item, keys in items.items():
        for one, other in combinations(keys, 2):
            found, true = names.found[one] == names.found[other], names.true[one] == names.true[other]
            if found != true:
                yield f"{item}: {'joined' if found else 'apart'}: {one[2]} ({one[1]}), {other[2]} ({other[1]})"


def _entity_of(name: str, extraction: Extraction) -> str | None:
    """The entity of the mention that covers most of the name, where it first stands."""
    start = extraction.document.text.find(name)
    end = start + len(name)

    def cover(mention: Mention) -> int:
        return min(end, mention.end) - max(start, mention.start)

    near = [mention for mention in extraction.mentions if cover(mention) > 0 and mention.type != "Country"]
    return max(near, key=lambda mention: (cover(mention), -mention.id)).entity if near else None


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores."""
    from kg.extraction import Extractor

    parser = argparse.ArgumentParser(prog="kg.resolve.score", description="Score the resolution of names.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--part", choices=PARTS, default="dev")
    parser.add_argument("--errors", action="store_true", help="list what was wrongly joined and kept apart")
    given = parser.parse_args(arguments)
    items = read_items(given.gold, given.part)
    extractions = {found.document.id: found for found in Extractor().extract(documents_of(items))}
    names = group(items, extractions)
    for line in errors(names) if given.errors else ():
        print(line)
    print(f"{len(items)} items, {len(names.true)} names, {names.unread} unread")
    for title, measure in (("pairwise", pairwise), ("B³", b_cubed)):
        score = measure(names.found, names.true)
        print(f"{title:9} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}")


if __name__ == "__main__":
    main()
