"""Documents in, mentions and claims out: the reader, the gazetteer and the relations put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg import gazetteer as gazetteers
from kg import reader as readers
from kg import relations as tables
from kg.extraction.claims import Rules, find_claims, span_of
from kg.extraction.compiled import load_patterns
from kg.extraction.coreference import resolve_references
from kg.extraction.fingerprint import fingerprint
from kg.extraction.linking import Reference, link
from kg.extraction.lookup import Lookup
from kg.extraction.mentions import find_names
from kg.extraction.patterns import compile_patterns, index_by_lemma
from kg.model import Document, Extraction, Mention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


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
        return Rules(self.relations, index_by_lemma(patterns))

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever the reader, the relations, the gazetteer or the code of extraction changes."""
        return fingerprint(self.reader, self.relations.values(), self.gazetteer.fingerprint)

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in the same order."""
        for document in documents:
            yield self._extract(document, self.nlp(document.text))

    def _extract(self, document: Document, doc: Doc) -> Extraction:
        names, entities = link(doc, find_names(doc, self._lookup), self._lookup)
        references = resolve_references(doc, names, self.gazetteer.countries)
        claims = find_claims(doc, document.id, references, self.rules)
        used = {reference.entity for reference in references}
        return Extraction(
            reader=self.reader,
            document=document,
            entities=tuple(entities[key] for key in sorted(used)),
            mentions=tuple(_mentions(doc, references)),
            claims=tuple(claims),
        )


def _mentions(doc: Doc, references: Sequence[Reference]) -> Iterator[Mention]:
    position = {id(reference): number for number, reference in enumerate(references)}
    for number, reference in enumerate(references):
        start, end = span_of(doc, reference)
        antecedent = None if reference.antecedent is None else position.get(id(reference.antecedent))
        text = doc[reference.start : reference.end].text
        yield Mention(number, start, end, text, reference.type, reference.entity, antecedent)
