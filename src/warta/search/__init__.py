"""Finds articles by their words: the index and the query. `docs/adr/0020-*` says how and why."""
