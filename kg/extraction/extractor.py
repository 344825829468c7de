"""Documents in, mentions and claims out: the reader, the gazetteer and the relations put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg import gazetteer as gazetteers
from kg import reader as readers
from kg import relations as tables
from kg.extraction.candidates import Rules
from kg.extraction.claims import find_claims, span_of
from kg.extraction.compiled import load_patterns
from kg.extraction.coreference import in_order, resolve_references
from kg.extraction.fingerprint import fingerprint
from kg.extraction.homelands import homelands
from kg.extraction.linking import Reference, country_entity, link
from kg.extraction.lookup import Lookup
from kg.extraction.mentions import find_names
from kg.extraction.patterns import compile_patterns, index_by_lemma
from kg.extraction.scorer import bundled_scorer, scorer_file
from kg.extraction.titles import implied_states
from kg.model import Claim, Document, Entity, Extraction, Mention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a text: the ``Doc`` as it was read, its entities by identifier, references and claims."""

    doc: Doc
    entities: dict[str, Entity]
    references: list[Reference]
    claims: list[Claim]


class Extractor:
    """Reads documents with one reader, gazetteer and set of relations.

    ``reader`` is None for the bundled one or the name of an installed spaCy pipeline; ``relations`` and
    ``gazetteer`` are a user's own tables; ``threads`` is the bundled reader's.
    Raises :class:`~kg.errors.KGError` for a reader or a table that cannot be used.
    """

    def __init__(
        self,
        *,
        reader: str | None = None,
        relations: Sequence[Path] = (),
        gazetteer: Sequence[Path] = (),
        threads: int = 1,
    ) -> None:
        self._load = partial(readers.load, reader, threads=threads)
        self.reader = readers.BUNDLED if reader in (None, readers.BUNDLED) else readers.reader_id(self.nlp)
        self.relations = tables.load(relations)
        self.gazetteer = gazetteers.load(gazetteer)

    @cached_property
    def nlp(self) -> Language:
        """The reader, loaded when it is first needed: a build that finds nothing new does without."""
        return self._load()

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.gazetteer, self.nlp)

    @cached_property
    def rules(self) -> Rules:
        """The relations' examples, compiled by the reader; those of the package for the bundled one."""
        if self.reader == readers.BUNDLED:
            patterns = load_patterns(self.relations, self.nlp)
        else:
            patterns = compile_patterns(self.relations, self.nlp, strict=False)
        scorer = bundled_scorer() if self.reader == readers.BUNDLED and scorer_file().is_file() else None
        return Rules(self.relations, index_by_lemma(patterns), scorer)

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever the reader, the relations, the gazetteer or the code of extraction changes."""
        return fingerprint(self.reader, self.relations.values(), self.gazetteer.fingerprint)

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in the same order."""
        for document in documents:
            found = self.find(document.text, document.id)
            used = {reference.entity for reference in found.references}
            yield Extraction(
                reader=self.reader,
                document=document,
                entities=tuple(found.entities[key] for key in sorted(used)),
                mentions=tuple(_mentions(found.doc, found.references)),
                claims=tuple(found.claims),
            )

    def names(self, doc: Doc) -> list[Reference]:
        """The mentions by name of a text that the reader has read."""
        return link(doc, find_names(doc, self._lookup), self._lookup)[0]

    def find(self, text: str, document: str = "") -> Found:
        """Everything found in a text; ``document`` is the identifier that the evidence of its claims names."""
        doc = self.nlp(text)
        names, entities = link(doc, find_names(doc, self._lookup), self._lookup)
        references = resolve_references(doc, names, self.gazetteer)
        references = in_order([*references, *homelands(doc, references)])
        implied = implied_states(doc, references, self.gazetteer)
        for reference in implied:
            country = self.gazetteer.countries[reference.entity.removeprefix("country/")]
            entities.setdefault(reference.entity, country_entity(country))
        references = in_order([*references, *implied])
        return Found(doc, entities, references, find_claims(doc, document, references, self.rules))


def _mentions(doc: Doc, references: Sequence[Reference]) -> Iterator[Mention]:
    position = {id(reference): number for number, reference in enumerate(references)}
    for number, reference in enumerate(references):
        start, end = span_of(doc, reference)
        antecedent = None if reference.antecedent is None else position.get(id(reference.antecedent))
        text = doc[reference.start : reference.end].text
        yield Mention(number, start, end, text, reference.type, reference.entity, antecedent)
