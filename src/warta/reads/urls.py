"""The addresses of the beacon, as `lexicon.addresses.read` writes them and the page's script makes them longer."""

from django.urls import re_path

from warta.reads import beacon, views

urlpatterns = [re_path(rf"^{beacon.ADDRESS.pattern[1:]}\Z", views.read, name="read")]
