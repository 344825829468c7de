"""Training of the reader: ``python -m kg.reader.train`` (extra ``train``). Nothing here is imported at run time."""
