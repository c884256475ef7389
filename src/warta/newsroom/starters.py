"""Lets Wagtail's admin run under a policy that forbids inline script.

Wagtail 8 starts choosers, date fields and inline panels by small inline scripts of a few known shapes. This middleware
turns each into data (`<script type="application/json" data-start="ImageChooser">`); `newsroom/start.js` starts them. A
script of any other shape stays as it is, and the policy stops it. Remove when Wagtail needs no inline script
(wagtail issue 1288).
"""

import json
import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_CALL: Final = re.compile(
    r"<script>\s*(?:new\s+)?(?P<name>[A-Z]\w*Chooser|init(?:Date|Time|DateTime)Chooser)\((?P<args>[^\n]*)\);\s*</script>"
)
_PANEL: Final = re.compile(
    r"<script>\s*\(function\(\) \{\s*var panel = new InlinePanel\(JSON\.parse\((?P<text>\"[^\n]*\")\)\);\s*"
    r"\}\)\(\);\s*</script>"
)


def as_data(html: str) -> str:
    """Return HTML in which inline scripts of known shape are data; all else is unchanged."""
    html = _CALL.sub(lambda found: _data(found[0], found["name"], f"[{found['args']}]"), html)
    return _PANEL.sub(lambda found: _panel(found[0], found["text"]), html)


class StartersMiddleware:
    """Applies `as_data` to every HTML answer of the newsroom that is not streamed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        response = self.get_response(request)
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        if is_html and isinstance(response, HttpResponse) and b"<script>" in response.content:
            response.content = as_data(response.content.decode(response.charset)).encode(response.charset)
        return response


def _panel(whole: str, text: str) -> str:
    try:
        return _data(whole, "InlinePanel", f"[{json.loads(text)}]")
    except ValueError:
        return whole


def _data(whole: str, name: str, args: str) -> str:
    try:
        values = json.dumps(json.loads(args)).replace("<", "\\u003c")
    except ValueError:
        return whole
    return f'<script type="application/json" data-start="{name}">{values}</script>'
