"""A paper that goes out into a folder and comes in again is the same paper; what is no whole export comes nowhere."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click import ClickException
from django.db import connection, transaction

from tests.journeys import whole
from tests.newsroom import builders
from warta.config import checks, environment, exports
from warta.ingest.formats import ninjs
from warta.ingest.item import SourceItem, Told
from warta.ingest.models import WholeImport
from warta.ingest.whole import manifest, taking
from warta.lexicon.copy import PhotoCopy
from warta.newsroom.models import Article, Rubric, StaticPage, Version
from warta.newsroom.whole import reading
from warta.paper import whole as paper_whole
from warta.reads import whole as reads_whole

pytestmark = pytest.mark.django_db(databases="__all__")


class _BackError(Exception):
    pass


class _DeadError(Exception):
    pass


@pytest.fixture
def gone(tmp_path, settings):
    """Return what exports the paper that a function builds, and then leaves it as it was founded."""

    def export(build):
        folder, told = tmp_path / "ekspor", {}
        with (
            pytest.raises(_BackError),
            transaction.atomic("default"),
            transaction.atomic(settings.WARTA_READS_DATABASE),
        ):
            build()
            assert exports.give(environment.current(), folder, as_json=True) == 0
            told = whole.rows()
            raise _BackError
        settings.WARTA_PICTURES = tmp_path / "pictures-2"
        settings.MEDIA_ROOT = tmp_path / "originals-2"
        assert not Article.objects.exists()
        return folder, told

    return export


def test_the_same_paper_comes_in_again_after_it_was_interrupted(gone, tmp_path, capsys, monkeypatch):
    (tmp_path / "foto").mkdir()
    folder, before = gone(lambda: whole.build(tmp_path / "foto"))
    _others_read_it(folder)
    monkeypatch.setattr(taking, "LOT", 2)
    made, digest = manifest.read(folder)
    around = taking.Around(
        addresses=lambda given: paper_whole.restore([(line.address, line.key) for line in given]),
        reads=lambda given: reads_whole.restore([(n.article, n.hour, n.reads, n.readers) for n in given]),
    )
    assert not taking.begin(digest)
    for lives in (3, 9, 14, 17):
        with pytest.raises(_DeadError):
            taking.take(folder, made, around, _dying(lives))
    assert next(found["words"] for found in checks.half_taken() if not found["ok"]).startswith("an export was")
    capsys.readouterr()
    assert exports.take(folder, is_dry=False, as_json=False) == 0
    told = capsys.readouterr().out
    assert "it goes on" in told
    assert "Restored: 7 articles, 11 versions, 2 photos, 4 static pages, 31 hours of reads." in told
    assert whole.differences(before, whole.rows()) == []
    assert checks.history(is_quiet=True)[0]["ok"]
    assert not WholeImport.objects.exists()
    assert checks.half_taken() == []
    highest = max(Version.objects.values_list("article_id", flat=True))
    assert highest not in Article.objects.values_list("pk", flat=True)
    assert builders.article(20).pk == highest + 1
    with pytest.raises(ClickException, match="this paper is not empty"):
        exports.take(folder, is_dry=False, as_json=True)


def _dying(lives):
    """Return a listener that dies after so many steps, as a process may."""
    heard = iter(range(lives))

    def step(_size):
        if next(heard, None) is None:
            raise _DeadError

    return step


def _others_read_it(folder):
    items = list(ninjs.parse(folder / "articles-0001.jsonl", Told()))
    assert all(isinstance(item, SourceItem) for item in items)
    first = items[0].copy
    assert (first.headline, first.standfirst, first.status) == (
        *("Panen Raya Hari Ke-1", "Dua belas hari lebih awal."),
        "published",
    )
    assert (first.lead.path.parent, first.lead.credit) == (folder / "photos/0000", "Nusa")
    assert [type(block).__name__ for block in first.body] == [
        *("ParagraphCopy", "HeadingCopy", "QuoteCopy", "PictureCopy", "TableCopy", "ParagraphCopy"),
    ]
    told = [json.loads(line) for line in (folder / "articles-0001.jsonl").read_bytes().splitlines()]
    pictures = [picture for line in told for picture in line.get("associations", ())]
    assert {picture["name"] for picture in pictures} == {"lead", "body-1"}
    assert all(re.fullmatch(r"tag:[a-z0-9.]+,\d{4}:photo-\d+", picture["uri"]) for picture in pictures)
    live = next(line["bodies"][0]["value"] for line in told if "Pintu" in str(line.get("bodies")))
    places = [live.index(words) for words in ("Pintu &lt;dibuka&gt;", "Air surut.", "<li>Demak</li>", "naik</b>")]
    assert places == sorted(places)
    assert "/2019/lama" in first.old_addresses
    assert [item.copy.status for item in items].count("published") == 4
    assert all(not item.copy.body for item in items if item.copy.status != "published")


def _lines(folder, name, change):
    """Change a file's first line and write the manifest anew, as somebody would who means harm."""
    path = folder / name
    first, *rest = path.read_bytes().splitlines(keepends=True)
    told = json.loads(first)
    change(told)
    data = json.dumps(told).encode() + b"\n" + b"".join(rest)
    path.write_bytes(data)
    written = json.loads((folder / "manifest.json").read_bytes())
    [entry] = [entry for entry in written["files"] if entry["name"] == name]
    entry |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(written))


