"""Lets several people work on one article in an order that chance gives, and keeps account of every word they wrote.

Each text a person writes is a word of its own. A word that was acknowledged as saved may leave the newest text only
when somebody who had it before their eyes took it out, wrote over it, or chose another where two texts are joined.
"""

import random
import re
from dataclasses import dataclass, field
from datetime import timedelta

from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.newsroom import builders
from tests.newsroom.editors import Tab, said
from warta.lexicon.copy import HeadingCopy
from warta.newsroom.actions.edit import open_editor
from warta.newsroom.models import Article, OpenEditor

STEPS = 10
FIELDS = ("headline", "standfirst", "place", "lead_caption")
"""Fields that hold one value each: what two wrote there must be chosen from."""


@dataclass
class Account:
    """What was acknowledged, what somebody took out knowingly, and what lies refused beside its editor."""

    article: Article
    acknowledged: set[str] = field(default_factory=set)
    taken_out: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Find every acknowledged word."""
        lost = self.acknowledged - self.taken_out - set(stands(self.article))
        assert not lost, f"{sorted(lost)} got lost:\n" + "\n".join(self.told)


def stands(article: Article) -> list[str]:
    """Return the words of the newest text: its blocks', and those of its fields."""
    content = Article.objects.get(pk=article.pk).latest_revision.content
    return [*said(article), *filter(None, (content[name] for name in FIELDS))]


class Desk(Tab):
    """One opened editor that remembers what it took out since it was loaded; its form is that of a page served once."""

    def __init__(self, client: Client, account: Account, name: str, served: QueryDict) -> None:
        self.account, self.name, self.first = account, name, served
        super().__init__(client, account.article)

    def load(self) -> None:
        """Open the editor, as the view does when the page is asked for."""
        self.pending: set[str] = set()
        article = Article.objects.get(pk=self.article.pk)
        editor = open_editor(article, by=self._user(), now=timezone.now())
        self.form, self.turn = self.first.copy(), 0
        for name in [name for name in self.form if name.startswith("body-")]:
            del self.form[name]
        self.form["tab"], self.form["body-count"] = str(editor.key), "0"
        newest = article.get_latest_revision_as_object()
        self.form["go_live_at"] = ""
        for name in FIELDS:
            self.form[name] = getattr(newest, name)
        for block in newest.body.raw_data:
            self.add(block["id"], block["value"])

    def words(self) -> list[str]:
        """Return the words in the form, those taken out left aside."""
        count = int(self.form["body-count"])
        kept = [number for number in range(count) if not self.form[f"body-{number}-deleted"]]
        return [*(self.form[f"body-{number}-value"] for number in kept), *filter(None, map(self.form.get, FIELDS))]

    def rewrite(self, name: str, words: str) -> None:
        """Write a field anew, or empty it."""
        self.pending |= {self.form[name]} - {""}
        self.form[name] = words

    def change(self, number: int, words: str) -> None:
        """Write a block anew, or take it out when there are no words."""
        self.pending.add(self.form[f"body-{number}-value"])
        if words:
            self.write(number, words)
        else:
            self.form[f"body-{number}-deleted"] = "1"

    def swap(self, one: int, other: int) -> None:
        """Let two blocks change places."""
        first, second = f"body-{one}-order", f"body-{other}-order"
        self.form[first], self.form[second] = self.form[second], self.form[first]

    def refused(self) -> OpenEditor | None:
        """Return this editor's row when a text of it waits to be joined."""
        return OpenEditor.objects.filter(key=self.form["tab"], refused__isnull=False).first()

    def _user(self) -> object:
        from django.contrib.auth import get_user

        request = type("Request", (), {"session": self.client.session})()
        return get_user(request)


def interleave(seed: int, clients: list[Client], served: QueryDict) -> Account:
    """Play one order with the form of a served editor; return its account, checked after every step."""
    chance = random.Random(seed)
    words = tuple(HeadingCopy(f"Bagian {number}") for number in range(1, 4))
    account = Account(builders.article(seed + 1, body=words, status="draft"))
    account.acknowledged |= {*(part.text for part in words), account.article.headline}
    names = ["Ada", "Budi", "Citra", "Dewi", "Eko"]
    desks = [
        Desk(client, account, name, served)
        for client, name in zip(clients[: chance.randint(2, 5)], names, strict=False)
    ]
    for step in range(STEPS):
        desk = chance.choice(desks)
        _step(desk, chance, f"{desk.name} {seed}.{step}")
        account.check()
    return account


