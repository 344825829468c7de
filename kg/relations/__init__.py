"""Relations are data: a TOML table each, with types, symmetry, a lexicon and example sentences."""

from kg.relations.table import Example, Relation, load

__all__ = ["Example", "Relation", "load"]
