"""Holds what goes out as XML, and JSON feeds, against their schemas."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
from lxml import etree

from tests.node import nu, program

_JING = "nu.validator.vendor.thaiopensource.relaxng.util.Driver"
"""Jing, the reference for RELAX NG, as the Nu Html Checker has it within."""

_JSON_FEED = jsonschema_rs.validator_for(
    json.loads(Path(__file__).with_name("jsonfeed-1.1.json").read_text()), validate_formats=True
)


def hold_json(document: bytes) -> dict[str, Any]:
    """Return what a JSON feed says that obeys version 1.1; fail with what it does not obey."""
    told: dict[str, Any] = json.loads(document)
    _JSON_FEED.validate(told)
    ids = [item["id"] for item in told["items"]]
    assert len(ids) == len(set(ids)), "an id stands in it twice"
    return told


def hold(document: bytes, schema: str) -> etree._Element:
    """Return the root of a document that obeys a schema of this folder; fail with what it does not obey."""
    root = etree.fromstring(document)
    rules = etree.RelaxNG(etree.parse(_schema(schema)))
    assert rules.validate(root), rules.error_log
    return root


def complaints(documents: Mapping[str, bytes], schema: str, folder: Path) -> list[str]:
    """Return what Jing says against documents, by their names, after a schema of this folder."""
    names = {}
    for number, (name, document) in enumerate(documents.items()):
        file = folder / f"{schema}-{number}.xml"
        file.write_bytes(document)
        names[str(file)] = name
    java = [program("java"), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", str(nu()), _JING]
    done = subprocess.run([*java, str(_schema(schema)), *names], capture_output=True, text=True, timeout=120)
    assert not done.stderr, done.stderr
    lines = [line.partition(":") for line in done.stdout.splitlines()]
    return [f"{names[file]}:{words}" for file, _, words in lines]


def _schema(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.rng")
