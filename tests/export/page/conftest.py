"""The page as a reader meets it: driven in Chromium, from a file, with every request and console line watched."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.check import judge_edges, load_facts
from kg.export.html import to_html
from kg.identifiers import claim_id
from kg.model import Claim, Document, Edge, Entity, Evidence, Graph, derive_status
from kg.relations import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
EVIL = '</script><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>\'"&'
ISR, AZE, ARM, RUS = "country/ISR", "country/AZE", "country/ARM", "country/RUS"
OREN, BUREAU, CORPS = "person/amir-oren", "organization/bureau", "organization/corps"
ENTITIES = (
    Entity(ISR, "Country", "Israel", ("State of Israel",), ("Jerusalem",), "ISR", "Q801"),
    Entity(AZE, "Country", "Azerbaijan", ("Republic of Azerbaijan",), ("Baku",), "AZE", "Q227"),
    Entity(ARM, "Country", "Armenia", (), ("Yerevan",), "ARM", "javascript:alert(1)"),
    Entity(RUS, "Country", "Russia", (), ("Kremlin",), "RUS", "Q159"),
    Entity(OREN, "Person", "Amir Oren", ("Ö'ren",)),
    Entity(BUREAU, "Organization", EVIL, (EVIL + "2",)),
    Entity(CORPS, "Organization", "Corps"),
)
DOCUMENTS = {
    "a": Document("a", "", "0" * 64, "Jets for Baku", "https://example.org/a?x=1&y=2", "2022-11-21", "The Example"),
    "b": Document("b", "", "0" * 64, EVIL, "javascript:window.pwned=1"),
    "c": Document("c", "", "0" * 64, None, None, "2015-03", None),
}
SAID = [
    ("a", ISR, "sells-arms-to", AZE, "🇦🇿🛩 𝔸: {Israel} <sold> “smart” jets 🚀 to [Azerbaijan] in May.", {}),
    ("b", ISR, "sells-arms-to", AZE, "{Israel}-made jets <were sold> to [Baku], Oren said.", {"attributed_to": OREN}),
    ("c", ISR, "ally-of", AZE, "{Israel} and [Azerbaijan] are <allies>.", {}),
    ("a", ISR, "foe-of", AZE, "{Israel} <threatened> [Azerbaijan].", {"kind": "event"}),
    ("a", RUS, "sells-arms-to", ARM, "{Russia} did not <sell> tanks to [Armenia].", {"polarity": "denied"}),
    ("a", RUS, "ally-of", ARM, "{Russia} may become an <ally> of [Armenia].", {"modality": "possible"}),
    (
        "c",
        AZE,
        "foe-of",
        RUS,
        "Until 1991 {Azerbaijan} was a <foe> of [Russia].",
        {"time": "ended", "period": "../1991"},
    ),
    ("b", AZE, "borders", ARM, "{Azerbaijan} <borders> [Armenia].", {"confidence": 0.4}),
    ("c", OREN, "affiliated-with", BUREAU, "{Oren} <works> for [the] " + EVIL, {"rule": EVIL}),
]
OFFSET = 7
"""Where every sentence starts in its document."""


def claim(document: str, subject: str, relation: str, object: str, marked: str, how: dict) -> Claim:
    """A claim from a sentence whose {subject}, <trigger> and [object] are marked."""
    how = {"polarity": "affirmed", "modality": "factual", "time": "current", "kind": "state", "period": None} | how
    how = {"confidence": 0.9, "attributed_to": None, "rule": "rule"} | how
    sentence, spans = "", {}
    rest = marked
    while len(spans) < 3 and (found := re.search(r"\{(.+?)\}|<([\w ]+?)>|\[(.+?)\]", rest)):
        sentence += rest[: found.start()]
        spans[found.lastindex] = (OFFSET + len(sentence), OFFSET + len(sentence) + len(found[found.lastindex]))
        sentence += found[found.lastindex]
        rest = rest[found.end() :]
    sentence += rest
    evidence = Evidence(document, OFFSET, OFFSET + len(sentence), sentence, spans[1], spans[3], (spans[2],), 0, 1)
    status = derive_status(how["polarity"], how["modality"], how["time"])
    identifier = claim_id(subject, relation, object, status, how["period"])
    return Claim(id=identifier, subject=subject, relation=relation, object=object, evidence=evidence, **how)


@pytest.fixture(scope="session")
def story() -> Graph:
    """Seven entities and the edges of SAID; what Israel and Azerbaijan are to each other is contested."""
    groups: dict[str, list[Claim]] = {}
    for row in SAID:
        made = claim(*row)
        groups.setdefault(made.id, []).append(made)
    edges = [
        Edge(
            id=key, subject=first.subject, relation=first.relation, object=first.object, status=first.status,
            period=first.period, confidence=max(c.confidence for c in claims), support=len(claims),
            contested={first.subject, first.object} == {ISR, AZE} and first.relation != "sells-arms-to",
            claims=tuple(claims),
        )
        for key, claims in sorted(groups.items())
        for first in claims[:1]
    ]  # fmt: skip
    judged = judge_edges(edges, DOCUMENTS, load_facts())
    return Graph(DOCUMENTS, {entity.id: entity for entity in sorted(ENTITIES, key=lambda e: e.id)}, judged, "kg")


@pytest.fixture(scope="session")
def edge_id(story: Graph) -> Callable[[str, str, str], str]:
    """The identifier of the story's edge between two, by a relation."""

    def _edge_id(subject: str, relation: str, object: str) -> str:
        [found] = {e.id for e in story.edges if (e.subject, e.relation, e.object) == (subject, relation, object)}
        return found

    return _edge_id


