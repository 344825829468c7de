"""Promises about what is removed from a page that was pasted as plain text, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources import to_document
from kg.sources.boilerplate import remove_boilerplate
from kg.sources.normalize import normalize

# In each page, lines that start with "~" must go and all others must stay.
PAGES = {
    "wire": """\
~Skip to main content
~Home
~World
~Politics
~Business
~Sport
~Log in
Chad and Niger sign border treaty

By Ann Example

3 May 2021

NDJAMENA — Chad and Niger signed a border treaty on Monday, ending a dispute of forty years.

~Advertisement

“We are neighbors and friends,” the president of Chad said after the ceremony.

~Read more: Niger buys four helicopters from Turkey

The treaty was drafted with the help of the African Union.

~Reporting by Ann Example. © 2021 Example Wire. All rights reserved.
~Share this article
~Facebook | Twitter | WhatsApp | Email
~Related articles
~Mali expels ambassador
~Turkey sells drones to Togo
""",
    "donations": """\
Who arms the Sahel?

Drones from Turkey have changed the war in Mali, analysts say.

~Support our work
~
~Our newsroom depends on readers like you. Please consider a small donation to keep our reporting free.
~
~Donate now

Burkina Faso bought armored vehicles last year, according to a report of the arms watchdog.

~You have read 3 of 5 free articles
~
~Every day our journalists bring you news that matters, and we need your support to keep going.
~
~Become a member of our community today
~
~The Sahel Monitor
~
~By signing up, you agree to our Terms of Service and Privacy Policy.
""",
    "broadsheet": """\
~News | Opinion | Sport | Culture | Lifestyle
~We use cookies to improve your experience on this site.
~Accept all
Greece and Egypt agree on sea border

~4 min read

Greece and Egypt have agreed on a sea border, their foreign ministers said in Cairo.

~Sign up to First Edition, our free daily newsletter
~Enter your email

Turkey called the agreement null and void.

The two countries are members of a gas forum that leaves out Turkey.

Maria Example is a fellow at the Institute for Sea Law.

~Most viewed
~Five things to know about the strait
~In pictures: the flood in Libya
~Follow us on Twitter
~Follow Maria Example on X
~Terms and conditions
~Privacy policy
~Contact us
~© The Broadsheet 2020
""",
    "tabloid, a paragraph a line": """\
Kosovo jets row grows
Serbia has bought six jets from France, the defense minister said on Friday.
~ADVERTISEMENT
Kosovo called the sale a threat to the peace in the region.
~SEE ALSO
~Serbia's president: 'We will not be silent'
~Ten beaches to visit
The minister denied that the jets were meant for use against Pristina.
~Click here to get breaking news alerts sent straight to your inbox
~Comments (14)
~Leave a comment
""",
    "blog": """\
Notes on the Oman talks

I spent a week in Muscat, where Iran and the United States have talked through the Omanis since spring.

My own view is that the talks serve both: Washington wants quiet, and Tehran wants its money.

~Thanks for reading The Gulf Letter! Subscribe for free to receive new posts and support my work.

Oman has been a friend of both for decades.

~Share
~Subscribe
~Powered by Examplestack
""",
    "review": """\
