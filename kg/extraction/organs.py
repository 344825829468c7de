"""Organs of states by their common names: "China's Foreign Ministry" and "the Chinese Foreign Ministry" are one organization,
and India's is another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.mentions import Name
from kg.extraction.syntax import preposition_of, span_root

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

COMMON = frozenset(
    "foreign defense defence interior finance justice health education culture energy trade economy agriculture information "
    "transport commerce labor labour industry science environment tourism sports internal external home public ministry "
    "department army navy air force forces armed military police parliament senate congress assembly national supreme high "
    "constitutional federal appeals criminal court council security government cabinet central bank embassy consulate "
    "intelligence agency service services state presidential republican guard guards royal general staff joint chiefs house "
    "representatives lower upper chamber office prime minister president civil aviation authority election electoral commission "
    "human rights affairs oil petroleum water coast border customs marine marines corps ground special operations secret "
    "planning development statistics broadcasting news attorney prosecutor treasury privy revolutionary people's peoples".split()
)
"""Words of which the common names of organs are made."""
_LINKING = frozenset("of the for and 's ’s &".split())
_ARTICLE = (
    "United ",
    "Netherlands",
    "Philippines",
    "Czech Republic",
    "Dominican Republic",
    "Soviet Union",
    "Democratic ",
    "Central ",
)


def organ_names(doc: Doc, names: Sequence[Name], countries: Sequence[str | None]) -> dict[int, str]:
    """For each name (by its position) that is an organ of a country, its name in full: "Foreign Ministry of China".

    ``countries`` has the name of the country for every name that is one, None for the others. An organ without its
    country is that of the last one of the same name before it; where there is none it keeps its own name.
    """
    roots = {span_root(doc, name.start, name.end).i: number for number, name in enumerate(names) if countries[number]}
    known: dict[str, str] = {}
    result: dict[int, str] = {}
    for number, name in enumerate(names):
        if name.type != "Organization" or name.hit is not None:
            continue
        common = _common_name(doc, name, names, countries)
        if common is None:
            continue
        country = _country(doc, name, names, countries, roots)
        if country is not None:
            known[common] = f"{common} of {'the ' if country.startswith(_ARTICLE) else ''}{country}"
        if common in known:
            result[number] = known[common]
    return result


def _common_name(doc: Doc, name: Name, names: Sequence[Name], countries: Sequence[str | None]) -> str | None:
    """The name without its country, if all its words are common ones: "Foreign Ministry" of "Chinese Foreign Ministry"."""
    covered = {
        index
        for other, country in zip(names, countries, strict=True)
        if country and name.start <= other.start and other.end <= name.end
        for index in range(other.start, other.end)
    }
    if any(_merely_named_after(doc, name, names[number]) for number, country in enumerate(countries) if country):
        return None
    words = [doc[index] for index in range(name.start, name.end) if index not in covered]
    while words and words[0].lower_ in _LINKING:
        words.pop(0)
    while words and words[-1].lower_ in _LINKING:
        words.pop()
    if not words or any(word.lower_ not in COMMON | _LINKING for word in words):
        return None
    return " ".join(word.text for word in words)


def _merely_named_after(doc: Doc, name: Name, country: Name) -> bool:
    """ "Kosovo Force": a bare country at the head of a name belongs to the name; "U.S. Senate" is the senate of the U.S."""
    bare = country.form == "name" and country.start == name.start and country.end < name.end
    text = doc[country.start : country.end].text
    return (
        bare and doc[country.end].tag_ != "POS" and not (text.isupper() or " " in text or "'" in doc[country.end].text)
    )


def _country(
    doc: Doc, name: Name, names: Sequence[Name], countries: Sequence[str | None], roots: dict[int, int]
) -> str | None:
    """The country inside the name, or the one that it hangs on."""
    for other, country in zip(names, countries, strict=True):
        if country and name.start <= other.start and other.end <= name.end:
            return country
    organ = span_root(doc, name.start, name.end)
    for child in organ.children:
        if child.i in roots and _owns(child):
            return countries[roots[child.i]]
    return None


def _owns(token: Token) -> bool:
    if token.dep_ in ("nmod:poss", "poss", "amod", "compound", "nmod:unmarked"):
        return True
    return token.dep_ in ("nmod", "pobj") and preposition_of(token) == "of"