@pytest.fixture(scope="session")
def star() -> Callable[[int], Graph]:
    """A hub and as many neighbours as asked for."""

    def _star(leaves: int) -> Graph:
        names = [f"Person {n:04}" for n in range(leaves)]
        people = {f"person/{n:04}": Entity(f"person/{n:04}", "Person", name) for n, name in enumerate(names)}
        made = [claim("a", person, "leads", ISR, "{Someone} <leads> [Israel].", {}) for person in people]
        edges = [Edge(c.id, c.subject, c.relation, c.object, "asserted", None, 0.9, 1, False, (c,)) for c in made]
        hub = {ISR: ENTITIES[0]}
        return Graph(DOCUMENTS, hub | people, tuple(sorted(edges, key=lambda e: e.id)), "kg")

    return _star


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, where there is one."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium on the path")
    with sync_api.sync_playwright() as playwright:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--mute-audio"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, settle: Callable[[Page], None], tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a graph's page; at the end, fail on any request, console line, dialog or script error."""
    surprises: list[str] = []
    contexts = []

    def open_(graph: Graph, hash: str = "", *, width: int = 1280, height: int = 800, **options: str) -> Page:
        file = tmp_path / "graph.html"
        file.write_text(to_html(graph, load(), title="A test"), "utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        contexts[-1].set_default_timeout(10_000)
        page = contexts[-1].new_page()
        page.emulate_media(reduced_motion="reduce", color_scheme=options.get("color_scheme", "light"))
        own = (file.as_uri(), "data:,", "blob:")
        page.on("request", lambda request: request.url.startswith(own) or surprises.append(request.url))
        page.on("console", lambda message: surprises.append(message.text))
        page.on("pageerror", lambda error: surprises.append(str(error)))
        page.on("dialog", lambda dialog: (surprises.append(dialog.message), dialog.dismiss()))
        page.goto(file.as_uri() + hash)
        settle(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert surprises == []


@pytest.fixture(scope="session")
def settle() -> Callable[[Page], None]:
    """Wait until what was asked for is drawn."""
    drawn = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    return lambda page: page.evaluate(drawn)


@pytest.fixture(scope="session")
def state(settle: Callable[[Page], None]) -> Callable[[Page], dict]:
    """What the page says of itself, once it is drawn."""

    def _state(page: Page) -> dict:
        settle(page)
        return page.evaluate("kgPage.state()")

    return _state


@pytest.fixture(scope="session")
def shown(story: Graph, state: Callable[[Page], dict]) -> Callable[[Page], set[tuple[str, str]]]:
    """Relation and status of the story's visible edges."""
    edges = {edge.id: edge for edge in story.edges}
    return lambda page: {(edges[key].relation, edges[key].status) for key in state(page)["edges"]}


@pytest.fixture(scope="session")
def click_filter() -> Callable[[Page, str, int], None]:
    """Click the n-th control of a filter."""
    return lambda page, name, index: page.locator(f'#filters input[name="{name}"]').nth(index).click()


@pytest.fixture(scope="session")
def marked() -> Callable[[Page, str], list[str]]:
    """The words that the evidence marks in a role."""
    return lambda page, role: page.locator(f'.claim mark[data-role="{role}"]').all_inner_texts()
