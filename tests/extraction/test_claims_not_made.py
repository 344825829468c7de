"""Sentences about something else, near in their words to those that assert a relation: no claim is made of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Claim

NOT_BORDERS = [
    "Reporters Without Borders criticized Turkey and Egypt.",
    "Japan sent an envoy to Mongolia.",
    "Refugees crossed the border of Sudan with help from Norway.",
    "Germany and Japan signed a border security agreement.",
    "Australia's border force detained two sailors from Indonesia.",
    "Canada wants stricter border controls, and Denmark agrees.",
    "The Swiss tennis player borders on genius, a French coach said.",
    "A neighbor of the Russian ambassador in Portugal called the police.",
]
NOT_ALLIES = [
    "Vietnam signed a trade agreement with Chile.",
    "The king of Morocco visited Spain.",
    "Colombia extradited a drug lord to the United States.",
    "Norway sent tents and medicine to Nepal after the earthquake.",
    "Peru held talks with Bolivia about water.",
    "Iran accused Iraq of violating the ceasefire.",
    "A friend of the Polish minister lives in Spain.",
    "Ghana defeated Egypt in a friendly match.",
    "The company formed an alliance with partners in Japan and Brazil.",
]
NOT_FOES = [
    "Chile defeated Peru in the final of the tournament.",
    "Canada accused China of meddling in its elections.",
    "Spain arrested two men from Morocco.",
    "Kenya and Ethiopia discussed the war in Sudan.",
    "Germany's fight against inflation worries Italy.",
    "French investors launched a takeover of a bank in Greece.",
    "Denmark and Sweden condemned the attack in Mali.",
    "Japan attacked the problem with help from Norway.",
    "A storm hit Cuba after it passed Haiti.",
]
NOT_ARMS = [
    "Canada sold wheat to Algeria.",
    "Iran fired rockets at a base in Iraq.",
    "Israel showed its new drones to guests from India.",
    "Russia bought oil from Kazakhstan.",
    "Norway gave tents to Haiti.",
    "France withdrew its tanks from Mali.",
    "Britain deployed fighter jets to Cyprus.",
    "Ukraine destroyed tanks that belonged to Russia.",
    "Egypt opened a factory for rifles with a loan from Germany.",
]
NOT_LEADS = [
    "U.S. Vice President Mike Pence spoke.",
    "French Foreign Minister Catherine Colonna spoke.",
    "Ann Walker led a delegation to Nigeria.",
    "John Kerry met the president of China.",
    "Thailand's Deputy Prime Minister Anutin Charnvirakul resigned.",
    "Emmanuel Macron visited Germany.",
    "Boris Pistorius, Germany's defense minister, resigned.",
    "The president of Poland praised Lech Walesa.",
    "Ann Walker, an adviser to the president of Chile, resigned.",
]
NOT_AFFILIATED = [
    "Ann Walker criticized Amnesty International.",
    "Peter Hansen visited the World Bank.",
    "French President Emmanuel Macron spoke.",
    "Tim Cook is the chief executive of Apple.",
    "Rosa Klein told Reuters that the talks failed.",
    "Omar Shakir read a report by Human Rights Watch.",
    "Indian Prime Minister Narendra Modi spoke.",
    "Amnesty International honored Malala Yousafzai.",
]
NOT_PART = [
    "The island is a state and member of NATO and the African Union.",
    "Brazil criticized the World Bank.",
    "Officials from Kenya visited the European Union.",
    "The United Nations sent inspectors to Iran.",
    "NATO and Serbia signed an agreement.",
    "Amnesty International works in Egypt.",
    "Reuters reported from Turkey.",
    "Norway's ties with the European Union are close.",
]
TABLES = {
    "borders": NOT_BORDERS,
    "ally-of": NOT_ALLIES,
    "foe-of": NOT_FOES,
    "sells-arms-to": NOT_ARMS,
    "leads": NOT_LEADS,
    "affiliated-with": NOT_AFFILIATED,
    "part-of": NOT_PART,
}


@pytest.mark.parametrize(
    ("relation", "text"),
    [pytest.param(name, text, id=f"not {name}: {text}") for name in TABLES for text in TABLES[name]],
)
def test_a_sentence_about_something_else_makes_no_claim(
    claims_of: Callable[[str], tuple[Claim, ...]], relation: str, text: str
) -> None:
    assert [claim for claim in claims_of(text) if claim.relation == relation] == []
