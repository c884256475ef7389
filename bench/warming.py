"""Makes the parts of some of the archive's articles, a process of its own: `python -m bench.warming FIRST STOP`."""

import sys
from typing import Final

import django

django.setup()

from django.utils import timezone

from warta.delivery import making

_CHUNK: Final = 500


def warm(first: int, stop: int) -> None:
    """Make what is missing of the articles from `first` on, up to `stop`."""
    making.catch_up(making.parts())
    for start in range(first, stop, _CHUNK):
        chunk = range(start, min(start + _CHUNK, stop))
        present = making.parts().ids(chunk)
        for article_id in chunk:
            part = None if article_id in present else making.make(article_id, now=timezone.now())
            if part is not None:
                making.parts().put(part)


if __name__ == "__main__":
    warm(int(sys.argv[1]), int(sys.argv[2]))
