"""Invents articles by number, as many as are wanted: a number gives the same article whatever is invented beside it.

Their old site was one on which `/?p=7` was the article of number 7, and `/2019/05/words-7/` too.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Final

from warta.ingest.demo import vocabulary
from warta.ingest.demo.staff import STAFF
from warta.ingest.demo.vocabulary import Language, Words, pick
from warta.lexicon import addresses, zones
from warta.lexicon.copy import (
    BlockCopy,
    Copy,
    EmbedCopy,
    HeadingCopy,
    ParagraphCopy,
    QuoteCopy,
    Role,
    TableCopy,
)

_FIRST_DAY: Final = date(1999, 1, 1)
_REPORTERS: Final = tuple(person.name for person in STAFF if person.role.startswith("Reporter"))
_EDITORS: Final = {person.initials: person.name for person in STAFF if person.role == "Editor"}
_FEWEST_WORDS: Final = 265
_SPREAD_WORDS: Final = 180


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is settled of an article before its text: enough to link to it."""

    number: int
    chance: random.Random
    lang: str
    rubric: str
    place: str
    zone: str
    day: date
    at: datetime
    words: Words
    headline: str

    @property
    def old_address(self) -> str:
        """Its address on the old site, by month and words; the number keeps it apart from its namesakes."""
        return f"/{self.day:%Y/%m}/{addresses.slug(self.headline)}-{self.number}/"


def copies(first: int, count: int, now: datetime) -> Iterator[Copy]:
    """Invent `count` articles, the numbers from `first` (at least 1) on; none is dated later than the day before `now`.

    The dates of a few move on with the day of `now`, those of earlier years only with its year.
    """
    today = now.astimezone(UTC).date()
    for number in range(first, first + count):
        yield _copy(_facts(number, today), today)


def _copy(facts: _Facts, today: date) -> Copy:
    chance, words = facts.chance, facts.words
    language, shared = vocabulary.language(facts.lang), vocabulary.shared()
    rubric = language.rubrics[facts.rubric]
    pool = chance.sample(rubric.sentences + language.sentences, len(rubric.sentences) + len(language.sentences))
    kind = chance.random()
    channel = "opini" if kind < 0.1 else "video" if kind < 0.12 else "berita"
    initials = shared.editors[facts.rubric]
    names = chance.sample(_REPORTERS, 2 if chance.random() < 0.15 else 1)
    by: list[tuple[str, Role]] = [*((name, "reporter") for name in names), (_EDITORS[initials], "editor")]
    is_updated = chance.random() < 0.02
    return Copy(
        uri=f"demo:many-{facts.number}",
        headline=facts.headline,
        standfirst=words.fill(pool.pop()),
        lang=facts.lang,
        channel=channel,
        rubric=facts.rubric,
        topics=_chosen_topics(facts),
        place=facts.place,
        zone=facts.zone,
        by=tuple(by),
        initials=initials,
        first_published_at=facts.at,
        updated_at=facts.at + timedelta(minutes=20 + int(chance.random() * 380)) if is_updated else None,
        old_addresses=(f"/?p={facts.number}", facts.old_address),
        body=tuple(_body(facts, pool, today, has_video=channel == "video" or chance.random() < 0.015)),
    )


def _facts(number: int, today: date) -> _Facts:
    chance, place, zone, day, at = _dated(number, today)
    lang = "en" if chance.random() < 0.1 else "id"
    language, shared = vocabulary.language(lang), vocabulary.shared()
    name = pick(chance, vocabulary.rubrics())
    rubric = language.rubrics[name]
    elsewhere = [pick(chance, vocabulary.places())[0] for _ in range(2)]
    fixed = {
        "place": place,
        "elsewhere": elsewhere[0] if elsewhere[0] != place else elsewhere[1],
        "village": pick(chance, shared.village_starts) + pick(chance, shared.village_ends),
        "matter": pick(chance, rubric.matters),
        "body": pick(chance, rubric.bodies),
        "official": pick(chance, rubric.officials),
        "name": vocabulary.person(chance),
        "other": vocabulary.person(chance),
        "folk": pick(chance, rubric.folk),
        "day": f"{language.days[day.weekday()]} ({day.day}/{day.month}/{day.year})",
        "month": language.months[day.month % 12],
        "year": str(day.year + day.month // 12),
        "before": str(day.year - 1),
    }
    words = Words(language, rubric, chance, fixed)
    headline = _titled(words.fill(pick(chance, rubric.headlines)), language.small)
    return _Facts(number, chance, lang, name, place, zone, day, at, words, headline)


def _dated(number: int, today: date) -> tuple[random.Random, str, str, date, datetime]:
    """Return what an article's number gives first: its chances, place, zone, day and instant."""
    chance = random.Random(number)
    place, zone = pick(chance, vocabulary.places())
    day = _day(chance, today)
    hour, minute = pick(chance, vocabulary.hours()), int(chance.random() * 60)
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zones.zone(zone)).astimezone(UTC)
    return chance, place, zone, day, at


