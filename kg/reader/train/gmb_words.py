"""Closed classes of words, and patterns of them, that decide names in the Groningen Meaning Bank (:mod:`.gmb`).

Titles and offices; the words that head names of organizations and places; peoples; and the gazetteer.
"""

from __future__ import annotations

import re
from functools import cache

from kg.gazetteer import load

PORTFOLIOS = (
    "Foreign|Defen[sc]e|Interior|Finance|Justice|Trade|Oil|Energy|Health|State|Treasury|Commerce|Labor|Agriculture|"
    "Transport(?:ation)?|Education|Information|Security|Homeland|Internal|External|Affairs|Economy|Culture|the"
)
_MODIFIERS = rf"{PORTFOLIOS}|Prime|Vice|Deputy|Assistant|Acting|Former|Chief|Major|Lieutenant|Brigadier|Attorney"
TITLE = (
    rf"(?i:(?:(?:{_MODIFIERS}|and)[ -]+)*\b(?:Mr|Mrs|Ms|Dr|Sir|President|Presidents|Premier|Ministers?|Chancellor|"
    r"Secretary|Undersecretary|Director|Senators?|Congress(?:wo)?man|Representative|Governor|Mayor|Ambassador|Chairman|"
    r"Spokes(?:wo)?man|Commissioner|Speaker|Judge|General|Colonel|Captain|Admiral|Lieutenant|Major|Sergeant|Commander|"
    r"Marshal|King|Queen|Prince|Princess|Emperor|Crown|Pope|Cardinal|Archbishop|Bishop|Ayatollah|Mullah|Prophet|"
    rf"Professor|Reverend|Prime|Vice|Deputy)(?:[ -](?:General|elect))?\b\.?(?: of (?:(?:{PORTFOLIOS}|and)\b ?)+)?)"
)
LEADING = re.compile(rf"(?:{TITLE}(?:\s+|$))+")
INNER = re.compile(rf"(?<=\w|\.)\s+(?:{TITLE}(?:\s+|$))+")
TITLED = re.compile(rf"{TITLE}\s+$")
OFFICE = re.compile(rf"(?:^|\s+)(?:(?:{_MODIFIERS})(?:\s+|$))+$")
HOLDER = re.compile(r"\s+(?:Minister|Secretary|President|Prime|General|Speaker|Under-?secretary)\b")
ANNOUNCED = re.compile(
    r"\b(?:Mr\.|Mrs\.|Ms\.|Dr\.|Senator|Prime Minister|President|Minister|Colonel|General) "
    rf"((?!(?:{_MODIFIERS}|[A-Z][a-z]+day)\b)[A-Z][a-z][\w-]+(?: [A-Z][a-z][\w-]+(?<!day))*)"
)
BEFORE_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms)\.\s+$")
ORG_HEADS = frozenset(
    "Ministry Department Party Council University Institute Army Navy Agency Association Organization Organisation Bank "
    "Committee Commission Court Parliament Senate Congress Assembly Federation Front Movement Brigades Brigade Embassy "
    "Authority Corporation Company Inc Corp Ltd Club League Union Alliance Fund Center Centre Foundation Office Bureau "
    "Guard Guards Force Forces Group Service Services Airlines Airways Times Post News Newspaper Press Cabinet Coalition "
    "Society College School Brotherhood Jihad Representatives Command Corps Motors Electric Watch Program Tigers".split()
)
PLACE_HEADS = frozenset(
    "Strip River Sea Ocean Bay Gulf Valley Island Islands Province District City Airport Coast Peninsula Mountains "
    "Mountain Desert Heights Delta Zone Republic Square Canal Lake County Mosque Stadium Kashmir".split()
)
OTHER_HEADS = frozenset(
    "Treaty Cup Act Prize Award Awards Constitution Protocol Olympics Olympic Games Agreement Accord Accords War Holocaust "
    "Ramadan AIDS HIV TB Koran Quran Hurricane Day Open Internet GDP Christmas Easter".split()
)
GIVEN = frozenset(
    "John Robert Michael David James William Richard Thomas Charles George Paul Peter Mark Andrew Stephen Daniel Joseph "
    "Barack Hillary Condoleezza Kofi Tony Gordon Donald Mohammed Mohammad Mohamed Muhammad Ahmed Ali Hassan Hussein Abdul "
    "Abdullah Ibrahim Omar Mahmoud Saddam Yasser Osama Ariel Ehud Aung Juan Jose Carlos Luis Hugo Fidel Viktor Yulia "
    "Vladimir Sergei Mikhail Alexander Nicolas Jean Angela Maria Anna Mary Hamid Pervez Nouri Moqtada Ayman Dalai".split()
)
_PEOPLES = (
    "Muslim Sunni Shiite Shi'ite Shia Christian Catholic Protestant Hindu Buddhist Sikh Jew Kurd Arab Serb Croat Chechen "
    "Tibetan Hutu Tutsi Tamil Pashtun Uzbek Tajik Hmong Asian African European Democrat Republican Communist Maoist "
    "Islamist Bosniak Turkmen Roma Kashmiri Uighur Uyghur Hispanic Latino Mormon Baptist Evangelical Kosovar"
).split()
_ADJECTIVES = "Jewish Kurdish Islamic Roman Orthodox Anglican Latin Bosnian Soviet Democratic Basque Marxist".split()
_PLACES = (
    "Europe;Asia;Africa;Palestine;Gaza;Washington;Kashmir;Darfur;Kosovo;Tibet;Aceh;Chechnya;Earth;Kiev;Kabul;Kandahar;West "
    "Bank;Middle East;Gaza Strip;Latin America;North America;South America;Soviet Union;Green Zone;New York;Tel Aviv"
).split(";")
DIRECTIONS = re.compile(r"\b(?:(?:South|North|West|East|Central|Latin|Southeast|Sub-Saharan)(?:ern)? )+$")
WORD = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[-'’](?!s\b)\w+)*")
PARTICLES = frozenset("al bin bint ibn de da di du del der den van von la le el ul ur e dos das y wa".split())
LOWER = re.compile(r"(?:(?:the|The|THE|[a-z]+(?:-[a-z]+)*|-|--)\s+)+")
LOCATED = re.compile(r" (?:province|district|city|town|region|village|valley|peninsula|prefecture|airport)\b")
PUBLISHED = re.compile(r" (?:newspaper|news agency|magazine|faction|party|militia)\b")
LOOSE = re.compile(r"(?:[-,:;'\"\s]|'s| and| of| for| the)$")
DATE = re.compile(r"(?:[A-Z][a-z]+day|January|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)$")
CONTINUING = frozenset("Embassy Open Cup Games Delta Strip Valley River Ministry Airport".split())
DOUBTFUL = re.compile(r"\b(?:Western|Islam|West|Gulf|Marines?|God|Internet|Pope|[A-Z][\w.]*-[a-z]+)\b")
FABLE = re.compile(
    r"\b(?:[Aa]n?|[Tt]he) (?:Lion|Wolf|Fox|Ass|Horse|Dog|Hare|Tortoise|Eagle|Crow|Stag|Goose|Swan|Ox|Goat)\b"
)


def headed(words: str) -> bool:
    """Whether the words are an organization's or a place's: "Assembly" of "General Assembly"."""
    parts = words.split()
    return bool(parts) and any(p in ORG_HEADS | PLACE_HEADS | OTHER_HEADS for p in (parts[0], parts[-1]))


@cache
def known_names() -> dict[str, str]:
    """Labels of the names that the gazetteer and the closed classes decide."""
    known = dict.fromkeys(_PLACES, "PLACE")
    for organization in load().organizations:
        forms = (organization.name, *organization.acronyms, *organization.aliases)
        known |= dict.fromkeys((re.sub("^The ", "", form) for form in forms), "ORG")
    for country in load().countries.values():
        known |= dict.fromkeys((country.name, country.official, *country.aliases, *country.capitals), "PLACE")
        known |= dict.fromkeys((*country.adjectives, *country.demonyms), "NORP")
    known |= dict.fromkeys([*_PEOPLES, *(f"{people}s" for people in _PEOPLES), *_ADJECTIVES], "NORP")
    return {form: label for form, label in known.items() if form[:1].isupper() and not re.search(r" [a-z]+$", form)}


@cache
def ambiguous_names() -> frozenset[str]:
    """Known names that mean something else as often."""
    return frozenset(confusable.name for confusable in load().confusables) | {"Democratic", "Latin", "Roman", "Islamic"}
