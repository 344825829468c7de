"""The errors that ``kg`` raises on purpose. Each says what failed, where, and what would be valid."""


class KGError(Exception):
    """Base of every error that ``kg`` raises on purpose; the command line prints it as one line."""


class SourceError(KGError):
    """A source that cannot be read at all: a missing path, an unsupported kind, a broken record."""


class ReaderError(KGError):
    """A reader that is missing, broken, or lacks what extraction needs (parser, names)."""


class RelationError(KGError):
    """A relation table that is not well formed, or an example that does not compile."""


class GazetteerError(KGError):
    """A gazetteer table with a missing column or an invalid cell."""


class FactError(KGError):
    """A table of reference facts with a missing column, an invalid cell or a name that nothing has."""


class AliasError(KGError):
    """A table of aliases with a missing column, an unknown action or a row that contradicts another."""


class StoreError(KGError):
    """An output folder that is not one of ours, is from another schema, or cannot be written."""


class QueryError(KGError):
    """A query that is malformed or is not a read-only query."""


class ValidationError(KGError):
    """A validation that cannot run."""


class ExportError(KGError):
    """An unknown export format, or a graph that the format cannot carry."""