def _step(desk: Desk, chance: random.Random, word: str) -> None:
    count = int(desk.form["body-count"])
    present = [number for number in range(count) if not desk.form[f"body-{number}-deleted"]]
    match chance.choices(
        ["load", "write", "field", "add", "take", "swap", "save", "auto", "publish", "schedule", "lock"],
        [2, 5, 4, 3, 1, 1, 5, 3, 1, 1, 1],
    )[0]:
        case "load":
            desk.load()
        case "write" if present:
            desk.change(chance.choice(present), word)
        case "field":
            name = chance.choice(FIELDS)
            desk.rewrite(name, "" if name != "headline" and chance.random() < 0.1 else word)
        case "add":
            desk.add(f"{chance.getrandbits(128):032x}", word)
        case "take" if len(present) > 1:
            desk.change(chance.choice(present), "")
        case "swap" if len(present) > 1:
            desk.swap(*chance.sample(present, 2))
        case "save":
            _send(desk, chance, "")
        case "auto":
            _send(desk, chance, "", autosave=True)
        case "publish":
            _send(desk, chance, "publish")
        case "schedule":
            desk.type(go_live_at=(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M"))
            _send(desk, chance, "publish")
        case "lock":
            name = chance.choice(["lock", "unlock", "unlock"])
            desk.client.post(reverse(f"wagtailsnippets_newsroom_article:{name}", args=[desk.article.pk]))
            desk.account.told.append(f"{desk.name} {name}")


def _send(desk: Desk, chance: random.Random, action: str, *, autosave: bool = False) -> None:
    sent = desk.words()
    before = Article.objects.get(pk=desk.article.pk).latest_revision_id
    answer = desk.send(action, autosave=autosave)
    account = desk.account
    account.told.append(f"{desk.name} {action or ('auto' if autosave else 'save')} {sent} -> {answer.status_code}")
    if Article.objects.get(pk=desk.article.pk).latest_revision_id != before:
        account.acknowledged |= set(sent)
        account.taken_out |= desk.pending
        if answer.status_code == 302:
            desk.load()
        else:
            desk.pending = set()
    elif answer.status_code == 200:  # refused in words (locked, hints): the page still holds what was typed
        shown = answer.content.decode()
        assert all(word in shown for word in sent), "\n".join(account.told)
    else:
        assert answer.status_code in {400, 409}, "\n".join(account.told)
    if (editor := desk.refused()) is not None:
        kept = str(editor.refused)
        assert all(word in kept for word in sent), "\n".join(account.told)
        if chance.random() < 0.7:
            _join(desk, editor, chance)
        else:
            account.taken_out |= set(sent) - set(stands(desk.article)) - account.acknowledged
        desk.load()


def _join(desk: Desk, editor: OpenEditor, chance: random.Random) -> None:
    url = reverse("wagtailsnippets_newsroom_article:join", args=[desk.article.pk, editor.pk])
    page = desk.client.get(url).content.decode()
    seen = re.search(r'name="seen" value="(\d*)"', page)
    chosen = {name: chance.choice(["theirs", "mine"]) for name in set(re.findall(r'name="(choice-[^"]+)"', page))}
    theirs, mine = set(stands(desk.article)), set(desk.words())
    joined = desk.client.post(url, {**chosen, "seen": seen[1] if seen else ""})
    account = desk.account
    account.told.append(f"{desk.name} joins {chosen} -> {joined.status_code}")
    if joined.status_code == 302:
        now = set(stands(desk.article))
        account.acknowledged |= now
        if chosen:  # who settles a clash has both texts before their eyes, and takes one
            account.taken_out |= (theirs | mine | desk.pending) - now
        else:
            account.taken_out |= desk.pending
