"""IPTC ninjs, the agencies' news items in JSON: versions 1, 2 and 3, in every spelling. `docs/contracts/ninjs.md`."""

from warta.ingest.formats.ninjs.item import parse

__all__ = ["parse"]
