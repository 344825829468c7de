"""``python -m kg.extraction`` compiles the built-in relations into the package, after a change of theirs or of the reader."""

from pathlib import Path

from kg.extraction.compiled import FILE, to_text
from kg.reader import load as load_reader
from kg.relations import load as load_relations

if __name__ == "__main__":
    Path(__file__).with_name(FILE).write_text(to_text(load_relations().values(), load_reader()), "utf-8")
