"""A graph with what real ones have, and with every string that has broken an export somewhere."""

from __future__ import annotations

import pytest

from kg.identifiers import claim_id
from kg.model import Claim, Document, Edge, Entity, Evidence, Graph, derive_status

NASTY = 'a b>"\n\t\\ <x y="1">&amp; \u202e شركة 北京 𝔸\r\x00\x0b\ufffe{|}^` %zz %41'


def article(id: str, text: str, **facts: str | None) -> Document:
    return Document(id=id, text=text, sha256="0" * 64, **facts)


def said(subject: str, relation: str, object: str, document: Document, sentence: str, **how) -> Claim:
    """A claim as the sentence's document makes it."""
    how = {"polarity": "affirmed", "modality": "factual", "time": "current", "kind": "state", "period": None} | how
    how = {"confidence": 0.9, "attributed_to": None, "rule": f"{relation}:{sentence[:9]}"} | how
    status = derive_status(how["polarity"], how["modality"], how["time"])
    start = document.text.index(sentence)
    end = start + len(sentence)
    at = Evidence(
        document.id, start, end, sentence, (start, start + 3), (end - 3, end), ((start + 4, start + 8),), 0, 1
    )
    identifier = claim_id(subject, relation, object, status, how["period"])
    return Claim(id=identifier, subject=subject, relation=relation, object=object, evidence=at, **how)


def edge(*claims: Claim, confidence: float = 0.91, contested: bool = False) -> Edge:
    """The edge of claims that say the same."""
    first = claims[0]
    what = first.id, first.subject, first.relation, first.object, first.status, first.period
    support = len({claim.evidence.document for claim in claims})
    return Edge(*what, confidence=confidence, support=support, contested=contested, claims=claims)


def plain_graph() -> Graph:
    """Two articles, five entities, four edges: asserted, denied, possible, ended with a period."""
    one = article(
        "news/a1.txt",
        "Background. Israel sold drones to Azerbaijan. Armenia denied that Iran armed it. Later.",
        title="Drones",
        url="https://example.org/a1",
        published="2022-11-21",
        publisher="The Example",
        language="en",
    )
    two = article("b2", "Israel sells arms to Azerbaijan, says Amir Oren. Iran may border on an ally. Until 1991.")
    sells = ("country/ISR", "sells-arms-to", "country/AZE")
    edges = [
        edge(
            said(*sells, one, "Israel sold drones to Azerbaijan.", confidence=0.93),
            said(*sells, two, "Israel sells arms to Azerbaijan", attributed_to="person/amir-oren", confidence=0.8),
        ),
        edge(
            said(
                "country/IRN",
                "sells-arms-to",
                "country/ARM",
                one,
                "Armenia denied that Iran armed it.",
                polarity="denied",
            )
        ),
        edge(said("country/AZE", "borders", "country/IRN", two, "Iran may border on an ally.", modality="possible")),
        edge(
            said("country/ARM", "ally-of", "country/IRN", two, "Until 1991.", time="ended", period="../1991"),
            confidence=1.0,
            contested=True,
        ),
        edge(said("country/ARM", "borders", "country/IRN", two, "Until 1991.", confidence=0.5), confidence=0.0),
    ]
    names = {"ARM": "Armenia", "AZE": "Azerbaijan", "IRN": "Iran", "ISR": "Israel"}
    entities = [Entity(f"country/{code}", "Country", name, iso3=code) for code, name in names.items()]
    entities[1] = Entity(
        "country/AZE", "Country", "Azerbaijan", ("Republic of Azerbaijan",), ("Baku",), iso3="AZE", wikidata="Q227"
    )
    entities.append(Entity("person/amir-oren", "Person", "Amir Oren"))
    return Graph(
        {"b2": two, "news/a1.txt": one},
        {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)},
        tuple(sorted(edges, key=lambda edge: edge.id)),
        "kg-en-1",
    )


def nasty_graph() -> Graph:
    """The same shape of things, every free string of it hostile."""
    document = article(
        NASTY, f"before {NASTY} after", title="=cmd|' /C calc'!A0", url="javascript:alert(1)", published="last week",
        publisher="\ud800 lone", language="-1",
    )  # fmt: skip
    linked = article("../../etc/passwd", "x" * 40 + NASTY, title=NASTY, url='https://example.org/a b"><%zz?q={1}')
    entities = [
        Entity(f"organization/{NASTY}", "Organization", NASTY, ("+1", "@x", NASTY + "2"), wikidata="Q1> <evil"),
        Entity("person/=1+1", "Person", "=1+1", ("-2",)),
        Entity("person/ünïcode-北京", "Person", "北京 \U0001f600"),
    ]
    pair = (f"organization/{NASTY}", "foe-of", "person/=1+1")
    edges = [
        edge(
            said(*pair, document, NASTY, attributed_to=NASTY, rule=NASTY, period=NASTY),
            said(*pair, document, NASTY, rule="other", period=NASTY, confidence=0.2),
            said(*pair, linked, NASTY, period=NASTY),
        ),
        edge(said("person/=1+1", "affiliated-with", f"organization/{NASTY}", linked, NASTY, confidence=1e-7)),
    ]
    return Graph(
        {document.id: document for document in sorted((document, linked), key=lambda document: document.id)},
        {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)},
        tuple(sorted(edges, key=lambda edge: edge.id)),
        "my reader/2 <é>",
    )


@pytest.fixture(params=["empty", "plain", "nasty"])
def graph(request: pytest.FixtureRequest) -> Graph:
    """Each of the graphs in turn."""
    return {"empty": Graph, "plain": plain_graph, "nasty": nasty_graph}[request.param]()


@pytest.fixture
def plain() -> Graph:
    """The ordinary graph."""
    return plain_graph()


@pytest.fixture
def nasty() -> Graph:
    """The hostile graph."""
    return nasty_graph()
