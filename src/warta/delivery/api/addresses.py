"""All addresses of the API, and its description: OpenAPI 3.1, made of the same data as the routes and the answers."""

from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Final

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from warta.delivery.api import answers, problems, resources, shapes
from warta.delivery.api.composing import COLLECTIONS, ROOT
from warta.delivery.api.endpoints import Asked, Endpoint, Given
from warta.delivery.api.parameters import (
    CURSOR,
    FACETS,
    FORM,
    FRONT_CURSOR,
    ID,
    LIMIT,
    ORDER,
    QUERY,
    SEARCH_CURSOR,
    SINCE,
    SLUG_IN_PATH,
    YEAR,
    Parameter,
)
from warta.delivery.api.problems import ProblemError
from warta.feeds.ninjs import Item

_ALWAYS: Final = (400, 401, 405, 429, 500, 503)
_OTHERS: Final = (shapes.Problem, shapes.Event)
_REFS: Final = "#/components/schemas/{name}"


def _describe(asked: Asked) -> Given:
    return Given(description(settings.WARTA_SITE_URL, settings.WARTA_NAME))


ENDPOINTS: Final = (
    Endpoint(
        path="/openapi.json",
        name="description",
        words="This description.",
        view=_describe,
        answers=(dict[str, Any],),
    ),
    Endpoint(
        path="/articles",
        name="articles",
        words="All articles, newest first.",
        view=resources.articles,
        answers=(shapes.Articles, shapes.NinjsArticles),
        takes=(LIMIT, CURSOR, FORM),
    ),
    Endpoint(
        path="/articles/{id}",
        name="article",
        words="One article; 410 with the reason when it was withdrawn.",
        view=resources.article,
        answers=(shapes.Article, Item),
        takes=(ID, FORM),
        failures=(404, 410),
    ),
    Endpoint(
        path="/changes",
        name="changes",
        words="Articles in the order of their last changes: what is new, updated, corrected, withdrawn or removed.",
        view=resources.changes,
        answers=(shapes.Changes, shapes.NinjsChanges),
        takes=(SINCE, LIMIT, FORM),
    ),
    Endpoint(
        path="/corrections",
        name="corrections",
        words="The corrections of the whole paper, newest first.",
        view=resources.corrected,
        answers=(shapes.Corrections,),
        takes=(LIMIT, CURSOR),
    ),
    Endpoint(
        path="/most-read",
        name="most-read",
        words="The articles that are read most.",
        view=resources.most_read,
        answers=(shapes.MostRead,),
    ),
    Endpoint(
        path="/search",
        name="search",
        words="What has these words, 20 a page.",
        view=resources.search,
        answers=(shapes.Found,),
        takes=(QUERY, ORDER, SEARCH_CURSOR, *FACETS, YEAR),
        is_search=True,
    ),
    *(
        Endpoint(
            path=f"/{name}",
            name=name,
            words=f"The {name} of the paper.",
            view=resources.fronts,
            answers=(shapes.Fronts,),
            takes=(LIMIT, FRONT_CURSOR),
        )
        for name in COLLECTIONS
    ),
    *(
        Endpoint(
            path=f"/{name}/{{slug}}/articles",
            name=f"articles-of-{name}",
            words=f"The articles of one of the {name}, newest first.",
            view=resources.articles_of_front,
            answers=(shapes.Articles, shapes.NinjsArticles),
            takes=(SLUG_IN_PATH, LIMIT, CURSOR, FORM),
            failures=(404,),
        )
        for name in COLLECTIONS
    ),
)


def _nothing(request: HttpRequest) -> HttpResponse:
    """Answer an address of the API's that there is not."""
    words = f"There is nothing at this address: {ROOT}/openapi.json lists what there is."
    return answers.problem(request, ProblemError(404, words))


urlpatterns = [
    *(re_path(endpoint.route, endpoint) for endpoint in ENDPOINTS),
    re_path(rf"^{ROOT[1:]}(?:/.*)?\Z", _nothing),
]


@cache
def description(site_url: str, name: str) -> dict[str, Any]:
    """Return what the API is, as OpenAPI 3.1 says it.

    Source: OpenAPI Specification 3.1.1.
    """
    types = list(dict.fromkeys(answer for endpoint in ENDPOINTS for answer in endpoint.answers))
    schemas, components = msgspec.json.schema_components([*types, *_OTHERS], ref_template=_REFS)
    named = dict(zip([*types, *_OTHERS], schemas, strict=True))
    return {
        "openapi": "3.1.1",
        "info": {"title": name, "version": version("warta"), "description": "What readers have, for programs."},
        "servers": [{"url": site_url + ROOT}],
        "paths": {endpoint.path: {"get": _operation(endpoint, named)} for endpoint in ENDPOINTS},
        "webhooks": {"article": {"post": _webhook(named)}},
        "security": [{}, {"key": []}],
        "components": {"schemas": components, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(endpoint: Endpoint, schemas: dict[Any, Any]) -> dict[str, Any]:
    shown = [schemas[answer] for answer in endpoint.answers]
    problem = {"content": {problems.MEDIA_TYPE: {"schema": schemas[shapes.Problem]}}}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.words,
        "parameters": [_parameter(parameter) for parameter in endpoint.takes],
        "responses": {
            "200": {
                "description": endpoint.words,
                "content": {answers.JSON: {"schema": shown[0] if len(shown) == 1 else {"anyOf": shown}}},
            },
            "304": {"description": "It is as it was: you have it already."},
            **{
                str(status): {"description": HTTPStatus(status).phrase, **problem}
                for status in sorted({*endpoint.failures, *_ALWAYS})
            },
        },
    }


def _webhook(schemas: dict[Any, Any]) -> dict[str, Any]:
    return {
        "summary": "Told to a partner who has a webhook, signed as Standard Webhooks says, until they answer with 2xx.",
        "requestBody": {"required": True, "content": {answers.JSON: {"schema": schemas[shapes.Event]}}},
        "responses": {"2XX": {"description": "Taken."}},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "path" if parameter.is_in_path else "query",
        "description": parameter.words,
        "required": parameter.is_needed,
        "schema": parameter.schema,
    }
