"""Mentions of countries, people and organizations by name: the gazetteer's hits and the reader's names, reconciled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.datelines import dateline_tokens
from kg.extraction.lookup import Form, Hit, Lookup
from kg.extraction.metonymy import stands_for_government
from kg.extraction.repeats import repeated
from kg.extraction.spans import POSSESSIVE, reader_spans
from kg.model import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LABELS = {
    "PERSON": "Person", "PER": "Person", "ORG": "Organization", "PLACE": "Place", "LOC": "Place", "GPE": "Place",
    "FAC": "Place",
}  # fmt: skip
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor president vice prime minister premier chancellor senator sen representative rep "
    "governor gov king queen prince princess crown sir lord lady dame pope sheikh sheik emir sultan shah ayatollah imam mullah "
    "general gen colonel col captain capt sergeant lieutenant lt major maj admiral marshal field commander brigadier "
    "secretary ambassador judge justice congressman congresswoman mayor chairman chairwoman chair ceo director chief "
    "foreign defense defence interior finance minister deputy speaker spokesman spokeswoman spokesperson leader analyst "
    "former acting then-president ex-president analyst reverend rev bishop archbishop cardinal patriarch envoy officer "
    "comrade father brother sister hon st saint reporter author historian expert economist diplomat dictator".split()
)
_NO_NAME = frozenset(
    "muslim muslims christian christians jewish jew jews arab arabs sunni sunnis shiite shiites shi'ite shi’ite shia kurdish "
    "kurd kurds islamic islamist islamists catholic orthodox western eastern european europeans african africans asian "
    "asians soviet nazi republican republicans democrat democrats democratic internet covid-19 covid monday tuesday "
    "wednesday thursday friday saturday sunday january february march april june july august september october november "
    "december congress parliament state government army navy".split()
)
_ORGANS = frozenset(
    "ministry army navy military police parliament government embassy guard guards council department court senate "
    "assembly command office agency service services directorate staff air force forces troops consulate mission "
    "cabinet presidency federation intelligence".split()
)
_FUNCTION = frozenset("the a an of and for in on at to from with by".split())
_NO_ORGANIZATION = frozenset(
    "accord accords treaty agreement war act pact convention protocol summit games cup prize day street declaration doctrine "
    "revolution crisis constitution memorandum strait straits canal square river sea holocaust charter plan".split()
)
"""Last words of names that are no organization, whatever the reader says."""
_MACHINES = frozenset(
    "jet missile launcher fighter drone rifle tank helicopter warplane frigate submarine rocket plane gun bomber howitzer "
    "warship gunship torpedo radar interceptor".split()
)
_OFFICES = frozenset("secretary undersecretary minister ministers spokesman spokeswoman ambassador".split())
_PORTFOLIOS = frozenset(
    "foreign home shadow defense defence interior finance trade health justice education energy environment labour labor "
    "prime deputy vice first assistant press and state &".split()
)
_STORMS = frozenset("hurricane typhoon cyclone storm".split())
_PARTICIPLES = frozenset("based backed led brokered sponsored made built controlled held born run owned".split())
_SEVERAL = frozenset(
    "a an some many several few two three four five hundreds thousands dozens scores number group".split()
)

_REPEATED = 0.9
"""Certainty of a name that only another occurrence of it shows."""


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``start`` to ``end`` name something of ``type``; ``hit`` is the gazetteer's word for it, if it has one.

    ``certainty`` is below 1 where a capital or a building only probably stands for the government.
    """

    start: int
    end: int
    type: EntityType
    form: Form
    hit: Hit | None = None
    certainty: float = 1.0


def find_names(doc: Doc, lookup: Lookup) -> list[Name]:
    """Names in the order of the text. An organization may hold the country it belongs to; no others overlap."""
    dateline = dateline_tokens(doc)
    spans = [span for span in reader_spans(doc) if span.label_ in _LABELS]
    spans = [span for span in spans if span.start not in dateline and not _is_model(span)]
    surnames = {span[-1].text for span in spans if _LABELS[span.label_] == "Person" and len(span) > 1}
    found = [hit for hit in lookup.hits(doc) if hit.start not in dateline and not _is_surname(doc, hit, surnames)]
    hits = [hit for hit in found if not _inside_other_name(doc, hit, spans, found)]
    covered = {index for hit in hits for index in range(hit.start, hit.end)}
    names = [name for hit in hits if (name := _from_hit(doc, hit)) is not None]
    for span in spans:
        name = _from_reader(doc, span)
        if name is None:
            continue
        inner = [hit for hit in hits if hit.start < name.end and name.start < hit.end]
        if not inner or _may_hold(doc, name, inner) or not covered & set(range(name.start, name.end)):
            names.append(name)
    names += _repeats(doc, names, spans, hits)
    return sorted(names, key=lambda name: (name.start, -name.end))


def _is_surname(doc: Doc, hit: Hit, surnames: Collection[str]) -> bool:
    """ "Paris" where the document tells of a Valeska Paris: a capital that is a person here."""
    return hit.form in ("capital", "seat") and hit.end - hit.start == 1 and doc[hit.start].text in surnames


def _repeats(doc: Doc, names: list[Name], spans: list[Span], hits: list[Hit]) -> Iterator[Name]:
    people = [(name.start, name.end) for name in names if name.type == "Person"]
    groups: tuple[Sequence[Name | Span | Hit], ...] = (names, spans, hits)
    held = [(span.start, span.end) for group in groups for span in group]
    taken = {index for start, end in held for index in range(start, end)}
    for index in repeated(doc, people, taken):
        if doc[index].lower_ not in _NO_NAME | _TITLES:
            yield Name(index, index + 1, "Person", "name", certainty=_REPEATED)


