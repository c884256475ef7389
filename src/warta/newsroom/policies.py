"""Which right each address of the newsroom asks for: a table from URL name to rule. What is not in it is refused.

`tests/newsroom/test_policies.py` fails for a name without a rule. A rule is OPEN (anybody), ACCOUNT (anybody
who is signed in: their own account), STAFF (anybody with a role), MODEL (a role, and Wagtail's own rights for the
model, which `actions/found.py` gives to groups), NOBODY (a part of Wagtail that the paper does not use), a Verb, or
a Verb that is asked on the article in the address.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from warta.newsroom.permissions import Verb


class Plain(Enum):
    """A rule that needs no right of its own."""

    OPEN = auto()
    ACCOUNT = auto()
    STAFF = auto()
    MODEL = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class OnArticle:
    """The right that is asked on the article whose number is in the address."""

    verb: Verb


Rule = Plain | Verb | OnArticle

_NAMED: Final[dict[str, Rule]] = {
    "account_login": Plain.OPEN,
    "account_logout": Plain.OPEN,
    "account_inactive": Plain.OPEN,
    "mfa_authenticate": Plain.OPEN,
    "mfa_login_webauthn": Plain.OPEN,
    "wagtailadmin_login": Plain.OPEN,
    "wagtailadmin_logout": Plain.OPEN,
    "wagtailadmin_password_reset": Plain.OPEN,
    "wagtailadmin_password_reset_done": Plain.OPEN,
    "wagtailadmin_password_reset_confirm": Plain.OPEN,
    "wagtailadmin_password_reset_complete": Plain.OPEN,
    "wagtailadmin_javascript_catalog": Plain.OPEN,
    "wagtailadmin_sprite": Plain.OPEN,
    "": Plain.STAFF,
    "shared_preview": Plain.OPEN,
    "press_rules": Verb.SEE,
    # Whoever may not see all numbers sees those of their own articles: the views tell them apart.
    **dict.fromkeys(("numbers", "numbers_article", "numbers_reports", "numbers_report"), Verb.SEE),
    "numbers_stream": Verb.NUMBERS,
    "republished": Verb.SEE,
    "audit": Verb.AUDIT,
    "audit_results": Verb.AUDIT,
    "newsroom_media": Verb.USE_PHOTO,
    "photos_add_many": Verb.KEEP_PHOTO,
    **dict.fromkeys(("fronts", "front", "front_preview", "front_history", "front_put_back"), Verb.ARRANGE),
    **dict.fromkeys(("breaking", "breaking_end"), Verb.BREAK),
    "wagtailadmin_home": Plain.STAFF,
    "wagtailadmin_account": Plain.STAFF,
    "wagtailadmin_dismissibles": Plain.STAFF,
    "wagtailadmin_block_preview": Plain.STAFF,
    "wagtailadmin_tag_autocomplete": Plain.STAFF,
    "wagtailadmin_tag_model_autocomplete": Plain.STAFF,
    "wagtailadmin_choose_page_external_link": Plain.STAFF,
    "wagtailadmin_choose_page_email_link": Plain.STAFF,
    "wagtailadmin_choose_page_phone_link": Plain.STAFF,
    "wagtailadmin_choose_page_anchor_link": Plain.STAFF,
    "wagtailadmin_editing_sessions:ping": Plain.STAFF,
    "wagtailadmin_editing_sessions:release": Plain.STAFF,
    "wagtail_bulk_action": Plain.MODEL,
    "wagtailsnippets:index": Plain.STAFF,
    "wagtailsnippets_newsroom_article:list": Verb.SEE,
    "wagtailsnippets_newsroom_article:list_results": Verb.SEE,
    "wagtailsnippets_newsroom_article:add": Verb.WRITE,
    "wagtailsnippets_newsroom_article:preview_on_add": Verb.WRITE,
    "wagtailsnippets_newsroom_article:tab": Verb.WRITE,
    "wagtailsnippets_newsroom_article:session": Verb.WRITE,
    "wagtailsnippetchoosers_newsroom_article:create": Plain.NOBODY,
}
_ACCOUNT: Final = (
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index", "end_sessions"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn"),
    *("mfa_edit_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
)
_ARTICLE: Final[dict[Verb, tuple[str, ...]]] = {
    Verb.SEE: (
        *("usage", "history", "history_results", "revisions_view", "revisions_compare", "notes"),
        *("workflow_history", "workflow_history_detail", "workflow_preview", "rules", "share"),
    ),
    Verb.CORRECT: ("correct", "receive", "answer", "unverified", "follow_up"),
    Verb.WITHDRAW: ("withdraw", "put_back"),
    Verb.ARRANGE: ("unrank", "rank_again"),
    Verb.EDIT: ("edit", "preview_on_edit", "revisions_revert", "join", "workflow_action"),
    Verb.SUBMIT: ("collect_workflow_action_data", "confirm_workflow_cancellation"),
    Verb.SEND_BACK: ("send_back",),
    Verb.PUBLISH: ("unpublish", "revisions_unschedule", "delete", "lock", "unlock"),
}
_SPACES: Final[dict[str, Rule]] = {
    "wagtailsnippetchoosers_newsroom_article": Verb.SEE,
    "wagtailsnippets_newsroom_desk": Plain.MODEL,
    "wagtailsnippetchoosers_newsroom_desk": Plain.MODEL,
    **{
        f"{kind}_newsroom_{model}": Plain.MODEL
        for kind in ("wagtailsnippets", "wagtailsnippetchoosers")
        for model in ("rubric", "channel", "topic", "contributor", "staticpage", "houseword")
    },
    "wagtailimages": Plain.MODEL,
    "wagtailimages_chooser": Verb.USE_PHOTO,
    "wagtailadmin_api:images": Verb.USE_PHOTO,
    "wagtailadmin_collections": Verb.ADMINISTER,
    "wagtailadmin_workflows": Verb.ADMINISTER,
    "wagtailadmin_reports": Plain.NOBODY,
    "wagtailusers_users": Verb.ADMINISTER,
    "wagtailusers_groups": Verb.ADMINISTER,
    # A portal has no page tree, and no documents.
    "wagtailadmin_pages": Plain.NOBODY,
    "wagtailadmin_api:pages": Plain.NOBODY,
    "wagtailadmin_api:documents": Plain.NOBODY,
    "wagtaildocs": Plain.NOBODY,
    "wagtaildocs_chooser": Plain.NOBODY,
}
_NOT_USED: Final = (
    *("wagtailadmin_error_test", "wagtailadmin_explore_root", "wagtailadmin_explore", "wagtailadmin_explore_results"),
    *("wagtailadmin_choose_page", "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search"),
    "wagtailadmin_choose_page_chosen_multiple",
)
_USAGE: Final = (
    *(f"wagtailsnippets_newsroom_{model}:usage" for model in ("staticpage", "houseword", "desk")),
    "wagtailimages:image_usage",
)
"""Wagtail names there whatever leads to a row, also articles that somebody may not see."""
_RULES: Final[dict[str, Rule]] = {
    **_NAMED,
    **dict.fromkeys(_USAGE, Verb.AUDIT),
    **{
        f"wagtailsnippets_newsroom_article:{name}": OnArticle(verb)
        for verb, names in _ARTICLE.items()
        for name in names
    },
    **dict.fromkeys(_ACCOUNT, Plain.ACCOUNT),
    **dict.fromkeys(_NOT_USED, Plain.NOBODY),
}


def rule(name: str) -> Rule | None:
    """Return the rule of a URL name with its namespace; None when nobody has thought of it."""
    found = _RULES.get(name)
    return found if found is not None else _SPACES.get(name.rpartition(":")[0])
