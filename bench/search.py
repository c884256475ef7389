"""Measures the search over archives of two sizes: `python -m bench.search [--articles N]`.

Prints p50 and p95 of whole answers (page of results, passages, facets, total) for two words and for a phrase, by newest
and by best match, and the ratio of the large archive to the one of 10,000.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from urllib.parse import urlsplit

_WORDS = """
warga petani nelayan pedagang guru bupati peneliti pelatih mahasiswa pemerintah menteri kementerian gubernur wali
kota polisi jaksa hakim pengadilan penangkapan tersangka saksi korupsi anggaran pajak belanja pembangunan jembatan
jalan pelabuhan bandara kereta kapal sekolah rumah sakit puskesmas dokter perawat vaksin obat pasien banjir gempa
longsor kekeringan hujan cuaca sungai tanggul waduk irigasi sawah padi beras jagung kedelai harga pasar ekspor impor
rupiah bank bunga kredit usaha perusahaan pabrik buruh upah serikat pekerja pengangguran pelatihan latihan
pertandingan pemain pelatihnya gol kemenangan kekalahan turnamen liga hutan kebakaran asap satwa gajah harimau laut
terumbu karang pulau desa kecamatan kabupaten provinsi dewan rapat keputusan peraturan undang aturan perintah
kebijakan program bantuan sosial keluarga anak perempuan lansia pemilihan suara calon partai kampanye debat presiden
wakil kabinet pertemuan kunjungan kerja sama perjanjian perbatasan perang tentara gabungan museum seni tari musik
film buku penulis bahasa daerah adat upacara festival wisata hotel penerbangan penumpang tiket energi listrik surya
panas bumi minyak gas tambang nikel batu bara limbah pencemaran sampah daur ulang air bersih sumur pipa teknologi
internet satelit data digital aplikasi keamanan penipuan penelitian universitas beasiswa kurikulum ujian
perpustakaan
"""
WORDS = _WORDS.split()
_SMALL = "yang di dan untuk dengan pada dari ini akan tidak itu dalam karena oleh telah sudah juga bisa kata para"
SMALL = _SMALL.split()
_SYLLABLES = "ba bi bu da di du ga ka ki ku la li lu ma mi mu na ni nu pa pi ra ri ru sa si su ta ti tu wa ya"
SYLLABLES = _SYLLABLES.split()
RUBRICS = ("Nusantara", "Politik", "Hukum", "Bisnis", "Dunia", "Sains", "Olahraga", "Budaya")
REPORTERS = ("Sari Wiradjaja", "Bima Antara", "Komang Lestari", "Theo Lawarata", "Nurul Hasnaini", "Agus Merapi")
FIRST_AT = datetime(2004, 1, 4, tzinfo=UTC)
EVERY = timedelta(days=20 * 365) / 1_000_000
"""Between two articles: some 137 a day in a paper of any size, so that a day, a month, a page have as many."""
BASE = 10_000


def text(chance, length, names):
    """Return words as a newspaper has them: few very often, most seldom, and names that hardly come again."""
    said = []
    while len(said) < length:
        kind = chance.random()
        if kind < 0.3:
            said.append(chance.choices(SMALL, cum_weights=_zipf(len(SMALL)))[0])
        elif kind < 0.93:
            said.append(chance.choices(WORDS, cum_weights=_zipf(len(WORDS)))[0])
        else:
            said.append(chance.choice(names))
    return " ".join(said)


_weights: dict[int, list[float]] = {}


def _zipf(count):
    if count not in _weights:
        _weights[count] = list(accumulate(1 / (place + 5) for place in range(count)))
    return _weights[count]


def page(number, names):
    """Return one article of an archive."""
    from warta.lexicon import addresses
    from warta.paper.pages import ArticlePage, Link, Paragraph, Teaser

    chance = random.Random(number)
    at = FIRST_AT + EVERY * number
    headline = text(chance, 7, names).title()
    name = chance.choice(RUBRICS)
    rubric = Link(name=name, path=f"/{addresses.slug(name)}")
    channel = Link(name="Berita", path="/kanal/berita")
    path = addresses.article(rubric.path[1:], at.date(), number, addresses.slug(headline))
    common = {"id": number, "headline": headline, "path": path, "lang": "id", "published_at": at}
    shared = {**common, "rubric": rubric, "channel": channel, "standfirst": text(chance, 18, names).capitalize()}
    by = tuple(Link(name=one, path=f"/penulis/{addresses.slug(one)}") for one in chance.sample(REPORTERS, 2))
    body = tuple(Paragraph(html=text(chance, 45, names).capitalize() + ".") for _ in range(8))
    return ArticlePage(**shared, zone="Asia/Jakarta", reporters=by, body=body, teaser=Teaser(**shared, by=by))


def queries(chance, count):
    """Return queries of two words: common ones, seldom ones, and one of each."""
    middle = len(WORDS) // 3
    for _ in range(count // 3):
        yield " ".join(chance.sample(WORDS[:40], 2))
        yield f"{chance.choice(WORDS[:40])} {chance.choice(WORDS[middle:])}"
        yield " ".join(chance.sample(WORDS[middle:], 2))


def measured(asked):
    """Return p50 and p95 in milliseconds over queries, and the p95 of this process's own work."""
    from django.utils import timezone

    from warta.search import results

    took, worked = [], []
    for query, order in asked:
        began, busy = time.perf_counter(), time.process_time()
        results.find(results.Asked(typed=query, order=order), now=timezone.now())
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    return statistics.median(took), _p95(took), _p95(worked)


