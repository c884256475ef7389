"""What the reader's processes answer."""

from django.urls import include, path

handler400 = "warta.delivery.views.errors.bad_request"
handler404 = "warta.delivery.views.errors.not_found"
handler500 = "warta.delivery.views.errors.server_error"

urlpatterns = [
    path("", include("warta.reads.urls")),
    path("", include("warta.delivery.urls")),
]
