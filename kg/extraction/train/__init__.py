"""Train the pair scorer: ``python -m kg.extraction.train`` (extra ``train``). Nothing of it is needed to read."""
