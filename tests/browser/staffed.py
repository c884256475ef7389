"""Fills a paper's folder with what the newsroom's screens show at their fullest: `python -m tests.browser.staffed`.

Prints, as JSON, the numbers of what it made, and codes by which the administrator signs in.
"""

import json
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from warta.config.starting import set_up

set_up()

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal import auth as totp  # noqa: E402 — Django is set up first
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.admin.models import EditingSession  # noqa: E402

from tests.newsroom import builders  # noqa: E402
from tests.staff import PASSWORD  # noqa: E402
from warta.config import users  # noqa: E402
from warta.lexicon.copy import HeadingCopy, ParagraphCopy, PhotoCopy, QuoteCopy, TableCopy  # noqa: E402
from warta.newsroom.actions.arrange import arrange  # noqa: E402
from warta.newsroom.actions.break_news import break_news  # noqa: E402
from warta.newsroom.actions.correct import correct  # noqa: E402
from warta.newsroom.actions.edit import open_editor, refuse  # noqa: E402
from warta.newsroom.actions.mark_unverified import mark_unverified  # noqa: E402
from warta.newsroom.actions.note import settle_note, write_note  # noqa: E402
from warta.newsroom.actions.receive_reply import receive_reply  # noqa: E402
from warta.newsroom.actions.submit import submit  # noqa: E402
from warta.newsroom.comparing import as_sent  # noqa: E402
from warta.newsroom.models import Article, Correction, Pin  # noqa: E402

NOW = timezone.now()
ADMIN, WRITER = "kepala", "pewarta"


def live(by: Any) -> Article:
    """Return an article that was corrected and updated, has notes, and has two faults that the checks name."""
    with tempfile.TemporaryDirectory() as folder:
        photo = PhotoCopy(path=builders.photo_file(Path(folder)), caption="Petani di sawah", alt="")
        body = (
            ParagraphCopy("<p>Air naik sejak malam, kata warga.</p>"),
            HeadingCopy("Lumbung penuh"),
            QuoteCopy("Kami menunggu sejak pagi.", ""),
            TableCopy((("Demak", "12"), ("Kudus", "8")), head=("Tempat", "Rumah")),
        )
        made = builders.article(1, now=NOW - timedelta(hours=3), body=body, lead=photo, standfirst="Hujan semalam.")
    words = {"wrong": "Dua belas rumah terendam.", "right": "Empat belas rumah terendam."}
    correct(Correction(article=made, kind="erratum", seriousness="serious", **words), by=by, now=NOW)
    mark_unverified(made, by=by, now=NOW, words="Angka korban masih diperiksa.")
    receive_reply(made, by=by, now=NOW - timedelta(days=9), party="Koperasi Maju", words="Angkanya keliru.")
    note = write_note(made, "Siapa yang menghitung?", by=by, now=NOW)
    write_note(made, "Badan bencana.", by=by, now=NOW, answers=note)
    settle_note(write_note(made, "Judul terlalu panjang.", by=by, now=NOW), by=by, now=NOW)
    made = Article.objects.get(pk=made.pk)
    made.headline = "Panen Raya Dimulai Lebih Awal di Demak"
    made.save_revision(user=by).publish(user=by)
    return made


def fought_over(by: Any, other: Any) -> tuple[int, int]:
    """Return the numbers of an article and of an editor whose text waits to be joined with another's."""
    made = Article.objects.get(pk=builders.article(2, status="draft", place="Demak", standfirst="Satu kalimat.").pk)
    made.save_revision(user=other)
    made.refresh_from_db()
    tab = open_editor(made, by=by, now=NOW)
    theirs = made.get_latest_revision_as_object()
    theirs.headline, theirs.standfirst, theirs.place = "Judul Orang Lain", "Kalimat orang lain.", "Kudus"
    theirs.save_revision(user=other)
    made.headline, made.standfirst, made.initials = "Judul Saya", "", "dzk"
    return made.pk, refuse(made, as_sent(made), tab=tab.key, by=by, now=NOW).pk


def looked_at(article: Article, *, by: Any) -> None:
    """Let somebody have the article open for as long as the test may take."""
    kind = ContentType.objects.get_for_model(Article)
    seen_at = NOW + timedelta(days=1)
    EditingSession.objects.create(user=by, content_type=kind, object_id=str(article.pk), last_seen_at=seen_at)


def main() -> None:
    """Fill the paper."""
    admin = users.add(ADMIN, role="admin", password=PASSWORD, full_name="Ratri Manggala")
    writer = users.add(WRITER, role="reporter", password=PASSWORD, full_name="Tirta Anggara")
    first = live(admin)
    looked_at(first, by=writer)
    article, tab = fought_over(admin, writer)
    waiting = builders.article(3, status="draft", headline="Warga Menanam Bakau", embargo=NOW + timedelta(hours=5))
    submit(waiting, by=writer, now=NOW)
    for number in range(4, 9):
        builders.article(number, now=NOW - timedelta(hours=number))
    soon = NOW + timedelta(hours=1)
    arrange(None, [Pin("lead", first.pk, soon), Pin("second-1", waiting.pk)], by=admin, now=NOW, after=0)
    break_news(by=admin, now=NOW, text="Gempa terasa di pesisir selatan", ends_at=soon, path="/indeks")
    totp.TOTP.activate(admin, totp.generate_totp_secret())
    codes = RecoveryCodes.activate(admin).get_unused_codes()
    made = {"live": first.pk, "fought": article, "tab": tab, "waiting": waiting.pk, "codes": codes}
    made |= {"photo": first.lead_photo_id, "reply": first.replies.get().pk}
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main()
