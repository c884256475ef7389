"""Pages that ask before something is done to an article: what will happen, a few fields, one button."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import View
from wagtail.admin.utils import get_latest_str

from warta.newsroom.models import Article

EDIT = "wagtailsnippets_newsroom_article:edit"


class AskView(View):
    """One question about an article; subclasses say what is asked, what will happen, and do it."""

    model: Any = None
    form_class: type[forms.Form]
    title: Any
    tells: Any
    button: Any

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        article = self.article()
        return self._page(article, self.form(article))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, or say at which field it cannot be done."""
        article = self.article()
        form = self.form(article, request.POST)
        if form.is_valid():
            try:
                return redirect(self.do(article, form.cleaned_data))
            except ValidationError as error:
                _tell(form, error)
        return self._page(article, form)

    def article(self) -> Article:
        """Return the article in the address; the guard has asked for the right on it."""
        return get_object_or_404(Article.objects.select_related("rubric"), pk=self.kwargs["pk"])

    def form(self, article: Article, data: Any = None) -> forms.Form:
        """Return the fields."""
        return self.form_class(data)

    def do(self, article: Article, said: Mapping[str, Any]) -> str:
        """Do it, tell the person, and return where to go.

        Raises: ValidationError, which names the fields.
        """
        raise NotImplementedError

    def back(self, article: Article) -> str:
        """Return where one goes who thinks better of it."""
        return reverse(EDIT, args=[article.pk])

    def _page(self, article: Article, form: forms.Form) -> HttpResponse:
        context = {
            "form": form,
            "headline": get_latest_str(article),
            "tells": self.tells,
            "button": self.button,
            "back_url": self.back(article),
            "page_title": self.title,
        }
        return TemplateResponse(self.request, "newsroom/ask.html", context, status=400 if form.errors else 200)


def _tell(form: forms.Form, error: ValidationError) -> None:
    """Put the errors of a model at the fields that are asked for, the others above all fields."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
