"""Measures whether readers find what they look for: `python -m bench.relevance`.

Asks 71 queries over the invented paper in `relevance.toml` and prints nDCG@10 (the mean; gains 2^grade - 1, discounted
by the logarithm of the rank), beside PostgreSQL's own text search for Indonesian (`websearch_to_tsquery`, headline at
weight A, `ts_rank`): over all queries, and over those in which no acronym or synonym is known to us.
Source: Järvelin and Kekäläinen, ACM TOIS 20(4), 2002.
"""

import math
import os
import sys
import tempfile
import tomllib
from datetime import timedelta
from pathlib import Path

from warta.search.query import parse

AT = 10


def ndcg(found, wanted):
    """Return nDCG@10 of ids in the order in which they were found."""
    gains = [2 ** wanted.get(one, 0) - 1 for one in found[:AT]]
    best = sorted((2**grade - 1 for grade in wanted.values()), reverse=True)[:AT]
    return _discounted(gains) / _discounted(best)


def _discounted(gains):
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def told():
    """Return the articles and the queries with their judgements."""
    read = tomllib.loads(Path(__file__).with_name("relevance.toml").read_text(encoding="utf-8"))
    queries = {
        query: {name: int(grade) for name, grade in (one.split(":") for one in judged.split())}
        for query, judged in read["queries"].items()
    }
    return read["articles"], queries


def ours(articles, queries):
    """Return nDCG of each query by the search itself, on SQLite."""
    import django
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    with tempfile.TemporaryDirectory(prefix="warta-bench-") as home:
        os.environ.update({"WARTA_HOME": home, "DJANGO_SETTINGS_MODULE": "warta.config.settings.delivery"})
        import warta.config.sqlite  # noqa: F401

        django.setup()
        from tests.delivery.builders import article, put
        from warta.paper.pages import Paragraph
        from warta.search import follow, results

        for alias in connections:
            call_command("migrate", database=alias, verbosity=0)
        now = timezone.now()
        names = dict(enumerate(articles, start=1))
        for number, name in names.items():
            headline, text = articles[name]
            put(article(number, now - timedelta(hours=number), headline=headline, body=(Paragraph(html=text),)))
        follow.catch_up(now)
        return {
            query: ndcg(
                [
                    names[found.teaser.id]
                    for found in results.find(results.Asked(typed=query, order="best"), now=now).found
                ],
                wanted,
            )
            for query, wanted in queries.items()
        }


def theirs(articles, queries):
    """Return nDCG of each query by PostgreSQL's own text search."""
    import psycopg

    from tests.postgres import server

    with server() as address, psycopg.connect(address) as database:
        database.execute("CREATE TABLE article (name text, words tsvector)")
        for name, (headline, text) in articles.items():
            database.execute(
                "INSERT INTO article VALUES (%s, setweight(to_tsvector('indonesian', %s), 'A')"
                " || to_tsvector('indonesian', %s))",
                [name, headline, text],
            )
        asked = (
            "SELECT name FROM article, websearch_to_tsquery('indonesian', %s) AS query WHERE words @@ query"
            " ORDER BY ts_rank(words, query) DESC, name LIMIT 10"
        )
        return {
            query: ndcg([name for (name,) in database.execute(asked, [query])], wanted)
            for query, wanted in queries.items()
        }


def main():
    """Print both figures, and with `--each` those of every query."""
    articles, queries = told()
    unknown = {name for wanted in queries.values() for name in wanted} - articles.keys()
    if unknown:
        sys.exit(f"judged, but no article: {sorted(unknown)}")
    mine, others = ours(articles, queries), theirs(articles, queries)
    if "--each" in sys.argv:
        for query in queries:
            print(f"{mine[query]:6.3f} {others[query]:6.3f}  {query}")
    print(f"nDCG@{AT}, {len(articles)} articles{'Warta':>20}{'PostgreSQL, indonesian':>26}")
    plain = [query for query in queries if not any(term.names for term in parse(query).terms)]
    for name, asked in ((f"{len(queries)} queries", queries), (f"{len(plain)} without synonyms", plain)):
        print(f"{name:25}{_mean(mine, asked):>18.3f}{_mean(others, asked):>26.3f}")


def _mean(of, queries):
    return sum(of[query] for query in queries) / len(queries)


if __name__ == "__main__":
    main()
