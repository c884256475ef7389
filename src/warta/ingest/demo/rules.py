"""What the press rules have done to the invented paper: two corrections, an unverified report, a reply that waits."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from warta.lexicon.press_rules import CorrectionKind, Seriousness
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.reading import Article, Correction, rules


class Mended(NamedTuple):
    """One invented correction of the article with a key."""

    key: str
    kind: CorrectionKind
    seriousness: Seriousness
    wrong: str
    right: str


_CORRECTIONS: Final = (
    Mended(
        "putusan-kartel-pakan",
        CorrectionKind.CORRECTION,
        Seriousness.SERIOUS,
        "Judul dan alinea pertama semula menyebut total denda Rp 16 miliar.",
        "Total denda bagi keempat produsen adalah Rp 61 miliar.",
    ),
    Mended(
        "rupiah-menguat-tipis",
        CorrectionKind.ERRATUM,
        Seriousness.MINOR,
        "Penguatan rupiah semula ditulis 24 poin.",
        "Rupiah menguat 42 poin pada pembukaan perdagangan.",
    ),
)
_UNVERIFIED: Final = (
    "antrean-peti-kemas-surabaya",
    "Lama antrean menurut sopir belum dikonfirmasi otoritas pelabuhan; redaksi masih meminta datanya.",
)
_REPLY: Final = (
    "singkong-lampung-rafaksi",
    "Paguyuban Pabrik Tapioka Lampung",
    "Angka potongan 32 persen tidak pernah terjadi di pabrik anggota kami.",
)


def apply(made: list[Article], *, by: Any, now: datetime) -> None:
    """Apply the rules to articles that were just made; what was said already is not said twice."""
    found = {(article.uri or "").removeprefix("demo:"): article for article in made}
    for one in _CORRECTIONS:
        article = found.get(one.key)
        if article is not None and not rules(article).corrections:
            words = {"kind": one.kind, "seriousness": one.seriousness, "wrong": one.wrong, "right": one.right}
            correct(Correction(article=article, **words), by=by, now=now)
    report = found.get(_UNVERIFIED[0])
    if report is not None and rules(report).notice is None:
        mark_unverified(report, by=by, now=now, words=_UNVERIFIED[1])
    key, party, words_ = _REPLY
    answered = found.get(key)
    if answered is not None and not answered.replies.exists():
        receive_reply(answered, by=by, now=now, party=party, words=words_, received_at=now - timedelta(days=1))
