"""Turns HTML from outside into blocks of copy, in time linear to its length and at any depth of nesting."""

from warta.ingest.html.parse import LONGEST, blocks, words

__all__ = ["LONGEST", "blocks", "words"]
