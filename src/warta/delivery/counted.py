"""How readers are counted, in words for readers: one for every rule of the sieve, one for all that is kept."""

from typing import Final

from django.utils.functional import Promise
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