def _is_model(span: Span) -> bool:
    """ "Rafale jets", "Kalashnikov rifles": the name of a model, not of its maker."""
    last, after = span[-1], span.end
    follows = after < len(span.doc) and span.doc[after].lower_ not in POSSESSIVE
    return follows and last.dep_ == "compound" and last.head.i >= after and last.head.lower_.rstrip("s") in _MACHINES


def _inside_other_name(doc: Doc, hit: Hit, spans: list[Span], hits: list[Hit]) -> bool:
    """Whether a hit is part of a longer name of something else: "Chad Smith", "South China Sea", "Egyptian Islamic Jihad"."""
    for span in spans:
        if not (span.start <= hit.start and hit.end <= span.end):
            continue
        others = {
            i for other in hits if other is not hit and other.form != "prefix" for i in range(other.start, other.end)
        }
        rest = [t for t in span if not hit.start <= t.i < hit.end and t.i not in others and not t.is_punct]
        rest = [t for t in rest if t.lower_ not in _FUNCTION and t.text not in POSSESSIVE]
        if not rest:
            continue
        if hit.form == "organization":
            return span.label_ == "ORG" and any(t.text[:1].isupper() for t in rest)
        if span.label_ in ("PERSON", "PER"):
            return hit.form not in ("adjective", "demonym") and not any(t.lower_ in _TITLES for t in rest)
        if span.label_ == "ORG":
            return not _is_organ(rest)
        return hit.form != "adjective" and any(t.text[:1].isupper() for t in rest)
    return False


def _is_organ(tokens: list[Token]) -> bool:
    return any(token.lower_ in _ORGANS for token in tokens)


def _from_hit(doc: Doc, hit: Hit) -> Name | None:
    if hit.form == "organization":
        return Name(hit.start, hit.end, "Organization", hit.form, hit)
    if hit.form == "prefix" and not (hit.end < len(doc) and doc[hit.end].text in ("-", "–", "‑")):
        return None
    certainty = 1.0
    if hit.form in ("capital", "seat"):
        certainty = stands_for_government(doc, hit.start, hit.end)
    elif hit.form == "demonym" and _some_people(doc[hit.end - 1]):
        certainty = 0.5
    return Name(hit.start, hit.end, "Country", hit.form, hit, certainty) if certainty else None


def _some_people(token: Token) -> bool:
    """ "three Iraqis", "hundreds of Pakistanis": people of a country, hardly the country."""
    if token.dep_ in ("amod", "compound"):
        return False
    if any(child.dep_ == "nummod" or child.lower_ in _SEVERAL for child in token.children):
        return True
    return token.dep_ == "nmod" and token.head.lower_ in _SEVERAL


def _from_reader(doc: Doc, span: Span) -> Name | None:
    kind = _LABELS[span.label_]
    name = Name(span.start, span.end, "Person" if kind == "Person" else "Organization", "name")
    if kind == "Place" or (span.start and doc[span.start - 1].lower_ in _STORMS):
        return None
    while name.start < name.end and _drop_first(doc, name):
        name = replace(name, start=name.start + 1)
    while name.end > name.start and _drop_last(doc, name):
        name = replace(name, end=name.end - 1)
    words = [token for token in doc[name.start : name.end] if any(c.isalpha() for c in token.text)]
    if not words or not any(token.text[:1].isupper() for token in words):
        return None
    if len(words) == 1 and (words[0].lower_ in _NO_NAME or words[0].lower_ in _TITLES or len(words[0]) < 2):
        return None
    if words[0].lower_ in _STORMS:
        return None
    if name.type == "Organization" and (words[-1].lower_ in _NO_ORGANIZATION | _PARTICIPLES or _is_office(doc, name)):
        return None
    return name


def _is_office(doc: Doc, name: Name) -> bool:
    """ "Shadow Home" of "Shadow Home Secretary", "Undersecretary for Education": an office, or a part of one."""
    words = {token.lower_ for token in doc[name.start : name.end]}
    follows = name.end < len(doc) and doc[name.end].lower_ in _OFFICES
    return doc[name.start].lower_ in _OFFICES or (follows and words <= _PORTFOLIOS)


def _drop_last(doc: Doc, name: Name) -> bool:
    token = doc[name.end - 1]
    if token.is_punct:
        return not (token.text.endswith(".") and len(token) > 1)
    return token.text in POSSESSIVE or token.is_space or token.lower_ in _FUNCTION


def _drop_first(doc: Doc, name: Name) -> bool:
    token = doc[name.start]
    if token.is_punct or token.is_space or token.lower_ in ("the", "a", "an"):
        return True
    return name.type == "Person" and token.lower_.rstrip(".") in _TITLES and name.end - name.start > 1


def _may_hold(doc: Doc, name: Name, inner: list[Hit]) -> bool:
    """Whether the reader's name stands besides the gazetteer's hits in it: an organ of the country that it names."""
    if name.type != "Organization" or any(hit.form == "organization" for hit in inner):
        return False
    inside = all(name.start <= hit.start and hit.end <= name.end for hit in inner)
    rest = [doc[i] for i in range(name.start, name.end) if not any(hit.start <= i < hit.end for hit in inner)]
    return inside and _is_organ(rest)
