"""Score extraction against annotated documents: names, entities, claims with sentences, and pairs of entities.

``formats`` reads annotations of several corpora into one shape (:class:`Annotated`); one module each judges claims, names,
entities, groups of mentions and pairs; what they say is counted by document, so that intervals come from resampling
documents. Precision, recall and F1 are micro-averaged, as in the CoNLL evaluations.
"""

from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.evaluate.annotations import Annotated
from kg.evaluate.calibration import brier, calibration_error, reliability
from kg.evaluate.claims import plain
from kg.evaluate.compare import compare, read_baseline
from kg.evaluate.counts import Counts, Verdict
from kg.evaluate.formats import formats, read
from kg.evaluate.formats.ours import from_record, read_records
from kg.evaluate.intervals import Resampling
from kg.evaluate.report import to_record
from kg.evaluate.scores import Scores, evaluate
from kg.evaluate.table import to_lines, to_table


def read_gold(path: Path) -> dict[str, dict[str, Any]]:
    """Our own annotations by document id, as they stand in the file; :func:`read` gives those of any format, typed.

    Raises :class:`SourceError` that names the line of a broken record.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot read the annotations: {error}") from error
    return {record["document"]: record for _, record in read_records(text, str(path))}


__all__ = [
    "Annotated",
    "Counts",
    "Resampling",
    "Scores",
    "Verdict",
    "brier",
    "calibration_error",
    "compare",
    "evaluate",
    "formats",
    "from_record",
    "plain",
    "read",
    "read_baseline",
    "read_gold",
    "reliability",
    "to_lines",
    "to_record",
    "to_table",
]
