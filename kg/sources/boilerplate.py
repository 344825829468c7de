"""Remove what is not article from text copied off a web page: menus, pleas, newsletter boxes, link lists, repeats.

:mod:`kg.sources.lines` says what each line is by itself; here its surroundings decide. The rule that keeps articles
whole: prose is never removed, except the exact repetition of an earlier line. A plea (a sentence in which a site asks
its reader for something) goes only next to furniture or in the tail, which is what follows the last prose of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.sources.lines import LineKind, classify_line

_SHORTEST_MENU = 4


def remove_boilerplate(text: str) -> str:
    """``text`` (in the normal form) without its boilerplate lines; empty when there is nothing else."""
    blocks = [block.split("\n") for block in text.split("\n\n")]
    lines = [line for block in blocks for line in block]
    owner = [index for index, block in enumerate(blocks) for _ in block]
    kinds = [classify_line(line) for line in lines]
    rules = (_furniture, _repeats, _links, _menus, _boxes, _tail)
    gone = {index for rule in rules for index in rule(lines, kinds, owner)}
    kept = [
        [line for index, line in enumerate(lines) if owner[index] == block and index not in gone]
        for block in range(len(blocks))
    ]
    return "\n\n".join("\n".join(block) for block in kept if block)


def _furniture(lines: Sequence[str], kinds: Sequence[LineKind], owner: Sequence[int]) -> Iterator[int]:
    yield from (index for index, kind in enumerate(kinds) if kind in ("furniture", "appeal", "list"))


def _repeats(lines: Sequence[str], kinds: Sequence[LineKind], owner: Sequence[int]) -> Iterator[int]:
    """The second and later copies of a line; but dialogue repeats short sentences ("Yes, sir.")."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        key = line.casefold()
        words = len(key.split())
        if key in seen and (words >= 5 or (words >= 2 and key[-1] not in '.!?”"')):
            yield index
        seen.add(key)


def _links(lines: Sequence[str], kinds: Sequence[LineKind], owner: Sequence[int]) -> Iterator[int]:
    """The lines under a heading such as "Related articles", up to the next sentence (above the article: blank line)."""
    inside, block, head = False, -1, _head(kinds)
    for index, kind in enumerate(kinds):
        goes_on = kind not in ("prose", "plea") and (index > head or owner[index] == block)
        inside = kind == "list" or (inside and goes_on)
        block = owner[index] if kind == "list" else block
        if inside:
            yield index


def _menus(lines: Sequence[str], kinds: Sequence[LineKind], owner: Sequence[int]) -> Iterator[int]:
    """Runs of at least four lines of three words or fewer, half of them menu entries; bylines stay."""
    run: list[int] = []
    for index in range(len(lines) + 1):
        if index < len(lines) and kinds[index] not in ("prose", "plea") and len(lines[index].split()) <= 3:
            run.append(index)
            continue
        entries = sum(kinds[member] != "fragment" for member in run)
        if len(run) >= _SHORTEST_MENU and 2 * entries >= len(run):
            yield from (member for member in run if not _is_byline(lines[member]))
        run = []


def _boxes(lines: Sequence[str], kinds: Sequence[LineKind], owner: Sequence[int]) -> Iterator[int]:
    """Pleas next to an appeal; and below the head of the page, fragments in one block with one and without prose."""
    appeals = {owner[index] for index, kind in enumerate(kinds) if kind == "appeal"}
    sentences = {owner[index] for index, kind in enumerate(kinds) if kind == "prose"}
    head, beside = _head(kinds), False
    for indices in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        for index in indices:
            beside = kinds[index] == "appeal" or (beside and kinds[index] == "plea")
            if beside:
                yield index
    for index in range(head + 1, len(kinds)):
        if owner[index] in appeals - sentences:
            yield index


def _tail(lines: Sequence[str], kinds: Sequence[LineKind], owner: Sequence[int]) -> Iterator[int]:
    """After the last prose (a plea is prose too when no appeal is below): everything from the first furniture or plea
    on, with the heading right above."""
    start = max((index for index, kind in enumerate(kinds) if kind == "prose"), default=len(kinds))
    openers = {"furniture", "appeal", "list", "plea"}
    if "appeal" not in kinds[start + 1 :]:
        start = max((index for index, kind in enumerate(kinds) if kind == "plea" and index > start), default=start)
    cut = next((index for index in range(start + 1, len(kinds)) if kinds[index] in openers), len(kinds))
    if start < cut - 1 < len(kinds) - 1 and kinds[cut - 1] == "fragment" and not _is_byline(lines[cut - 1]):
        cut -= 1
    yield from range(cut, len(lines))


def _head(kinds: Sequence[LineKind]) -> int:
    """The index of the last line before the first prose."""
    return next((index for index, kind in enumerate(kinds) if kind == "prose"), len(kinds)) - 1


def _is_byline(line: str) -> bool:
    return line.casefold().startswith("by ")