Opinion
The case for a Baltic army
Estonia, Latvia and Lithuania should build one army. Our countries share a border with an enemy, and we cannot wait.
You may say that NATO protects us. It does. But help us, dear readers, to think further.
Jane Example is a member of the Estonian parliament.
~The opinions expressed here are the author's own.
~If you have enjoyed this article, please consider supporting The Baltic Review with a small contribution.
~Tags: Estonia, NATO, Russia
~Previous
~Next
""",
}
KEPT = [
    "Many papers now live from newsletters. The Example Post says its newsletter has two million subscribers.",
    "We journalists should ask what a donation buys. When a state pays for a newsroom, it buys silence.",
    "Facebook’s privacy policy and its terms of service run to 14,000 words, which you will never read.",
    "You should read the cookie law before you laugh at it; I did, and our ministers did not.",
    "“Please donate to our army,” the president told the crowd. “Sign up today and support our fight.”",
    "Subscribe to the theory of deterrence and you must accept that Israel and Iran will not fight.",
    "Click, and the drone fires: that is how the war in the Caucasus was fought, officers say.",
    "The charity, based in Geneva, relies on donations and on memberships, its director said.",
    "We ask you to donate to Ukraine’s army. Our newsletter tells you how to help.",
    "Support for Ukraine is falling in Hungary, where the government wants our sanctions lifted.",
    "He shared the article on Twitter, and it was read by more than 3 million people.",
    "Hamas follows Iran on Telegram, the report says, and copies its newsletters.",
    "The minister thanked readers of the magazine for their generous contributions to the museum.",
]


def split(page: str) -> tuple[str, list[str], list[str]]:
    """The page as pasted, the lines to keep, the lines to go."""
    lines = page.split("\n")
    gone = [line[1:] for line in lines if line.startswith("~") and line[1:]]
    kept = [line for line in lines if line and not line.startswith("~")]
    return "\n".join(line.removeprefix("~") for line in lines), kept, gone


@pytest.mark.parametrize("name", PAGES)
def test_a_pasted_page_keeps_its_article_and_loses_the_rest(name: str) -> None:
    pasted, kept, gone = split(PAGES[name])
    result = remove_boilerplate(normalize(pasted)).replace("\n\n", "\n").split("\n")
    assert [line for line in kept if line not in result] == []
    assert [line for line in gone if line in result] == []


@pytest.mark.parametrize("sentence", KEPT)
@pytest.mark.parametrize("place", ["middle", "end", "end above a footer"])
def test_an_article_about_newsletters_donations_or_privacy_stays_whole(sentence: str, place: str) -> None:
    before = "The price of news\n\nThe old model of the press is dying, says a report of the institute in Oxford."
    after = {
        "middle": "The report will be debated in parliament in May.",
        "end": "",
        "end above a footer": "The author teaches law in Oslo.\n\n© 2020 The Paper.\n\nSign up for our newsletter",
    }[place]
    assert sentence in remove_boilerplate(normalize("\n\n".join((before, sentence, after)))).split("\n")


def test_a_repeated_title_stays_once_and_becomes_the_title() -> None:
    document = to_document("Chad buys jets\n\nChad buys jets\n\nChad has bought six jets from France.")
    assert document.title == "Chad buys jets"
    assert document.text == "Chad buys jets\n\nChad has bought six jets from France."


def test_a_sentence_that_only_might_be_an_appeal_stays_where_no_appeal_is_near() -> None:
    plea = "You may say that NATO protects us, but help us, dear readers, to think further."
    assert remove_boilerplate(f"NATO is an alliance.\n\nAdvertisement\n\n{plea}\n\nShare").endswith(plea)


def test_short_answers_in_an_interview_may_repeat() -> None:
    text = "Q: Is it war?\n\nYes, it is.\n\nQ: And tomorrow?\n\nYes, it is."
    assert remove_boilerplate(text) == text


def test_a_page_of_nothing_but_boilerplate_leaves_nothing() -> None:
    assert remove_boilerplate("We use cookies.\n\nAccept all\n\nSign up for our newsletter") == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Chad buys jets\n\nIt has bought six jets.", "Chad buys jets"),
        ("WORLD NEWS\n\nChad buys six jets\n\nIt has bought six jets.", "Chad buys six jets"),
        ("Will Chad buy jets?\n\nIt may do so this year.", "Will Chad buy jets?"),
        ("Chad buys jets\nChad has bought six jets from France, it said.", "Chad buys jets"),
        ("Chad buys six jets from France\nMay 3, 2023\nThey cost a lot.", "Chad buys six jets from France"),
        ("Chad has bought six jets.\n\nFrance sold them.", None),
        ("3 May 2021\n\nChad has bought six jets.", None),
        ("PARIS (Wire)\n\nChad buys jets (again)\n\nIt has bought six jets.", "Chad buys jets (again)"),
        ("By Ann Example\n\nChad has bought six jets.", None),
        ("Chad has bought six jets", None),
        ("", None),
    ],
)
def test_the_title_is_the_first_short_line_that_is_no_sentence(text: str, title: str | None) -> None:
    assert to_document(text).title == title


PROSE = [
    line
    for page in PAGES.values()
    for line in page.split("\n")
    if line.endswith((".", "”")) and line[0] != "~" and "readers" not in line
]
MID = [
    "Advertisement",
    "Read more: Chad closes its border",
    "Sign up for our newsletter",
    "Share this article",
    "4 min read",
]
PIECES = st.tuples(st.sampled_from(PROSE), st.lists(st.sampled_from(MID), max_size=2), st.sampled_from(["\n", "\n\n"]))


@given(st.lists(PIECES, min_size=1, max_size=12, unique_by=lambda piece: piece[0]))
@settings(max_examples=200, deadline=None)
def test_sentences_of_news_survive_whatever_furniture_stands_between_them(
    pieces: list[tuple[str, list[str], str]],
) -> None:
    text = "".join(between.join([prose, *furniture, ""]) for prose, furniture, between in pieces)
    assert remove_boilerplate(normalize(text)).replace("\n\n", "\n").split("\n") == [prose for prose, _, _ in pieces]