def _manifest(change):
    def damage(folder):
        told = json.loads((folder / "manifest.json").read_bytes())
        change(told)
        (folder / "manifest.json").write_text(json.dumps(told))

    return damage


def _flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _photo(folder):
    return next((folder / "photos").rglob("*.jpg"))


def _link(folder):
    original = _photo(folder)
    shutil.copy(original, folder.parent / "luar.jpg")
    original.unlink()
    original.symlink_to(folder.parent / "luar.jpg")


def _no_photo(folder):
    _photo(folder).write_bytes(b"<?php")
    told = {"sha256": hashlib.sha256(b"<?php").hexdigest(), "bytes": 5}
    _lines(folder, "photos.jsonl", lambda line: line.update(told))


def _article(**values):
    return lambda folder: _lines(folder, "articles-0001.jsonl", lambda line: line["warta"].update(values))


def _forged(folder):
    _lines(
        folder, "articles-0001.jsonl", lambda line: line["warta"]["versions"][0].update(why="Tidak pernah dikatakan.")
    )


def _body(*blocks):
    return lambda folder: _lines(
        folder, "articles-0001.jsonl", lambda line: line["warta"]["text"].update(body=list(blocks))
    )


def _entry(at):
    return {"type": "entry", "value": {"text": "<p>Air naik.</p>", "at": at}}


DAMAGES = [
    (lambda folder: _flip(folder / "articles-0001.jsonl"), "articles-0001.jsonl is not what was exported"),
    (lambda folder: _flip(_photo(folder)), ".jpg is not what was exported"),
    (lambda folder: (folder / "subjects.jsonl").unlink(), "subjects.jsonl is missing"),
    (lambda folder: (folder / "statics.jsonl").write_text("{}"), "statics.jsonl has 2 bytes, and had"),
    (lambda folder: (folder / "manifest.json").unlink(), "is no export of Warta"),
    (lambda folder: (folder / "manifest.json").write_text("[" * 100_000), "manifest.json is damaged"),
    (_manifest(lambda told: told.update(version=0)), "there is no version 0 of the format"),
    (_manifest(lambda told: told.update(version=2)), "knows versions up to 1: bring Warta up to date first"),
    (_manifest(lambda told: told.update(format="tar")), "is not that of an export"),
    (_manifest(lambda told: told["files"][0].update(name="../luar.jsonl")), "manifest.json is damaged"),
    (_manifest(lambda told: told["files"].append(told["files"][0])), "names a file twice"),
    (
        lambda folder: _lines(folder, "photos.jsonl", lambda line: line.update(file="../../x.jpg")),
        "photos.jsonl, line 1",
    ),
    (_link, ".jpg leads out of the export's folder"),
    (_no_photo, " (pasar.jpg): "),
    (_forged, " is not what was published"),
    (_article(id="1"), "articles-0001.jsonl, line 1: Expected `int`, got `str`"),
    (_article(password="x"), "Object contains unknown field `password`"),
    (_article(state="live"), "Invalid enum value 'live'"),
    (_article(made_at="0001-01-01T00:00:00+14:00"), "articles-0001.jsonl, line 1"),
    (_article(live=False), "the database refuses it"),
    (_body({"type": "photo", "value": "abc"}), "articles-0001.jsonl, line 1: Expected `object`, got `str`"),
    (_body(_entry("2024-05-03T08:00:00")), "Expected `datetime` with a timezone component"),
    (_body(_entry("9999-12-31T23:00:00Z")), "is outside the years 1900 to 2099"),
    (_body({"type": "entry", "value": {"text": "x"}}), "Object missing required field `at`"),
    (_body({"type": "raw_html", "value": "<script>"}), "Invalid value 'raw_html'"),
]


