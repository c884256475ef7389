"""What the newsroom's process answers, all of it under `/redaksi/`."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from warta.newsroom.desk.sharing import shared_preview
from warta.newsroom.media import media

urlpatterns = [
    path("redaksi/media/<path:name>", media, name="newsroom_media"),
    path("redaksi/preview/<str:secret>/", shared_preview, name="shared_preview"),
    path("redaksi/", include("warta.newsroom.signin.urls")),
    path("redaksi/", include(wagtailadmin_urls)),
]

handler500 = "warta.newsroom.away.server_error"
