"""The addresses of signing in, in the place of Wagtail's own."""

from allauth.account import views as account
from django.urls import include, path

from warta.newsroom.signin.views import SecurityView, end_sessions

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("security/again/", account.reauthenticate, name="account_reauthenticate"),
    path("security/", SecurityView.as_view(), name="mfa_index"),
    path("security/sessions/", end_sessions, name="end_sessions"),
    path(
        "security/webauthn/", SecurityView.as_view(), name="mfa_list_webauthn"
    ),  # allauth leads there from a changed key
    path("security/", include("allauth.mfa.urls")),
]
