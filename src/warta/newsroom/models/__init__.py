"""The newsroom's tables. Other rooms come in by `newsroom.reading`, `dispatches`, `actions` and `whole`."""

from warta.newsroom.models.article import Article, ArticleOldAddress, Byline
from warta.newsroom.models.breaking import Breaking
from warta.newsroom.models.correction import Correction
from warta.newsroom.models.desk import Desk
from warta.newsroom.models.dispatch import Dispatch
from warta.newsroom.models.editing import OpenEditor
from warta.newsroom.models.front import Arrangement, Front, KeptArrangementError, Pin
from warta.newsroom.models.note import Note
from warta.newsroom.models.people import Contributor
from warta.newsroom.models.photo import Photo, PhotoBand, PhotoRendition
from warta.newsroom.models.preview_link import PreviewLink
from warta.newsroom.models.reply import RightOfReply
from warta.newsroom.models.sign_in import SignIn
from warta.newsroom.models.statics import StaticPage
from warta.newsroom.models.style import HouseWord, StoryBand
from warta.newsroom.models.subjects import Channel, Rubric, Topic
from warta.newsroom.models.submission import Outcome, Submission
from warta.newsroom.models.unranked import Unranked
from warta.newsroom.models.verification import Verification
from warta.newsroom.models.version import Version, VersionKind

__all__ = [
    "Arrangement",
    "Article",
    "ArticleOldAddress",
    "Breaking",
    "Byline",
    "Channel",
    "Contributor",
    "Correction",
    "Desk",
    "Dispatch",
    "Front",
    "HouseWord",
    "KeptArrangementError",
    "Note",
    "OpenEditor",
    "Outcome",
    "Photo",
    "PhotoBand",
    "PhotoRendition",
    "Pin",
    "PreviewLink",
    "RightOfReply",
    "Rubric",
    "SignIn",
    "StaticPage",
    "StoryBand",
    "Submission",
    "Topic",
    "Unranked",
    "Verification",
    "Version",
    "VersionKind",
]
