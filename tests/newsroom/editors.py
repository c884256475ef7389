"""Editors of one article that are open at the same time, as browsers would have them."""

import json

from django.contrib.auth.models import Group, User
from django.http import HttpResponse, QueryDict
from django.test import Client

from tests.newsroom.screens import edit_url, served_form
from warta.newsroom.actions.found import EDITORS
from warta.newsroom.models import Article


def person(name: str) -> Client:
    """Return the browser of an editor, signed in."""
    user, _ = User.objects.get_or_create(username=name, defaults={"first_name": name.capitalize()})
    user.groups.add(Group.objects.get(name=EDITORS))
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


class Tab:
    """One opened editor: what was loaded, what is typed into it, and how it was answered."""

    def __init__(self, client: Client, article: Article) -> None:
        self.client, self.article = client, article
        self.url = edit_url(article)
        self.turn = 0
        self.load()

    def load(self) -> None:
        """Open the editor anew."""
        self.form: QueryDict = served_form(self.client, self.url)
        self.form["body-count"] = "0"
        newest = Article.objects.get(pk=self.article.pk).get_latest_revision_as_object()
        for block in newest.body.raw_data:  # the page has them as data that its script lays out
            self.add(block["id"], block["value"])

    def type(self, **fields: str) -> "Tab":
        """Type into fields."""
        for name, value in fields.items():
            self.form[name] = value
        return self

    def write(self, number: int, words: str) -> "Tab":
        """Type a heading block's words anew."""
        self.form[f"body-{number}-value"] = words
        return self

    def add(self, block_id: str, words: str) -> "Tab":
        """Add a heading at the end."""
        count = int(self.form["body-count"])
        block = {"type": "heading", "value": words, "id": block_id, "order": str(count), "deleted": ""}
        for name, value in block.items():
            self.form[f"body-{count}-{name}"] = value
        self.form["body-count"] = str(count + 1)
        return self

    def send(self, action: str = "", *, autosave: bool = False) -> HttpResponse:
        """Press a button (`publish`), save, or let the page save by itself."""
        self.turn += 1
        form = self.form.copy()
        form["turn"] = str(self.turn)
        if action:
            form[f"action-{action}"] = action
        headers = {"Accept": "application/json"} if autosave else {"Accept": "text/html"}
        return self.client.post(
            self.url, form.urlencode(), content_type="application/x-www-form-urlencoded", headers=headers
        )


def said(article: Article) -> list[str]:
    """Return the words of the newest text's blocks."""
    newest = Article.objects.get(pk=article.pk).latest_revision
    return [block["value"] for block in json.loads(newest.content["body"])]