def test_what_is_damaged_or_forged_is_refused_and_named(gone, tmp_path):
    (tmp_path / "foto").mkdir()
    lead = PhotoCopy(path=whole.photo(tmp_path / "foto", "pasar.jpg", "steelblue", 1))
    folder, _ = gone(lambda: builders.article(1, lead=lead))
    for number, (damage, words) in enumerate(DAMAGES):
        copy = tmp_path / f"rusak-{number}"
        shutil.copytree(folder, copy)
        damage(copy)
        with pytest.raises(ClickException) as refused, transaction.atomic():
            exports.take(copy, is_dry=False, as_json=True)
        assert words in str(refused.value), number
        assert not Article.objects.exists()
        assert StaticPage.objects.exists(), number
    assert exports.take(folder, is_dry=True, as_json=True) == 0


def test_only_an_empty_paper_takes_one_and_only_an_empty_folder(gone, tmp_path, capsys):
    folder, _ = gone(lambda: builders.article(1))
    with pytest.raises(ClickException, match="is there and not empty"):
        exports.give(environment.current(), folder, as_json=True)
    Rubric.objects.create(name="Sudah Ada")
    with pytest.raises(ClickException, match="not empty, and an export is brought into an empty one only"):
        exports.take(folder, is_dry=False, as_json=True)
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]
    (tmp_path / "kosong").mkdir()
    assert exports.give(environment.current(), tmp_path / "kosong", as_json=True) == 0
    assert (tmp_path / "kosong" / "manifest.json").is_file()


_WRITING = """
import sys, time
from pathlib import Path
from warta.ingest.whole.writing import new_folder
with new_folder(Path(sys.argv[1])) as part:
    (part / "photos.jsonl").write_text("separuh")
    print(part, flush=True)
    time.sleep(60)
"""


def test_what_a_killed_export_left_is_removed_and_a_running_one_is_left_alone(tmp_path, capsys):
    folder = tmp_path / "ekspor"
    others = [tmp_path / ".ekspor-2-abcdefgh.part", tmp_path / ".ekspor.part"]
    for other in others:
        other.mkdir()
    with subprocess.Popen([sys.executable, "-c", _WRITING, str(folder)], stdout=subprocess.PIPE, text=True) as running:
        part = Path(running.stdout.readline().strip())
        try:
            with pytest.raises(ClickException, match="another export is writing"):
                exports.give(environment.current(), folder, as_json=True)
            assert (part / "photos.jsonl").read_text() == "separuh"
        finally:
            running.kill()
    assert part.is_dir()
    assert exports.give(environment.current(), folder, as_json=True) == 0
    assert f"{part} was left by an export that was killed; it is removed." in capsys.readouterr().err
    assert not part.exists()
    assert (folder / "manifest.json").is_file()
    assert all(other.is_dir() for other in others)


def test_an_original_that_is_gone_is_told_and_the_rest_comes_along(gone, tmp_path, settings, capsys):
    (tmp_path / "foto").mkdir()
    lead = PhotoCopy(path=whole.photo(tmp_path / "foto", "pasar.jpg", "steelblue", 1), caption="Pasar")
    article = builders.article(1, lead=lead)
    (tmp_path / "originals" / article.lead_photo.file.name).unlink()
    assert exports.give(environment.current(), tmp_path / "ekspor", as_json=True) == 1
    assert "its original pasar.jpg is gone" in capsys.readouterr().out


def test_an_export_costs_as_many_queries_for_twelve_articles_as_for_four(django_assert_max_num_queries):
    for number in range(1, 5):
        builders.article(number)
    with django_assert_max_num_queries(20) as four:
        assert len(list(reading.articles())) == 4
    for number in range(5, 13):
        builders.article(number)
    with django_assert_max_num_queries(len(four)):
        assert len(list(reading.articles())) == 12


@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory, writers wait for readers")
@pytest.mark.django_db(databases="__all__", transaction=True)
def test_an_export_sees_the_paper_of_one_instant():
    with reading.snapshot(), ThreadPoolExecutor(1) as others:
        before = reading.counts()
        others.submit(_write).result()
        assert reading.counts() == before
    assert reading.counts()["static_pages"] == before["static_pages"] + 1


def _write():
    StaticPage.objects.create(title="Baru", slug="baru")
    connection.close()
