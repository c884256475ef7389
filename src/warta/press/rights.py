"""What a picture says of itself wherever it is copied to: who made it, whom to credit, and what may be done with it.

Source: IPTC Photo Metadata Standard 2024.1 (Creator, Credit Line, Copyright Notice, Rights Usage Terms, Web Statement
of Rights) as XMP (ISO 16684-1); search engines read the same five beside a picture.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from warta.newsroom.reading import Photo

MOST_BYTES: Final = 900
"""Of one packet: every picture carries it, the smallest too."""
_CUTS: Final = ((200, 400), (200, 100), (200, 50), (200, 0), (100, 0), (50, 0), (20, 0), (8, 0))
"""Characters to which each word, and the usage terms, are cut until the packet fits."""
_META: Final = "adobe:ns:meta/"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"
_RIGHTS: Final = "http://ns.adobe.com/xap/1.0/rights/"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not (2.2, Char)."""

for _prefix, _address in (("x", _META), ("rdf", _RDF), ("dc", _DC), ("photoshop", _PHOTOSHOP), ("xmpRights", _RIGHTS)):
    register_namespace(_prefix, _address)


def packet(photo: Photo) -> bytes:
    """Return the XMP of a photo's pictures, at most `MOST_BYTES`; empty when nothing is known of its rights."""
    words = {
        name: _FORBIDDEN.sub("", getattr(photo, name)).strip()
        for name in ("creator", "credit", "copyright_notice", "usage_terms", "licence")
    }
    if not any(words.values()):
        return b""
    made = b""
    for longest, longest_terms in _CUTS:
        cuts = {"usage_terms": longest_terms, "licence": longest * 2}
        made = _packet({name: _cut(name, said, cuts.get(name, longest)) for name, said in words.items()})
        if len(made) <= MOST_BYTES:
            break
    return made


def _cut(name: str, words: str, longest: int) -> str:
    if len(words) <= longest:
        return words
    is_kept = longest and name != "licence"  # half an address leads nowhere
    return f"{words[: longest - 1].rstrip()}…" if is_kept else ""


def _packet(words: dict[str, str]) -> bytes:
    root = Element(f"{{{_META}}}xmpmeta")
    about = SubElement(SubElement(root, f"{{{_RDF}}}RDF"), f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    if words["credit"]:
        about.set(f"{{{_PHOTOSHOP}}}Credit", words["credit"])
    if words["licence"]:
        about.set(f"{{{_RIGHTS}}}WebStatement", words["licence"])
    if words["creator"]:
        _item(about, f"{{{_DC}}}creator", "Seq").text = words["creator"]
    for name, key in (("copyright_notice", f"{{{_DC}}}rights"), ("usage_terms", f"{{{_RIGHTS}}}UsageTerms")):
        if words[name]:
            item = _item(about, key, "Alt")
            item.set(f"{{{_XML}}}lang", "x-default")
            item.text = words[name]
    return tostring(root, encoding="utf-8")


def _item(about: Element, key: str, kind: str) -> Element:
    return SubElement(SubElement(SubElement(about, key), f"{{{_RDF}}}{kind}"), f"{{{_RDF}}}li")
