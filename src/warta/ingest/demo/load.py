"""Fills a paper with the invented one, through the newsroom's own actions."""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

from warta.ingest.demo import content, staff
from warta.ingest.demo.draw import draw
from warta.ingest.demo.draw.credit import jpeg_with_credit
from warta.newsroom.actions.file import file
from warta.newsroom.actions.introduce import introduce
from warta.newsroom.actions.open_rubric import open_rubric
from warta.newsroom.reading import Article


def people() -> None:
    """Introduce the staff and open the rubrics."""
    for person in staff.STAFF:
        introduce(person.name, role=person.role, initials=person.initials, about=person.about)
    for order, (name, description) in enumerate(staff.RUBRICS, start=1):
        open_rubric(name, description=description, order=order)


def articles(stories: list[content.Story], *, by: Any, now: datetime) -> Iterator[Article]:
    """File the articles one by one, oldest first; photos are drawn ahead by other processes."""
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(max_workers=2) as pool:
        drawn = [[pool.submit(draw_photo, scene, folder) for scene in story.scenes] for story in stories]
        for story, photos in zip(stories, drawn, strict=True):
            paths = {scene.name: photo.result() for scene, photo in zip(story.scenes, photos, strict=True)}
            copy = story.copy(_files(paths))
            yield file(copy, by=by, now=now).article
            for path in paths.values():
                Path(path).unlink()


def _files(paths: dict[str, str]) -> Callable[[content.Scene], Path]:
    return lambda scene: Path(paths[scene.name])


def draw_photo(scene: content.Scene, folder: str) -> str:
    """Draw a scene as a JPEG that carries its caption and credit, and return its path."""
    seed = int.from_bytes(scene.name.encode()[-6:], "big")
    path = Path(folder) / f"{scene.name}.jpg"
    path.write_bytes(
        jpeg_with_credit(
            draw(scene.scene, scene.light, seed),
            caption=scene.caption.rstrip("."),
            creator=scene.creator,
            credit="Ilustrasi Nusa Pagi",
            made_at=scene.made_at,
        )
    )
    return str(path)
