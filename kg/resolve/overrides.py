"""What a user's table changes: before the rules, which records stand apart; after them, who is joined and how named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from kg.identifiers import organization_id, person_id
from kg.model import Entity
from kg.resolve.aliases import Row
from kg.resolve.clusters import Clusters
from kg.resolve.local import Key, Local
from kg.resolve.profile import Profile, profile

Entities = Mapping[str, tuple[Entity, Key]]
"""The entities as the rules resolved them, by identifier, each with the key of its profile."""


@dataclass(slots=True)
class Overrides:
    """What the table did so far: the records that it takes out of the rules' hands, by row; the names it gives, by key of
    a profile; and the rows that could not be applied, each with the reason."""

    apart: dict[Row, list[Local]] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    problems: list[tuple[Row, str]] = field(default_factory=list)

    def profiles(self) -> list[Profile]:
        """The profiles of the records that stand apart: those split off under one name are one."""
        groups: dict[tuple[str, ...], list[Local]] = {}
        for row, records in self.apart.items():
            for record in records:
                group = (record.entity.type, row.into) if row.action == "split" else record.key
                groups.setdefault(group, []).append(record)
        return [profile(members, pinned=True) for _, members in sorted(groups.items())]


def set_apart(records: Iterable[Local], rows: Sequence[Row]) -> tuple[list[Local], Overrides]:
    """The records that are left to the rules, with the Wikidata identifiers of the table, and those that are not."""
    left: list[Local] = []
    done = Overrides()
    used: set[Row] = set()
    for record in records:
        meant = [row for row in rows if _means(row, record)]
        used.update(meant)
        if codes := [row.qid for row in meant if row.qid]:
            record = replace(record, entity=replace(record.entity, wikidata=codes[0]))
        takers = [row for row in meant if row.document and row.action in ("split", "merge")]
        if not takers:
            left.append(record)
            continue
        taker = min(takers, key=lambda row: (row.action != "split", rows.index(row)))
        done.apart.setdefault(taker, []).append(_renamed(record, taker.into) if taker.action == "split" else record)
    for row in rows:
        if row not in used and (row.document or row.action == "qid"):
            done.problems.append((row, f"nobody is called {row.name!r}" + (" there" if row.document else "")))
    return left, done


def override(clusters: Clusters, rows: Sequence[Row], entities: Entities, done: Overrides) -> None:
    """Join and name what the table joins and names; ``done`` gets the names, and the rows that mean nobody or several."""
    for row in rows:
        if row.action not in ("merge", "rename"):
            continue
        if row.document and row.action == "merge":
            chosen = [record.key for record in done.apart.get(row, ())]
        else:
            chosen = _matching(row.name, entities)
            if len(chosen) != 1:
                done.problems.append((row, _unclear(row.name, chosen, entities)))
                continue
        target = _matching(row.into, entities) if row.action == "merge" else []
        if len(target) > 1:
            done.problems.append((row, _unclear(row.into, target, entities)))
            continue
        for key in chosen:
            clusters.join("your table", (target or chosen)[0], key, f"{row.where}: {row.action}")
        if chosen and row.into not in entities:
            done.names[(target or chosen)[0]] = row.into
    done.names = {clusters.find(key): name for key, name in done.names.items()}


def _means(row: Row, record: Local) -> bool:
    if row.document and not fnmatchcase(record.document, row.document):
        return False
    wanted, entity = row.name.casefold(), record.entity
    return wanted == entity.id or wanted in {name.casefold() for name in (entity.name, *entity.aliases)}


def _renamed(record: Local, name: str) -> Local:
    make = person_id if record.entity.type == "Person" else organization_id
    aliases = tuple(sorted({*record.entity.aliases, record.entity.name} - {name}))
    return replace(record, entity=replace(record.entity, id=make(name), name=name, aliases=aliases))


def _matching(name: str, entities: Entities) -> list[Key]:
    """The profiles of an identifier, else of a name, else of an alias."""
    if name in entities:
        return [entities[name][1]]
    wanted = name.casefold()
    named = [key for entity, key in entities.values() if entity.name.casefold() == wanted]
    return sorted(
        named or [key for entity, key in entities.values() if wanted in {alias.casefold() for alias in entity.aliases}]
    )


def _unclear(name: str, found: Sequence[Key], entities: Entities) -> str:
    if not found:
        return f"nobody is called {name!r}"
    identifiers = sorted(identifier for identifier, (_, key) in entities.items() if key in found)
    return f"{name!r} may be {' or '.join(identifiers)}; name one by its identifier"
