"""Reads the invented articles (`content/*.toml`) as copy, dated back from now."""

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any, Final

from babel.dates import format_date

from warta.ingest.demo.staff import STAFF
from warta.lexicon import zones
from warta.lexicon.copy import (
    BlockCopy,
    Copy,
    EmbedCopy,
    EntryCopy,
    HeadingCopy,
    ParagraphCopy,
    PhotoCopy,
    PictureCopy,
    QuoteCopy,
    ReadAlsoCopy,
    Role,
    TableCopy,
)

FOLDER: Final = Path(__file__).parent / "content"
_NAMES: Final = {person.key: person.name for person in STAFF}
_EDITORS: Final = {person.initials: person.name for person in STAFF if person.role == "Editor"}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a drawn photo shows, and the words it carries; `name` is unique among all photos."""

    name: str
    scene: str
    light: str
    caption: str
    alt: str
    creator: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """One invented article and when it was first published."""

    rubric: str
    entry: dict[str, Any]
    at: datetime

    @property
    def lead(self) -> Scene:
        """The scene of the lead photo."""
        return self._scene(0, self.entry["scene"], self.entry["light"], self.entry["caption"], self.entry["alt"])

    @property
    def scenes(self) -> list[Scene]:
        """All scenes of the article: the lead, then those of its body."""
        return [self.lead, *(self._scene_of(place, line) for place, line in enumerate(self._photo_lines(), start=1))]

    def copy(self, photo: Callable[[Scene], Path]) -> Copy:
        """Return the article as copy; `photo` gives the file of a scene."""
        scenes = iter(self.scenes[1:])
        body = tuple(
            block
            for part in re.split(r"\n\s*\n", self.entry["body"].strip())
            for block in self._blocks(part, scenes, photo)
        )
        editor = _EDITORS.get(self.entry["editor"])
        by: list[tuple[str, Role]] = [(_NAMES[key], "reporter") for key in self.entry["by"]]
        return Copy(
            uri=f"demo:{self.entry['key']}",
            headline=self.entry["headline"],
            standfirst=self._dated(self.entry["standfirst"]),
            lang=self.entry["lang"],
            channel=self.entry["channel"],
            rubric=self.rubric,
            topics=tuple(self.entry["topics"]),
            place=self.entry["place"],
            zone=self.entry["zone"],
            by=(*by, (editor, "editor")) if editor else tuple(by),
            initials=self.entry["editor"],
            first_published_at=self.at,
            lead=_photo(self.lead, photo),
            body=body,
        )

    def _blocks(self, part: str, scenes: Any, photo: Callable[[Scene], Path]) -> list[BlockCopy]:
        if part.startswith("## "):
            return [HeadingCopy(self._dated(part[3:].strip()))]
        if part.startswith("> "):
            text, _, speaker = part[2:].rpartition("|")
            return [QuoteCopy(self._dated(text.strip()), speaker.strip())]
        if part.startswith("@ "):
            return [self._entry(part[2:])]
        if part.startswith("|"):
            rows = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in part.splitlines()]
            return [TableCopy(head=rows[0], rows=tuple(rows[1:]))]
        return [block for line in part.splitlines() for block in self._line(line.strip(), scenes, photo)]

    def _entry(self, part: str) -> EntryCopy:
        """Read a development of a live report: minutes since its beginning, headline, and paragraphs below."""
        head, *lines = part.splitlines()
        minutes, _, headline = head.partition("|")
        html = "".join(f"<p>{_inline(self._dated(line))}</p>" for line in lines)
        return EntryCopy(self.at + timedelta(minutes=int(minutes)), html, headline.strip())

    def _line(self, line: str, scenes: Any, photo: Callable[[Scene], Path]) -> list[BlockCopy]:
        kind, _, rest = line.partition(":")
        match kind:
            case "baca":
                return [ReadAlsoCopy(f"demo:{rest.strip()}")]
            case "foto":
                return [PictureCopy(_photo(next(scenes), photo))]
            case "video":
                return [EmbedCopy(rest.strip(), self.entry["headline"])]
            case _:
                return [ParagraphCopy(f"<p>{_inline(self._dated(line))}</p>")] if line else []

    def _photo_lines(self) -> list[str]:
        return re.findall(r"^foto:(.*)$", self.entry["body"], re.MULTILINE)

    def _scene_of(self, place: int, line: str) -> Scene:
        scene, light, caption, alt = (part.strip() for part in line.split("|", 3))
        return self._scene(place, scene, light, caption, alt)

    def _scene(self, place: int, scene: str, light: str, caption: str, alt: str) -> Scene:
        return Scene(
            name=f"{self.entry['key']}-{place}",
            scene=scene,
            light=light,
            caption=self._dated(caption),
            alt=alt,
            creator=_NAMES[self.entry["by"][0]],
            made_at=self.at,
        )

    def _dated(self, text: str) -> str:
        local = self.at.astimezone(zones.zone(self.entry["zone"])).date()
        lang = self.entry["lang"]
        return (
            text.replace("{hari}", _day(local, lang))
            .replace("{kemarin}", _day(local - timedelta(days=1), lang))
            .replace("{tanggal}", format_date(local, "d MMMM y", locale=lang))
        )


def stories(now: datetime) -> list[Story]:
    """Return all invented articles, oldest first, dated back from `now`; the same `now` gives the same dates."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        rubric = path.stem.capitalize()
        found += [Story(rubric, entry, now) for entry in tomllib.loads(path.read_text("utf-8"))["article"]]
    todays = [story for story in found if story.entry["days"] == 0 and "minutes" not in story.entry]
    chance = random.Random("today")
    chance.shuffle(todays)
    minutes = {story.entry["key"]: 4 + place * 31 + chance.randrange(27) for place, story in enumerate(todays)}
    dated = [Story(story.rubric, story.entry, _published_at(story.entry, minutes, now)) for story in found]
    return sorted(dated, key=lambda story: story.at)


def _published_at(entry: dict[str, Any], minutes: dict[str, int], now: datetime) -> datetime:
    ago = entry.get("minutes") or minutes.get(entry["key"])
    if ago is not None:
        return now - timedelta(minutes=ago)
    back = random.Random(entry["key"]).randrange(0, 20 * 60)
    return now - timedelta(days=entry["days"], minutes=back)


def _day(of: Any, lang: str) -> str:
    return f"{format_date(of, 'EEEE', locale=lang)} ({of.day}/{of.month}/{of.year})"


def _photo(scene: Scene, photo: Callable[[Scene], Path]) -> PhotoCopy:
    return PhotoCopy(path=photo(scene), alt=scene.alt)


def _inline(text: str) -> str:
    html = escape(text, quote=False)
    html = re.sub(r"\[([^\]]+)\]\((https?://[^)\s\"<>]+)\)", r'<a href="\2">\1</a>', html)
    html = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", html)
    return re.sub(r"\*([^*]+)\*", r"<i>\1</i>", html)
