"""The scores, and a comparison, as aligned text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_TITLES = {
    "relations": "claims by relation: both ends, relation and sentence",
    "statuses": "claims by status: the same, and the status",
    "manner": "of the claims found, right by",
    "pairs": "pairs of entities in a document, by relation",
    "labels": "annotated pairs, by the label of the corpus",
    "entities": "entities of a document",
    "forms, strict": "forms of the names of each entity, as they are listed",
    "forms, lenient": "forms of the names of each entity, one within the other",
    "names, strict": "names: same span, same type",
    "names, lenient": "names: overlapping span, same type",
    "clusters": "mentions grouped into entities",
}
_WIDTH = 24


def to_table(record: Mapping[str, Any]) -> str:
    """The record of :func:`kg.evaluate.report.to_record` as text: figures with intervals, then confusion, then calibration."""
    level = round(100 * record["bootstrap"]["level"])
    lines = [
        f"{record['documents_scored']} documents; in brackets {level} % intervals,"
        f" {record['bootstrap']['resamples']} resamples of the documents",
        f"{'':{_WIDTH}}{'annotated':>10}{'found':>7}{'right':>7}   {'P':17}{'R':17}F1",
    ]
    for group, rows in record["measures"].items():
        lines.append(_TITLES[group])
        lines += [_line(label, row) for label, row in rows.items()]
    for name, cells in record["confusion"].items():
        lines += ["", f"{name}: annotated (rows), found (columns)", *_grid(cells)]
    if record["calibration"]:
        lines += ["", *_calibration(record["calibration"])]
    if record.get("difference"):
        lines += ["", *_difference(record["difference"])]
    return "\n".join(lines)


def to_lines(errors: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Every error as two lines: what is wrong and where, and the sentence."""
    for error in errors:
        yield f"{error['group']}: {error['error']}: {_what(error)}  [{error['document']}]"
        if error.get("sentence"):
            yield f"    {' '.join(error['sentence'].split())}"


def _line(label: str, row: Mapping[str, Any]) -> str:
    if "share" in row:
        share = _share(row["share"], row["intervals"]["share"])
        return f"  {label:{_WIDTH - 2}}{row['annotated']:>10}{'':7}{row['right']:>7}   {'':17}{share}"
    shares = "".join(f"{_share(row[name], row['intervals'][name]):17}" for name in ("precision", "recall", "f1"))
    counts = f"{row['annotated']:>10}{round(row['found'], 1):>7}{round(row['right'], 1):>7}"
    return f"  {label:{_WIDTH - 2}}{counts}   {shares}".rstrip()


def _share(value: float | None, bounds: Sequence[float] | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if bounds is None else f"{value:.2f} [{bounds[0]:.2f}–{bounds[1]:.2f}]"


def _grid(cells: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Rows and columns in order, "none" last."""
    columns = sorted({column for row in cells.values() for column in row}, key=lambda name: (name == "none", name))
    widths = [max(len(column), 5) + 2 for column in columns]
    first = max(_WIDTH, *(len(name) + 2 for name in cells))
    yield " " * first + "".join(f"{column:>{width}}" for column, width in zip(columns, widths, strict=True))
    for name in sorted(cells, key=lambda name: (name == "none", name)):
        counts = (cells[name].get(column, 0) or "·" for column in columns)
        yield f"  {name:{first - 2}}" + "".join(f"{n:>{width}}" for n, width in zip(counts, widths, strict=True))


def _calibration(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"confidence: calibration error {found['error']:.3f}, Brier score {found['brier']:.3f}"
    for bin in found["reliability"]:
        yield f"  {bin['count']:4} claims of confidence {bin['confidence']:.2f}: {bin['right']:.2f} right"


def _difference(found: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[str]:
    yield "change of F1 (of recall, where there is no F1) from the baseline, on the same resamples"
    for group, rows in found.items():
        for label, row in rows.items():
            name = "f1" if row["f1"]["change"] is not None else "recall"
            change, bounds = row[name]["change"], row[name]["interval"]
            if change is not None and bounds is not None:
                yield f"  {f'{group}, {label}':{2 * _WIDTH}}{change:+.3f} [{bounds[0]:+.3f}, {bounds[1]:+.3f}]"


def _what(error: Mapping[str, Any]) -> str:
    """What an error is about: a claim, a pair, an entity, a form or a name."""
    if "subject" in error:
        said = f"{error['subject']} – {error['object']}"
        if "status" in error:
            both = {str(value) for value in error["status"].values() if value is not None}
            speaker = {str(value) for value in error["speaker"].values() if value is not None}
            said += f" ({', '.join(sorted(both))}{'; speaker ' + ', '.join(sorted(speaker)) if speaker else ''})"
        return said
    if "form" in error:
        return f"{error['entity']} “{error['form']}”"
    sides = [error["annotated"], error["found"]]
    return " / ".join(
        "none" if side is None else side.get("text") or f"{side['id']} “{side['name']}”" for side in sides
    )
