"""Reads pages as a text browser does, and as a machine does."""

from lxml import html

_BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "div", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "header", "li", "main", "nav", "ol", "p", "section", "table", "time", "tr", "ul",
}  # fmt: skip
_INLINE_TIME = {"dateline", "updated"}


def document(body: bytes) -> html.HtmlElement:
    return html.document_fromstring(body.decode())


def page_text(body: bytes, within: str = "//body") -> str:
    """Return what a browser without style sheet, script and pictures shows, one block a line."""
    parts: list[str] = []
    for element in document(body).xpath(within):
        _walk(element, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def links(body: bytes, within: str = "//body") -> list[str]:
    return [str(href) for href in document(body).xpath(f"{within}//a/@href")]


def _walk(element: html.HtmlElement, parts: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in {"script", "style"} or "hidden" in element.attrib:
        return
    parent = element.getparent()
    is_block = element.tag in _BLOCKS and not (
        element.tag == "time" and parent is not None and parent.get("class") in _INLINE_TIME
    )
    if is_block:
        parts.append("\n")
    if element.tag == "img" and element.get("alt"):
        parts.append(f"[{element.get('alt')}]")
    if element.tag in {"td", "th"}:
        parts.append(" ")
    parts.append((element.text or "").replace("\n", " "))
    for child in element:
        _walk(child, parts)
        parts.append((child.tail or "").replace("\n", " "))
    if is_block:
        parts.append("\n")