def _day(chance: random.Random, today: date) -> date:
    """Return a day before today: one in seven this year, the others before it, more in later years.

    Days of earlier years do not move on with today, so that what was filed yesterday is not filed anew.
    """
    new_year = today.replace(month=1, day=1)
    if chance.random() < 1 / 7:
        return today - timedelta(days=1 + int(chance.random() * max((today - new_year).days, 28)))
    return new_year - timedelta(days=1 + int(chance.random() ** 1.5 * (new_year - _FIRST_DAY).days))


def _body(facts: _Facts, pool: list[str], today: date, *, has_video: bool) -> Iterator[BlockCopy]:
    """Return paragraphs until there are enough words, headings and quotes between them, and what comes rarely."""
    chance, words, language = facts.chance, facts.words, vocabulary.language(facts.lang)
    quotes, headings = chance.sample(language.quotes, 5), chance.sample(language.headings, 4)
    speakers = {
        words["name"]: f"{words['name']}, {language.role.format_map(words)}",
        words["other"]: f"{words['other']}, {language.resident.format_map(words)}",
    }
    wanted = _FEWEST_WORDS + int(chance.random() * _SPREAD_WORDS)
    text = f"{words.fill(pick(chance, language.rubrics[facts.rubric].leads))} {words.fill(pool.pop())}"
    yield ParagraphCopy(f"<p>{text}</p>")
    count, since_heading = text.count(" "), 0
    while count < wanted and len(pool) > 2:
        if since_heading > 2 and headings and chance.random() < 0.4:
            yield HeadingCopy(words.fill(headings.pop()))
            since_heading = 0
        elif since_heading and quotes and chance.random() < 0.15:
            said = words.fill(quotes.pop())
            yield QuoteCopy(said, _speaker(words, speakers))
            count += said.count(" ")
        if quotes and chance.random() < 0.25:
            said = words.fill(quotes.pop())
            told = {"quote": said, "who": _speaker(words, speakers), "place": facts.place}
            text = f"{pick(chance, language.said).format_map(told)} {words.fill(pool.pop())}"
        else:
            text = " ".join([words.fill(pool.pop()) for _ in range(2 + int(chance.random() * 2))])
        yield ParagraphCopy(f"<p>{text}</p>")
        count, since_heading = count + text.count(" "), since_heading + 1
    yield from _extras(facts, language, today, has_video=has_video)
    yield ParagraphCopy(f"<p>{words.fill(pick(chance, language.closings))}</p>")


def _speaker(words: Words, speakers: dict[str, str]) -> str:
    """Return one of the two who speak, with what they are the first time."""
    name = words["name"] if words.chance.random() < 0.6 else words["other"]
    return speakers.pop(name, name)


def _extras(facts: _Facts, language: Language, today: date, *, has_video: bool) -> Iterator[BlockCopy]:
    """Return what not every article has: a link to an earlier one by its old address, a table, a video."""
    chance, words = facts.chance, facts.words
    if chance.random() < 0.225 and (earlier := _earlier(facts, today)):
        link = f"/?p={earlier.number}" if chance.random() < 0.6 else earlier.old_address
        told = {"link": link, "linked": escape(earlier.headline, quote=False)}
        yield ParagraphCopy(f"<p>{pick(chance, language.see_also).format_map(told)}</p>")
    if chance.random() < 0.02:
        rows = tuple((pick(chance, vocabulary.places())[0], words["many"], words["many"]) for _ in range(4))
        yield TableCopy(head=language.table_head, rows=rows, caption=words.fill(language.table_caption))
    if has_video:
        yield EmbedCopy(f"https://video.example/nusa-pagi/{facts.number}", words.fill(language.video_title))


def _earlier(facts: _Facts, today: date) -> _Facts | None:
    """Return an article of a lower number and an earlier day; None when a few tries found none."""
    for _ in range(8 if facts.number > 1 else 0):
        number = 1 + int(facts.chance.random() * (facts.number - 1))
        if _dated(number, today)[-1] < facts.at:
            return _facts(number, today)
    return None


def _chosen_topics(facts: _Facts) -> tuple[str, ...]:
    """Return one to three topics, of which the first of each list are chosen by far the most often (Zipf)."""
    chance = facts.chance
    known, invented = vocabulary.topics(facts.rubric)
    chosen = [known[int(len(known) ** chance.random()) - 1]]
    chosen += [invented[int(len(invented) ** chance.random()) - 1] for _ in range(int(chance.random() * 3))]
    return tuple(dict.fromkeys(chosen))


def _titled(words: str, small: frozenset[str]) -> str:
    """Return a headline with capital letters, but for small words."""
    return " ".join([word if word in small else word[0].upper() + word[1:] for word in words.split(" ")])
