"""What stands in the lines of an export's files, by the kind of file."""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from warta.newsroom.whole import records

KINDS: Final = ("photos", "subjects", "statics", "articles", "deleted", "fronts", "addresses", "taken", "reads")


class Item(Struct, frozen=True):
    """An article: the standard members are for others, and an import reads this one."""

    warta: records.Article


class Address(records.Record, frozen=True, kw_only=True):
    """An address at which a front once stood, and the key of its page (`rubric:3`)."""

    address: records.Address
    key: Annotated[str, Meta(pattern=r"^(rubric|channel|topic|person|static):\d{1,18}$")]


class Taken(records.Record, frozen=True, kw_only=True):
    """What was taken in from outside: an identity and the digest of what it said."""

    uri: records.Address
    digest: Annotated[str, Meta(max_length=32)]
    waits: bool = False


class Hour(records.Record, frozen=True, kw_only=True):
    """How often an article was read in an hour, and by how many who had not read it before on that UTC day."""

    article: records.Id
    hour: records.Instant
    reads: records.Count
    readers: records.Count


class Numbered(Struct):
    """Which row a line is about, whatever else is wrong with it."""

    id: Any = None
    warta: Any = None

    @property
    def number(self) -> Any:
        """The id, as far as there is one."""
        return self.warta.get("id") if isinstance(self.warta, dict) else self.id


DECODERS: Final[dict[str, msgspec.json.Decoder[Any]]] = {
    "photos": msgspec.json.Decoder(records.Photo),
    "subjects": msgspec.json.Decoder(records.Subject),
    "statics": msgspec.json.Decoder(records.StaticPage),
    "articles": msgspec.json.Decoder(Item),
    "deleted": msgspec.json.Decoder(records.Deleted),
    "fronts": msgspec.json.Decoder(records.Fronted),
    "addresses": msgspec.json.Decoder(Address),
    "taken": msgspec.json.Decoder(Taken),
    "reads": msgspec.json.Decoder(Hour),
}
