"""What a source and a format make of one item from outside: copy that can be filed, or words on why not."""

from dataclasses import dataclass
from pathlib import Path

from warta.lexicon.copy import Copy


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One readable item; `lost` names what it held that copy cannot carry, `where` the place: `a.jsonl, line 17`.

    `read` is how many bytes of the whole source were read when it came, for the progress bar; 0 when unknown.
    """

    copy: Copy
    lost: tuple[str, ...]
    where: str
    read: int = 0


@dataclass(frozen=True, slots=True)
class BrokenItem:
    """One item that cannot be filed; `uri` is empty when unknown, `reason` says what to mend."""

    uri: str
    where: str
    reason: str
    read: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the person who imports says of an archive: where its pictures lie, and the zone of dates that name none."""

    pictures: Path | None = None
    zone: str = "Asia/Jakarta"
