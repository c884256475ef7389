"""Answers forms that lie (made-up ids and counts in hidden fields) with 400 instead of an error of ours.

Wagtail reads the hidden fields of its blocks and choosers before any validation, and trusts them. Nothing is written by
then. Remove when Wagtail refuses them itself.
"""

from collections.abc import Callable
from types import TracebackType
from typing import Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError

_READERS: Final = frozenset({"value_from_datadict", "get_value_data", "to_python", "bulk_to_python", "get_instance"})
_LIES: Final = (ValueError, KeyError, TypeError, AttributeError, MultiValueDictKeyError)


class LyingFormsMiddleware:
    """Turns an exception from reading a posted form's fields into 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Raise BadRequest where a field's own reader broke on a posted value; leave all else as it is."""
        if request.method == "POST" and isinstance(exception, _LIES) and _broke_in_reader(exception.__traceback__):
            raise BadRequest("a hidden field of the form holds what no browser sends") from exception


def _broke_in_reader(trace: TracebackType | None) -> bool:
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_name in _READERS and "wagtail" in code.co_filename:
            return True
        trace = trace.tb_next
    return False
