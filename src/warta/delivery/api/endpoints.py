"""An address of the API: what it takes, what it answers. Routes and description are both made of these."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import SuspiciousOperation
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from warta.delivery import headers, shell, surrogates
from warta.delivery.api import answers, parameters, visitors
from warta.delivery.api.composing import ROOT, Composer
from warta.delivery.api.parameters import Parameter
from warta.delivery.api.problems import ProblemError
from warta.delivery.api.shapes import Withdrawn

_IN_PATH: Final = re.compile(r"\{(\w+)\}")
_READING: Final = ("GET", "HEAD")

_log: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class GoneError(Exception):
    """What is asked for was withdrawn."""

    withdrawn: Withdrawn
    keys: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: its shape, the names by which caches know it, where it goes on; `is_brief` is never given longer."""

    shape: Any
    keys: str = surrogates.LIVE
    next: str = ""
    is_brief: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its values, checked, and its instant."""

    path: str
    query: Mapping[str, str]
    values: Mapping[str, Any]
    now: datetime
    composer: Composer

    @property
    def is_ninjs(self) -> bool:
        """Tell whether articles are asked for as ninjs."""
        return bool(self.values.get("form") == "ninjs")

    def on(self, **changed: str | int) -> str:
        """Return the whole address of the same question with other values."""
        return f"{self.composer.site}{self.path}?{urlencode({**self.query, **changed})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address; `answer` are the types that it answers with 200, and what else it may answer with."""

    path: str
    name: str
    words: str
    view: Callable[[Asked], Given]
    answers: tuple[Any, ...]
    takes: tuple[Parameter, ...] = ()
    failures: tuple[int, ...] = ()
    is_search: bool = False

    @property
    def route(self) -> str:
        """Return the pattern of its addresses; what is within is read by the parameters."""
        pattern = _IN_PATH.sub(r"(?P<\1>[^/]+)", self.path.replace(".", r"\."))
        return rf"^{ROOT[1:]}{pattern}\Z"

    def __call__(self, request: HttpRequest, **path: str) -> HttpResponse:
        """Answer a request, whatever is wrong with it or with us."""
        try:
            response = self._answer(request, path)
        except GoneError as gone:
            words = "The article was withdrawn: drop what you kept of it."
            response = answers.problem(request, ProblemError(410, words), withdrawn=gone.withdrawn)
            headers.absent(response, gone.keys)
        except ProblemError as error:
            response = answers.problem(request, error)
        except SuspiciousOperation:
            response = answers.problem(request, ProblemError(400, "The request cannot be read. Shorten its query."))
        except Error:
            _log.warning("%s: the database does not answer", request.path_info[:200], exc_info=True)
            words = "The paper's storage does not answer just now. Try again in a few seconds."
            response = answers.problem(request, ProblemError(503, words, headers={"Retry-After": "5"}))
        except Exception:  # noqa: BLE001 — it is logged, and the one who asks is told
            _log.exception("%s could not be answered", request.path_info[:200])
            words = "Something broke on our side, and it has been noted."
            response = answers.problem(request, ProblemError(500, words))
        return answers.private(response) if visitors.has_key(request) else response

    def _answer(self, request: HttpRequest, path: Mapping[str, str]) -> HttpResponse:
        if request.method not in _READING:
            raise ProblemError(405, "The API is read-only: ask with GET.", headers={"Allow": ", ".join(_READING)})
        now = timezone.now()
        visitor, standings = visitors.admit(request, is_search=self.is_search, now=now)
        values = parameters.read(request, path, self.takes)
        composer = Composer(shell.bare(), has_text=visitor.has_text)
        given = self.view(Asked(request.path_info, request.GET.dict(), values, now, composer))
        response = answers.written(request, given.shape, next_=given.next)
        visitors.tell(response, request, standings)
        return headers.searched(response) if given.is_brief else headers.live(response, given.keys)
