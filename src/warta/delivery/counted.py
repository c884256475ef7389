"""How readers are counted, in words for readers: one for every rule of the sieve, one for all that is kept."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from warta.reads import crowds, lists, ranking, rolling, sieve, tokens
from warta.reads.floors import FLOOR
from warta.reads.sieve import Rule

RULES: Final[dict[Rule, str | Promise]] = {
    Rule.NAMELESS: pgettext_lazy("reader", "Programs that do not say what they are."),
    Rule.ROBOT: pgettext_lazy("reader", "Robots that say so: search engines, previews, monitors, tools."),
    Rule.PREFETCH: pgettext_lazy("reader", "Pages that a browser fetched or prepared ahead and nobody has seen."),
    Rule.FOREIGN: pgettext_lazy("reader", "Calls that the page of another site made."),
    Rule.REFUSED: pgettext_lazy(
        "reader", "Readers whose browser asks not to be tracked (DNT, Global Privacy Control)."
    ),
    Rule.FORGED: pgettext_lazy("reader", "Calls without the sign that the article's page was given, or with another."),
    Rule.EXPIRED: pgettext_lazy("reader", "Calls with a sign that is too old."),
    Rule.TOO_FAST: pgettext_lazy("reader", "One reader who opens more articles in a second than anybody can."),
    Rule.FULL: pgettext_lazy("reader", "What could not be kept in memory until it was written."),
    Rule.LATE: pgettext_lazy("reader", "What could not be written before the secret of its day was thrown away."),
    Rule.UNSEEN: pgettext_lazy("reader", "Articles that cannot be seen any more."),
    Rule.REPEAT: pgettext_lazy("reader", "The same reader of the same article within an hour."),
    Rule.CROWD: pgettext_lazy("reader", "More readers of one article from one address than it reads others."),
    Rule.BURST: pgettext_lazy("reader", "The same from one network of addresses, such as a data centre's."),
    Rule.UNREAD: pgettext_lazy("reader", "The end of a visit that was not counted as a read."),
}
"""What does not count, by rule; whatever breaks none of them is stored."""

KEPT: Final[tuple[tuple[str | Promise, str | Promise], ...]] = (
    (
        pgettext_lazy("reader", "A reader, as a number made of address, browser name and a secret of the day"),
        pgettext_lazy("reader", "until an hour after the day (UTC); the secret goes first"),
    ),
    (
        pgettext_lazy("reader", "How many read an article in an hour"),
        pgettext_lazy("reader", "8 days; then summed up as days, after a year as months"),
    ),
    (
        pgettext_lazy("reader", "How many visits of an article were how long and came how far"),
        pgettext_lazy("reader", "31 days"),
    ),
    (
        pgettext_lazy("reader", "How many of all readers came from where (five kinds), on what (three kinds)"),
        pgettext_lazy("reader", "31 days"),
    ),
    (pgettext_lazy("reader", "How many calls each rule dropped"), pgettext_lazy("reader", "31 days")),
    (pgettext_lazy("reader", "Addresses, browser names, cookies"), pgettext_lazy("reader", "never")),
)
"""What is kept, and for how long: `tests/delivery/test_popular.py` holds it to `reads.rolling`."""

NUMBERS: Final = {
    "seconds": sieve.READ_AFTER_S,
    "floor": FLOOR,
    "good_hours": tokens.GOOD_HOURS,
    "fastest": sieve.FASTEST,
    "address_free": crowds.ADDRESS_FREE,
    "network_free": crowds.NETWORK_FREE,
    "per_article": crowds.PER_ARTICLE,
    "rising": int(ranking.RISING),
    "rising_floor": ranking.RISING_FLOOR,
    "deep_floor": ranking.DEEP_FLOOR,
    "oldest_minutes": int(lists.OLDEST.total_seconds()) // 60,
    "kept_days": rolling.KEPT_DAYS,
}
"""The figures of the rules in force."""


def _said(*sentences: Any) -> tuple[str | Promise, ...]:
    """Return sentences with the figures of the rules in force, in the language of the page that shows them."""
    return tuple(format_lazy(sentence, **NUMBERS) for sentence in sentences)


TEXTS: Final[dict[str, tuple[str | Promise, ...]]] = {
    "introduced": _said(
        pgettext_lazy("reader", "We count on our own server how often articles are read."),
        pgettext_lazy(
            "reader", "There is no cookie, nothing is kept in your browser to count you, and nobody else is told."
        ),
        pgettext_lazy("reader", "Nobody can be found again in what we keep."),
    ),
    "counted": _said(
        pgettext_lazy("reader", "An article counts once it has been visible on a screen for {seconds} seconds in all."),
        pgettext_lazy("reader", "Its page then says so to our server, with the name of the site that you came from."),
        pgettext_lazy("reader", "Of that we keep the kind: search, social network, our own pages, none, another."),
        pgettext_lazy(
            "reader", "When you leave, it says once how long you were at it and how far you came, in five steps each."
        ),
    ),
    "readers": _said(
        pgettext_lazy("reader", "A reader is an address and the name of a browser, joined with a secret of the day."),
        pgettext_lazy("reader", "Each reader counts once an hour for an article, and as one reader a day."),
    ),
    "refused": _said(
        pgettext_lazy(
            "reader", "If your browser asks not to be tracked, the page says nothing and nothing is counted."
        ),
        pgettext_lazy("reader", "Without JavaScript likewise."),
    ),
    "bounds": _said(
        pgettext_lazy("reader", "The sign that a page carries is good for its hour and {good_hours} more."),
        pgettext_lazy("reader", "One reader may open {fastest} articles in a second."),
        pgettext_lazy(
            "reader", "An address may bring {address_free} reader of an article, a network of addresses {network_free}."
        ),
        pgettext_lazy(
            "reader", "For every other article that was read from there on that day it may bring {per_article} more."
        ),
        pgettext_lazy(
            "reader", "So people who share the address of a telephone company count, for they read many things."
        ),
        pgettext_lazy("reader", "A machine that wants to lift one article does not."),
    ),
    "listed": _said(
        pgettext_lazy("reader", "The most read are ordered by readers in the last 24 hours, 7 days and 30 days."),
        pgettext_lazy("reader", "What fewer than {floor} people have read is in no list."),
        pgettext_lazy("reader", "Rising is what is read at least {rising} times as fast as in its own hours before."),
        pgettext_lazy("reader", "It takes {rising_floor} people in the hour that runs and the one before."),
        pgettext_lazy(
            "reader", "Read to the end is what most visitors stayed with to the last quarter, of at least {deep_floor}."
        ),
    ),
    "left_out": _said(
        pgettext_lazy("reader", "Withdrawn articles are in no list."),
        pgettext_lazy(
            "reader", "An editor may take an article out for a reason, which is kept; nobody can put one in."
        ),
    ),
    "unknown": _said(
        pgettext_lazy("reader", "Two people with the same browser behind one address are one reader to us."),
        pgettext_lazy("reader", "Somebody who comes back on another day is a new one."),
        pgettext_lazy("reader", "A robot that looks like a browser, waits and reads many different things is counted."),
        pgettext_lazy("reader", "The figures are good for an order, not for a bill."),
    ),
}
"""What the page says besides, paragraph by paragraph."""
