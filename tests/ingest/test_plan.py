"""What an import would do, decided without a database."""

from dataclasses import replace
from pathlib import Path

import pytest

from warta.ingest.item import SourceItem
from warta.ingest.plan import Mapped, digest, plan
from warta.lexicon.copy import Copy, ParagraphCopy, PhotoCopy

COPY = Copy(uri="urn:a", headline="Banjir", body=(ParagraphCopy("<p>Air naik.</p>"),))


def steps(*copies, known=None, rubrics=(), mapped=None):
    items = [SourceItem(copy, (), "x") for copy in copies]
    return plan(items, known or {}, rubrics=set(rubrics), mapped=mapped or Mapped())


def test_what_is_new_is_created_what_changed_updated_and_the_rest_skipped():
    [first] = steps(COPY)
    again, changed, unknown = (
        steps(COPY, known={"urn:a": first.digest})[0],
        steps(replace(COPY, headline="Banjir Surut"), known={"urn:a": first.digest})[0],
        steps(COPY, known={"urn:a": ""})[0],
    )
    assert [step.verb for step in (first, again, changed, unknown)] == ["create", "skip", "update", "update"]


@pytest.mark.parametrize(
    ("given", "rubrics", "rubric", "topics"),
    [
        ({"headings": ("Hukum & Kriminal", "Daerah"), "topics": ("KPK",)}, (), "Hukum", ("Daerah", "KPK")),
        ({"headings": ("Daerah", "HUKUM & KRIMINAL")}, ("daerah",), "Hukum", ("Daerah",)),
        ({"headings": ("Daerah", "Dunia")}, ("dunia",), "Dunia", ("Daerah",)),
        ({"headings": ("Daerah", "Desa")}, (), "Daerah", ("Desa",)),
        ({"headings": ("Lain-lain", "Desa"), "topics": ("Lain-lain",)}, (), "Desa", ("Lain-lain",)),
        ({"headings": ("Lain-lain",)}, (), "", ()),
        ({"topics": ("KPK", "Dunia")}, ("dunia",), "Dunia", ("KPK",)),
        ({"topics": ("KPK",)}, (), "KPK", ()),
        ({"rubric": "hukum & kriminal", "topics": ("KPK",)}, (), "Hukum", ("KPK",)),
        ({"rubric": "Desa"}, (), "Desa", ()),
        ({}, (), "", ()),
    ],
)
def test_one_heading_becomes_the_rubric_and_the_others_topics(given, rubrics, rubric, topics):
    mapped = Mapped({"Hukum & Kriminal": "Hukum", "lain-lain": ""})
    [step] = steps(replace(COPY, **given), rubrics=rubrics, mapped=mapped)
    assert (step.copy.rubric, step.copy.topics, step.copy.headings) == (rubric, topics, ())


@pytest.mark.parametrize(("said", "channel"), [("column", "opini"), ("Kolom", "Opini"), ("Video", "Video"), ("", "")])
def test_a_genre_is_a_channel(said, channel):
    [step] = steps(replace(COPY, channel=said), mapped=Mapped(channels={"kolom": "Opini"}))
    assert step.copy.channel == channel


def test_a_digest_changes_with_anything_that_is_said(tmp_path):
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"jpg")
    with_photo = replace(COPY, lead=PhotoCopy(path=photo, caption="Air"))
    copies = [COPY, replace(COPY, initials="dzk"), with_photo, replace(COPY, lead=PhotoCopy(path=Path("/x/none.jpg")))]
    digests = {digest(copy) for copy in copies}
    photo.write_bytes(b"another")
    assert len(digests | {digest(with_photo)}) == 5
    assert digest(COPY) == digest(replace(COPY))


def test_links_to_the_old_site_wait_for_their_pages():
    waiting = [
        steps(replace(COPY, body=(ParagraphCopy(f'<p><a href="{href}">x</a></p>'),)))[0].waits
        for href in ("/2019/05/lama/", "https://lain.example/")
    ]
    assert waiting == [True, False]