def _p95(values):
    return statistics.quantiles(values, n=20)[-1]


def _written(figures):
    p50, p95, cpu = figures
    return f"{p50:>10.1f} / {p95:.1f} ({cpu:.1f})".ljust(26)


def fill(count):
    """Put an archive of `count` into an empty paper and index it; return how many articles a second that were."""
    from django.utils import timezone

    from tests.paper.bulk import put_pages
    from warta.config import postgres
    from warta.search import follow

    chance = random.Random(1)
    names = ["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4)))) for _ in range(30_000)]
    began = time.perf_counter()
    indexing = 0.0
    for first in range(0, count, 2000):
        put_pages([page(number + 1, names) for number in range(first, min(first + 2000, count))], lambda _: ("all",))
        at = time.perf_counter()
        follow.catch_up(timezone.now())
        indexing += time.perf_counter() - at
    postgres.sort_in()  # as an import does
    print(f"  {count:,} articles in {time.perf_counter() - began:.0f} s; indexed {count / indexing:.0f} a second")


def run(count, asked):
    """Measure one archive in a home of its own (PostgreSQL: in the database that WARTA_DATABASE_URL names)."""
    import django
    from django.core.management import call_command
    from django.db import connections

    with tempfile.TemporaryDirectory(prefix="warta-bench-") as home:
        os.environ.update({"WARTA_HOME": home, "DJANGO_SETTINGS_MODULE": "warta.config.settings.delivery"})
        import warta.config.sqlite  # noqa: F401

        django.setup()
        for alias in connections:
            call_command("migrate", database=alias, verbosity=0)
        fill(count)
        figures = {}
        for order in ("newest", "best"):
            measured(
                [(query, order) for query in queries(random.Random(7), 30)]
            )  # stems and pages of the file in memory
            figures[f"two words, {order}"] = measured([(query, order) for query in asked])
            figures[f"phrase, {order}"] = measured([(f'"{query}"', order) for query in asked])
        size = sum(file.stat().st_size for file in os.scandir(home) if file.name.startswith("search"))
        print(f"  the index takes {size / count / 1000:.1f} kB an article" if size else "")
    return figures


@contextmanager
def _database():
    """Give the environment for one archive: on PostgreSQL with a database of its own, which is dropped at the end."""
    url = os.environ.get("WARTA_DATABASE_URL")
    if not url:
        yield os.environ
        return
    import psycopg

    name = f"warta_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {**os.environ, "WARTA_DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def main():
    """Measure both sizes, each in a process of its own, and print the figures."""
    import json
    import subprocess
    import sys

    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--articles", type=int, default=100_000)
    reader.add_argument("--queries", type=int, default=150)
    reader.add_argument("--only", type=int, help=argparse.SUPPRESS)
    told = reader.parse_args()
    asked = list(queries(random.Random(42), told.queries))
    if told.only:
        print(json.dumps(run(told.only, asked)))
        return
    found = {}
    for size in (BASE, told.articles):
        command = [sys.executable, "-m", "bench.search", "--only", str(size), "--queries", str(told.queries)]
        with _database() as environ:
            made = subprocess.run(
                command, stdout=subprocess.PIPE, text=True, check=True, env=environ
            ).stdout.splitlines()
        print("\n".join(made[:-1]))
        found[size] = json.loads(made[-1])
    print(f"{'p50 / p95 ms (p95 of CPU)':26}{BASE:>16,}{told.articles:>26,}     ratio of p95 (CPU)")
    for name, small in found[BASE].items():
        large = found[told.articles][name]
        ratios = f"{large[1] / small[1]:.2f} ({large[2] / small[2]:.2f})"
        print(f"{name:26}{_written(small)}{_written(large)}{ratios:>18}")


if __name__ == "__main__":
    main()
