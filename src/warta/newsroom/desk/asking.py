"""Pages on which something is done to an article by a form: what it means, a few fields, one button."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.utils import get_latest_str
from wagtail.snippets.widgets import AdminSnippetChooser

from warta.newsroom.models import Article

ARTICLE = "wagtailsnippets_newsroom_article"
EDIT = f"{ARTICLE}:edit"


class ChosenArticle(forms.ModelChoiceField):  # type: ignore[type-arg] # it takes none at run time
    """An article, chosen in a window by its headline."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Article.objects.all(), widget=AdminSnippetChooser(Article), **options)


class OnArticleForm(forms.Form):
    """A form about one article, which knows it."""

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article

    def clean(self) -> dict[str, Any]:
        """Refuse an article that names itself.

        Raises: ValidationError.
        """
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, ChosenArticle) and cleaned.get(name) == self.article:
                self.add_error(name, ValidationError(_("Name another article.")))
        return cleaned


class AskView(View):
    """One thing that is done to an article by a form; who may is asked by `guard.py` on the article in the address.

    Subclasses say what, and do it in `do`; `article` is there by then.
    """

    form_class: type[OnArticleForm]
    heading: Any = ""
    button: Any = ""
    done: Any = ""
    said: Any = ""
    is_grave = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the article."""
        self.article = self.find()
        return super().dispatch(request, *args, **kwargs)

    def find(self) -> Article:
        """Return the article in the address."""
        return get_object_or_404(Article, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.form_class(article=self.article, initial=self.initial()))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Do it, or show what is wrong with the form."""
        form = self.form_class(request.POST, article=self.article)
        if not form.is_valid():
            return self.show(form, status=422)
        return self.carry_out(form)

    def carry_out(self, form: OnArticleForm) -> HttpResponse:
        """Do it, or say in the form why it cannot be done."""
        try:
            self.do(form.cleaned_data)
        except (ValidationError, PermissionDenied, ValueError) as error:
            form.add_error(None, self.words(error))
            return self.show(form, status=422)
        messages.success(self.request, self.done % {"headline": get_latest_str(self.article)})
        return redirect(self.next_url())

    def initial(self) -> dict[str, Any]:
        """Return what stands in the form at first."""
        return {}

    def do(self, given: dict[str, Any]) -> None:
        """Do what the form asks.

        Raises: ValidationError, PermissionDenied, ValueError: what `words` puts into words.
        """
        raise NotImplementedError

    def words(self, error: Exception) -> Any:
        """Return in words why it could not be done."""
        return error.messages if isinstance(error, ValidationError) else str(error)

    def back_url(self) -> str:
        """Return where one goes who thinks better of it."""
        return reverse(EDIT, args=[self.article.pk])

    def next_url(self) -> str:
        """Return where one goes after it is done."""
        return self.back_url()

    def show(self, form: OnArticleForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Answer with the form."""
        context = {
            "article": self.article,
            "form": form,
            "media": form.media,
            "said": self.said,
            "button": self.button,
            "is_grave": self.is_grave,
            "back_url": self.back_url(),
            **crumbs(self.article, self.heading),
            **more,
        }
        return TemplateResponse(self.request, "newsroom/ask.html", context, status=status)


def crumbs(article: Article, heading: Any) -> dict[str, Any]:
    """Return what the head of a screen about an article shows."""
    return {
        "breadcrumbs_items": [
            {"url": reverse(f"{ARTICLE}:list"), "label": _("Articles")},
            {"url": reverse(EDIT, args=[article.pk]), "label": get_latest_str(article)},
            {"url": "", "label": heading},
        ],
        "header_icon": "clipboard-list",
        "page_title": heading,
        "header_title": heading,
    }
