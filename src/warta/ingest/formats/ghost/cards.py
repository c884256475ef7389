"""Writes Ghost's cards (picture, gallery, bookmark, video …) as HTML; both of its editors share most of them.

Source: Ghost, `koenig-lexical/kg-default-nodes` and `kg-default-cards`: names and fields of the cards.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Final

from warta.ingest.formats.ninjs.fields import clean, short


class UnwrittenError(ValueError):
    """The document is none that can be written as HTML; the message says why."""


Payload = Mapping[str, object]
Lose = Callable[[str], None]

_MOST_PICTURES: Final = 100


def written(name: str, payload: Payload, lose: Lose) -> str:
    """Return a card as HTML, and tell `lose` what of it cannot be carried."""
    if _is_hidden(payload):
        lose(f"{name}: is not shown to every reader of the web, left out")
        return ""
    card = _CARDS.get(name)
    if card is None:
        lose(f"{name if name in _LOST else 'card'}: {_LOST.get(name) or short(name)}")
        return ""
    return card(payload, lose)


def text(payload: Payload, *names: str) -> str:
    """Return the first of these fields that holds text, else nothing."""
    return next((value for name in names if isinstance(value := payload.get(name), str) and value.strip()), "")


def _plain(payload: Payload, *names: str) -> str:
    return escape(text(payload, *names))


def _is_hidden(payload: Payload) -> bool:
    """Tell whether a card is for members or mails only: what all may not see must not appear to all."""
    shown = payload.get("visibility")
    web = shown.get("web") if isinstance(shown, Mapping) else None
    return isinstance(web, Mapping) and web.get("nonMember") is False


def _figure(inner: str, caption: str) -> str:
    return f"<figure>{inner}<figcaption>{caption}</figcaption></figure>" if caption else f"<figure>{inner}</figure>"


def _linked(address: str, words: str) -> str:
    return f'<p><a href="{address}">{words or address}</a></p>' if address else ""


def _img(payload: Payload, *names: str) -> str:
    return f'<img src="{_plain(payload, *names)}" alt="{_plain(payload, "alt")}">'


def _image(payload: Payload, lose: Lose) -> str:
    if href := text(payload, "href"):
        lose(f"link: of a picture, {href}")
    return _figure(_img(payload, "src"), text(payload, "caption"))


def _gallery(payload: Payload, lose: Lose) -> str:
    pictures = payload.get("images")
    parts = [part for part in pictures if isinstance(part, Mapping)] if isinstance(pictures, list) else []
    if len(parts) > _MOST_PICTURES:
        lose(f"gallery: {len(parts) - _MOST_PICTURES:,} of its {len(parts):,} pictures")
    own = "".join(_figure(_img(part, "src"), text(part, "caption")) for part in parts[:_MOST_PICTURES])
    caption = text(payload, "caption")
    return own if not caption else _figure("".join(_img(part, "src") for part in parts[:_MOST_PICTURES]), caption)


def _bookmark(payload: Payload, _: Lose) -> str:
    metadata = payload.get("metadata")
    said = metadata if isinstance(metadata, Mapping) else payload
    address = _plain(payload, "url") or _plain(said, "url")
    about = " — ".join(part for part in (_plain(said, "description"), _plain(said, "publisher")) if part)
    whole = _linked(address, _plain(said, "title"))
    return f"{whole}{_paragraph(about)}{_paragraph(text(payload, 'caption'))}"


def _embed(payload: Payload, lose: Lose) -> str:
    metadata = payload.get("metadata")
    title = _plain(metadata if isinstance(metadata, Mapping) else {}, "title")
    address, inner = _plain(payload, "url"), text(payload, "html")
    if not address and not inner:
        lose("embed: without an address")
    return _figure(f'<iframe src="{address}" title="{title}"></iframe>' if address else inner, text(payload, "caption"))


def _paragraph(inner: str) -> str:
    return f"<p>{inner}</p>" if inner else ""


def _html(payload: Payload, _: Lose) -> str:
    return text(payload, "html")


def _markdown(payload: Payload, lose: Lose) -> str:
    source = text(payload, "markdown").replace("\r", "")
    lose("markdown: its marks stand in the text, for the export holds no HTML of it")
    return "".join(f"<p>{escape(part)}</p>" for part in source.split("\n\n"))


def _callout(payload: Payload, _: Lose) -> str:
    return _paragraph(f"{_plain(payload, 'calloutEmoji')} {text(payload, 'calloutText', 'textValue')}".strip())


def _toggle(payload: Payload, _: Lose) -> str:
    return f"<h4>{text(payload, 'heading')}</h4><div>{text(payload, 'content')}</div>"


def _button(payload: Payload, _: Lose) -> str:
    return _linked(_plain(payload, "buttonUrl"), _plain(payload, "buttonText"))


def _code(payload: Payload, _: Lose) -> str:
    return f"<pre>{_plain(payload, 'code')}</pre>{_paragraph(text(payload, 'caption'))}"


def _video(payload: Payload, _: Lose) -> str:
    return _figure(f'<video src="{_plain(payload, "src")}"></video>', text(payload, "caption"))


def _audio(payload: Payload, _: Lose) -> str:
    return _figure(
        f'<audio src="{_plain(payload, "src")}" title="{_plain(payload, "title")}"></audio>', text(payload, "caption")
    )


def _file(payload: Payload, lose: Lose) -> str:
    lose(f"file: {text(payload, 'src') or 'without an address'}")
    whole = _linked(_plain(payload, "src"), _plain(payload, "fileTitle", "fileName"))
    return f"{whole}{_paragraph(_plain(payload, 'fileCaption'))}"


def _header(payload: Payload, lose: Lose) -> str:
    if picture := text(payload, "backgroundImageSrc"):
        lose(f"picture: {picture} was the ground of a header")
    head = f"<h2>{text(payload, 'header', 'heading')}</h2>{_paragraph(text(payload, 'subheader', 'subheading'))}"
    return f"{head}{_button(payload, lose)}"


def _product(payload: Payload, lose: Lose) -> str:
    if payload.get("productRatingEnabled") is True:
        lose(f"rating: {short(str(payload.get('productStarRating')), 10)} stars of a product")
    picture = f"<figure>{_img(payload, 'productImageSrc')}</figure>" if text(payload, "productImageSrc") else ""
    link = _linked(_plain(payload, "productUrl"), _plain(payload, "productButton"))
    return f"{picture}<h4>{text(payload, 'productTitle')}</h4><div>{text(payload, 'productDescription')}</div>{link}"


def _call(payload: Payload, lose: Lose) -> str:
    picture = f"<figure>{_img(payload, 'imageUrl')}</figure>" if text(payload, "imageUrl") else ""
    return f"{picture}{_callout(payload, lose)}{_button(payload, lose)}"


def _rule(_: Payload, __: Lose) -> str:
    return "<hr>"


_CARDS: Final[Mapping[str, Callable[[Payload, Lose], str]]] = {
    "image": _image, "gallery": _gallery, "bookmark": _bookmark, "embed": _embed, "html": _html,
    "markdown": _markdown, "card-markdown": _markdown, "callout": _callout, "toggle": _toggle, "button": _button,
    "codeblock": _code, "code": _code, "video": _video, "audio": _audio, "file": _file, "header": _header,
    "product": _product, "call-to-action": _call, "horizontalrule": _rule, "hr": _rule,
}  # fmt: skip
_LOST: Final = {
    "paywall": "what follows was for members only, and is now for all",
    "email": "words that stood in the mail only",
    "email-cta": "words that stood in the mail only",
    "signup": "a form to sign up",
}  # fmt: skip


def cleaned(words: str) -> str:
    """Return text of a post as HTML, without what no database takes."""
    return escape(clean(words), quote=False)
