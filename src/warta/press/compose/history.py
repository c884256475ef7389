"""Compose the public history of an article."""

import json

from warta.newsroom.reading import Version
from warta.paper.pages import Past


def entry(source: Version) -> Past:
    """Return one version as readers are shown it."""
    content = json.loads(source.content)
    return Past(
        number=source.number,
        at=source.at,
        kind=source.kind,
        why=source.why,
        headline=content["headline"],
        standfirst=content["standfirst"],
        by=tuple(content["by"]),
        body=tuple(content["body"]),
        hash=source.hash,
    )
