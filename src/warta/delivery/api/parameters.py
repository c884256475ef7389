"""What a program may ask for: each parameter is read, and described, by what stands here alone."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

from warta.delivery.api.problems import ProblemError
from warta.lexicon.addresses import SLUG

_SLUG: Final = rf"^{SLUG}$"
_LONGEST_SLUG: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One value of a query, or with `is_in_path` of the path; a whole number where it has a `least` and a `most`."""

    name: str
    words: str
    pattern: str = ""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    longest: int = 0
    default: str | int | None = None
    is_in_path: bool = False
    is_needed: bool = False
    hint: str = ""
    """How it is written, for whoever wrote it otherwise."""

    @property
    def schema(self) -> dict[str, Any]:
        """Return its JSON schema."""
        told: dict[str, Any] = {"type": "integer" if self.most else "string"}
        bounds = {"minimum": self.least, "maximum": self.most} if self.most else {}
        longest = {"minLength": 1, "maxLength": self.longest} if self.longest else {}
        others = {"pattern": self.pattern, "enum": list(self.choices), "default": self.default}
        return told | bounds | longest | {name: value for name, value in others.items() if value not in ("", [], None)}

    def read(self, text: str) -> str | int:
        """Return the value that a text stands for.

        Raises: ProblemError.
        """
        if self.most:
            if not re.fullmatch(r"[0-9]{1,18}", text, re.ASCII) or not self.least <= int(text) <= self.most:
                raise self._damaged(f"a whole number from {self.least} to {self.most}")
            return int(text)
        if self.choices and text not in self.choices:
            raise self._damaged(f"one of {', '.join(self.choices)}")
        if self.longest and not 1 <= len(text) <= self.longest:
            raise self._damaged(f"1 to {self.longest} characters")
        if self.pattern and not re.fullmatch(self.pattern.strip("^$"), text, re.ASCII):
            raise self._damaged(self.hint or self.pattern)
        return text

    def _damaged(self, right: str) -> ProblemError:
        return ProblemError(400, f"{self.name} is not {right}. Write it so, or leave it out.", where=self.name)


def read(request: HttpRequest, path: Mapping[str, str], known: Iterable[Parameter]) -> dict[str, str | int | None]:
    """Return the value of every parameter, its default or None where it is not given.

    Raises: ProblemError for a value that is damaged, for what is given twice, and for what nobody knows.
    """
    parameters = {parameter.name: parameter for parameter in known}
    given = request.GET
    for name in given:
        if name not in parameters or parameters[name].is_in_path:
            allowed = ", ".join(name for name, parameter in parameters.items() if not parameter.is_in_path)
            words = f"this address takes {allowed}" if allowed else "this address takes none"
            raise ProblemError(400, f"{name[:40]!r} is no parameter: {words}.", where=name[:40])
        if len(given.getlist(name)) > 1:
            raise ProblemError(400, f"{name} is given more than once. Give it once.", where=name)
    return {name: _value(parameter, path if parameter.is_in_path else given) for name, parameter in parameters.items()}


def _value(parameter: Parameter, given: Mapping[str, str]) -> str | int | None:
    text = given.get(parameter.name)
    if text is not None:
        return parameter.read(text)
    if parameter.is_needed:
        raise ProblemError(400, f"{parameter.name} is missing: {parameter.words}", where=parameter.name)
    return parameter.default


LIMIT: Final = Parameter(name="limit", words="How many at most.", least=1, most=50, default=20)
CURSOR: Final = Parameter(
    name="cursor",
    words="Where the page before ended: follow `next`, and write none of your own.",
    pattern="^-?[0-9]{1,16}-[0-9]{1,18}$",
    hint="a place in this list. Follow `next`, or begin without it",
)
FORM: Final = Parameter(
    name="form",
    words="`json` is the paper's own form; `ninjs` is IPTC ninjs 3.1, for newsrooms.",
    choices=("json", "ninjs"),
    default="json",
)
ID: Final = Parameter(
    name="id", words="The article's number.", least=1, most=999_999_999_999_999_999, is_in_path=True, is_needed=True
)
SLUG_IN_PATH: Final = Parameter(
    name="slug",
    words="The last part of the address of its page.",
    pattern=_SLUG,
    longest=_LONGEST_SLUG,
    is_in_path=True,
    is_needed=True,
)
FRONT_CURSOR: Final = Parameter(
    name="cursor", words=CURSOR.words, pattern="^[0-9]{1,9}-[a-z0-9-]{1,50}$", hint=CURSOR.hint
)
SINCE: Final = Parameter(
    name="since",
    words="The number of the change after which to begin; 0 begins with the whole paper.",
    least=0,
    most=999_999_999_999_999_999,
    default=0,
)
QUERY: Final = Parameter(
    name="q",
    words="What to look for: `-word` leaves out, quotation marks make a phrase.",
    longest=200,
    is_needed=True,
)
ORDER: Final = Parameter(
    name="order", words="Newest first, or the best match first.", choices=("newest", "best"), default="newest"
)
SEARCH_CURSOR: Final = Parameter(
    name="cursor",
    words=f"{CURSOR.words} It says in which order it goes on.",
    pattern="^(?:[0-9]{1,12}-)?(?:[0-9]{1,18}|[1-3][0-9]{18}|4[0-5][0-9]{17})$",
    hint=CURSOR.hint,
)
FACETS: Final = tuple(
    Parameter(name=name, words=f"The slug of a {name}: what was found of it alone.", pattern=_SLUG, longest=80)
    for name in ("rubric", "channel", "person")
)
YEAR: Final = Parameter(name="year", words="The year of publication.", pattern="^[0-9]{4}$", hint="a year such as 2024")
