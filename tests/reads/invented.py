"""An invented day of beacons, each labelled: people, their repeats, robots, prefetches, forgeries, a burst.

Seeded: the same seed gives the same log. Addresses are of the ranges that are for documents and for private networks.
Of people, two in three share an address of a telephone company with a dozen others, as in Indonesia; the others have an
address at home, or one of IPv6. Their browsers' names are as browsers send them: most telephones say no more than their
version, those within apps name the model.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from warta.lexicon import addresses
from warta.reads import tokens

DAY_S: Final = 1_777_852_800
"""Midnight (UTC) of the invented day, 4 May 2026."""
ARTICLES: Final = 400
TARGET: Final = ARTICLES + 1
"""The article that somebody wants to lift."""
_SHARES: Final = {
    "person": 0.63,
    "repeat": 0.15,
    "robot": 0.10,
    "prefetch": 0.04,
    "refused": 0.02,
    "forged": 0.04,
    "burst": 0.02,
}
"""How much of the log is what."""
_READS_EACH: Final = 2.6
_BEHIND_ONE: Final = 12
"""People of this paper behind one address of a telephone company."""
_ROBOTS: Final = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/148.0.0.0 Safari/537.36",
    "facebookexternalhit/1.1",
    "python-requests/2.32.3",
    "",
)
_CHROME: Final = "AppleWebKit/537.36 (KHTML, like Gecko)"


@dataclass(frozen=True, slots=True)
class Request:
    """One beacon as the gate gets it, what it is, and of people who it was and what they read."""

    now_s: float
    path: str
    headers: dict[str, str]
    remote: str
    label: str
    who: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Person:
    number: int
    address: str
    agent: str


def log(count: int, seed: int = 7) -> list[Request]:
    """Return the log of a day, in order of time."""
    chance = random.Random(seed)
    people = [_person(number, chance, count) for number in range(int(count * _SHARES["person"] / _READS_EACH))]
    made = [*_read(people, chance, int(count * _SHARES["person"]))]
    made += list(_repeats(made, chance, int(count * _SHARES["repeat"])))
    for label in ("robot", "prefetch", "refused", "forged", "burst"):
        made += [_other(label, chance, people) for _ in range(int(count * _SHARES[label]))]
    return sorted(made, key=lambda request: request.now_s)


def _person(number: int, chance: random.Random, count: int) -> _Person:
    place = chance.random()
    if place < 0.65:
        shared = chance.randrange(max(1, int(count * _SHARES["person"] / _READS_EACH * 0.65 / _BEHIND_ONE)))
        address = f"100.{64 + shared // 5000}.{shared // 20 % 250}.{shared % 20 + 1}"
    elif place < 0.9:
        home = number // 2  # two at home
        address = f"10.{home // 62500 % 250}.{home // 250 % 250}.{home % 250}"
    else:
        address = f"2001:db8:{number // 100:x}:{number % 100:x}::{chance.randrange(1, 9999):x}"
    return _Person(number, address, _agent(chance))


def _agent(chance: random.Random) -> str:
    kind, version = chance.random(), chance.choices((146, 147, 148, 149), (1, 2, 5, 4))[0]
    if kind < 0.4:
        return f"Mozilla/5.0 (Linux; Android 10; K) {_CHROME} Chrome/{version}.0.0.0 Mobile Safari/537.36"
    if kind < 0.78:
        model = f"Android {chance.randrange(10, 16)}; X{chance.randrange(300)}; wv"
        return f"Mozilla/5.0 (Linux; {model}) {_CHROME} Version/4.0 Chrome/{version}.0.{chance.randrange(4)}.9 Mobile"
    if kind < 0.9:
        system = f"iPhone; CPU iPhone OS {chance.randrange(16, 19)}_{chance.randrange(7)} like Mac OS X"
        return f"Mozilla/5.0 ({system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari/604.1"
    return f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Chrome/{version}.0.0.0 Safari/537.36"


def _read(people: list[_Person], chance: random.Random, count: int) -> Iterator[Request]:
    """Let people read: some articles draw many, one draws people who read nothing else."""
    weights = [1 / (rank + 4) for rank in range(ARTICLES)]
    seen: set[tuple[int, int]] = set()
    while len(seen) < count:
        person = chance.choice(people)
        article_id = 1 if person.number % 10 == 0 else chance.choices(range(1, ARTICLES + 1), weights)[0]
        if (person.number, article_id) in seen:
            article_id = chance.randrange(1, ARTICLES + 1)
        if (person.number, article_id) not in seen:
            seen.add((person.number, article_id))
            yield _request("person", person, article_id, _hour_of_reading(chance))


def _repeats(reads: list[Request], chance: random.Random, count: int) -> Iterator[Request]:
    for read in chance.choices(reads, k=count):
        later = min(DAY_S + 86_399.0, read.now_s + chance.choice((2, 60, 900, 7200)))
        path = addresses.read(_article(read), tokens.write(_article(read), later))
        yield Request(later, path, read.headers, read.remote, "repeat", read.who)


def _other(label: str, chance: random.Random, people: list[_Person]) -> Request:
    person = chance.choice(people)
    request = _request(label, person, chance.randrange(1, ARTICLES + 1), _hour_of_reading(chance))
    match label:
        case "robot":
            return _changed(request, remote=f"192.0.2.{chance.randrange(1, 250)}", agent=chance.choice(_ROBOTS))
        case "prefetch":
            return _changed(request, header=("sec-purpose", "prefetch;prerender"))
        case "refused":
            return _changed(request, header=chance.choice((("dnt", "1"), ("sec-gpc", "1"))))
        case "forged":
            token = chance.choice(
                ("A" * tokens.LENGTH, tokens.write(TARGET + 1, request.now_s), tokens.write(TARGET, 0))
            )
            return _changed(request, path=addresses.read(TARGET, token))
    path = addresses.read(TARGET, tokens.write(TARGET, request.now_s))
    return _changed(request, path=path, remote=f"198.51.100.{chance.randrange(1, 250)}", agent=_agent(chance))


def _request(label: str, person: _Person, article_id: int, at_s: float) -> Request:
    path = addresses.read(article_id, tokens.write(article_id, at_s))
    who = (person.number, article_id) if label == "person" else None
    return Request(at_s, path, {"user-agent": person.agent}, person.address, label, who)


def _changed(
    request: Request,
    *,
    path: str = "",
    remote: str = "",
    agent: str | None = None,
    header: tuple[str, str] | None = None,
) -> Request:
    headers = {
        **request.headers,
        **({"user-agent": agent} if agent is not None else {}),
        **dict([header] if header else []),
    }
    return Request(request.now_s, path or request.path, headers, remote or request.remote, request.label)


def _hour_of_reading(chance: random.Random) -> float:
    """Return an instant of the day: few read at night (17 to 22 UTC is night in Jakarta)."""
    hour = chance.choices(range(24), [5] * 10 + [7] * 6 + [3, 2, 1, 1, 1, 2, 4, 5])[0]
    return DAY_S + hour * 3600 + chance.random() * 3600


def _article(request: Request) -> int:
    return int(request.path.split("/")[2])
