"""Every address a reader can ask for; `docs/contracts/addresses.md` is the promise. The last route takes the rest."""

from typing import Final

from django.urls import path, re_path

from warta.delivery.api import addresses as api
from warta.delivery.views import (
    article,
    corrections,
    feeds,
    files,
    front,
    fronts,
    history,
    index,
    offline,
    old,
    pictures,
    popular,
    republish,
    search,
    share,
    sitemaps,
    static,
)
from warta.lexicon.addresses import SLUG

handler400 = "warta.delivery.views.errors.bad_request"
handler404 = "warta.delivery.views.errors.not_found"
handler500 = "warta.delivery.views.errors.server_error"

_FORM: Final = "(?:/(?P<form>atom|json))?"

urlpatterns = [
    path("", front.front, name="fixed"),
    path("indeks", index.index, name="fixed"),
    re_path(r"^indeks/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<number>[0-9]{2})\Z", index.day, name="fixed"),
    path("ralat", corrections.all_days, name="fixed"),
    re_path(r"^ralat/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<number>[0-9]{2})\Z", corrections.one_day, name="fixed"),
    re_path(r"^riwayat/(?P<number>[0-9]{1,18})\Z", history.history),
    re_path(r"^riwayat/(?P<number>[0-9]{1,18})/(?P<first>[0-9]{1,9})/(?P<second>[0-9]{1,9})\Z", history.comparison),
    re_path(r"^terbit-ulang/(?P<number>[0-9]{1,18})\Z", republish.republish),
    re_path(r"^terbit-ulang/(?P<number>[0-9]{1,18})\.svg\Z", republish.mark),
    path("cari", search.search, name="fixed"),
    path("populer", popular.paper, name="fixed"),
    re_path(rf"^populer/(?P<page>{SLUG})\Z", popular.rubric, name="stored"),
    path("hitungan", popular.counting, name="fixed"),
    re_path(rf"^feed{_FORM}\Z", feeds.paper, name="fixed"),
    re_path(rf"^cari/feed{_FORM}\Z", feeds.search, name="fixed"),
    path("rss", feeds.usual),
    path("umpan", feeds.named, name="fixed"),
    path("gambar/<str:name>", pictures.picture),
    re_path(r"^gambar/bagi/(?P<number>[0-9]{1,18})-(?P<digest>[0-9a-f]{10})\.jpg\Z", share.picture),
    path("sitemap.xml", sitemaps.index, name="fixed"),
    path("sitemap/news.xml", sitemaps.news, name="fixed"),
    path("sitemap/fronts.xml", sitemaps.fronts, name="fixed"),
    re_path(r"^sitemap/(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<number>[0-9]{2})\.xml\Z", sitemaps.third),
    path("robots.txt", static.robots, name="fixed"),
    re_path(r"^(?P<name>ads\.txt|app-ads\.txt|trust\.txt)\Z", files.file),
    re_path(r"^\.well-known/(?P<name>security\.txt|trust\.txt)\Z", files.file),
    path(".well-known/change-password", files.change_password),
    re_path(r"^(?P<key>[0-9a-f]{32})\.txt\Z", static.indexnow_key),
    path("favicon.svg", static.favicon, name="fixed"),
    path("manifest.webmanifest", offline.manifest, name="fixed"),
    path("ikon-512.png", offline.icon, name="fixed"),
    path("sw.js", offline.worker, name="fixed"),
    path("luring", offline.kept, name="fixed"),
    path("luring/dicabut", offline.ended, name="fixed"),
    re_path(rf"^laman/{SLUG}\Z", static.static_page, name="stored"),
    re_path(rf"^(?:kanal|topik|penulis)/{SLUG}\Z", fronts.front_of, name="stored"),
    re_path(rf"^{SLUG}\Z", fronts.front_of, name="stored"),
    re_path(rf"^(?P<page>(?:(?:kanal|topik|penulis)/)?{SLUG})/feed{_FORM}\Z", feeds.front, name="stored"),
    re_path(r"^[^/]{1,200}/read/[0-9]{4}/[0-9]{2}/[0-9]{2}/.{1,1500}\Z", article.article),
    *api.urlpatterns,
    re_path(r"", old.last_route),
]
