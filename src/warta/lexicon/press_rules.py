"""The press rules as words and rules: corrections, the right of reply, unverified reports, withdrawal.

Source: UU 40/1999 tentang Pers, 1(11)-1(13), 5(2)-5(3); Kode Etik Jurnalistik, 10 and 11; Dewan Pers 1/2012 (Pedoman
Pemberitaan Media Siber), 2, 4 and 5.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo


class CorrectionKind(StrEnum):
    """Why an article is put right.

    ERRATUM (ralat): the paper found its own error and owns up to it, asked or not. CORRECTION (koreksi): somebody from
    outside, about whom it need not be, pointed out wrong information and is right.
    Source: UU 40/1999, 1(13) for the first, 1(12) for the second; Kode Etik Jurnalistik, 10 and 11.
    """

    ERRATUM = "erratum"
    CORRECTION = "correction"


class Seriousness(StrEnum):
    """How much an error weighs: a minor one is named at the article's foot, a serious one at its head too.

    Source: Kode Etik Jurnalistik, 10 and 11 (in proportion to what was wrong).
    """

    MINOR = "minor"
    SERIOUS = "serious"


class Ground(StrEnum):
    """On which grounds alone an article may be withdrawn.

    Source: Dewan Pers 1/2012, 5(a) for the first five, 5(b) for ORIGIN.
    """

    SARA = "sara"
    """It stirs up hatred by ethnicity, religion, race or group."""
    DECENCY = "decency"
    CHILD = "child"
    """The future of a child."""
    TRAUMA = "trauma"
    """What a victim has been through."""
    COUNCIL = "council"
    """Another special consideration that the Press Council has laid down."""
    ORIGIN = "origin"
    """The medium or agency that it was taken from has withdrawn it."""


REPLY_WORKING_DAYS: Final = 2
"""Days within which a reply is to be published, unless an editor sets another deadline. The rules say “as soon as
possible” and name no number; this one is ours."""
FOLLOW_UP_WITHIN: Final = timedelta(hours=24)
"""How long an unverified report may stand without a follow-up before the desk is reminded; ours as well."""
_SATURDAY: Final = 5


def reply_deadline(received_at: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant two working days later, at the same hour in a zone; Saturdays and Sundays do not count."""
    local = received_at.astimezone(zone)
    left = REPLY_WORKING_DAYS
    while left:
        local += timedelta(days=1)
        left -= local.weekday() < _SATURDAY
    return local
