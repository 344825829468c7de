"""Load the bundled reader, or any installed spaCy pipeline that has a parser and names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ReaderError

if TYPE_CHECKING:
    from spacy.language import Language

BUNDLED = "kg-en-2"
"""Name of the bundled English reader and its weights."""
_AFTER_ABBREVIATION = r"(?<=[A-Z]\.)[-–—/](?=[A-Za-z])"
"""What spaCy's tokenizer does not split at: the hyphen of "U.S.-led" and "U.S.-Mexico"."""


def load(name: str | None = None, *, threads: int = 1) -> Language:
    """The pipeline called ``name``: None is the bundled reader; the folder of a reader of this project's training;
    or an installed spaCy pipeline.

    ``threads`` is for the first two. Raises :class:`ReaderError` for a
    pipeline that is not installed or that gives no dependencies or no names.
    """
    import spacy

    trained = name is not None and (Path(name) / "labels.json").is_file()
    if name in (None, BUNDLED) or trained:
        nlp = tokenizer()
        folder = str(name) if trained else ""
        nlp.add_pipe("kg_reader", config={"folder": folder, "threads": threads})
        return nlp
    try:
        nlp = spacy.load(str(name))
    except (OSError, ImportError, ValueError) as error:
        raise ReaderError(
            f"reader {name!r} is not an installed spaCy pipeline; use the bundled {BUNDLED!r} or install it "
            f"(for example: python -m spacy download {name})"
        ) from error
    if missing := sorted({"token.dep", "doc.ents"} - _assigned(nlp)):
        raise ReaderError(f"reader {name!r} does not set {', '.join(missing)}; kg needs a dependency parser and names")
    return nlp


def tokenizer() -> Language:
    """The bundled reader's pipeline without its model: spaCy's English tokenizer, which keeps "U.S.-led" whole."""
    import spacy

    nlp = spacy.blank("en")
    split: Any = nlp.tokenizer
    infixes = spacy.util.compile_infix_regex([*(nlp.Defaults.infixes or ()), _AFTER_ABBREVIATION])
    split.infix_finditer = infixes.finditer
    nlp.max_length = 10**9  # memory grows with the document, not with its square
    return nlp


def reader_id(nlp: Language) -> str:
    """Name and version of a reader, as records carry it: ``kg-en-2``, ``en_core_web_sm-3.8.0``.

    A reader that a user trained carries eight hex digits of its weights: ``my-reader-0f3a99c1``.
    """
    if "kg_reader" in nlp.pipe_names:
        component: Any = nlp.get_pipe("kg_reader")
        return str(component.id)
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def _assigned(nlp: Language) -> set[str]:
    return {attribute for name in nlp.pipe_names for attribute in nlp.get_pipe_meta(name).assigns}
