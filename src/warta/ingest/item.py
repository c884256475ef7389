"""What a source and a format make of one item from outside: copy that can be filed, or words on why not."""

from dataclasses import dataclass

from warta.lexicon.copy import Copy


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One readable item; `lost` names what it held that copy cannot carry, `where` the place: `a.jsonl, line 17`."""

    copy: Copy
    lost: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class BrokenItem:
    """One item that cannot be filed; `uri` is empty when unknown, `reason` says what to mend."""

    uri: str
    where: str
    reason: str
