"""Holds what goes out as XML against its schema."""

from pathlib import Path

from lxml import etree


def hold(document: bytes, schema: str) -> etree._Element:
    """Return the root of a document that obeys a schema of this folder; fail with what it does not obey."""
    root = etree.fromstring(document)
    rules = etree.RelaxNG(etree.parse(Path(__file__).with_name(f"{schema}.rng")))
    assert rules.validate(root), rules.error_log
    return root
