"""What a question is answered with: names, statuses, sentences, and SPARQL that runs as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.ask import EXAMPLES, Answer, QuestionError, ask, read
from kg.ask.names import Names
from kg.ask.sparql import to_sparql
from kg.ask.times import take_period
from kg.ask.words import Word
from kg.cli import run
from kg.extraction import Extractor
from kg.gazetteer import load as load_gazetteer
from kg.graph import KnowledgeGraph, from_extractions
from kg.model import Document, Entity
from kg.query import QuerySession
from kg.relations import load

TUNED = Path(__file__).parent / "questions" / "tuned.tsv"
SANCTIONS = Path(__file__).parents[2] / "data" / "relations" / "sanctions.toml"


def answered(graph: KnowledgeGraph, question: str, extractor: Extractor) -> Answer:
    return ask(graph, question, relations=graph.relations, extractor=extractor)


def names_of(answer: Answer) -> list[str]:
    return [name for row in answer.rows for _, name in row.names]


def test_every_query_that_is_shown_runs_as_it_is(news_graph: KnowledgeGraph, extractor: Extractor) -> None:
    ran = 0
    with QuerySession(news_graph, news_graph.relations) as session:
        for line in TUNED.read_text("utf-8").splitlines():
            question, _, right = line.partition("\t")
            if right == "refuse":
                continue
            asked = read(news_graph, question, relations=news_graph.relations, extractor=extractor)
            assert session.run(to_sparql(asked, news_graph.relations)).variables, question
            ran += 1
    assert ran > 80


@pytest.mark.parametrize("question", EXAMPLES)
def test_the_examples_that_a_refusal_shows_can_be_read(
    question: str, news_graph: KnowledgeGraph, extractor: Extractor
) -> None:
    assert read(news_graph, question, relations=news_graph.relations, extractor=extractor)


def test_a_list_names_what_was_asked_for_with_a_sentence_of_a_document(
    news_graph: KnowledgeGraph, extractor: Extractor
) -> None:
    answer = answered(news_graph, "Who sells arms to Azerbaijan?", extractor)
    assert set(names_of(answer)) == {"Israel", "Belarus"}
    for row in answer.rows:
        assert row.status == "asserted" and row.sentences
        assert all(s.text in news_graph.documents[s.document].text for s in row.sentences)


def test_a_symmetric_relation_answers_from_both_sides(news_graph: KnowledgeGraph, extractor: Extractor) -> None:
    assert "Armenia" in names_of(answered(news_graph, "Which countries border Turkey?", extractor))
    assert "Turkey" in names_of(answered(news_graph, "Which countries border Armenia?", extractor))


def test_a_count_agrees_with_its_list(news_graph: KnowledgeGraph, extractor: Extractor) -> None:
    count = answered(news_graph, "How many countries border Chad?", extractor)
    assert count.count == len(count.rows) == len(answered(news_graph, "Which countries border Chad?", extractor).rows)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does Armenia border Turkey?", "Yes, asserted by"),
        ("Is Armenia a member of ECOWAS?", "No claim says so, and none denies it."),
        ("Did the US sell weapons to Armenia?", "No claim asserts it: denied by"),
        ("Was Egypt an ally of the Soviet Union?", "Yes, told as over by"),
        ("Is Egypt an ally of the Soviet Union?", "No claim asserts it: told as over by"),
    ],
)
def test_yes_is_said_only_of_what_is_asserted(
    question: str, verdict: str, news_graph: KnowledgeGraph, extractor: Extractor
) -> None:
    assert answered(news_graph, question, extractor).verdict.startswith(verdict)


def test_what_is_denied_or_only_possible_is_shown_apart(news_graph: KnowledgeGraph, extractor: Extractor) -> None:
    answer = answered(news_graph, "Who sells arms to Australia?", extractor)
    assert not answer.rows
    assert {row.status for row in answer.others} == {"possible"}


def test_years_limit_the_answer_by_period_or_date(news_graph: KnowledgeGraph, extractor: Extractor) -> None:
    assert names_of(answered(news_graph, "Which countries bought arms from Russia in 2018?", extractor)) == ["India"]
    assert not names_of(answered(news_graph, "Which countries bought arms from Russia in 1950?", extractor))


def test_what_somebody_said_is_only_that_speakers(news_graph: KnowledgeGraph, extractor: Extractor) -> None:
    answer = answered(news_graph, "What did Adele Mensah say?", extractor)
    assert answer.rows
    assert {s.speaker for row in answer.rows for s in row.sentences} == {"Adele Mensah"}


def test_a_speaker_who_said_nothing_on_a_topic_is_shown_with_what_they_said_on_others(
    news_graph: KnowledgeGraph, extractor: Extractor
) -> None:
    answer = answered(news_graph, "What did Adele Mensah say about Peru?", extractor)
    assert not answer.rows
    assert {s.speaker for row in answer.others for s in row.sentences} == {"Adele Mensah"}


def test_a_relation_of_the_users_own_can_be_asked_for() -> None:
    own = Extractor(relations=[SANCTIONS])
    document = Document("a", "France imposed sanctions on Iran. Canada froze the assets of Iran.", "0" * 64)
    graph = from_extractions(own.extract([document]), load([SANCTIONS]))
    answer = answered(graph, "Which countries froze the assets of Iran?", own)
    assert str(answer.question) == "list ?x sanctions country/IRN"
    assert {"France", "Canada"} == set(names_of(answer))


def test_a_misspelt_name_is_refused_with_the_name_that_may_be_meant(
    news_graph: KnowledgeGraph, extractor: Extractor
) -> None:
    with pytest.raises(QuestionError) as caught:
        answered(news_graph, "Who sells arms to Azerbajan?", extractor)
    assert caught.value.suggestions == ("Azerbaijan",)


@pytest.mark.parametrize(
    "text", ["", "?", "...", "’s", "Who", "⟨0⟩", "What is ⟨0⟩?", "Iran Iran Iran", "\ud800", "Who " * 60]
)
def test_what_is_no_question_is_refused_and_breaks_nothing(
    text: str, news_graph: KnowledgeGraph, extractor: Extractor
) -> None:
    with pytest.raises(QuestionError):
        answered(news_graph, text, extractor)


def test_a_surname_of_two_people_is_refused_and_their_names_are_given(extractor: Extractor) -> None:
    people = [Entity(f"person/{n.lower()}-castro", "Person", f"{n} Castro") for n in ("Fidel", "Raul")]
    names = Names({person.id: person for person in people}, load_gazetteer(), extractor.nlp.Defaults.stop_words)
    with pytest.raises(QuestionError, match="Fidel Castro or Raul Castro"):
        names.find("Who is an ally of Castro?")
    assert [named.form.entity for named in names.find("Who is an ally of Raul Castro?")] == ["person/raul-castro"]


@pytest.mark.parametrize(
    ("question", "entities"),
    [
        ("Who is who in us politics", []),
        ("Who armed the US?", ["country/USA"]),
        ("Who are Moscow's friends?", ["country/RUS"]),
        ("who sells arms to turkey", ["country/TUR"]),
        ("Is the Côte d’Ivoire Israeli?", ["country/CIV", "country/ISR"]),
    ],
)
def test_names_are_linked_and_common_words_are_not(question: str, entities: list[str], extractor: Extractor) -> None:
    names = Names({}, load_gazetteer(), extractor.nlp.Defaults.stop_words)
    assert [named.form.entity for named in names.find(question)] == entities


@pytest.mark.parametrize(
    ("text", "left", "period"),
    [
        ("who sold arms in 1982", "who sold arms", "1982/1982"),
        ("who sold arms since 2015", "who sold arms", "2015/.."),
        ("who sold arms in the 1980s to", "who sold arms to", "1980/1989"),
        ("who between 1980 and 1988 sold arms", "who sold arms", "1980/1988"),
        ("who sold arms until 1991", "who sold arms", "../1991"),
        ("who sold 2000 tanks", "who sold 2000 tanks", None),
    ],
)
def test_years_are_taken_out_of_a_question(text: str, left: str, period: str | None) -> None:
    words, found = take_period([Word(word) for word in text.split()])
    assert (" ".join(word.text for word in words), found) == (left, period)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sources = tmp_path_factory.mktemp("asked") / "news"
    sources.mkdir()
    (sources / "a.txt").write_text("Israel sold missiles to Azerbaijan. Russia denied arming Armenia.")
    out = sources.parent / "out"
    assert run(["build", str(sources), "-o", str(out), "--quiet"]) == 0
    return out


def test_the_command_prints_reading_query_and_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", str(folder), "Who sells arms to Azerbaijan?"]) == 0
    printed = capsys.readouterr().out
    assert "SELECT DISTINCT ?x" in printed and "“Israel sold missiles to Azerbaijan.”" in printed


def test_the_printed_query_is_one_that_kg_query_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", str(folder), "--sparql", "Who denied arming Armenia?"]) == 0
    assert run(["query", str(folder), capsys.readouterr().out]) == 0
    assert "country:RUS" in capsys.readouterr().out


def test_json_carries_the_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", str(folder), "--json", "Who sells arms to Azerbaijan?"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["rows"][0]["names"] == [["country/ISR", "Israel"]]
    assert record["question"] == "list ?x sells-arms-to country/AZE"


def test_a_question_that_cannot_be_read_exits_with_1_and_shows_what_can(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ask", str(folder), "Why did Israel sell missiles?"]) == 1
    error = capsys.readouterr().err
    assert "I cannot read this question" in error and "Who sells arms to" in error
