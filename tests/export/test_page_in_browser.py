"""The page as a reader meets it: driven in Chromium, from a file, with every request and console line watched."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.export.html import to_html
from kg.identifiers import claim_id
from kg.model import Claim, Document, Edge, Entity, Evidence, Graph, derive_status
from kg.relations import load

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
Browser, Page = sync_api.Browser, sync_api.Page
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path")

RELATIONS = load()
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
    return Graph(DOCUMENTS, {entity.id: entity for entity in sorted(ENTITIES, key=lambda e: e.id)}, tuple(edges), "kg")


def edge_id(subject: str, relation: str, object: str) -> str:
    [found] = {e.id for e in story().edges if (e.subject, e.relation, e.object) == (subject, relation, object)}
    return found


def star(leaves: int) -> Graph:
    """A hub and its many neighbours."""
    names = [f"Person {n:04}" for n in range(leaves)]
    people = {f"person/{n:04}": Entity(f"person/{n:04}", "Person", name) for n, name in enumerate(names)}
    made = [claim("a", person, "leads", ISR, "{Someone} <leads> [Israel].", {}) for person in people]
    edges = [Edge(c.id, c.subject, c.relation, c.object, "asserted", None, 0.9, 1, False, (c,)) for c in made]
    hub = {ISR: ENTITIES[0]}
    return Graph(DOCUMENTS, hub | people, tuple(sorted(edges, key=lambda e: e.id)), "kg")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--mute-audio"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a graph's page; at the end, fail on any request, console line, dialog or script error."""
    surprises: list[str] = []
    contexts = []

    def open_(graph: Graph, hash: str = "", *, width: int = 1280, height: int = 800, **options: str) -> Page:
        file = tmp_path / "graph.html"
        file.write_text(to_html(graph, RELATIONS, title="A test"), "utf-8")
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
        _settle(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert surprises == []


def _settle(page: Page) -> None:
    """Wait until what was asked for is drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _state(page: Page) -> dict:
    _settle(page)
    return page.evaluate("kgPage.state()")


def _shown(page: Page) -> set[tuple[str, str]]:
    """Relation and status of the visible edges between countries."""
    edges = {edge.id: edge for edge in story().edges}
    return {(edges[key].relation, edges[key].status) for key in _state(page)["edges"]}


def _filter(page: Page, name: str, value: str | int) -> None:
    page.locator(f'#filters input[name="{name}"]').nth(int(value)).click()


def _marked(page: Page, role: str) -> list[str]:
    return page.locator(f'.claim mark[data-role="{role}"]').all_inner_texts()


ASSERTED = {("sells-arms-to", "asserted"), ("ally-of", "asserted"), ("foe-of", "asserted"), ("borders", "asserted")} | {
    ("affiliated-with", "asserted")
}


def test_it_opens_on_what_is_asserted_without_a_request_or_a_complaint(open_page: Open) -> None:
    page = open_page(story())
    assert _shown(page) == ASSERTED
    assert "5 of 7 entities · 5 of 8 relations" in page.inner_text("#status")
    assert page.title() == "A test"


@pytest.mark.parametrize(
    ("name", "index", "gone", "new"),
    [
        ("statuses", 1, set(), {("sells-arms-to", "denied")}),
        ("statuses", 2, set(), {("ally-of", "possible")}),
        ("statuses", 3, set(), {("foe-of", "ended")}),
        ("statuses", 0, ASSERTED, set()),
        ("relations", 0, {("borders", "asserted")}, set()),
        ("types", 0, ASSERTED - {("affiliated-with", "asserted")}, set()),
        ("types", 1, {("affiliated-with", "asserted")}, set()),
        ("undated", 0, {("borders", "asserted")}, set()),
        ("contested", 0, ASSERTED - {("ally-of", "asserted"), ("foe-of", "asserted")}, set()),
    ],
)
def test_a_filter_hides_and_shows_its_edges(
    open_page: Open, name: str, index: int, gone: set[tuple[str, str]], new: set[tuple[str, str]]
) -> None:
    page = open_page(story())
    _filter(page, name, index)
    assert _shown(page) == (ASSERTED - gone) | new
    page.get_by_role("button", name="Reset filters").click()
    assert _shown(page) == ASSERTED


def test_the_date_filter_keeps_the_undated_until_told_otherwise(open_page: Open) -> None:
    page = open_page(story())
    page.fill('#filters input[name="from"]', "2015-03-15")
    page.fill('#filters input[name="to"]', "2015-12-31")
    assert ("foe-of", "asserted") not in _shown(page)
    assert {("ally-of", "asserted"), ("borders", "asserted")} <= _shown(page)
    _filter(page, "undated", 0)
    assert _shown(page) == {("ally-of", "asserted"), ("affiliated-with", "asserted")}


def test_the_confidence_filter_hides_what_is_less_certain(open_page: Open) -> None:
    page = open_page(story())
    page.locator('#filters input[name="confidence"]').fill("0.5")
    assert _shown(page) == ASSERTED - {("borders", "asserted")}


@pytest.mark.parametrize(
    ("query", "found"),
    [("isra", ISR), ("Republic of Az", AZE), ("baku", AZE), ("KREML", RUS), ("o'ren", OREN), ("corps", CORPS)],
)
def test_search_finds_names_aliases_and_metonyms_and_shows_the_entity(open_page: Open, query: str, found: str) -> None:
    page = open_page(story())
    page.keyboard.press("/")
    page.keyboard.type(query)
    assert page.get_attribute("#query", "aria-expanded") == "true"
    page.keyboard.press("Enter")
    state = _state(page)
    assert state["selection"] == found
    assert found in state["nodes"]
    point = page.evaluate("(key) => kgPage.point(key)", found)
    assert 252 < point["x"] < 880
    assert 60 < point["y"] < 800
    assert page.locator("#details h2").is_visible()


def test_arrow_keys_choose_a_suggestion_and_escape_leaves(open_page: Open) -> None:
    page = open_page(story())
    page.fill("#query", "a")
    options = page.locator("#suggestions [role=option]")
    second = options.nth(1).locator(".name").inner_text()
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    assert page.locator("#details h2").inner_text() == second
    page.keyboard.press("Escape")
    assert _state(page)["selection"] is None


def test_the_facts_of_a_node_group_its_edges_by_relation(open_page: Open) -> None:
    page = open_page(story(), "#node=" + AZE)
    text = page.inner_text("#details")
    assert "Republic of Azerbaijan" in text
    assert "https://w3id.org/kg-from-news/country/AZE" in text
    assert page.get_attribute("#details dd a", "href") == "https://www.wikidata.org/wiki/Q227"
    headings = [
        heading.split("\n")[0].rstrip("0123456789") for heading in page.locator("#details h3").all_inner_texts()
    ]
    assert headings == ["borders", "ally of", "foe of", "buys arms from"]
    assert "1 more hidden by the filters" in text


def test_a_click_on_the_canvas_opens_the_evidence_with_exactly_the_words_marked(open_page: Open) -> None:
    page = open_page(story())
    key = edge_id(ISR, "sells-arms-to", AZE)
    page.mouse.click(**page.evaluate("(key) => kgPage.point(key)", key))
    assert _state(page)["selection"] == key
    assert sorted(_marked(page, "subject")) == ["Israel", "Israel"]
    assert sorted(_marked(page, "trigger")) == ["sold", "were sold"]
    assert sorted(_marked(page, "object")) == ["Azerbaijan", "Baku"]
    assert (
        page.locator(".claim blockquote").first.inner_text()
        == "🇦🇿🛩 𝔸: Israel sold “smart” jets 🚀 to Azerbaijan in May."
    )


def test_a_click_on_a_node_or_on_its_name_shows_its_facts_and_one_beside_closes_them(open_page: Open) -> None:
    page = open_page(story())
    page.mouse.click(**page.evaluate("(key) => kgPage.point(key)", ISR))
    assert _state(page)["selection"] == ISR
    page.keyboard.press("Escape")
    [label] = [label for label in _state(page)["labels"] if label["id"] == ARM]
    canvas = page.locator("#canvas").bounding_box()
    page.mouse.click(canvas["x"] + (label["left"] + label["right"]) / 2, canvas["y"] + label["top"] + 7)
    assert _state(page)["selection"] == ARM


def test_evidence_says_who_when_where_and_how_sure(open_page: Open) -> None:
    page = open_page(story(), "#edge=" + edge_id(ISR, "sells-arms-to", AZE))
    dated, undated = page.locator(".claim").all()
    assert dated.locator("a").get_attribute("href") == "https://example.org/a?x=1&y=2"
    assert dated.locator("a").get_attribute("rel") == "noopener noreferrer"
    assert dated.locator("time").inner_text() == "2022-11-21"
    assert "confidence 90%" in dated.inner_text()
    assert "undated" in undated.inner_text()
    undated.get_by_role("button", name="according to Amir Oren").click()
    assert _state(page)["selection"] == OREN
    assert "Claims made by Amir Oren" in page.inner_text("#details")


@pytest.mark.parametrize(
    ("edge", "words"),
    [
        ((RUS, "sells-arms-to", ARM), "denied"),
        ((RUS, "ally-of", ARM), "possible"),
        ((AZE, "foe-of", RUS), "period ../1991"),
        ((ISR, "foe-of", AZE), "contested"),
    ],
)
def test_a_link_to_an_edge_shows_it_whatever_its_status(
    open_page: Open, edge: tuple[str, str, str], words: str
) -> None:
    page = open_page(story(), "#edge=" + edge_id(*edge))
    assert edge_id(*edge) in _state(page)["edges"]
    assert words in page.locator("#details .chips").first.inner_text()


def test_hostile_names_titles_addresses_and_rules_are_only_ever_text(open_page: Open) -> None:
    page = open_page(story(), "#edge=" + edge_id(OREN, "affiliated-with", BUREAU))
    assert EVIL in page.inner_text("#details")
    addresses: set[str] = set()
    for hash in ("#node=" + BUREAU, "#edge=" + edge_id(ISR, "sells-arms-to", AZE), "#node=" + ARM, "#view=table"):
        page.evaluate("(hash) => (location.hash = hash)", hash)
        _settle(page)
        addresses.update(page.evaluate("[...document.querySelectorAll('a')].map((a) => a.protocol)"))
    page.fill("#query", "</script>")
    assert EVIL in page.inner_text("#suggestions")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("[...document.images].length") == 0
    assert addresses == {"https:"}


def test_the_policy_stops_a_script_that_gets_into_the_page_anyway(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "graph.html").write_text(to_html(story(), RELATIONS), "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "graph.html").as_uri())
    blocked = page.evaluate(
        """() => new Promise((done) => {
            addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
            document.body.insertAdjacentHTML("beforeend", '<b onclick="window.pwned=1" id="evil">x</b>');
            document.getElementById("evil").click();
        })"""
    )
    assert blocked == "script-src-attr"
    assert page.evaluate("window.pwned") is None
    page.close()


def test_a_permalink_restores_the_view(open_page: Open) -> None:
    page = open_page(story())
    _filter(page, "statuses", 1)
    _filter(page, "relations", 0)
    page.locator('#filters input[name="confidence"]').fill("0.5")
    page.fill('#filters input[name="from"]', "2014-01-01")
    page.evaluate("(key) => kgPage.select(key)", ISR)
    page.click("#theme")
    before = _state(page)
    after = _state(open_page(story(), page.evaluate("location.hash")))
    for part in ("selection", "nodes", "edges", "theme", "view", "hash"):
        assert after[part] == before[part]
    assert before["theme"] == "dark"


def test_back_returns_to_the_selection_before(open_page: Open) -> None:
    page = open_page(story())
    for key in (ISR, AZE):
        page.evaluate("(key) => kgPage.select(key)", key)
    page.go_back()
    assert _state(page)["selection"] == ISR


@pytest.mark.parametrize(
    "hash", ["#node=nobody", "#edge=claim/0", "#min=x&from=y&top=-1&types=&status=%", "#%%%", "#view=z"]
)
def test_a_broken_permalink_still_opens(open_page: Open, hash: str) -> None:
    assert _state(open_page(story(), hash))["view"] == "graph"


def test_the_table_lists_what_the_graph_shows_and_opens_its_evidence(open_page: Open) -> None:
    page = open_page(story())
    page.get_by_role("button", name="Table").click()
    edges, nodes = page.locator("#table table").all()
    assert edges.locator("tbody tr").count() == len(_state(page)["edges"])
    assert nodes.locator("tbody tr").count() == len(_state(page)["nodes"])
    row = edges.locator("tbody tr", has_text="sells arms to")
    assert row.locator("th, td").all_inner_texts()[3:] == ["asserted", "90%", "2", "2022-11-21"]
    row.locator("button.edge").focus()
    page.keyboard.press("Enter")
    assert _marked(page, "trigger") == ["sold", "were sold"]
    assert page.evaluate("document.activeElement.id") == "details"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Graph", exact=True).click()
    assert len(_state(page)["labels"]) == len(_state(page)["nodes"])


def test_names_do_not_overlap_and_everything_is_on_screen_when_it_opens(open_page: Open) -> None:
    page = open_page(star(120))
    boxes = _state(page)["labels"]
    clashes = [
        (a["id"], b["id"])
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]
    assert clashes == []
    assert len(boxes) > 80
    assert all(box["left"] >= 0 and box["top"] >= 0 for box in boxes)


def test_parallel_edges_lie_apart_and_each_opens_its_own_evidence(open_page: Open) -> None:
    page = open_page(story())
    keys = [edge_id(ISR, relation, AZE) for relation in ("ally-of", "foe-of", "sells-arms-to")]
    points = [page.evaluate("(key) => kgPage.point(key)", key) for key in keys]
    gaps = [abs(a["x"] - b["x"]) + abs(a["y"] - b["y"]) for i, a in enumerate(points) for b in points[:i]]
    assert min(gaps) > 10
    for key, point in zip(keys, points, strict=True):
        page.mouse.click(**point)
        assert _state(page)["selection"] == key
        page.evaluate("kgPage.select(null)")
        page.click('[data-tool="fit"]')
        _settle(page)


def test_a_large_graph_opens_on_its_best_connected_and_grows(open_page: Open) -> None:
    page = open_page(star(700))
    assert len(_state(page)["nodes"]) == 300
    page.get_by_role("button", name="Show 300 more").click()
    assert len(_state(page)["nodes"]) == 600
    page.fill("#query", "Person 0699")
    page.keyboard.press("Enter")
    assert len(_state(page)["nodes"]) == 601
    page.evaluate("(key) => kgPage.select(key)", ISR)
    page.get_by_role("button", name="hidden neighbors").click()
    assert len(_state(page)["nodes"]) == 701


@pytest.mark.parametrize("graph", [Graph(), replace(story(), edges=())], ids=["empty", "no edges"])
def test_a_graph_without_edges_is_no_error(open_page: Open, graph: Graph) -> None:
    page = open_page(graph)
    assert len(_state(page)["nodes"]) == len(graph.entities)
    assert page.locator("#empty").is_visible() == (not graph.entities)


def test_it_follows_the_system_theme_until_the_reader_chooses(open_page: Open) -> None:
    page = open_page(story(), color_scheme="dark")
    assert _state(page)["theme"] == "dark"
    page.emulate_media(color_scheme="light")
    assert _state(page)["theme"] == "light"
    page.click("#theme")
    page.emulate_media(color_scheme="light")
    assert _state(page)["theme"] == "dark"


def test_on_a_phone_nothing_is_cut_off_and_the_filters_open_on_demand(open_page: Open) -> None:
    page = open_page(story(), width=360, height=640)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert not page.locator("#filters").is_visible()
    page.click("#filters-toggle")
    assert page.locator("#filters").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#filters").is_visible()
    page.evaluate("(key) => kgPage.select(key)", edge_id(ISR, "sells-arms-to", AZE))
    panel = page.locator("#details").bounding_box()
    assert (panel["x"], panel["width"]) == (0, 360)


def test_every_control_has_a_name_and_is_reached_with_the_tab_key(open_page: Open) -> None:
    page = open_page(story(), "#node=" + ISR)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input, a")].filter((e) => e.checkVisibility()
            && !(e.getAttribute("aria-label") || e.textContent.trim() || e.closest("label"))).map((e) => e.outerHTML)"""
    )
    assert nameless == []
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.closest('[id]') || document.body).id"))
    assert {"query", "theme", "filters", "canvas", "tools", "details"} <= reached


def test_down_and_up_move_through_the_list_of_relations(open_page: Open) -> None:
    page = open_page(story(), "#node=" + AZE)
    items = page.locator("#details .edges button")
    items.nth(0).focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert _state(page)["selection"] is not None
    assert page.evaluate("document.activeElement.id") == "details"
