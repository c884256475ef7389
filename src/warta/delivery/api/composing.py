"""Makes of the paper's pages what the API answers. Nothing here asks the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from warta.delivery import syndication
from warta.delivery.api import shapes
from warta.delivery.shell import Shell
from warta.feeds import ninjs
from warta.feeds.feed import stable_id
from warta.feeds.ninjs import Item
from warta.paper import pages, store
from warta.paper.corrections import ToldCorrection
from warta.paper.pages import ArticlePage, FrontKind, FrontPage, GonePage

ROOT: Final = "/api/v1"
COLLECTIONS: Final[dict[str, FrontKind]] = {
    "rubrics": "rubric",
    "channels": "channel",
    "topics": "topic",
    "people": "person",
}
"""Under which name the fronts of a kind are listed."""
_NAMES: Final = {kind: name for name, kind in COLLECTIONS.items()}
_PREFIXES: Final[dict[str, FrontKind]] = {"kanal": "channel", "topik": "topic", "penulis": "person"}


@dataclass(frozen=True, slots=True)
class Composer:
    """Writes for one who asks: with whole texts or with summaries alone."""

    shell: Shell
    has_text: bool

    @property
    def site(self) -> str:
        """Return the paper's address, without a slash at its end."""
        return self.shell.site_url

    def article(self, page: ArticlePage) -> shapes.Article:
        """Return an article."""
        return shapes.Article(
            id=page.id,
            uri=stable_id(self.site, store.article_key(page.id)),
            url=self.site + page.path,
            api=self.address(page.id),
            ninjs=f"{self.address(page.id)}?form=ninjs",
            lang=page.lang,
            headline=page.headline,
            standfirst=page.standfirst,
            summary=syndication.summary(page),
            channel=self._named(page.channel),
            rubric=self._named(page.rubric),
            topics=self._all_named(page.topics),
            reporters=self._all_named(page.reporters),
            editors=self._all_named(page.editors),
            place=page.place,
            zone=page.zone,
            published_at=page.published_at,
            updated_at=page.updated_at,
            picture=self._picture(page.lead, syndication.shown_lead(page)),
            unverified=page.unverified,
            corrections=tuple(self._correction(correction) for correction in page.corrections),
            ties=tuple(self._tie(tie) for tie in page.ties),
            body_html=syndication.html(page, self.shell) if self.has_text else None,
        )

    def withdrawn(self, page: GonePage) -> shapes.Withdrawn:
        """Return what is told of a withdrawn article."""
        return shapes.Withdrawn(
            id=page.id,
            uri=stable_id(self.site, store.article_key(page.id)),
            url=self.site + page.path,
            lang=page.lang,
            headline=page.headline,
            ground=page.ground,
            reason=page.reason,
            withdrawn_at=page.withdrawn_at,
        )

    def change(self, number: int, article_id: int, page: ArticlePage | GonePage | None) -> shapes.Change:
        """Return the last change of an article, of which there is a page or none any more."""
        return shapes.Change(
            change=number,
            id=article_id,
            uri=stable_id(self.site, store.article_key(article_id)),
            api=self.address(article_id),
            state="removed" if page is None else "published" if isinstance(page, ArticlePage) else "withdrawn",
            article=self.article(page) if isinstance(page, ArticlePage) else None,
            withdrawn=self.withdrawn(page) if isinstance(page, GonePage) else None,
        )

    def ninjs(self, page: ArticlePage) -> Item:
        """Return an article as ninjs."""
        return ninjs.item(page, site_url=self.site, has_text=self.has_text)

    def ninjs_change(self, number: int, article_id: int, page: ArticlePage | GonePage | None) -> shapes.NinjsChange:
        """Return the last change of an article as ninjs."""
        item = self.ninjs(page) if isinstance(page, ArticlePage) else ninjs.gone(article_id, page, site_url=self.site)
        return shapes.NinjsChange(change=number, id=article_id, api=self.address(article_id), item=item)

    def front(self, page: FrontPage) -> shapes.Front:
        """Return a front."""
        return shapes.Front(
            kind=page.kind,
            name=page.name,
            slug=page.slug,
            url=self.site + page.path,
            articles=self._list(page.kind, page.slug),
            description=page.description,
            role=page.role,
            picture=self._picture(page.portrait),
        )

    def told(self, told: ToldCorrection) -> shapes.ToldCorrection:
        """Return a correction with its article."""
        article = told.article
        return shapes.ToldCorrection(
            correction=self._correction(told.correction),
            article=shapes.ArticleReference(
                id=article.id,
                headline=article.headline,
                url=self.site + article.path,
                api=self.address(article.id),
            ),
        )

    def address(self, article_id: int) -> str:
        """Return the address of an article here."""
        return f"{self.site}{ROOT}/articles/{article_id}"

    def _list(self, kind: FrontKind, slug: str) -> str:
        return f"{self.site}{ROOT}/{_NAMES[kind]}/{slug}/articles"

    def _named(self, link: pages.Link) -> shapes.Named:
        prefix, _, slug = link.path.strip("/").rpartition("/")
        kind = _PREFIXES.get(prefix, "rubric")
        return shapes.Named(name=link.name, slug=slug, url=self.site + link.path, articles=self._list(kind, slug))

    def _all_named(self, links: Iterable[pages.Link]) -> tuple[shapes.Named, ...]:
        return tuple(self._named(link) for link in links)

    def _picture(self, picture: pages.Picture | None, file: pages.File | None = None) -> shapes.Picture | None:
        """Return a photo with the file that is given, or the one that programs are given otherwise."""
        if picture is None:
            return None
        file = file or syndication.shown_file(picture)
        return shapes.Picture(
            url=self.site + file.address,
            width=file.width,
            height=file.height,
            media_type="image/jpeg",
            alt=picture.alt,
            caption=picture.caption,
            credit=picture.credit,
        )

    def _correction(self, correction: pages.Correction) -> shapes.Correction:
        other = correction.stands_in
        return shapes.Correction(
            id=correction.id,
            kind=correction.kind,
            is_serious=correction.is_serious,
            wrong=correction.wrong,
            right=correction.right,
            at=correction.at,
            mends=correction.mends,
            stands_in=shapes.Reference(headline=other.name, url=self.site + other.path) if other else None,
        )

    def _tie(self, tie: pages.Tie) -> shapes.Tie:
        return shapes.Tie(
            kind=tie.kind,
            headline=tie.headline,
            url=self.site + tie.path,
            lang=tie.lang,
            at=tie.at,
            party=tie.party,
        )
